//! Webhooks on their way, lossy as WooCommerce's are (`class-wc-webhook.php`).
//!
//! - A ping (a form with `webhook_id`, not signed) is sent when a webhook is made or revived, and again after each
//!   delivery until one was answered with exactly 200.
//! - Deliveries wait for the queue; several changes before it runs are one delivery, of what is true then. What is
//!   gone by then is told as an error object, signed like any other.
//! - An order placed by a buyer tells `order.updated` before `order.created`.
//! - `X-WC-Webhook-Delivery-ID` is a hash of webhook and second: two orders of one second share it.
//! - 200 to 302 count as delivered. Nothing is tried again; the seventh failure in a row disables the webhook.
//! - Notes, deletion for ever and revival from the bin tell nobody.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::json::encoded;
use super::settings::Settings;
use super::visit::Visit;
use super::{order_json, orders, products};
use crate::clock::Moment;
use crate::ledger::Event;
use crate::outbox::{Attempt, Post, Prepared};
use crate::shop::{Shop, ShopKey, Subscription, SubscriptionStatus};
use crate::world::World;

/// How long WooCommerce waits for an answer.
const TIMEOUT: Duration = Duration::from_mins(1);

/// How many failures in a row a webhook may have before the next one disables it.
const MOST_FAILURES: u32 = 5;

const PING_PENDING: &str = "ping_pending";

/// Queues what an event tells the subscribers.
pub(super) fn react(world: &Arc<World>, home: &str, shop: &ShopKey, event: &Event) {
    let told = world.read(shop, |shop| {
        let settings = Settings::of(shop);
        let active = |webhook: &&Subscription| webhook.status == SubscriptionStatus::Active;
        let told = topics(shop, event).into_iter().flat_map(|(topic, resource)| {
            let webhooks = shop
                .subscriptions
                .values()
                .filter(active)
                .filter(move |webhook| webhook.topic == topic);
            webhooks.map(move |webhook| (webhook.id, topic, resource))
        });
        (settings, told.collect::<Vec<_>>())
    });
    let Some((settings, told)) = told else {
        return;
    };
    if settings.queue_stopped {
        return;
    }
    let due = world
        .clock
        .now()
        .plus(Duration::from_secs(settings.webhook_delay_seconds));
    for (webhook, topic, resource) in told {
        world
            .outbox
            .queue(delivery(home, shop, webhook, topic, resource), due);
    }
}

/// The topics an event is told under, in this order, and the id each is about.
fn topics(shop: &Shop, event: &Event) -> Vec<(&'static str, u64)> {
    match event {
        Event::OrderPlaced { order } => {
            let by_rest = shop
                .orders
                .get(&order.id)
                .is_some_and(|order| order.extra.contains_key("created_via"));
            let mut topics = vec![("order.created", order.id), ("order.updated", order.id)];
            if !by_rest {
                topics.reverse();
            }
            topics
        }
        Event::OrderChanged { what: "revived", .. } => Vec::new(),
        Event::OrderChanged { order, .. } => vec![("order.updated", order.id)],
        Event::OrderDeleted { order_id } => vec![("order.deleted", *order_id)],
        Event::ProductCreated { product } => vec![("product.created", *product)],
        Event::ProductUpdated { product } => vec![("product.updated", *product)],
        Event::ProductDeleted { product } => vec![("product.deleted", *product)],
        Event::VariantCreated { variant, .. } => vec![("product.created", *variant)],
        Event::VariantUpdated { product, variant } => {
            // A simple product has no variations: its only variant is the product.
            let simple = shop
                .products
                .get(product)
                .is_some_and(|product| product.options.is_empty());
            vec![("product.updated", if simple { *product } else { *variant })]
        }
        _ => Vec::new(),
    }
}

fn delivery(home: &str, shop: &ShopKey, webhook: u64, topic: &'static str, resource: u64) -> Post {
    let (of_prepare, of_attempt) = (shop.clone(), shop.clone());
    let home = home.to_owned();
    Post {
        shop: shop.clone(),
        subscription: webhook,
        topic: topic.to_owned(),
        resource: resource.to_string(),
        collapse: true,
        timeout: TIMEOUT,
        retries: &[],
        accepts: |status| (200..=302).contains(&status),
        prepare: Arc::new(move |world, _| {
            let now = world.clock.now();
            let prepared = world.read(&of_prepare, |shop| {
                prepare(shop, &home, webhook, topic, resource, now)
            });
            prepared.flatten()
        }),
        attempted: Arc::new(move |world, attempt| count(world, &of_attempt, webhook, attempt)),
    }
}

fn prepare(
    shop: &Shop,
    home: &str,
    webhook: u64,
    topic: &str,
    resource: u64,
    now: Moment,
) -> Option<Prepared> {
    let webhook = shop.subscriptions.get(&webhook)?;
    if webhook.status != SubscriptionStatus::Active {
        return None;
    }
    let visit = Visit::of_the_shop_itself(shop, home);
    let body = encoded(&body(shop, topic, resource, &visit));
    let (kind, event) = topic.split_once('.')?;
    let mut hash = 0_u128;
    for byte in Sha256::digest(format!("{}{}", webhook.id, now.unix_seconds()))
        .iter()
        .take(16)
    {
        hash = (hash << 8) | u128::from(*byte);
    }
    let delivery = format!("{hash:032x}");
    let headers = [
        ("user-agent", user_agent(&visit.settings)),
        ("content-type", "application/json".to_owned()),
        ("x-wc-webhook-source", format!("{home}/")),
        ("x-wc-webhook-topic", topic.to_owned()),
        ("x-wc-webhook-resource", kind.to_owned()),
        ("x-wc-webhook-event", event.to_owned()),
        (
            "x-wc-webhook-signature",
            signature(&webhook.secret, body.as_bytes()),
        ),
        ("x-wc-webhook-id", webhook.id.to_string()),
        ("x-wc-webhook-delivery-id", delivery.clone()),
    ];
    Some(Prepared {
        url: webhook.url.clone(),
        headers: headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        body: body.into_bytes(),
        delivery,
    })
}

