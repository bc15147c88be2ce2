//! Webhook subscriptions of an app.

use serde_json::{Map, Value, json};

use super::super::answer::{gid, user_error};
use super::super::session::{Session, id, reference, text};
use super::super::subscriptions::{self, topic_path};
use super::{done, refused, texts};
use crate::ledger::Event;
use crate::shop::{Subscription, SubscriptionStatus};

const PAYLOAD: &str = "webhookSubscription";
/// Topics an app can only subscribe to in its configuration, not by the API.
const IN_CONFIGURATION: [&str; 3] = ["CUSTOMERS_DATA_REQUEST", "CUSTOMERS_REDACT", "SHOP_REDACT"];

/// `webhookSubscriptionCreate`.
pub(super) fn create(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let topic = text(arguments, "topic").unwrap_or_default();
    let empty = Map::new();
    let input = arguments[PAYLOAD].as_object().unwrap_or(&empty);
    if IN_CONFIGURATION.contains(&topic) {
        let message = "This topic can only be subscribed to in the app's configuration";
        return Ok(refused(PAYLOAD, [user_error(&["topic"], message, None)]));
    }
    if let Some(scope) = subscriptions::needed_scope(topic).filter(|scope| !session.scopes.allows(scope)) {
        let path = topic_path(topic);
        let message =
            format!("You do not have permission to create or update webhooks with {path} topic: {scope}");
        return Ok(refused(
            PAYLOAD,
            [user_error(&["webhookSubscription"], &message, None)],
        ));
    }
    let uri = text(input, "uri")
        .or(text(input, "callbackUrl"))
        .unwrap_or_default()
        .to_owned();
    if let Some(message) = wrong_address(&uri) {
        return Ok(refused(
            PAYLOAD,
            [user_error(&["webhookSubscription", "callbackUrl"], message, None)],
        ));
    }
    session.with(|shop| {
        let taken = shop
            .subscriptions
            .values()
            .any(|known| known.topic == topic && known.url == uri);
        if taken {
            let message = "Address for this topic has already been taken";
            return refused(
                PAYLOAD,
                [user_error(&["webhookSubscription", "callbackUrl"], message, None)],
            );
        }
        let id = shop.next_id();
        let mut extra = Map::new();
        extra.insert(
            "format".to_owned(),
            json!(text(input, "format").unwrap_or("JSON")),
        );
        extra.insert("filter".to_owned(), json!(text(input, "filter")));
        extra.insert(
            "includeFields".to_owned(),
            json!(input.get("includeFields").map(texts).unwrap_or_default()),
        );
        let subscription = Subscription {
            id,
            name: text(input, "name").unwrap_or_default().to_owned(),
            topic: topic.to_owned(),
            url: uri,
            secret: String::new(),
            status: SubscriptionStatus::Active,
            failures: 0,
            created_at: shop.now,
            updated_at: shop.now,
            extra,
        };
        shop.subscriptions.insert(id, subscription);
        shop.happened(Event::SubscriptionChanged {
            subscription: id,
            what: "created",
        });
        done(PAYLOAD, reference("WebhookSubscription", id))
    })
}

/// `webhookSubscriptionUpdate`.
pub(super) fn update(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let empty = Map::new();
    let input = arguments[PAYLOAD].as_object().unwrap_or(&empty);
    let uri = text(input, "uri")
        .or(text(input, "callbackUrl"))
        .map(str::to_owned);
    if let Some(message) = uri.as_deref().and_then(wrong_address) {
        return Ok(refused(
            PAYLOAD,
            [user_error(&["webhookSubscription", "callbackUrl"], message, None)],
        ));
    }
    let number = id(arguments, "id", "WebhookSubscription");
    session.with(|shop| {
        let now = shop.now;
        let Some(known) = number.and_then(|number| shop.subscriptions.get_mut(&number)) else {
            return refused(
                PAYLOAD,
                [user_error(&["id"], "Webhook subscription does not exist", None)],
            );
        };
        known.url = uri.unwrap_or_else(|| known.url.clone());
        known.updated_at = now;
        if let Some(fields) = input.get("includeFields") {
            known
                .extra
                .insert("includeFields".to_owned(), json!(texts(fields)));
        }
        let id = known.id;
        shop.happened(Event::SubscriptionChanged {
            subscription: id,
            what: "updated",
        });
        done(PAYLOAD, reference("WebhookSubscription", id))
    })
}

/// `webhookSubscriptionDelete`.
pub(super) fn delete(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let number = id(arguments, "id", "WebhookSubscription").unwrap_or_default();
    let removed = session.with(|shop| {
        let removed = shop.subscriptions.remove(&number).is_some();
        if removed {
            shop.happened(Event::SubscriptionChanged {
                subscription: number,
                what: "deleted",
            });
        }
        removed
    })?;
    if !removed {
        let error = user_error(&["id"], "Webhook subscription does not exist", None);
        return Ok(refused("deletedWebhookSubscriptionId", [error]));
    }
    session.world.outbox.forget(session.key, number);
    Ok(done(
        "deletedWebhookSubscriptionId",
        json!(gid("WebhookSubscription", number)),
    ))
}

/// What is wrong with an address. Shopify takes HTTPS only; this machine is the exception, for want of a certificate.
fn wrong_address(uri: &str) -> Option<&'static str> {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let is_local = local.iter().any(|start| {
        uri.strip_prefix(start)
            .is_some_and(|rest| rest.starts_with([':', '/']))
    });
    if uri.is_empty() {
        Some("Address can't be blank")
    } else if uri.starts_with("https://") || is_local {
        None
    } else if uri.starts_with("http://") {
        Some("Address protocol http:// is not supported")
    } else {
        Some("Address is invalid")
    }
}
