//! Webhooks: which event makes which topics, and how a delivery looks.
//!
//! A delivery carries what was true when it happened, is signed over the raw body with the app's secret, and is tried nine
//! times within four hours, always with the same `X-Shopify-Webhook-Id`.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::answer::gid;
use super::objects::{fulfillment_order, shop as shop_objects};
use super::schema::API_VERSION;
use super::subscriptions::topic_path;
use super::{CLIENT_SECRET, WEBHOOKS_DOUBLED, WEBHOOKS_SHUFFLED, rest};
use crate::clock::Moment;
use crate::ledger::Event;
use crate::outbox::{Attempt, Post, Prepared};
use crate::shop::{Shop, ShopKey, Subscription};
use crate::signature::hmac_sha256_base64;
use crate::world::World;

/// How long Shopify waits for an answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How long after each failure it tries again: eight times in about four hours.
const RETRIES: &[Duration] = &[
    Duration::from_secs(10),
    Duration::from_mins(1),
    Duration::from_mins(3),
    Duration::from_mins(7),
    Duration::from_mins(15),
    Duration::from_mins(30),
    Duration::from_hours(1),
    Duration::from_hours(2),
];
/// After so many failed retries in a row a subscription made by the API is deleted.
const MAX_FAILURES: u32 = 8;
/// How far shuffled deliveries are apart.
const SHUFFLE: Duration = Duration::from_secs(2);

/// Something to tell: topic, what it is about, and the body.
struct News {
    topic: &'static str,
    resource: String,
    body: Value,
}

/// Queues the webhooks of what happened in a shop.
pub(super) fn react(world: &Arc<World>, key: &ShopKey, event: &Event) {
    if let Event::OrderPlaced { order } = event {
        // Shopify decides where it is sent from before it tells that it has.
        world.change(key, |shop| fulfillment_order::of_order(shop, order.id).map(drop));
    }
    let told = world.read(key, |shop| news(shop, event)).unwrap_or_default();
    for (index, news) in told.iter().enumerate() {
        tell(world, key, news, index);
    }
}

/// Tells that a bulk operation has ended.
pub(super) fn bulk_finished(world: &Arc<World>, key: &ShopKey, number: u64, status: &str, at: Moment) {
    let body = json!({
        "admin_graphql_api_id": gid("BulkOperation", number),
        "created_at": at,
        "completed_at": at,
        "error_code": null,
        "status": status,
        "type": "query",
    });
    let resource = number.to_string();
    tell(
        world,
        key,
        &News {
            topic: "BULK_OPERATIONS_FINISH",
            resource,
            body,
        },
        0,
    );
}

/// Tells that the merchant has uninstalled the app.
pub(super) fn uninstalled(world: &Arc<World>, key: &ShopKey) {
    let body = world.read(key, rest::shop).unwrap_or_default();
    let resource = key.name.clone();
    tell(
        world,
        key,
        &News {
            topic: "APP_UNINSTALLED",
            resource,
            body,
        },
        0,
    );
}

/// Sends a privacy request to the address of the app's configuration, such as `customers/redact`.
pub(super) fn privacy(world: &Arc<World>, key: &ShopKey, path: &str, url: &str, delay: Duration) {
    let body = world
        .read(key, |shop| rest::privacy(shop, path))
        .unwrap_or_default();
    let prepared = prepared(world, key, path, url, &body);
    queue(
        world,
        key,
        0,
        path,
        &key.name,
        prepared,
        world.clock.now().plus(delay),
    );
}

/// What an event makes known, in the order Shopify tends to send it.
fn news(shop: &Shop, event: &Event) -> Vec<News> {
    let order = |topics: &[&'static str], id: u64| -> Vec<News> {
        let Ok(order) = shop.order(id) else {
            return Vec::new();
        };
        topics
            .iter()
            .map(|topic| News {
                topic,
                resource: id.to_string(),
                body: rest::order_topic(shop, order, topic),
            })
            .collect()
    };
    let product = |topic: &'static str, id: u64| -> Vec<News> {
        let found = shop.product(id);
        let body = found.map_or_else(|_| json!({ "id": id }), |found| rest::product(shop, found));
        vec![News {
            topic,
            resource: id.to_string(),
            body,
        }]
    };
    match event {
        Event::OrderPlaced { order: state } => order(
            if state.paid {
                &[
                    "ORDERS_CREATE",
                    "ORDERS_PAID",
                    "FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE",
                ]
            } else {
                &["ORDERS_CREATE", "FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE"]
            },
            state.id,
        ),
        Event::OrderChanged { what, order: state } => order(topics_of_change(what), state.id),
        Event::OrderDeleted { order_id } => vec![News {
            topic: "ORDERS_DELETE",
            resource: order_id.to_string(),
            body: json!({ "id": order_id }),
        }],
        Event::ProductCreated { product: id } => product("PRODUCTS_CREATE", *id),
        Event::ProductDeleted { product: id } => product("PRODUCTS_DELETE", *id),
        Event::ProductUpdated { product: id }
        | Event::VariantCreated { product: id, .. }
        | Event::VariantUpdated { product: id, .. } => product("PRODUCTS_UPDATE", *id),
        _ => Vec::new(),
    }
}