/// What is true when the queue runs.
fn body(shop: &Shop, topic: &str, resource: u64, visit: &Visit) -> Value {
    if topic.ends_with(".deleted") {
        return json!({ "id": resource });
    }
    let body = if topic.starts_with("order.") {
        orders::find(shop, resource).map(|order| order_json::order(shop, order, visit))
    } else {
        products::body(shop, resource, visit)
    };
    body.unwrap_or_else(|refusal| refusal.body())
}

fn user_agent(settings: &Settings) -> String {
    format!("WooCommerce/{} Hookshot (WordPress/7.0.4)", settings.version)
}

/// `base64(HMAC-SHA256(secret, body))`. `WordPress` cleans a secret before it keeps it, so one with `& < > " '` or
/// letters beyond ASCII does not sign as it was given.
fn signature(secret: &str, body: &[u8]) -> String {
    let kept = |letter: &char| letter.is_ascii() && !"&<>\"'".contains(*letter);
    let secret: String = secret.chars().filter(kept).collect();
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        // A key may have any length.
        return String::new();
    };
    BASE64_STANDARD.encode(mac.chain_update(body).finalize().into_bytes())
}

/// Counts failures, disables after too many, and pings again while no ping was answered.
fn count(world: &Arc<World>, shop: &ShopKey, webhook: u64, attempt: &Attempt) {
    let pending = world.change(shop, |shop| {
        let subscription = shop.subscriptions.get_mut(&webhook)?;
        if attempt.delivered {
            subscription.failures = 0;
        } else if subscription.failures > MOST_FAILURES {
            subscription.status = SubscriptionStatus::Disabled;
        } else {
            subscription.failures += 1;
        }
        let disabled = subscription.status == SubscriptionStatus::Disabled;
        let pending = ping_is_pending(subscription);
        if disabled {
            shop.happened(Event::SubscriptionChanged {
                subscription: webhook,
                what: "disabled",
            });
        }
        (pending && !disabled).then(|| Settings::of(shop))
    });
    if let Some(settings) = pending.flatten() {
        let of_prepare = settings.clone();
        let (key, of_attempt) = (shop.clone(), shop.clone());
        let post = Post {
            shop: shop.clone(),
            subscription: webhook,
            topic: "ping".to_owned(),
            resource: webhook.to_string(),
            collapse: true,
            timeout: TIMEOUT,
            retries: &[],
            accepts: |status| status == 200,
            prepare: Arc::new(move |world, _| {
                let url = world.read(&key, |shop| Some(shop.subscriptions.get(&webhook)?.url.clone()));
                Some(ping_of(&of_prepare, webhook, url.flatten()?))
            }),
            attempted: Arc::new(move |world, attempt| {
                note_ping(world, &of_attempt, webhook, attempt.delivered);
            }),
        };
        world.outbox.queue(post, world.clock.now());
    }
}

/// Whether no ping was answered with 200 yet.
pub(super) fn ping_is_pending(webhook: &Subscription) -> bool {
    webhook.extra.contains_key(PING_PENDING)
}

fn ping_of(settings: &Settings, webhook: u64, url: String) -> Prepared {
    let form = "application/x-www-form-urlencoded".to_owned();
    Prepared {
        url,
        headers: vec![
            ("user-agent".to_owned(), user_agent(settings)),
            ("content-type".to_owned(), form),
        ],
        body: format!("webhook_id={webhook}").into_bytes(),
        delivery: "ping".to_owned(),
    }
}

fn note_ping(world: &Arc<World>, shop: &ShopKey, webhook: u64, answered: bool) {
    world.change(shop, |shop| {
        if let Some(webhook) = shop.subscriptions.get_mut(&webhook) {
            if answered {
                webhook.extra.remove(PING_PENDING)
            } else {
                webhook.extra.insert(PING_PENDING.to_owned(), json!(true))
            };
        }
    });
}

/// Sends a ping at once; whoever asked for it waits as long as it takes.
pub(super) async fn ping(world: &Arc<World>, shop: &ShopKey, settings: &Settings, webhook: u64) {
    let url = world.read(shop, |shop| Some(shop.subscriptions.get(&webhook)?.url.clone()));
    let Some(url) = url.flatten() else {
        return;
    };
    let prepared = ping_of(settings, webhook, url);
    let answer = world.outbox.send(&prepared, TIMEOUT).await;
    let status = answer.as_ref().ok().copied();
    world.note(
        shop,
        Event::Delivery {
            subscription: webhook,
            topic: "ping".to_owned(),
            resource: webhook.to_string(),
            delivery: prepared.delivery,
            attempt: 1,
            url: prepared.url,
            status,
            error: answer.err(),
        },
    );
    note_ping(world, shop, webhook, status == Some(200));
}
