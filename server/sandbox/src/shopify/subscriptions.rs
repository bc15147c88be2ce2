//! Webhook subscriptions as the Admin API tells them, and the names of topics.

use serde_json::{Map, Value, json};

use super::answer::gid;
use super::objects::{instant, shop as shop_objects};
use super::session::text;
use crate::shop::{Shop, Subscription};

/// What topics are about; the longest beginning of a topic counts.
const RESOURCES: [&str; 11] = [
    "FULFILLMENT_ORDERS",
    "FULFILLMENT_EVENTS",
    "FULFILLMENTS",
    "BULK_OPERATIONS",
    "ORDERS",
    "PRODUCTS",
    "REFUNDS",
    "CUSTOMERS",
    "LOCATIONS",
    "SHOP",
    "APP",
];

/// A topic as the header writes it: `ORDERS_CREATE` is `orders/create`.
pub(super) fn topic_path(topic: &str) -> String {
    let split = RESOURCES
        .iter()
        .find_map(|resource| Some((*resource, topic.strip_prefix(resource)?.strip_prefix('_')?)));
    let (resource, event) = split.or(topic.split_once('_')).unwrap_or((topic, ""));
    format!("{}/{}", resource.to_lowercase(), event.to_lowercase())
}

/// The scope a topic needs.
pub(super) fn needed_scope(topic: &str) -> Option<&'static str> {
    let resource = topic_path(topic);
    match resource.split('/').next()? {
        "orders" | "refunds" => Some("read_orders"),
        "products" => Some("read_products"),
        "fulfillment_orders" => Some("read_merchant_managed_fulfillment_orders"),
        "fulfillments" | "fulfillment_events" => Some("read_fulfillments"),
        "locations" => Some("read_locations"),
        _ => None,
    }
}

/// `WebhookSubscription`.
pub(super) fn object(subscription: &Subscription) -> Value {
    json!({
        "id": gid("WebhookSubscription", subscription.id),
        "legacyResourceId": subscription.id.to_string(),
        "topic": subscription.topic,
        "uri": subscription.url,
        "callbackUrl": subscription.url,
        "name": (!subscription.name.is_empty()).then_some(&subscription.name),
        "format": subscription.extra.get("format"),
        "filter": subscription.extra.get("filter"),
        "includeFields": subscription.extra.get("includeFields").cloned().unwrap_or_else(|| json!([])),
        "metafieldNamespaces": [],
        "metafields": [],
        "apiVersion": shop_objects::api_version(),
        "createdAt": instant(subscription.created_at),
        "updatedAt": instant(subscription.updated_at),
    })
}

/// The subscriptions that `topics` and `uri` ask for.
pub(super) fn list(shop: &Shop, arguments: &Map<String, Value>) -> Value {
    let topics = arguments.get("topics").and_then(Value::as_array);
    let uri = text(arguments, "uri");
    let found = shop.subscriptions.values().filter(|known| {
        topics.is_none_or(|topics| topics.iter().any(|topic| *topic == known.topic.as_str()))
            && uri.is_none_or(|uri| known.url == uri)
    });
    found.map(object).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_written_as_in_the_header() {
        for (topic, path) in [
            ("ORDERS_CREATE", "orders/create"),
            (
                "FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE",
                "fulfillment_orders/order_routing_complete",
            ),
            ("BULK_OPERATIONS_FINISH", "bulk_operations/finish"),
            ("APP_UNINSTALLED", "app/uninstalled"),
            ("SHOP_UPDATE", "shop/update"),
        ] {
            assert_eq!(topic_path(topic), path);
        }
    }
}
