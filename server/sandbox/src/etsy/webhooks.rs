//! Webhooks: only ids, signed the way of Standard Webhooks, tried eight times within some 28 hours.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{WEBHOOK_SECRET, WEBHOOK_URL, shop_id};
use crate::ledger::Event;
use crate::outbox::{Post, Prepared};
use crate::shop::ShopKey;
use crate::signature::hmac_sha256_base64;
use crate::world::World;

/// How long Etsy waits for an answer.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long after each failure it tries again.
const RETRIES: &[Duration] = &[
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(10),
];

/// The signature of a delivery: `v1,` and the HMAC of id, time and body, keyed with what follows `whsec_`.
pub fn signature(secret: &str, id: &str, timestamp: i64, body: &str) -> String {
    let key = STANDARD
        .decode(secret.trim_start_matches("whsec_"))
        .unwrap_or_default();
    let signed = hmac_sha256_base64(&key, format!("{id}.{timestamp}.{body}").as_bytes());
    format!("v1,{signed}")
}

/// Queues the webhook of what happened in a shop.
pub(super) fn react(world: &Arc<World>, key: &ShopKey, event: &Event) {
    let Some((topic, receipt)) = news(world, key, event) else {
        return;
    };
    let url = world
        .read(key, |shop| shop.settings.get(WEBHOOK_URL).cloned())
        .flatten();
    let Some(url) = url.as_ref().and_then(Value::as_str).filter(|url| !url.is_empty()) else {
        return;
    };
    let shop = shop_id(&key.name);
    let body = json!({
        "event_type": topic,
        "resource_url": format!("https://openapi.etsy.com/v3/application/shops/{shop}/receipts/{receipt}"),
        "shop_id": shop,
    })
    .to_string();
    let (url, delivery) = (url.to_owned(), format!("msg_{}", world.fresh_hex(24)));
    let post = Post {
        shop: key.clone(),
        subscription: 0,
        topic: topic.to_owned(),
        resource: receipt.to_string(),
        collapse: false,
        timeout: TIMEOUT,
        retries: RETRIES,
        accepts: |status| (200..300).contains(&status),
        // The id stays, the time is that of the attempt.
        prepare: Arc::new(move |world, _| Some(prepared(world, &url, &delivery, &body))),
        attempted: Arc::new(|_, _| ()),
    };
    world.outbox.queue(post, world.clock.now());
}

fn news(world: &World, key: &ShopKey, event: &Event) -> Option<(&'static str, u64)> {
    match event {
        Event::OrderPlaced { order } if order.paid => Some(("order.paid", order.id)),
        Event::OrderChanged { what: "paid", order } => Some(("order.paid", order.id)),
        Event::OrderChanged {
            what: "cancelled",
            order,
        } => Some(("order.canceled", order.id)),
        Event::Shipped { order_id, .. } => Some(("order.shipped", *order_id)),
        Event::ShipmentChanged { order_id, shipment } if shipment.delivered_at == Some(world.clock.now()) => {
            world.read(key, |_| ())?;
            Some(("order.delivered", *order_id))
        }
        _ => None,
    }
}

fn prepared(world: &World, url: &str, delivery: &str, body: &str) -> Prepared {
    let timestamp = world.clock.now().unix_seconds();
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", delivery.to_owned()),
        ("webhook-timestamp", timestamp.to_string()),
        (
            "webhook-signature",
            signature(WEBHOOK_SECRET, delivery, timestamp, body),
        ),
    ];
    Prepared {
        url: url.to_owned(),
        headers: headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        body: body.as_bytes().to_vec(),
        delivery: delivery.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_example_is_signed_the_same() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed = signature(
            secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
