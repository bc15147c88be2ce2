//! Products and orders.

use std::time::Duration;

use axum::response::Html;
use axum::routing::get;
use domain::source::{ExternalId, Listing, SourceOrderState};

use super::*;
use crate::store::{ConnectionError, Cursor, StoreConnection};

fn gid(kind: &str, id: u64) -> String {
    format!("gid://shopify/{kind}/{id}")
}

fn variant(id: u64, size: &str) -> Value {
    json!({
        "id": gid("ProductVariant", id), "sku": null, "price": "12.50",
        "selectedOptions": [{ "name": "Size", "value": size }],
        "inventoryItem": { "requiresShipping": true },
    })
}

fn product(id: u64, variants: &Value) -> Value {
    json!({
        "id": gid("Product", id), "title": "Poster", "status": "DRAFT", "updatedAt": "2026-11-20T10:00:00Z",
        "onlineStoreUrl": null, "hasOnlyDefaultVariant": false,
        "featuredMedia": { "preview": { "image": { "url": "https://cdn.example.com/1.png" } } },
        "variants": variants,
    })
}

fn page(nodes: &[Value], cursor: Option<&str>) -> Value {
    json!({ "nodes": nodes, "pageInfo": { "hasNextPage": cursor.is_some(), "endCursor": cursor } })
}

#[tokio::test]
async fn changed_products_come_by_pages_with_all_their_variants() {
    let first = product(1, &page(&[variant(11, "A3")], Some("v1")));
    let rest = product(1, &page(&[variant(12, "A4")], None));
    let broken = json!({ "id": 7, "title": "Broken" });
    let script = Script::default()
        .data(
            "ProductsPage",
            json!({ "shop": { "currencyCode": "EUR" }, "products": page(&[first, broken], Some("p1")) }),
        )
        .data(
            "ProductsPage",
            json!({ "shop": { "currencyCode": "EUR" }, "products": page(&[], None) }),
        )
        .data(
            "Product",
            json!({ "shop": { "currencyCode": "EUR" }, "product": rest }),
        );
    let connection = connected(&script).await;
    let since = Some(NOW - Duration::from_hours(1));
    let got = connection.products(since, None).await.unwrap();
    assert_eq!(got.unreadable.len(), 1);
    let [poster] = got.items.as_slice() else {
        panic!("{got:?}")
    };
    assert_eq!(poster.listing, Listing::Draft);
    let titles: Vec<String> = poster
        .variants
        .iter()
        .map(domain::source::StoreVariant::title)
        .collect();
    assert_eq!(titles, ["A3", "A4"]);
    assert_eq!(poster.variants[0].price.unwrap().minor, 1250);
    assert!(
        connection
            .products(since, got.next.as_ref())
            .await
            .unwrap()
            .next
            .is_none()
    );
    let asked = script.heard("ProductsPage");
    assert_eq!(asked[0]["query"], "updated_at:>='2026-11-20T23:00:00Z'");
    assert_eq!(asked[1]["after"], "p1");
    assert_eq!(script.heard("Product")[0]["variantsAfter"], "v1");
}

fn started(id: &str) -> Value {
    json!({ "bulkOperationRunQuery": { "bulkOperation": { "id": id, "status": "CREATED" }, "userErrors": [] } })
}

fn bulk(status: &str, url: Option<&str>) -> Value {
    json!({
        "shop": { "currencyCode": "EUR" },
        "node": { "id": "bulk", "status": status, "rootObjectCount": "251", "url": url },
    })
}

