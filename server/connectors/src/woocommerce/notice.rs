//! Webhooks as they arrive.

use domain::source::ExternalId;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::json::Dates;
use super::signature;
use crate::store::{Arrived, Notice, NoticeRefused, Secret, Subject};
use crate::{hex, lenient};

/// Makes sure that a webhook was signed with one of `secrets`, and reads what it is about.
///
/// The ping that a shop sends while a webhook is being set up has no signature; it tells nothing, so it needs none. It
/// must be answered with exactly 200, else it comes again with every delivery.
///
/// # Errors
/// [`NoticeRefused`].
pub fn verify_notice(secrets: &[Secret], arrived: &Arrived<'_>) -> Result<Notice, NoticeRefused> {
    if is_ping(arrived.body) {
        return Ok(Notice {
            topic: "ping".to_owned(),
            key: format!("ping:{}", String::from_utf8_lossy(arrived.body)),
            shop: None,
            subject: Subject::Ping,
            happened_at: None,
        });
    }
    let signature = arrived
        .header("x-wc-webhook-signature")
        .ok_or(NoticeRefused::HeaderMissing)?;
    let topic = arrived
        .header("x-wc-webhook-topic")
        .ok_or(NoticeRefused::HeaderMissing)?;
    let mut secrets = secrets.iter().filter(|secret| !secret.is_empty()).peekable();
    if secrets.peek().is_none() {
        return Err(NoticeRefused::NoSecret);
    }
    if !secrets.any(|secret| signature::signs(secret.reveal(), arrived.body, signature)) {
        return Err(NoticeRefused::BadSignature);
    }
    let body: Body = serde_json::from_slice(arrived.body).map_err(|_| NoticeRefused::Unreadable)?;
    let happened_at = body.dates.modified();
    Ok(Notice {
        topic: topic.to_owned(),
        key: key(topic, &body, arrived.body),
        shop: arrived.header("x-wc-webhook-source").map(str::to_owned),
        subject: body.subject(topic),
        happened_at,
    })
}

/// `webhook_id=142`, nothing else.
fn is_ping(body: &[u8]) -> bool {
    body.strip_prefix(b"webhook_id=")
        .is_some_and(|id| !id.is_empty() && id.iter().all(u8::is_ascii_digit))
}

/// The shop's own delivery id is none: two orders of the same second share it.
fn key(topic: &str, body: &Body, raw: &[u8]) -> String {
    let hash = hex::lower(&Sha256::digest(raw)[..16]);
    let id = body.id.unwrap_or_default();
    let modified = body.dates.modified().map_or(0, domain::Timestamp::seconds);
    format!("{topic}:{id}:{modified}:{hash}")
}

/// What a webhook carries: a resource, `{"id":190}` of one that is gone, the name of an action, or, of one that was
/// gone before the shop came to tell, an error without an id.
#[derive(Deserialize)]
struct Body {
    #[serde(default, deserialize_with = "lenient::integer")]
    id: Option<i64>,
    #[serde(default, deserialize_with = "lenient::integer")]
    parent_id: Option<i64>,
    #[serde(default, rename = "type", deserialize_with = "lenient::text")]
    kind: Option<String>,
    #[serde(flatten)]
    dates: Dates,
}

