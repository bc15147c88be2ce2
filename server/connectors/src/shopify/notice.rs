//! What a shop tells by itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::source::ExternalId;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::gid;
use crate::moment;
use crate::store::{Arrived, Buyer, Notice, NoticeRefused, Secret, Subject};

/// What Shopify calls a part of an order that one location sends.
pub(super) const PART: &str = "FulfillmentOrder";

/// Headers that every webhook of Shopify has, besides its signature.
const REQUIRED: [&str; 4] = [
    "x-shopify-topic",
    "x-shopify-shop-domain",
    "x-shopify-api-version",
    "x-shopify-webhook-id",
];

/// Verifies a webhook with the application's secrets: the present one and, for an hour after it was changed, the one
/// before.
///
/// # Errors
/// [`NoticeRefused`], to be answered with its status.
pub fn verify_notice(secrets: &[Secret], arrived: &Arrived<'_>) -> Result<Notice, NoticeRefused> {
    let header = |name: &str| arrived.header(name).ok_or(NoticeRefused::HeaderMissing);
    let signature = header("x-shopify-hmac-sha256")?;
    for name in REQUIRED {
        header(name)?;
    }
    let secrets: Vec<&Secret> = secrets.iter().filter(|secret| !secret.is_empty()).collect();
    if secrets.is_empty() {
        return Err(NoticeRefused::NoSecret);
    }
    let signature = STANDARD
        .decode(signature.trim())
        .map_err(|_| NoticeRefused::BadSignature)?;
    if !secrets
        .iter()
        .any(|secret| signs(secret, arrived.body, &signature))
    {
        return Err(NoticeRefused::BadSignature);
    }
    let topic = header("x-shopify-topic")?;
    let body: Value = serde_json::from_slice(arrived.body).map_err(|_| NoticeRefused::Unreadable)?;
    Ok(Notice {
        subject: subject(topic, &body)?,
        topic: topic.to_owned(),
        key: header("x-shopify-webhook-id")?.to_owned(),
        shop: Some(header("x-shopify-shop-domain")?.to_ascii_lowercase()),
        happened_at: arrived.header("x-shopify-triggered-at").and_then(moment::parse),
    })
}

fn signs(secret: &Secret, body: &[u8], signature: &[u8]) -> bool {
    Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).is_ok_and(|mut mac| {
        mac.update(body);
        mac.verify_slice(signature).is_ok()
    })
}

fn subject(topic: &str, body: &Value) -> Result<Subject, NoticeRefused> {
    let id = |kind: &str, value: &Value| named(kind, value).ok_or(NoticeRefused::Unreadable);
    Ok(match topic {
        "orders/edited" => Subject::Order(id("Order", &body["order_edit"]["order_id"])?),
        "orders/delete" => Subject::OrderGone(id("Order", &body["id"])?),
        "refunds/create" | "fulfillments/create" | "fulfillments/update" => {
            Subject::Order(id("Order", &body["order_id"])?)
        }
        "products/create" | "products/update" => Subject::Product(id("Product", &body["id"])?),
        "products/delete" => Subject::ProductGone(id("Product", &body["id"])?),
        "app/uninstalled" => Subject::Uninstalled,
        "app/scopes_update" => Subject::PermissionsChanged,
        "bulk_operations/finish" => Subject::BulkFinished,
        "customers/data_request" => Subject::DataRequest(buyer(body, "orders_requested")),
        "customers/redact" => Subject::EraseBuyer(buyer(body, "orders_to_redact")),
        "shop/redact" => Subject::EraseStore,
        // Some name the order nowhere, so that the part stands for it.
        _ if topic.starts_with("fulfillment_orders/") => {
            let part = [
                "fulfillment_order",
                "moved_fulfillment_order",
                "original_fulfillment_order",
            ];
            let part = part.into_iter().find_map(|part| named(PART, &body[part]["id"]));
            // An order with nothing to send has no part.
            part.map_or(Subject::Nothing, Subject::Order)
        }
        _ if topic.starts_with("orders/") => Subject::Order(id("Order", &body["id"])?),
        _ => Subject::Nothing,
    })
}

fn named(kind: &str, value: &Value) -> Option<ExternalId> {
    match value {
        Value::Number(number) => Some(gid::external(kind, &number.to_string())),
        Value::String(id) if !id.is_empty() => Some(gid::external(kind, id)),
        _ => None,
    }
}

