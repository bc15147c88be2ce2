//! What Etsy tells by itself: webhooks of the whole application, signed as Standard Webhooks are.

use std::time::Duration;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use domain::Timestamp;
use domain::source::ExternalId;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use crate::store::{Arrived, Notice, NoticeRefused, Secret, Subject};

/// How old a webhook may be, either way.
const TOLERANCE: Duration = Duration::from_mins(5);
/// Base64 with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Verifies a webhook with the secrets of Etsy's webhook portal.
///
/// # Errors
/// [`NoticeRefused`], to be answered with its status.
pub fn verify_notice(secrets: &[Secret], arrived: &Arrived<'_>) -> Result<Notice, NoticeRefused> {
    let header = |name: &str| arrived.header(name).ok_or(NoticeRefused::HeaderMissing);
    let (id, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
    let signatures = header("webhook-signature")?;
    let secrets: Vec<&Secret> = secrets.iter().filter(|secret| !secret.is_empty()).collect();
    if secrets.is_empty() {
        return Err(NoticeRefused::NoSecret);
    }
    if !secrets
        .iter()
        .any(|secret| signs(secret, id, timestamp, arrived.body, signatures))
    {
        return Err(NoticeRefused::BadSignature);
    }
    let seconds = timestamp
        .trim()
        .parse()
        .map_err(|_| NoticeRefused::BadTimestamp)?;
    let sent_at = Timestamp::from_seconds(seconds);
    if arrived.at.since(sent_at) > TOLERANCE || sent_at.since(arrived.at) > TOLERANCE {
        return Err(NoticeRefused::BadTimestamp);
    }
    let body: Value = serde_json::from_slice(arrived.body).map_err(|_| NoticeRefused::Unreadable)?;
    let topic = body["event_type"]
        .as_str()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .replace('_', ".");
    let (shop, subject) = subject(&topic, &body)?;
    Ok(Notice {
        topic,
        key: id.to_owned(),
        shop,
        subject,
        happened_at: Some(sent_at),
    })
}

/// Whether one of the signatures is right: `v1,<base64>` or the value alone, several with spaces between.
fn signs(secret: &Secret, id: &str, timestamp: &str, body: &[u8], signatures: &str) -> bool {
    let key = secret.reveal().trim();
    let Ok(key) = BASE64.decode(key.strip_prefix("whsec_").unwrap_or(key)) else {
        return false;
    };
    signatures.split_whitespace().any(|signature| {
        let value = signature.split_once(',').map_or(signature, |(_, value)| value);
        let (Ok(value), Ok(mut mac)) = (BASE64.decode(value), Hmac::<Sha256>::new_from_slice(&key)) else {
            return false;
        };
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        mac.verify_slice(&value).is_ok()
    })
}

/// The shop and what to look at. The address in the body is only read for its numbers, never called.
fn subject(topic: &str, body: &Value) -> Result<(Option<String>, Subject), NoticeRefused> {
    let shop = match &body["shop_id"] {
        Value::Number(shop) => Some(shop.to_string()),
        Value::String(shop) => Some(shop.clone()),
        _ => None,
    };
    if !topic.starts_with("order.") {
        return Ok((shop, Subject::Nothing));
    }
    let numbers = body["resource_url"].as_str().and_then(numbers);
    match (numbers, &shop) {
        (Some((named, receipt)), Some(shop)) if named == shop => {
            Ok((Some(shop.clone()), Subject::Order(ExternalId::new(receipt))))
        }
        _ => Err(NoticeRefused::Unreadable),
    }
}

/// Shop and receipt of `…/shops/12345/receipts/54321`.
fn numbers(url: &str) -> Option<(&str, &str)> {
    let (_, rest) = url.split_once("/shops/")?;
    let (shop, receipt) = rest.split_once("/receipts/")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(shop) && is_number(receipt)).then_some((shop, receipt))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const PAID: &str = r#"{"event_type":"order.paid","resource_url":"https://openapi.etsy.com/v3/application/shops/12345/receipts/54321","shop_id":12345}"#;
    const SIGNATURE: &str = "v1,8rvDYabsei5UltlcUIVj9R3f9THkW2pTNYYMpVJXSkA=";
    const SENT: i64 = 1_790_000_000;

    fn verify(
        secrets: &[&str],
        (id, at, signature): (&str, i64, &str),
        body: &str,
        now: i64,
    ) -> Result<Notice, NoticeRefused> {
        let headers = [
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", at.to_string()),
            ("webhook-signature", signature.to_owned()),
        ];
        let headers: Vec<(String, String)> = headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let secrets: Vec<Secret> = secrets.iter().map(|secret| Secret::new(*secret)).collect();
        let arrived = Arrived {
            headers: &headers,
            body: body.as_bytes(),
            at: Timestamp::from_seconds(now),
        };
        verify_notice(&secrets, &arrived)
    }

    fn paid(secrets: &[&str], signature: &str, now: i64) -> Result<Notice, NoticeRefused> {
        verify(secrets, ("msg_etsy_0001", SENT, signature), PAID, now)
    }

    #[test]
    fn the_published_examples_are_accepted() {
        let example = (
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        );
        let notice = verify(&[SECRET], example, r#"{"test": 2432232314}"#, 1_614_265_330).unwrap();
        assert_eq!(notice.subject, Subject::Nothing);
        let notice = paid(&[SECRET], SIGNATURE, SENT).unwrap();
        assert_eq!(notice.topic, "order.paid");
        assert_eq!(notice.shop.as_deref(), Some("12345"));
        assert_eq!(notice.subject, Subject::Order(ExternalId::new("54321")));
        assert_eq!(notice.key, "msg_etsy_0001");
    }

    #[test]
    fn any_of_several_secrets_and_signatures_will_do() {
        let bare = SIGNATURE.strip_prefix("v1,").unwrap();
        assert!(paid(&["whsec_AAAA", SECRET], &format!("v1,AAAA {SIGNATURE}"), SENT).is_ok());
        assert!(paid(&[SECRET], bare, SENT).is_ok());
        assert!(paid(&[SECRET], bare.trim_end_matches('='), SENT + 300).is_ok());
    }

    #[test]
    fn forged_old_and_unsigned_webhooks_are_refused() {
        use NoticeRefused::{BadSignature, BadTimestamp, HeaderMissing, NoSecret};
        for (secrets, signature, now, refused) in [
            (&[SECRET][..], SIGNATURE, SENT + 301, BadTimestamp),
            (&[SECRET], SIGNATURE, SENT - 301, BadTimestamp),
            (&[SECRET], "v1,AAAA", SENT, BadSignature),
            (&["whsec_AAAA"], SIGNATURE, SENT, BadSignature),
            (&["not base64!"], SIGNATURE, SENT, BadSignature),
            (&[], SIGNATURE, SENT, NoSecret),
            (&[""], SIGNATURE, SENT, NoSecret),
            (&[SECRET], "", SENT, HeaderMissing),
        ] {
            assert_eq!(paid(secrets, signature, now), Err(refused), "{signature} {now}");
        }
    }

    #[test]
    fn shop_and_receipt_come_from_the_address_and_must_agree() {
        let read = |body: &str| {
            let body: Value = serde_json::from_str(body).unwrap();
            let topic = body["event_type"]
                .as_str()
                .unwrap()
                .to_ascii_lowercase()
                .replace('_', ".");
            subject(&topic, &body).map(|(_, subject)| subject)
        };
        for sample in [
            include_str!("samples/webhook.order_paid.json"),
            include_str!("samples/webhook.order_canceled.json"),
            include_str!("samples/webhook.order_shipped.json"),
            include_str!("samples/webhook.order_delivered.json"),
        ] {
            assert!(matches!(read(sample).unwrap(), Subject::Order(_)));
            assert!(matches!(
                read(&sample.replace("order.", "ORDER_")).unwrap(),
                Subject::Order(_)
            ));
            let text = sample.replace("\"shop_id\": 12345678", "\"shop_id\": \"12345678\"");
            assert!(matches!(read(&text).unwrap(), Subject::Order(_)));
            let other = sample.replace("\"shop_id\": 12345678", "\"shop_id\": 1");
            assert_eq!(read(&other), Err(NoticeRefused::Unreadable));
            assert_eq!(
                read(&sample.replace("/receipts/", "/receipts/x")),
                Err(NoticeRefused::Unreadable)
            );
        }
    }
}
