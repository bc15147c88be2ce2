//! Setting up what the shop tells by itself. Shopify deletes a subscription after eight failed deliveries in a row.

use serde::Deserialize;
use serde_json::json;

use super::graphql::{Api, List};
use super::operations::{WEBHOOK_CREATE, WEBHOOK_DELETE, WEBHOOKS};
use super::progress::mutate;
use crate::store::{ConnectionError, Result, WebhookHealth, WebhookTarget};

/// What the portal wants to hear of. Topics of privacy are set up with the application, not here.
const TOPICS: &[&str] = &[
    "ORDERS_CREATE",
    "ORDERS_UPDATED",
    "ORDERS_CANCELLED",
    "ORDERS_EDITED",
    "ORDERS_DELETE",
    "REFUNDS_CREATE",
    "FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE",
    "FULFILLMENT_ORDERS_PLACED_ON_HOLD",
    "FULFILLMENT_ORDERS_HOLD_RELEASED",
    "FULFILLMENT_ORDERS_MOVED",
    "FULFILLMENT_ORDERS_CANCELLED",
    "PRODUCTS_CREATE",
    "PRODUCTS_UPDATE",
    "PRODUCTS_DELETE",
    "BULK_OPERATIONS_FINISH",
    "APP_UNINSTALLED",
    "APP_SCOPES_UPDATE",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscriptions {
    webhook_subscriptions: List<Subscription>,
}

#[derive(Deserialize)]
struct Subscription {
    id: String,
    topic: String,
    uri: Option<String>,
}

/// Creates what is missing.
pub(super) async fn watch(api: &Api, target: &WebhookTarget) -> Result<WebhookHealth> {
    let there = ours(api, target).await?;
    let mut health = WebhookHealth::default();
    for topic in TOPICS {
        let name = (*topic).to_owned();
        if there.iter().any(|subscription| subscription.topic == *topic) {
            health.active.push(name);
            continue;
        }
        let variables = json!({
            "topic": topic,
            "webhookSubscription": { "uri": target.url, "format": "JSON" },
        });
        match mutate(api, &WEBHOOK_CREATE, variables).await {
            Ok(()) => {
                health.active.push(name.clone());
                health.repaired.push(name);
            }
            Err(
                ConnectionError::Refused { message, .. } | ConnectionError::PermissionMissing { message },
            ) => {
                health.failed.push((name, message));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(health)
}

/// Deletes those that lead to `target`.
pub(super) async fn unwatch(api: &Api, target: &WebhookTarget) -> Result<()> {
    for subscription in ours(api, target).await? {
        mutate(api, &WEBHOOK_DELETE, json!({ "id": subscription.id })).await?;
    }
    Ok(())
}

/// The subscriptions that lead to `target`; Shopify shows an application only its own.
async fn ours(api: &Api, target: &WebhookTarget) -> Result<Vec<Subscription>> {
    let mut subscriptions = Vec::new();
    let mut after = None;
    loop {
        let answer: Subscriptions = api.ask(&WEBHOOKS, json!({ "after": after })).await?;
        after = answer.webhook_subscriptions.next();
        subscriptions.extend(answer.webhook_subscriptions.nodes);
        if after.is_none() {
            break;
        }
    }
    subscriptions.retain(|subscription| subscription.uri.as_deref() == Some(target.url.as_str()));
    Ok(subscriptions)
}
