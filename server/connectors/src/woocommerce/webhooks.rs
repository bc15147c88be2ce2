//! Webhooks of a shop: set up, looked after, taken away.

use serde::Deserialize;
use serde_json::json;

use super::api::Ask;
use super::connection::Connection;
use super::paging::read;
use crate::lenient;
use crate::store::{ConnectionError, Result, Secret, Surroundings, WebhookHealth, WebhookTarget};

/// What shops tell about. They tell nothing of notes, of what is deleted for good, or of an order taken out of the bin
/// by its status: the lists are the truth.
const TOPICS: [&str; 7] = [
    "order.created",
    "order.updated",
    "order.deleted",
    "order.restored",
    "product.created",
    "product.updated",
    "product.deleted",
];

/// Length of a secret, in characters.
const SECRET_LENGTH: usize = 40;
const SECRET_CHARACTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A secret for a store's webhooks. Letters and digits only: shops decode entities in it before they sign.
pub fn new_webhook_secret(around: &dyn Surroundings) -> Secret {
    let mut bytes = [0; 4 * SECRET_LENGTH];
    around.fill(&mut bytes);
    // The remainder of 32 bits: no character is noticeably likelier than another.
    let characters = bytes.chunks_exact(4).map(|four| {
        let number = four
            .iter()
            .fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        char::from(SECRET_CHARACTERS[number % SECRET_CHARACTERS.len()])
    });
    Secret::new(characters.collect::<String>())
}

/// A webhook as the shop lists it. Its secret is never given back.
#[derive(Deserialize)]
struct Webhook {
    id: i64,
    #[serde(default, deserialize_with = "lenient::or_default")]
    topic: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    status: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    delivery_url: String,
}

