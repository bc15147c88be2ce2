//! Webhook subscriptions over the REST API. The ping is sent inside the request that makes one.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::api::Context;
use super::deliveries;
use super::json::{links, put_dates};
use super::product_write::text;
use super::refusal::{Outcome, Refusal};
use super::reply::{Page, Reply};
use crate::ledger::Event;
use crate::shop::{Shop, Subscription, SubscriptionStatus};

/// `GET /webhooks`, newest first.
pub(super) fn list(context: &Context) -> Outcome<Reply> {
    let page = Page::of(&context.visit)?;
    let status = context
        .visit
        .one_of("status", "all", &["all", "active", "paused", "disabled"])?;
    context.read(|shop| {
        let rows = shop.subscriptions.values().rev();
        let rows = rows.filter(|webhook| status == "all" || status_word(webhook.status) == status);
        Ok(
            page.cut(rows.collect(), &context.visit, context.twist, |webhook| {
                body(shop, webhook, context)
            }),
        )
    })
}

/// `GET /webhooks/{id}`. The secret is never told.
pub(super) fn one(context: &Context, id: u64) -> Outcome<Reply> {
    context.read(|shop| Ok(Reply::ok(body(shop, find(shop, id)?, context))))
}

/// `POST /webhooks`.
pub(super) async fn create(context: &Context, input: &Map<String, Value>) -> Outcome<Reply> {
    let topic = text(input, "topic").ok_or_else(|| Refusal::missing("topic"))?;
    check_topic(topic)?;
    let url = text(input, "delivery_url").unwrap_or("");
    check_url(url)?;
    let fallback = context.world.fresh_hex(50);
    let id = context.change(|shop| {
        let id = shop.subscriptions.keys().next_back().map_or(1, |last| last + 1);
        let webhook = Subscription {
            id,
            name: text(input, "name").unwrap_or("Webhook created on…").to_owned(),
            topic: topic.to_owned(),
            url: url.to_owned(),
            secret: text(input, "secret").map_or(fallback, str::to_owned),
            status: status(input)?.unwrap_or(SubscriptionStatus::Active),
            failures: 0,
            created_at: shop.now,
            updated_at: shop.now,
            extra: Map::new(),
        };
        shop.subscriptions.insert(id, webhook);
        shop.happened(Event::SubscriptionChanged {
            subscription: id,
            what: "created",
        });
        Ok(id)
    })?;
    deliveries::ping(&context.world, &context.visit.shop, &context.visit.settings, id).await;
    let mut body = one(context, id)?.body;
    body["date_modified"] = Value::Null;
    body["date_modified_gmt"] = Value::Null;
    Ok(Reply::created(body, context.visit.api(&format!("webhooks/{id}"))))
}

/// `PUT /webhooks/{id}`. `status: active` revives one that was disabled, with a ping.
pub(super) async fn update(context: &Context, id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
    let status = status(input)?;
    if let Some(topic) = text(input, "topic") {
        check_topic(topic)?;
    }
    if let Some(url) = text(input, "delivery_url") {
        check_url(url)?;
    }
    let needs_ping = context.change(|shop| {
        let now = shop.now;
        let missing = || Refusal::invalid_id("woocommerce_rest_shop_webhook_invalid_id");
        let webhook = shop.subscriptions.get_mut(&id).ok_or_else(missing)?;
        for (name, field) in [
            ("name", &mut webhook.name),
            ("topic", &mut webhook.topic),
            ("delivery_url", &mut webhook.url),
            ("secret", &mut webhook.secret),
        ] {
            if let Some(value) = text(input, name) {
                value.clone_into(field);
            }
        }
        let revived =
            status == Some(SubscriptionStatus::Active) && webhook.status != SubscriptionStatus::Active;
        webhook.status = status.unwrap_or(webhook.status);
        webhook.updated_at = now;
        if revived {
            webhook.failures = 0;
        }
        let needs_ping =
            revived || input.contains_key("delivery_url") || deliveries::ping_is_pending(webhook);
        let what = if revived { "revived" } else { "updated" };
        shop.happened(Event::SubscriptionChanged {
            subscription: id,
            what,
        });
        Ok(needs_ping)
    })?;
    if needs_ping {
        deliveries::ping(&context.world, &context.visit.shop, &context.visit.settings, id).await;
    }
    one(context, id)
}

