//! OAuth 1.0a with one leg, as `WC_REST_Authentication` checks it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::keys::{Key, Keys};
use super::refusal::{Outcome, Refusal};
use super::visit::Visit;
use crate::clock::Moment;

/// Everything but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// How far a timestamp may be off, in seconds.
const WINDOW: i64 = 15 * 60;

const NAMES: [&str; 5] = [
    "oauth_consumer_key",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_signature",
    "oauth_signature_method",
];

/// The key a request was signed with; `None` when it is not signed at all.
pub(super) fn signed_by(visit: &Visit, keys: &Keys, now: Moment) -> Outcome<Option<Key>> {
    let parameters = parameters(visit);
    let value = |name: &str| {
        let mut pairs = parameters.iter();
        let (_, value) = pairs.find(|(key, value)| key == name && !value.is_empty())?;
        Some(value.as_str())
    };
    let missing: Vec<&str> = NAMES.into_iter().filter(|name| value(name).is_none()).collect();
    if missing.len() == NAMES.len() {
        return Ok(None);
    }
    let [
        Some(consumer_key),
        Some(timestamp),
        Some(nonce),
        Some(signature),
        Some(method),
    ] = NAMES.map(value)
    else {
        let plural = if missing.len() == 1 { "" } else { "s" };
        return Err(Refusal::new(
            axum::http::StatusCode::UNAUTHORIZED,
            "woocommerce_rest_authentication_missing_parameter",
            format!("Missing OAuth parameter{plural} {}", missing.join(", ")),
        ));
    };
    let invalid = Refusal::authentication;
    let key = keys.find(&visit.shop.name, consumer_key);
    let key = key.ok_or_else(|| invalid("Consumer key is invalid."))?;
    let text = base_string(visit.method.as_str(), &address(visit), &parameters);
    let expected = signature_of(method, &key.consumer_secret, &text)
        .ok_or_else(|| invalid("Invalid signature - signature method is invalid."))?;
    // PHP turns the plus signs of an unencoded signature into spaces; WooCommerce turns them back.
    if signature.replace(' ', "+") != expected {
        return Err(invalid("Invalid signature - provided signature does not match."));
    }
    let timestamp: i64 = timestamp.parse().unwrap_or(0);
    let now = now.unix_seconds();
    if (timestamp - now).abs() > WINDOW {
        return Err(invalid("Invalid timestamp."));
    }
    if !keys.use_nonce(&visit.shop.name, consumer_key, timestamp, nonce, now - WINDOW) {
        return Err(invalid("Invalid nonce - nonce has already been used."));
    }
    Ok(Some(key))
}

/// The query's parameters and those of an `Authorization: OAuth` header.
fn parameters(visit: &Visit) -> Vec<(String, String)> {
    let mut parameters = visit.query.clone();
    let header = visit
        .headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let header = header.and_then(|value| value.trim_start().strip_prefix("OAuth "));
    for pair in header.unwrap_or("").split(',') {
        if let Some((name, value)) = pair.trim().split_once('=')
            && name.starts_with("oauth_")
        {
            let value = percent_encoding::percent_decode_str(value.trim_matches('"'));
            parameters.push((name.to_owned(), value.decode_utf8_lossy().into_owned()));
        }
    }
    parameters
}

/// The address that is signed: the site's own, whatever the request called it.
fn address(visit: &Visit) -> String {
    format!("{}/{}", visit.signed_home(), visit.path)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// What is signed.
pub(super) fn base_string(method: &str, address: &str, parameters: &[(String, String)]) -> String {
    let mut pairs: Vec<(String, String)> = parameters
        .iter()
        .filter(|(name, _)| name != "oauth_signature")
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    pairs.sort();
    let pairs = pairs
        .iter()
        .map(|(name, value)| encoded(&format!("{name}={value}")));
    let pairs = pairs.collect::<Vec<_>>().join("%26");
    format!("{method}&{}&{pairs}", encoded(address))
}

/// The signature; `None` for a method WooCommerce does not know.
pub(super) fn signature_of(method: &str, consumer_secret: &str, text: &str) -> Option<String> {
    let key = format!("{consumer_secret}&");
    let (key, text) = (key.as_bytes(), text.as_bytes());
    let signature = match method {
        "HMAC-SHA256" => Hmac::<sha2::Sha256>::new_from_slice(key)
            .ok()?
            .chain_update(text)
            .finalize()
            .into_bytes()
            .to_vec(),
        "HMAC-SHA1" => Hmac::<sha1::Sha1>::new_from_slice(key)
            .ok()?
            .chain_update(text)
            .finalize()
            .into_bytes()
            .to_vec(),
        _ => return None,
    };
    Some(BASE64_STANDARD.encode(signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed from `WC_REST_Authentication::check_oauth_signature`.
    #[test]
    fn the_signature_is_woocommerces() {
        let parameters = [
            ("oauth_consumer_key", "ck_1234567890abcdef"),
            ("oauth_nonce", "kllo9940pd9333jh00000000000000ab"),
            ("oauth_signature_method", "HMAC-SHA256"),
            ("oauth_timestamp", "1790000000"),
            ("per_page", "100"),
            ("status", "processing"),
            ("modified_after", "2026-11-01T00:00:00"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let text = base_string("GET", "http://shop.example.com/wp-json/wc/v3/orders", &parameters);
        assert!(
            text.starts_with("GET&http%3A%2F%2Fshop.example.com%2Fwp-json%2Fwc%2Fv3%2Forders&modified_after%3D2026-11-01T00%253A00%253A00%26oauth_consumer_key"),
            "{text}"
        );
        let signature = signature_of("HMAC-SHA256", "cs_abcdef1234567890", &text);
        assert_eq!(signature.unwrap(), "P1VyyNp6kbmm3ZDm0t4kuPCSDjPXd0KgX6cawOhct28=");
        assert_eq!(signature_of("HMAC-MD5", "cs", &text), None);
    }
}