impl Body {
    fn subject(&self, topic: &str) -> Subject {
        let Some(id) = self.id else {
            return Subject::Nothing;
        };
        // Variations come as products of their own.
        let parent = self
            .parent_id
            .filter(|parent| *parent > 0 && self.kind.as_deref() == Some("variation"));
        let id = ExternalId::from(parent.unwrap_or(id));
        match topic {
            "order.created" | "order.updated" | "order.restored" => Subject::Order(id),
            "order.deleted" => Subject::OrderGone(id),
            "product.created" | "product.updated" | "product.restored" => Subject::Product(id),
            "product.deleted" => Subject::ProductGone(id),
            _ => Subject::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    const RECORDED: &str = "whsec-Testbed-42";

    /// A recorded delivery: its headers and its body.
    fn recorded(name: &str) -> (Vec<(String, String)>, Vec<u8>) {
        let path = format!(
            "{}/src/woocommerce/samples/webhooks/{name}.http",
            env!("CARGO_MANIFEST_DIR")
        );
        let whole = std::fs::read_to_string(path).unwrap();
        let (head, body) = whole.split_once("\r\n\r\n").unwrap();
        let headers = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        (headers, body.as_bytes().to_vec())
    }

    fn verify(secrets: &[&str], headers: &[(String, String)], body: &[u8]) -> Result<Notice, NoticeRefused> {
        let secrets: Vec<Secret> = secrets.iter().map(|secret| Secret::new(*secret)).collect();
        let at = Timestamp::from_seconds(1_795_000_000);
        verify_notice(&secrets, &Arrived { headers, body, at })
    }

    fn subject(name: &str) -> Subject {
        let (headers, body) = recorded(name);
        verify(&[RECORDED], &headers, &body).unwrap().subject
    }

    #[test]
    fn recorded_deliveries_are_understood() {
        let id = |id: i64| ExternalId::from(id);
        for (name, about) in [
            ("015_order.updated", Subject::Order(id(187))),
            ("016_order.created", Subject::Order(id(187))),
            ("036_order.deleted", Subject::OrderGone(id(189))),
            ("039_order.created", Subject::Nothing),
            ("043_product.created", Subject::Product(id(194))),
            ("045_product.deleted", Subject::ProductGone(id(194))),
            ("035_action.woocommerce_order_status_processing", Subject::Nothing),
            ("001_ping", Subject::Ping),
        ] {
            assert_eq!(subject(name), about, "{name}");
        }
    }

    #[test]
    fn a_variation_is_a_change_of_its_product() {
        let (headers, body) = recorded("048_product.created");
        let text = String::from_utf8_lossy(&body).into_owned();
        let parent: serde_json::Value = serde_json::from_str(&text).unwrap();
        let parent = ExternalId::from(parent["parent_id"].as_i64().unwrap());
        assert_eq!(
            verify(&[RECORDED], &headers, &body).unwrap().subject,
            Subject::Product(parent)
        );
    }

    #[test]
    fn two_orders_of_the_same_second_are_two_notices_and_a_repetition_is_one() {
        let read = |name| {
            let (headers, body) = recorded(name);
            let delivery = headers
                .iter()
                .find(|(name, _)| name == "x-wc-webhook-delivery-id")
                .unwrap()
                .1
                .clone();
            (delivery, verify(&[RECORDED], &headers, &body).unwrap().key)
        };
        let (first, second) = (read("029_order.created"), read("033_order.created"));
        assert_eq!(first.0, second.0, "the shop gives both the same delivery id");
        assert_ne!(first.1, second.1);
        assert_eq!(first, read("029_order.created"));
    }

    #[test]
    fn what_is_not_signed_by_the_shop_is_refused() {
        let (headers, body) = recorded("015_order.updated");
        let refused = |secrets: &[&str], headers: &[(String, String)], body: &[u8]| {
            verify(secrets, headers, body).unwrap_err()
        };
        let mut flipped = body.clone();
        flipped[10] ^= 1;
        assert_eq!(
            refused(&[RECORDED], &headers, &flipped),
            NoticeRefused::BadSignature
        );
        let reencoded: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            refused(&[RECORDED], &headers, reencoded.to_string().as_bytes()),
            NoticeRefused::BadSignature
        );
        assert_eq!(
            refused(&["another-stores"], &headers, &body),
            NoticeRefused::BadSignature
        );
        assert_eq!(refused(&[], &headers, &body), NoticeRefused::NoSecret);
        assert_eq!(refused(&["", " "], &headers, &body), NoticeRefused::NoSecret);
        for missing in ["x-wc-webhook-signature", "x-wc-webhook-topic"] {
            let mut headers = headers.clone();
            headers
                .iter_mut()
                .find(|(name, _)| name == missing)
                .unwrap()
                .1
                .clear();
            assert_eq!(
                refused(&[RECORDED], &headers, &body),
                NoticeRefused::HeaderMissing
            );
        }
        // A rotated secret: the new one first, the old one still good.
        assert!(verify(&["new", RECORDED], &headers, &body).is_ok());
    }

    #[test]
    fn only_a_bare_ping_needs_no_signature() {
        for body in [
            "webhook_id=",
            "webhook_id=1&x=2",
            "webhook_id=one",
            " webhook_id=1",
        ] {
            assert_eq!(
                verify(&[RECORDED], &[], body.as_bytes()).unwrap_err(),
                NoticeRefused::HeaderMissing,
                "{body}"
            );
        }
        assert_eq!(
            verify(&[], &[], b"webhook_id=142").unwrap().subject,
            Subject::Ping
        );
    }
}