/// `DELETE /webhooks/{id}?force=true`: there is no bin.
pub(super) fn delete(context: &Context, id: u64) -> Outcome<Reply> {
    let reply = one(context, id)?;
    if !context.visit.says_yes("force") {
        return Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            "woocommerce_rest_trash_not_supported",
            "Webhooks do not support trashing.",
        ));
    }
    context.change(|shop| {
        shop.subscriptions.remove(&id);
        shop.happened(Event::SubscriptionChanged {
            subscription: id,
            what: "deleted",
        });
        Ok(reply)
    })
}

fn find(shop: &Shop, id: u64) -> Outcome<&Subscription> {
    let missing = || Refusal::invalid_id("woocommerce_rest_shop_webhook_invalid_id");
    shop.subscriptions.get(&id).ok_or_else(missing)
}

fn status_word(status: SubscriptionStatus) -> &'static str {
    match status {
        SubscriptionStatus::Active => "active",
        SubscriptionStatus::Paused => "paused",
        SubscriptionStatus::Disabled => "disabled",
    }
}

fn status(input: &Map<String, Value>) -> Outcome<Option<SubscriptionStatus>> {
    Ok(Some(match text(input, "status") {
        None => return Ok(None),
        Some("active") => SubscriptionStatus::Active,
        Some("paused") => SubscriptionStatus::Paused,
        Some("disabled") => SubscriptionStatus::Disabled,
        Some(_) => {
            let why = "status is not one of active, paused, and disabled.";
            return Err(Refusal::parameter("status", "rest_not_in_enum", why));
        }
    }))
}

fn check_topic(topic: &str) -> Outcome<()> {
    let (resource, event) = topic.split_once('.').unwrap_or((topic, ""));
    let known = matches!(resource, "order" | "product" | "customer" | "coupon")
        && matches!(event, "created" | "updated" | "deleted" | "restored");
    if known || (resource == "action" && !event.is_empty()) {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::BAD_REQUEST,
        "woocommerce_rest_shop_webhook_invalid_topic",
        "Webhook topic is required and must be valid.",
    ))
}

fn check_url(url: &str) -> Outcome<()> {
    if url.starts_with("http://") || url.starts_with("https://") {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::BAD_REQUEST,
        "woocommerce_rest_shop_webhook_invalid_delivery_url",
        "Webhook delivery URL must be a valid URL starting with http:// or https://.",
    ))
}

fn hooks(topic: &str) -> &'static [&'static str] {
    match topic {
        "order.created" => &["woocommerce_new_order"],
        "order.updated" => &["woocommerce_update_order", "woocommerce_order_refunded"],
        "order.deleted" => &["wp_trash_post", "woocommerce_trash_order"],
        "product.created" => &["woocommerce_new_product", "woocommerce_new_product_variation"],
        "product.updated" => &[
            "woocommerce_update_product",
            "woocommerce_update_product_variation",
        ],
        "product.deleted" => &["wp_trash_post"],
        _ => &[],
    }
}

fn body(shop: &Shop, webhook: &Subscription, context: &Context) -> Value {
    let collection = context.visit.api("webhooks");
    let (resource, event) = webhook.topic.split_once('.').unwrap_or((&webhook.topic, ""));
    let mut object = Map::new();
    put_dates(
        &mut object,
        "date_created",
        Some(webhook.created_at),
        shop.utc_offset_seconds,
    );
    put_dates(
        &mut object,
        "date_modified",
        Some(webhook.updated_at),
        shop.utc_offset_seconds,
    );
    let methods = &["GET", "POST", "PUT", "PATCH", "DELETE"];
    let fields = json!({
        "id": webhook.id,
        "name": webhook.name,
        "status": status_word(webhook.status),
        "topic": webhook.topic,
        "resource": resource,
        "event": event,
        "hooks": hooks(&webhook.topic),
        "delivery_url": webhook.url,
        "_links": links(&format!("{collection}/{}", webhook.id), &collection, methods),
    });
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}