fn buyer(body: &Value, orders: &str) -> Buyer {
    let orders = body[orders].as_array().map(Vec::as_slice).unwrap_or_default();
    Buyer {
        email: body["customer"]["email"].as_str().map(str::to_owned),
        orders: orders.iter().filter_map(|order| named("Order", order)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    const BODY: &str = r#"{"id":820982911946154508,"email":"jon@example.com","total_price":"404.95"}"#;
    const SIGNATURE: &str = "DEfHnXBPdWfMeKHU1EFeqXlz6efsLX9cbYeGf9G5k8Q=";

    fn headers(topic: &str, signature: &str) -> Vec<(String, String)> {
        [
            ("x-shopify-topic", topic),
            ("x-shopify-shop-domain", "print-test.myshopify.com"),
            ("x-shopify-api-version", "2026-10"),
            ("x-shopify-webhook-id", "b54557e4"),
            ("x-shopify-triggered-at", "2026-11-21T10:00:00.5Z"),
            ("x-shopify-hmac-sha256", signature),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    fn verify(secrets: &[&str], headers: &[(String, String)], body: &str) -> Result<Notice, NoticeRefused> {
        let secrets: Vec<Secret> = secrets.iter().map(|secret| Secret::new(*secret)).collect();
        let at = Timestamp::EPOCH;
        verify_notice(
            &secrets,
            &Arrived {
                headers,
                body: body.as_bytes(),
                at,
            },
        )
    }

    fn signed(topic: &str, body: &str) -> Result<Notice, NoticeRefused> {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"hush").unwrap();
        mac.update(body.as_bytes());
        verify(
            &["hush"],
            &headers(topic, &STANDARD.encode(mac.finalize().into_bytes())),
            body,
        )
    }

    #[test]
    fn the_signature_is_checked_with_every_secret_on_the_bytes_as_they_came() {
        let headers = headers("orders/create", SIGNATURE);
        let notice = verify(&["hush"], &headers, BODY).unwrap();
        assert_eq!(
            notice.subject,
            Subject::Order(ExternalId::new("gid://shopify/Order/820982911946154508"))
        );
        assert_eq!(notice.key, "b54557e4");
        assert_eq!(notice.happened_at, moment::parse("2026-11-21T10:00:00.5Z"));
        assert!(verify(&["new", "hush"], &headers, BODY).is_ok());
        assert_eq!(
            verify(&["wrong"], &headers, BODY),
            Err(NoticeRefused::BadSignature)
        );
        assert_eq!(
            verify(&["hush"], &headers, &format!("{BODY} ")),
            Err(NoticeRefused::BadSignature)
        );
        for nothing in [&[][..], &[""], &["  "]] {
            assert_eq!(verify(nothing, &headers, BODY), Err(NoticeRefused::NoSecret));
        }
    }

    #[test]
    fn a_missing_header_is_400_and_a_bad_signature_401() {
        let all = headers("orders/create", SIGNATURE);
        for missing in 0..all.len() {
            let mut headers = all.clone();
            let (name, _) = headers.remove(missing);
            let refused = verify(&["hush"], &headers, BODY).map_err(NoticeRefused::status);
            assert_eq!(
                refused.err(),
                (name != "x-shopify-triggered-at").then_some(400),
                "{name}"
            );
        }
        let bad = headers("orders/create", "bad");
        assert_eq!(verify(&["hush"], &bad, BODY).unwrap_err().status(), 401);
    }

    #[test]
    fn every_topic_says_what_to_look_at() {
        let order = Subject::Order(ExternalId::new("gid://shopify/Order/820982911946154508"));
        let part = Subject::Order(gid::external(PART, "9"));
        let product = ExternalId::new("gid://shopify/Product/9554194432293");
        let buyer = Buyer {
            email: Some("john@example.com".into()),
            orders: ["299938", "280263", "220458"]
                .map(|id| gid::external("Order", id))
                .to_vec(),
        };
        for (topic, body, subject) in [
            (
                "orders/cancelled",
                include_str!("samples/webhook_orders.docs-sample.json"),
                order.clone(),
            ),
            (
                "orders/edited",
                r#"{"order_edit":{"order_id":820982911946154508}}"#,
                order.clone(),
            ),
            (
                "refunds/create",
                r#"{"id":1,"order_id":820982911946154508}"#,
                order,
            ),
            (
                "fulfillment_orders/placed_on_hold",
                r#"{"fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/9","status":"on_hold"}}"#,
                part.clone(),
            ),
            (
                "fulfillment_orders/moved",
                r#"{"moved_fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/9"},"destination_location_id":"1"}"#,
                part,
            ),
            (
                "fulfillment_orders/order_routing_complete",
                r#"{"fulfillment_order":null}"#,
                Subject::Nothing,
            ),
            (
                "orders/delete",
                r#"{"id":7}"#,
                Subject::OrderGone(gid::external("Order", "7")),
            ),
            (
                "products/update",
                include_str!("samples/webhook_products_update.docs-sample.json"),
                Subject::Product(product),
            ),
            (
                "products/delete",
                r#"{"id":7}"#,
                Subject::ProductGone(gid::external("Product", "7")),
            ),
            (
                "customers/data_request",
                include_str!("samples/webhook_customers_data_request.json"),
                Subject::DataRequest(buyer.clone()),
            ),
            (
                "customers/redact",
                include_str!("samples/webhook_customers_redact.json"),
                Subject::EraseBuyer(buyer),
            ),
            (
                "shop/redact",
                include_str!("samples/webhook_shop_redact.json"),
                Subject::EraseStore,
            ),
            ("app/uninstalled", "{}", Subject::Uninstalled),
            ("app/scopes_update", "{}", Subject::PermissionsChanged),
            ("bulk_operations/finish", "{}", Subject::BulkFinished),
            ("shop/update", "{}", Subject::Nothing),
        ] {
            assert_eq!(signed(topic, body).unwrap().subject, subject, "{topic}");
        }
        assert_eq!(signed("orders/create", "{}"), Err(NoticeRefused::Unreadable));
        assert_eq!(signed("orders/create", "no json"), Err(NoticeRefused::Unreadable));
    }
}
