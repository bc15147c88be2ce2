//! Who is let in, and with which words the others are not.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::json;

use crate::bench::{Bench, ORIGIN, Which, basic};

const ORDERS: &str = "/shops/demo/wp-json/wc/v3/orders";

/// Asks for the orders; gives status, code and sentence.
async fn asked(bench: &Bench, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let answer = bench.ask("GET", path, headers, None).await;
    let sentence = answer.json()["message"].as_str().unwrap_or("fine").to_owned();
    (answer.status.as_u16(), sentence)
}

fn told(status: u16, sentence: &str) -> (u16, String) {
    (status, sentence.to_owned())
}

const NOBODY: &str = "Sorry, you cannot list resources.";

#[tokio::test]
async fn basic_counts_only_where_the_site_believes_in_tls() {
    let bench = Bench::with(0, 0);
    let good = bench.basic(Which::ReadWrite);
    let plain = {
        let (key, secret) = bench.key("plain", Which::ReadWrite);
        basic(&key, &secret)
    };
    let plain_orders = "/shops/plain/wp-json/wc/v3/orders";
    assert_eq!(
        asked(&bench, ORDERS, &[("authorization", &good)]).await,
        told(200, "fine")
    );
    assert_eq!(
        asked(&bench, plain_orders, &[("authorization", &plain)]).await,
        told(401, NOBODY)
    );
    let forwarded = [("authorization", plain.as_str()), ("x-forwarded-proto", "https")];
    assert_eq!(asked(&bench, plain_orders, &forwarded).await, told(200, "fine"));
}

#[tokio::test]
async fn wrong_credentials_are_refused_in_the_words_of_woocommerce() {
    let bench = Bench::with(0, 0);
    let (key, secret) = bench.key("demo", Which::ReadWrite);
    let wrong_secret = basic(&key, "cs_wrong");
    let unknown = basic("ck_unknown", &secret);
    let no_rights = bench.basic(Which::NoRights);
    let write_only = bench.basic(Which::Write);
    for (header, expected) in [
        (None, told(401, NOBODY)),
        (Some("Bearer token"), told(401, NOBODY)),
        (Some("Basic !!!"), told(401, NOBODY)),
        (Some(unknown.as_str()), told(401, NOBODY)),
        (
            Some(wrong_secret.as_str()),
            told(401, "Consumer secret is invalid."),
        ),
        (Some(no_rights.as_str()), told(403, NOBODY)),
        (
            Some(write_only.as_str()),
            told(401, "The API key provided does not have read permissions."),
        ),
    ] {
        let headers: Vec<(&str, &str)> = header.into_iter().map(|value| ("authorization", value)).collect();
        assert_eq!(asked(&bench, ORDERS, &headers).await, expected, "{header:?}");
    }
    let in_query = format!("{ORDERS}?consumer_key={key}&consumer_secret={secret}");
    assert_eq!(asked(&bench, &in_query, &[]).await, told(200, "fine"));
    let wrong_in_query = format!("{ORDERS}?consumer_key={key}&consumer_secret=wrong");
    assert_eq!(
        asked(&bench, &wrong_in_query, &[]).await,
        told(401, "Consumer secret is invalid.")
    );
}

#[tokio::test]
async fn a_read_only_key_writes_nothing() {
    let bench = Bench::with(0, 0);
    let read_only = bench.basic(Which::Read);
    let answer = bench
        .ask("POST", ORDERS, &[("authorization", &read_only)], Some(json!({})))
        .await;
    assert_eq!(
        answer.refusal(),
        (401, "woocommerce_rest_authentication_error".to_owned())
    );
    assert_eq!(
        answer.json()["message"],
        "The API key provided does not have write permissions."
    );
    let nobody = bench.ask("POST", ORDERS, &[], Some(json!({}))).await;
    assert_eq!(
        nobody.refusal(),
        (401, "woocommerce_rest_cannot_create".to_owned())
    );
    assert!(bench.ledger("order_placed").await.is_empty());
}

#[tokio::test]
async fn a_stripped_header_leaves_the_query() {
    let bench = Bench::with(0, 0);
    bench.set(json!({ "strips_authorization": true })).await;
    let header = bench.basic(Which::ReadWrite);
    assert_eq!(
        asked(&bench, ORDERS, &[("authorization", &header)]).await,
        told(401, NOBODY)
    );
    let (key, secret) = bench.key("demo", Which::ReadWrite);
    let in_query = format!("{ORDERS}?consumer_key={key}&consumer_secret={secret}");
    assert_eq!(asked(&bench, &in_query, &[]).await, told(200, "fine"));
}