#[tokio::test]
async fn the_first_sync_reads_the_prepared_file_in_parts() {
    let sample = include_str!("../samples/bulk_products.sample.jsonl");
    let many: Vec<String> = (0..251)
        .map(|id| json!({ "id": gid("Product", id), "title": "x".repeat(200) }).to_string())
        .collect();
    let many = many.join("\n");
    let strays = json!({ "id": gid("ProductVariant", 5), "__parentId": gid("Product", 3) });
    for file in [sample.to_owned(), format!("{many}\n{strays}\n{sample}")] {
        let script = Script::default();
        let expected = file.matches("gid://shopify/Product/").count() - file.matches("__parentId").count();
        let served = Router::new().route("/file", get(move || async move { file }));
        let address = serve(served).await;
        let url = format!("{address}/file?secret=1");
        let script = script
            .data("BulkOperationRun", started("bulk"))
            .data("BulkOperation", bulk("RUNNING", None))
            .data("BulkOperation", bulk("COMPLETED", Some(&url)))
            .data(
                "Product",
                json!({ "product": product(3, &page(&[variant(5, "A3")], None)) }),
            );
        let (connection, still) = connect(&script, Router::new()).await;
        let mut cursor: Option<Cursor> = None;
        let mut items = Vec::new();
        let mut waits = 0;
        loop {
            let got = connection.products(None, cursor.as_ref()).await.unwrap();
            waits += usize::from(got.wait.is_some());
            assert!(got.unreadable.is_empty(), "{:?}", got.unreadable);
            items.extend(got.items);
            cursor = got.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(waits, 2, "once started, once still running");
        let sample_product = items.iter().find(|item| item.title == "19 t-shirt").unwrap();
        assert_eq!(sample_product.variants.len(), 2);
        // A variant far from its product makes the product be read again, whole.
        let strayed = usize::from(expected > 200);
        assert_eq!(items.len(), expected + strayed);
        assert_eq!(script.heard("Product").len(), strayed);
        assert!(
            !format!("{:?}", still.exchanges()).contains("file?secret"),
            "the address lets anybody in"
        );
    }
}

#[tokio::test]
async fn without_a_file_products_come_by_pages() {
    let busy = json!({ "bulkOperationRunQuery": {
        "bulkOperation": null,
        "userErrors": [{ "field": null, "message": "busy", "code": "OPERATION_IN_PROGRESS" }],
    } });
    let pages = json!({ "shop": { "currencyCode": "EUR" }, "products": page(&[], None) });
    let script = Script::default()
        .data("BulkOperationRun", busy)
        .data("ProductsPage", pages.clone());
    assert!(
        connected(&script)
            .await
            .products(None, None)
            .await
            .unwrap()
            .next
            .is_none()
    );
    assert_eq!(script.heard("ProductsPage")[0]["query"], Value::Null);

    let script = Script::default()
        .data("BulkOperationRun", started("bulk"))
        .data("BulkOperation", bulk("FAILED", None))
        .data("ProductsPage", pages);
    let connection = connected(&script).await;
    let cursor = connection.products(None, None).await.unwrap().next;
    assert!(
        connection
            .products(None, cursor.as_ref())
            .await
            .unwrap()
            .next
            .is_none()
    );
    assert_eq!(
        script.names(),
        ["BulkOperationRun", "BulkOperation", "ProductsPage"]
    );
}

pub(super) fn order(changes: Value) -> Value {
    let money = json!({ "presentmentMoney": { "amount": "25.0", "currencyCode": "GBP" } });
    let mut order = json!({
        "id": gid("Order", 1), "name": "#1001", "test": false, "note": " ", "email": "jon@example.com", "phone": null,
        "createdAt": "2026-11-20T09:00:00Z", "updatedAt": "2026-11-20T10:00:00Z", "cancelledAt": null,
        "displayFinancialStatus": "PAID", "displayFulfillmentStatus": "UNFULFILLED", "fullyPaid": true,
        "currentTotalPriceSet": money,
        "shippingAddress": { "name": "Jon", "address1": "1 High St", "city": "Leeds", "zip": "LS1 1AA", "countryCodeV2": "GB", "phone": "+44 20" },
        "shippingLine": { "title": "Standard" },
        "lineItems": page(&[
            json!({
                "id": gid("LineItem", 1), "title": "Poster", "variantTitle": "A3", "sku": "P-A3", "currentQuantity": 2,
                "requiresShipping": true, "customAttributes": [{ "key": "Text", "value": "Hi" }, { "key": "_x", "value": null }],
                "originalUnitPriceSet": money, "product": { "id": gid("Product", 1) }, "variant": { "id": gid("ProductVariant", 11) },
            }),
            json!({ "id": gid("LineItem", 2), "title": "Card", "currentQuantity": 1, "isGiftCard": true, "product": null, "variant": null }),
        ], None),
        "fulfillmentOrders": { "nodes": [
            { "id": gid("FulfillmentOrder", 1), "status": "OPEN", "assignedLocation": { "location": { "id": gid("Location", 1) } } },
        ] },
    });
    for (key, value) in changes.as_object().unwrap() {
        order[key] = value.clone();
    }
    order
}

#[tokio::test]
async fn an_order_is_read_with_everything_production_needs() {
    let script = Script::default().data("Order", json!({ "order": order(json!({})) }));
    let read = connected(&script)
        .await
        .order(&ExternalId::new("1"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(script.heard("Order")[0]["id"], gid("Order", 1));
    assert_eq!(read.state, SourceOrderState::Ready);
    assert_eq!((read.number.as_str(), read.note), ("#1001", None));
    assert_eq!(read.total.unwrap().currency.as_str(), "GBP");
    assert_eq!(read.phone.as_deref(), Some("+44 20"));
    assert_eq!(read.address.unwrap().postcode, "LS1 1AA");
    let [poster, card] = read.lines.as_slice() else {
        panic!()
    };
    assert_eq!((poster.quantity, poster.ships), (2, true));
    assert_eq!(poster.properties[0].value, "Hi");
    assert!(!card.ships && card.product_id.is_none());
}

#[tokio::test]
async fn payment_cancellation_and_holds_decide_what_an_order_waits_for() {
    use SourceOrderState::{Cancelled, Fulfilled, Ready, Waiting};
    let parts = |status: &str| json!({ "nodes": [{ "id": "f", "status": status }] });
    for (changes, state) in [
        (
            json!({ "displayFinancialStatus": "AUTHORIZED", "fullyPaid": false }),
            Ready,
        ),
        (json!({ "displayFinancialStatus": "PARTIALLY_REFUNDED" }), Ready),
        (
            json!({ "displayFinancialStatus": "PENDING", "fullyPaid": false }),
            Waiting,
        ),
        (
            json!({ "displayFinancialStatus": "EXPIRED", "fullyPaid": false }),
            Waiting,
        ),
        (json!({ "displayFinancialStatus": "REFUNDED" }), Cancelled),
        (json!({ "cancelledAt": "2026-11-20T10:00:00Z" }), Cancelled),
        (json!({ "displayFulfillmentStatus": "FULFILLED" }), Fulfilled),
        (json!({ "fulfillmentOrders": parts("ON_HOLD") }), Waiting),
        (json!({ "fulfillmentOrders": parts("SCHEDULED") }), Waiting),
        (json!({ "fulfillmentOrders": parts("CLOSED") }), Fulfilled),
        (json!({ "fulfillmentOrders": parts("IN_PROGRESS") }), Ready),
        (json!({ "fulfillmentOrders": { "nodes": [] } }), Ready),
    ] {
        let script = Script::default().data("Order", json!({ "order": order(changes.clone()) }));
        let read = connected(&script)
            .await
            .order(&ExternalId::new("1"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(read.state, state, "{changes}");
    }
}

#[tokio::test]
async fn buyers_that_shopify_keeps_to_itself_do_not_lose_the_order() {
    let denied = json!({ "message": "not approved", "path": ["order", "shippingAddress"], "extensions": { "code": "ACCESS_DENIED" } });
    let hidden = order(json!({ "shippingAddress": null, "email": null }));
    let script = Script::default().answer(
        "Order",
        200,
        json!({ "data": { "order": hidden }, "errors": [denied] }),
    );
    let read = connected(&script)
        .await
        .order(&ExternalId::new("1"))
        .await
        .unwrap()
        .unwrap();
    assert!(read.address_withheld && read.address.is_none());
    let script = Script::default().data("Order", json!({ "order": null }));
    assert!(
        connected(&script)
            .await
            .order(&ExternalId::new("2"))
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn orders_are_listed_by_change_or_by_placing() {
    let script = Script::default().data("OrdersPage", json!({ "orders": page(&[order(json!({}))], None) }));
    let connection = connected(&script).await;
    assert_eq!(connection.orders(NOW, None).await.unwrap().items.len(), 1);
    assert_eq!(connection.orders_placed(NOW, None).await.unwrap().items.len(), 1);
    let asked = script.heard("OrdersPage");
    assert_eq!(
        (&asked[0]["sortKey"], &asked[1]["sortKey"]),
        (&json!("UPDATED_AT"), &json!("CREATED_AT"))
    );
    assert_eq!(asked[1]["query"], "created_at:>='2026-11-21T00:00:00Z'");
}

#[tokio::test]
async fn a_throttled_request_waits_as_long_as_the_bucket_needs() {
    let throttled: Value =
        serde_json::from_str(include_str!("../samples/graphql_throttled_response.json")).unwrap();
    let script = Script::default()
        .answer("Order", 200, throttled)
        .data("Order", json!({ "order": null }));
    let (connection, still) = connect(&script, Router::new()).await;
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
    let script = Script::default().data("Shop", granted(SCOPES));
    let facts = connected(&script).await.verify().await.unwrap();
    assert_eq!(
        (facts.name.as_str(), facts.currency.unwrap().as_str()),
        ("Print test", "EUR")
    );
    assert!(facts.capabilities.writes_shipments);
    let script = Script::default().data("Shop", granted(&SCOPES[1..]));
    assert!(
        connected(&script).await.verify().await.is_ok(),
        "who may write products may read them"
    );
    let script = Script::default().data("Shop", granted(&["write_products"]));
    let error = connected(&script).await.verify().await.unwrap_err();
    assert!(error.needs_reauthorisation() && error.words().unwrap().contains("read_orders"));
}