impl Connection {
    /// A shop pings the address within the request that sets a webhook up.
    pub(super) async fn set_up_webhooks(&self, target: &WebhookTarget) -> Result<WebhookHealth> {
        let ours = self.webhooks(target).await?;
        let mut health = WebhookHealth::default();
        for topic in TOPICS {
            let mut known = ours.iter().filter(|webhook| webhook.topic == topic);
            let first = known.next();
            for duplicate in known {
                self.delete_webhook(duplicate.id).await?;
            }
            let body = json!({
                "name": format!("Portal {topic}"),
                "topic": topic,
                "delivery_url": target.url,
                "secret": target.secret.reveal(),
                "status": "active",
            });
            let repair = match first {
                Some(webhook) if webhook.status == "active" => {
                    health.active.push(topic.to_owned());
                    continue;
                }
                // Disabled after seven failures in a row, or paused by somebody.
                Some(webhook) => Ask::put("webhooks.revive", format!("/webhooks/{}", webhook.id), body),
                None => Ask::post("webhooks.create", "/webhooks", body),
            };
            match self.api.send(&repair.confidential()).await {
                Ok(_) => health.repaired.push(topic.to_owned()),
                Err(ConnectionError::Refused { message, .. }) => {
                    health.failed.push((topic.to_owned(), message));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(health)
    }

    pub(super) async fn take_webhooks_away(&self, target: &WebhookTarget) -> Result<()> {
        for webhook in self.webhooks(target).await? {
            self.delete_webhook(webhook.id).await?;
        }
        Ok(())
    }

    /// Those that come to us.
    async fn webhooks(&self, target: &WebhookTarget) -> Result<Vec<Webhook>> {
        let ask = Ask::get("webhooks.list", "/webhooks")
            .with("orderby", "id")
            .with("order", "asc");
        let webhooks = read::<Webhook>(self.api.all(ask).await?.unwrap_or_default()).0;
        Ok(webhooks
            .into_iter()
            .filter(|webhook| webhook.delivery_url == target.url)
            .collect())
    }

    async fn delete_webhook(&self, id: i64) -> Result<()> {
        self.api
            .find(&Ask::delete("webhooks.delete", format!("/webhooks/{id}")))
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};

    use serde_json::Value;

    use super::super::tests::{Asked, Fake, answer, connection, error, line, rows};
    use super::*;
    use crate::store::StoreConnection;

    type Kept = Arc<Mutex<BTreeMap<i64, Value>>>;

    fn target() -> WebhookTarget {
        WebhookTarget {
            url: "https://portal.example/hooks/woocommerce/abc".to_owned(),
            secret: Secret::new("s3cret"),
        }
    }

    /// A shop that keeps webhooks like the real one, without their secrets.
    fn keeping(kept: &Kept) -> Fake {
        let (listed, created) = (Arc::clone(kept), Arc::clone(kept));
        let mut fake = Fake::shop()
            .on("GET", "/webhooks", move |asked| {
                rows(asked, listed.lock().unwrap().values().cloned().collect())
            })
            .on("POST", "/webhooks", move |asked: &Asked| {
                let mut kept = created.lock().unwrap();
                let id = kept.keys().last().unwrap_or(&0) + 1;
                let mut webhook = asked.body.clone();
                assert_eq!(webhook["secret"], "s3cret");
                webhook["id"] = id.into();
                webhook.as_object_mut().unwrap().remove("secret");
                kept.insert(id, webhook.clone());
                answer(201, &webhook.to_string())
            });
        for id in 1..=20 {
            let path: &'static str = format!("/webhooks/{id}").leak();
            let (changed, deleted) = (Arc::clone(kept), Arc::clone(kept));
            fake = fake
                .on("PUT", path, move |asked| {
                    changed.lock().unwrap().get_mut(&id).unwrap()["status"] = asked.body["status"].clone();
                    answer(200, "{}")
                })
                .on("DELETE", path, move |asked| {
                    assert_eq!(asked.query["force"], "true");
                    deleted.lock().unwrap().remove(&id);
                    answer(200, "{}")
                });
        }
        fake
    }

    #[tokio::test]
    async fn webhooks_are_set_up_once_looked_after_and_taken_away() {
        let kept = Kept::default();
        kept.lock().unwrap().insert(
            1,
            json!({ "id": 1, "topic": "order.created", "status": "active",
            "delivery_url": "https://elsewhere.example" }),
        );
        let shop = keeping(&kept).serve().await;
        let connection = connection(&shop);
        let first = connection.watch(&target()).await.unwrap();
        assert_eq!(
            (first.active.len(), first.repaired.len(), first.failed.len()),
            (0, 7, 0)
        );
        let second = connection.watch(&target()).await.unwrap();
        assert_eq!((second.active.len(), second.repaired.len()), (7, 0));

        kept.lock().unwrap().get_mut(&3).unwrap()["status"] = "disabled".into();
        let mut duplicate = kept.lock().unwrap()[&2].clone();
        duplicate["id"] = 15.into();
        kept.lock().unwrap().insert(15, duplicate);
        let third = connection.watch(&target()).await.unwrap();
        assert_eq!(third.repaired, ["order.updated"]);
        assert_eq!(kept.lock().unwrap()[&3]["status"], "active");
        assert_eq!(kept.lock().unwrap().len(), 8, "the duplicate is gone");

        connection.unwatch(&target()).await.unwrap();
        let left: Vec<i64> = kept.lock().unwrap().keys().copied().collect();
        assert_eq!(left, [1], "somebody else's stays");
        assert!(!format!("{:?}", shop.exchanges()).contains("s3cret"));
    }

    #[tokio::test]
    async fn a_topic_that_is_refused_does_not_hold_up_the_others() {
        let refusal = error(
            "woocommerce_rest_shop_webhook_invalid_topic",
            "Webhook topic is required.",
        );
        let shop = Fake::shop()
            .on("GET", "/webhooks", |_| answer(200, "[]"))
            .on("POST", "/webhooks", move |asked| {
                match asked.body["topic"].as_str() {
                    Some("order.restored") => answer(400, refusal),
                    _ => answer(201, "{}"),
                }
            })
            .serve()
            .await;
        let health = connection(&shop).watch(&target()).await.unwrap();
        assert_eq!(health.repaired.len(), 6);
        assert_eq!(
            health.failed,
            [(
                "order.restored".to_owned(),
                "Webhook topic is required.".to_owned()
            )]
        );
    }

    #[test]
    fn secrets_are_forty_letters_and_digits() {
        let (_, around) = line();
        let secret = new_webhook_secret(around.as_ref());
        assert_eq!(secret.reveal().len(), 40);
        assert!(secret.reveal().bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