#[tokio::test]
async fn addresses_without_wp_json_are_nobodys() {
    let bench = Bench::with(0, 0);
    let header = bench.basic(Which::ReadWrite);
    let by_query = "/shops/demo/?rest_route=/wc/v3/orders";
    assert_eq!(
        asked(&bench, by_query, &[("authorization", &header)]).await,
        told(401, NOBODY)
    );
    bench.set(json!({ "permalinks": "plain" })).await;
    assert_eq!(
        asked(&bench, by_query, &[("authorization", &header)]).await,
        told(401, NOBODY)
    );
    let pretty = bench
        .ask("GET", ORDERS, &[("authorization", &header)], None)
        .await;
    assert_eq!(pretty.status, 404);
    assert!(pretty.text.starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn revoked_keys_are_as_good_as_none() {
    let bench = Bench::with(0, 0);
    bench.set(json!({ "keys_revoked": true })).await;
    assert_eq!(
        bench.api("GET", "orders", None).await.refusal(),
        (401, "woocommerce_rest_cannot_view".to_owned())
    );
}

/// Signs as RFC 5849 says, written apart from the stand-in's own code.
fn signed(key: &str, secret: &str, timestamp: i64, nonce: &str, more: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::new(), |encoded, byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                format!("{encoded}{}", byte as char)
            }
            _ => format!("{encoded}%{byte:02X}"),
        })
    };
    let timestamp = timestamp.to_string();
    let mut parameters = vec![
        ("oauth_consumer_key", key),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", "HMAC-SHA256"),
        ("oauth_timestamp", &timestamp),
    ];
    parameters.extend(more);
    parameters.sort_unstable();
    let query: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let query = query.join("&");
    let address = encode(&format!("{ORIGIN}/shops/plain/wp-json/wc/v3/orders"));
    let text = format!("GET&{address}&{}", encode(&query));
    let mac = Hmac::<sha2::Sha256>::new_from_slice(format!("{secret}&").as_bytes()).unwrap();
    let signature = BASE64_STANDARD.encode(mac.chain_update(text).finalize().into_bytes());
    format!(
        "/shops/plain/wp-json/wc/v3/orders?{query}&oauth_signature={}",
        encode(&signature)
    )
}

#[tokio::test]
async fn oauth_signs_where_there_is_no_tls() {
    let bench = Bench::with(0, 0);
    let now = bench.stores.world.clock.now().unix_seconds();
    let (key, secret) = bench.key("plain", Which::ReadWrite);
    let good = signed(
        &key,
        &secret,
        now,
        "one",
        &[("per_page", "5"), ("status", "processing,on-hold")],
    );
    assert_eq!(asked(&bench, &good, &[]).await, told(200, "fine"));
    assert_eq!(
        asked(&bench, &good, &[]).await,
        told(401, "Invalid nonce - nonce has already been used.")
    );
    for (path, sentence) in [
        (
            signed(&key, "cs_wrong", now, "two", &[]),
            "Invalid signature - provided signature does not match.",
        ),
        (
            signed("ck_unknown", &secret, now, "three", &[]),
            "Consumer key is invalid.",
        ),
        (
            signed(&key, &secret, now - 901, "four", &[]),
            "Invalid timestamp.",
        ),
        (
            signed(&key, &secret, now + 901, "five", &[]),
            "Invalid timestamp.",
        ),
        (
            signed(&key, &secret, now, "six", &[]).replace("HMAC-SHA256", "HMAC-MD5"),
            "Invalid signature - signature method is invalid.",
        ),
        (
            format!("/shops/plain/wp-json/wc/v3/orders?oauth_consumer_key={key}"),
            "Missing OAuth parameters oauth_timestamp, oauth_nonce, oauth_signature, oauth_signature_method",
        ),
    ] {
        assert_eq!(asked(&bench, &path, &[]).await, told(401, sentence));
    }
}

#[tokio::test]
async fn the_index_is_public_and_the_ledger_keeps_no_secrets() {
    let bench = Bench::with(0, 0);
    let index = bench.ask("GET", "/shops/demo/wp-json/wc/v3", &[], None).await;
    assert_eq!(index.json()["namespace"], "wc/v3");
    let (key, secret) = bench.key("demo", Which::ReadWrite);
    bench
        .ask(
            "GET",
            &format!("{ORDERS}?consumer_key={key}&consumer_secret={secret}"),
            &[],
            None,
        )
        .await;
    let requests = bench.ledger("request").await;
    assert_eq!(requests[1]["operation"], "orders.list");
    let everything = serde_json::to_string(&requests).unwrap();
    assert!(
        !everything.contains(&key) && !everything.contains(&secret),
        "{everything}"
    );
}