fn topics_of_change(what: &str) -> &'static [&'static str] {
    match what {
        "edited" => &["ORDERS_EDITED", "ORDERS_UPDATED"],
        "cancelled" => &[
            "ORDERS_CANCELLED",
            "ORDERS_UPDATED",
            "FULFILLMENT_ORDERS_CANCELLED",
        ],
        "refunded" => &["REFUNDS_CREATE", "ORDERS_UPDATED"],
        "paid" => &["ORDERS_PAID", "ORDERS_UPDATED"],
        "held" => &["FULFILLMENT_ORDERS_PLACED_ON_HOLD"],
        "released" => &["FULFILLMENT_ORDERS_HOLD_RELEASED"],
        "moved" => &["FULFILLMENT_ORDERS_MOVED"],
        "shipped" => &["FULFILLMENTS_CREATE", "ORDERS_UPDATED"],
        "shipment" => &["FULFILLMENTS_UPDATE", "ORDERS_UPDATED"],
        _ => &["ORDERS_UPDATED"],
    }
}

/// Queues one delivery for each subscription to a topic.
fn tell(world: &Arc<World>, key: &ShopKey, news: &News, index: usize) {
    let subscriptions: Vec<Subscription> = world
        .read(key, |shop| {
            shop.subscriptions
                .values()
                .filter(|known| known.topic == news.topic)
                .cloned()
                .collect()
        })
        .unwrap_or_default();
    let (doubled, shuffled) = world
        .read(key, |shop| {
            (shop.is_on(WEBHOOKS_DOUBLED), shop.is_on(WEBHOOKS_SHUFFLED))
        })
        .unwrap_or_default();
    let mut due = world.clock.now();
    if shuffled && index == 0 {
        due = due.plus(SHUFFLE);
    }
    for subscription in subscriptions {
        let path = topic_path(news.topic);
        let prepared = prepared(
            world,
            key,
            &path,
            &subscription.url,
            &narrowed(&news.body, &subscription),
        );
        for _ in 0..=usize::from(doubled) {
            queue(
                world,
                key,
                subscription.id,
                &path,
                &news.resource,
                prepared.clone(),
                due,
            );
        }
    }
}

/// Only the fields the subscription asked for.
fn narrowed(body: &Value, subscription: &Subscription) -> Value {
    let wanted = subscription
        .extra
        .get("includeFields")
        .and_then(Value::as_array)
        .filter(|wanted| !wanted.is_empty());
    match (wanted, body.as_object()) {
        (Some(wanted), Some(fields)) => {
            let kept = fields
                .iter()
                .filter(|(name, _)| wanted.iter().any(|field| field == name.as_str()));
            Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
        }
        _ => body.clone(),
    }
}

fn prepared(world: &World, key: &ShopKey, path: &str, url: &str, body: &Value) -> Prepared {
    let body = body.to_string().into_bytes();
    let delivery = uuid_of(&world.fresh_hex(32));
    let triggered_at = world.clock.now().format("%Y-%m-%dT%H:%M:%S%.9fZ", 0);
    let domain = world.read(key, shop_objects::domain).unwrap_or_default();
    let headers = [
        ("Content-Type", "application/json".to_owned()),
        ("User-Agent", "Shopify-Captain-Hook".to_owned()),
        ("X-Shopify-Topic", path.to_owned()),
        ("X-Shopify-Shop-Domain", domain),
        ("X-Shopify-API-Version", API_VERSION.to_owned()),
        ("X-Shopify-Webhook-Id", delivery.clone()),
        ("X-Shopify-Event-Id", uuid_of(&world.fresh_hex(32))),
        ("X-Shopify-Triggered-At", triggered_at),
        (
            "X-Shopify-Hmac-Sha256",
            hmac_sha256_base64(CLIENT_SECRET.as_bytes(), &body),
        ),
    ];
    Prepared {
        url: url.to_owned(),
        headers: headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        body,
        delivery,
    }
}

fn queue(
    world: &Arc<World>,
    key: &ShopKey,
    subscription: u64,
    topic: &str,
    resource: &str,
    prepared: Prepared,
    due: Moment,
) {
    let shop = key.clone();
    let post = Post {
        shop: key.clone(),
        subscription,
        topic: topic.to_owned(),
        resource: resource.to_owned(),
        collapse: false,
        timeout: TIMEOUT,
        retries: RETRIES,
        accepts: |status| (200..300).contains(&status),
        prepare: Arc::new(move |_, _| Some(prepared.clone())),
        attempted: Arc::new(move |world, attempt| count_failure(world, &shop, subscription, attempt)),
    };
    world.outbox.queue(post, due);
}

/// Counts failed retries; a subscription that only fails is deleted.
fn count_failure(world: &Arc<World>, key: &ShopKey, subscription: u64, attempt: &Attempt) {
    let removed = world.change(key, |shop| {
        let known = shop.subscriptions.get_mut(&subscription)?;
        known.failures = if attempt.delivered {
            0
        } else {
            known.failures + u32::from(attempt.number > 1)
        };
        if known.failures < MAX_FAILURES {
            return None;
        }
        shop.subscriptions.remove(&subscription);
        shop.happened(Event::SubscriptionChanged {
            subscription,
            what: "removed after failures",
        });
        Some(())
    });
    if removed.flatten().is_some() {
        world.outbox.forget(key, subscription);
    }
}

/// Thirty-two hexadecimal digits in the form of a UUID.
fn uuid_of(hex: &str) -> String {
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}
