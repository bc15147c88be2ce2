//! Every way a shop can refuse, and what it grants.

use std::time::Duration;

use axum::response::Html;
use domain::source::ExternalId;

use super::*;
use crate::store::{ConnectionError, StoreConnection};

#[tokio::test]
async fn a_throttled_request_waits_as_long_as_the_bucket_needs() {
    let throttled: Value =
        serde_json::from_str(include_str!("../samples/graphql_throttled_response.json")).unwrap();
    let script = Script::default()
        .answer("Order", 200, throttled)
        .data("Order", json!({ "order": null }));
    let (connection, still) = connect(&script, Router::new(), None).await;
    assert!(connection.order(&ExternalId::new("1")).await.unwrap().is_none());
    // (202 wanted - 118 there) / 100 a second, then what the next request may cost.
    assert_eq!(still.waits()[0], Duration::from_millis(840));
    assert_eq!(script.heard("Order").len(), 2);
}

#[tokio::test]
async fn every_refusal_has_its_own_code() {
    for (status, body, code) in [
        (
            401,
            json!({ "errors": "[API] Invalid API key or access token" }),
            "store-unauthorized",
        ),
        (402, json!({}), "store-plan-without-api"),
        (404, json!({ "errors": "Not Found" }), "store-not-this-platform"),
        (423, json!({}), "store-plan-without-api"),
        (430, json!({}), "store-firewall"),
        (
            200,
            json!({ "errors": [{ "message": "no", "extensions": { "code": "ACCESS_DENIED" } }] }),
            "store-permission-missing",
        ),
        (
            200,
            json!({ "errors": [{ "message": "bad id" }] }),
            "store-refused",
        ),
    ] {
        let script = Script::default().answer("Shop", status, body);
        let error = connected(&script).await.verify().await.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
    let page =
        Router::new().fallback(|| async { (StatusCode::FORBIDDEN, Html("<!doctype html><h1>Stop</h1>")) });
    let hosts = Hosts::parse(&format!("{}/{{shop}}", serve(page).await)).unwrap();
    let shop = ShopDomain::parse("print-test").unwrap();
    let wire = wire(&Still::at(NOW), Arc::new(CostBucket::default()));
    let connection = Connection::new(wire, &hosts, &shop, &credentials(), None).unwrap();
    assert!(matches!(
        connection.verify().await,
        Err(ConnectionError::Firewall { status: 403 })
    ));
}

#[tokio::test]
async fn verifying_compares_what_is_granted_now() {
    let shop = json!({ "id": gid("Shop", 1), "name": "Print test", "primaryDomain": { "url": "https://example.com" }, "currencyCode": "EUR" });
    let granted = |scopes: &[&str]| {
        let scopes: Vec<Value> = scopes.iter().map(|scope| json!({ "handle": scope })).collect();
        json!({ "shop": shop, "currentAppInstallation": { "accessScopes": scopes } })
    };
    let places = |from: u64, cursor| {
        let place = json!({ "id": gid("Location", from), "name": format!("Place {from}") });
        json!({ "locations": page(&[place], cursor) })
    };
    let script = Script::default()
        .data("Shop", granted(SCOPES))
        .data("Locations", places(1, Some("next")))
        .data("Locations", places(2, None));
    let facts = connected(&script).await.verify().await.unwrap();
    let names: Vec<&str> = facts.locations.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["Place 1", "Place 2"]);
    assert_eq!(
        (facts.name.as_str(), facts.currency.unwrap().as_str()),
        ("Print test", "EUR")
    );
    assert!(facts.capabilities.writes_shipments);
    let script = Script::default()
        .data("Shop", granted(&SCOPES[1..]))
        .data("Locations", places(1, None));
    assert!(
        connected(&script).await.verify().await.is_ok(),
        "who may write products may read them"
    );
    let script = Script::default().data("Shop", granted(&["write_products"]));
    let error = connected(&script).await.verify().await.unwrap_err();
    assert!(error.needs_reauthorisation() && error.words().unwrap().contains("read_orders"));
}
