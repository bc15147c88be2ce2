//! The desk: shops are opened and filled, the clock is moved, the ledger is read.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::bench::{Bench, basic};

#[tokio::test]
async fn shops_are_opened_with_keys_of_their_own() {
    let bench = Bench::with(0, 0);
    let new = json!({ "platform": "woocommerce", "shop": "third", "title": "Third", "currency": "USD", "settings": { "https": true }, "products": 30, "orders": 38 });
    let shop = bench.desk("POST", "shops", Some(new)).await;
    assert_eq!(shop["url"], "http://127.0.0.1:4000/shops/third");
    let key = &shop["keys"][0];
    let header = basic(
        key["consumer_key"].as_str().unwrap(),
        key["consumer_secret"].as_str().unwrap(),
    );
    let products = bench
        .ask(
            "GET",
            "/shops/third/wp-json/wc/v3/products",
            &[("authorization", &header)],
            None,
        )
        .await;
    assert_eq!(products.header("x-wp-total"), "30");
    let currency = bench
        .ask(
            "GET",
            "/shops/third/wp-json/wc/v3/data/currencies/current",
            &[("authorization", &header)],
            None,
        )
        .await;
    assert_eq!(currency.json()["code"], "USD");
    assert_eq!(bench.ledger("stocked").await.last().unwrap()["orders"], 38);
    let shops = bench.desk("GET", "shops", None).await;
    let mut own = shops
        .as_array()
        .unwrap()
        .iter()
        .filter(|shop| shop["platform"] == "woocommerce");
    assert!(own.any(|shop| shop["shop"] == "third"), "{shops}");
    let missing = bench
        .ask("GET", "/desk/api/shops/woocommerce/nobody/orders", &[], None)
        .await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn every_shape_of_order_can_be_placed_and_everything_done_to_it() {
    let bench = Bench::with(40, 0);
    for shape in sandbox::shop::generate::Shape::ALL {
        let order = bench
            .desk(
                "POST",
                "shops/woocommerce/demo/orders",
                Some(json!({ "shape": shape })),
            )
            .await;
        assert!(order["id"].is_u64(), "{shape:?}");
    }
    let id = bench.place_order().await;
    let path = format!("shops/woocommerce/demo/orders/{id}");
    let line = bench.desk("GET", &path, None).await["lines"][0].clone();
    for action in [
        json!({ "action": "edit", "edit": "quantity", "line": line["id"], "quantity": 5 }),
        json!({ "action": "refund", "lines": [[line["id"], 1]], "reason": "torn" }),
        json!({ "action": "ship", "lines": [[line["id"], 2]], "tracking_number": "JD1", "notify": true }),
        json!({ "action": "note", "text": "hello", "to_buyer": false }),
        json!({ "action": "status", "status": "on-hold" }),
        json!({ "action": "cancel", "reason": "changed their mind" }),
        json!({ "action": "delete" }),
    ] {
        let order = bench.desk("POST", &path, Some(action)).await;
        assert_eq!(order["id"], id);
    }
    let last = bench.desk("GET", &format!("ledger?order={id}"), None).await;
    let kinds: Vec<&Value> = last
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["kind"])
        .collect();
    assert_eq!(
        kinds,
        [
            "order_placed",
            "order_changed",
            "order_changed",
            "shipped",
            "order_changed",
            "buyer_mailed",
            "note_added",
            "order_changed",
            "order_changed",
            "order_deleted"
        ]
    );
    let again = bench
        .ask(
            "POST",
            &format!("/desk/api/{path}"),
            &[],
            Some(json!({ "action": "cancel" })),
        )
        .await;
    assert_eq!(again.status, 422);
}

#[tokio::test]
async fn the_same_seed_makes_the_same_shops() {
    let (one, other) = (Bench::with(20, 19), Bench::with(20, 19));
    assert_eq!(
        one.stores.announcement["woocommerce"],
        other.stores.announcement["woocommerce"]
    );
    assert_eq!(
        one.api("GET", "orders?per_page=100", None).await.text,
        other.api("GET", "orders?per_page=100", None).await.text
    );
}

#[tokio::test]
async fn the_clock_is_moved() {
    let bench = Bench::with(0, 0);
    let moved = bench
        .desk("POST", "clock", Some(json!({ "advance_seconds": 3600 })))
        .await;
    assert_eq!(moved["now"], "2026-11-21T11:00:00Z");
}

async fn post(bench: &Bench, path: &str, form: &str) -> (u16, String) {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap();
    let response = bench.stores.router.clone().oneshot(request).await.unwrap();
    let location = response
        .headers()
        .get("location")
        .map_or("", |value| value.to_str().unwrap());
    (response.status().as_u16(), location.to_owned())
}

#[tokio::test]
async fn people_use_pages_and_forms() {
    let bench = Bench::with(5, 0);
    let shop = "/desk/woocommerce/demo";
    let (status, order) = post(&bench, shop, "action=order&shape=personalised").await;
    assert_eq!(status, 303);
    for form in [
        "action=ship&carrier=DHL&tracking_number=JD1",
        "action=note&text=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "action=cancel&reason=",
    ] {
        assert_eq!(post(&bench, &order, form).await, (303, order.clone()), "{form}");
    }
    let page = bench.ask("GET", &order, &[], None).await;
    assert!(
        page.text.contains("JD1") && page.text.contains("cancelled"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("<script>"));
    assert_eq!(post(&bench, &order, "action=cancel&reason=").await.0, 422);
    assert_eq!(post(&bench, &order, "action=nonsense").await.0, 400);
    let product = "action=product&title=Card&price=12.50&sku=C&options=Size%3A+A6%2C+A5%3B+Paper%3A+Matt";
    assert_eq!(post(&bench, shop, product).await.0, 303);
    let found = bench
        .api("GET", "products?search=card&_fields=variations,name", None)
        .await
        .json();
    let card = found
        .as_array()
        .unwrap()
        .iter()
        .find(|product| product["name"] == "Card")
        .unwrap();
    assert_eq!(card["variations"].as_array().unwrap().len(), 2);
    assert_eq!(
        post(
            &bench,
            shop,
            "action=settings&settings=%7B%22outage%22%3A%22firewall%22%7D"
        )
        .await
        .0,
        303
    );
    assert_eq!(bench.api("GET", "orders", None).await.status, 403);
    assert_eq!(
        post(
            &bench,
            "/desk/faults",
            "action=inject&effect=drop_answer&operation=orders.*&times=2&shop="
        )
        .await
        .0,
        303
    );
    assert_eq!(bench.desk("GET", "faults", None).await[0]["times"], 2);
    for path in ["/desk", shop, "/desk/ledger", "/desk/faults"] {
        let page = bench.ask("GET", path, &[], None).await;
        assert!(page.status.is_success() && page.text.contains("<h1>"), "{path}");
    }
    assert_eq!(bench.ask("GET", "/desk/etsy/nobody", &[], None).await.status, 404);
}
