//! The ways in which keys are shown.

use reqwest::header::AUTHORIZATION;

use super::super::api::{Api, Ask};
use super::*;
use crate::store::{Call, ConnectionError, StoreConnection};

fn call(url: &str, way: Way) -> Call {
    let (wire, _) = line();
    let api = Api::new(wire, ShopUrl::parse(url).unwrap(), credentials());
    api.call(
        &Ask::get("orders.list", "/orders").with("status", "any,trash"),
        &credentials(),
        way,
    )
}

#[test]
fn keys_go_into_the_header_the_address_or_a_signature() {
    let place = "https://shop.example/prints/wp-json/wc/v3/orders?status=any%2Ctrash";
    let basic = call("https://shop.example/prints", Way::Basic);
    assert_eq!(basic.url, place);
    assert_eq!(basic.headers[AUTHORIZATION], "Basic Y2tfazN5OmNzX3MzY3JldA==");
    let query = call("https://shop.example/prints", Way::Query);
    assert_eq!(
        query.url,
        format!("{place}&consumer_key=ck_k3y&consumer_secret=cs_s3cret")
    );
    let signed = call("https://shop.example/prints", Way::Signed);
    assert!(
        signed
            .url
            .contains("&oauth_consumer_key=ck_k3y&oauth_timestamp=1795300000&oauth_nonce=")
    );
    for call in [&basic, &query, &signed] {
        assert_eq!(call.shown_url.as_deref(), Some(place));
    }
    let signature = |call: &Call| call.url.split_once("oauth_signature=").unwrap().1.to_owned();
    let behind = call("https://shop.example/prints", Way::SignedBehindProxy);
    assert!(behind.url.starts_with("https://"));
    assert_ne!(signature(&signed), signature(&behind));
    assert_eq!(
        signature(&behind),
        signature(&call("http://shop.example/prints", Way::Signed))
    );
}

#[test]
fn the_way_that_worked_last_is_tried_first() {
    let (wire, _) = line();
    let ways =
        |url: &str, known| Api::new(wire.clone(), ShopUrl::parse(url).unwrap(), credentials()).ways(known);
    assert_eq!(
        ways("https://shop.example", None),
        [Way::Basic, Way::Query, Way::Signed, Way::SignedBehindProxy]
    );
    assert_eq!(
        ways("https://shop.example", Some(Way::Signed))[..2],
        [Way::Signed, Way::Basic]
    );
    assert_eq!(
        ways("http://shop.example", Some(Way::Basic)),
        [Way::Signed],
        "never without encryption"
    );
}

#[tokio::test]
async fn without_encryption_requests_are_signed_and_only_by_the_owners_wish() {
    let shop = Fake::shop().serve().await;
    let willing = connection(&shop);
    assert_eq!(willing.learned(), None);
    willing.verify().await.unwrap();
    let learned: Credentials = serde_json::from_str(willing.learned().unwrap().reveal()).unwrap();
    assert_eq!(learned.way, Some(Way::Signed));
    let unwilling = Credentials {
        plain_http: false,
        ..credentials()
    };
    let refused = Connection::new(shop.wire.clone(), ShopUrl::parse(&shop.url).unwrap(), unwilling);
    let asked = shop.asked().len();
    let error = refused.orders(Timestamp::EPOCH, None).await.unwrap_err();
    assert!(matches!(error, ConnectionError::NotEncrypted), "{error:?}");
    assert_eq!(shop.asked().len(), asked);
    let recorded = format!("{:?}", shop.exchanges());
    for secret in ["ck_k3y", "cs_s3cret", "oauth_"] {
        assert!(!recorded.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_shop_that_moved_is_told_so_and_gets_no_keys() {
    let new_home = Fake::shop().serve().await;
    let to = format!("{}/wp-json/wc/v3/orders", new_home.url);
    let location = to.clone();
    let old = Fake::default()
        .on("GET", "/orders", move |_| {
            (StatusCode::MOVED_PERMANENTLY, [("location", to.clone())]).into_response()
        })
        .on("PUT", "/orders/1", move |_| {
            (StatusCode::FOUND, [("location", location.clone())]).into_response()
        })
        .serve()
        .await;
    let error = connection(&old).orders(Timestamp::EPOCH, None).await.unwrap_err();
    assert!(
        matches!(&error, ConnectionError::Moved { to } if to.starts_with(&new_home.url)),
        "{error:?}"
    );
    let api = Api::new(old.wire.clone(), ShopUrl::parse(&old.url).unwrap(), credentials());
    let error = api
        .send(&Ask::put("orders.write", "/orders/1", serde_json::json!({})))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store-moved");
}
