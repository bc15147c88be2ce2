//! The webhooks of the stand-in of Shopify, as they arrive.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::shop::{ALL_SCOPES, TestShop};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use sandbox::clock::Moment;
use sandbox::outbox::Outbox;
use sandbox::shop::generate::Shape;
use sandbox::shop::{Edit, OrderAction};
use sandbox::shopify::CLIENT_SECRET;
use sandbox::signature::hmac_sha256_base64;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A delivery that arrived.
#[derive(Clone)]
struct Delivery {
    headers: HeaderMap,
    raw: Bytes,
}

impl Delivery {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap().to_str().unwrap()
    }

    fn body(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }
}

/// A receiver of webhooks that answers with one status.
#[derive(Clone)]
struct Receiver {
    status: StatusCode,
    came: Arc<Mutex<Vec<Delivery>>>,
}

impl Receiver {
    /// Listens; gives where.
    async fn start(status: StatusCode) -> (Self, String) {
        let receiver = Self {
            status,
            came: Arc::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/hooks", post(take))
            .with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (receiver, url)
    }

    fn came(&self) -> Vec<Delivery> {
        self.came.lock().unwrap().clone()
    }

    fn topics(&self) -> Vec<String> {
        self.came()
            .iter()
            .map(|delivery| delivery.header("x-shopify-topic").to_owned())
            .collect()
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, raw: Bytes) -> StatusCode {
    receiver.came.lock().unwrap().push(Delivery { headers, raw });
    receiver.status
}

async fn subscribe(shop: &TestShop, topic: &str, uri: &str) {
    let variables = json!({ "topic": topic, "webhookSubscription": { "uri": uri } });
    let made = shop.run("webhook_subscription_create", variables).await;
    assert!(made.user_errors().is_empty(), "{}", made.body);
}

#[tokio::test]
async fn a_delivery_is_signed_and_bears_the_rest_resource() {
    let (receiver, url) = Receiver::start(StatusCode::OK).await;
    let shop = TestShop::installed(ALL_SCOPES).await;
    subscribe(&shop, "ORDERS_CREATE", &url).await;
    let order = shop.order(Shape::Simple);
    Outbox::run_due(&shop.world).await;
    let [delivery] = receiver.came().try_into().ok().unwrap();
    let signed = hmac_sha256_base64(CLIENT_SECRET.as_bytes(), &delivery.raw);
    assert_eq!(delivery.header("x-shopify-hmac-sha256"), signed);
    assert_eq!(delivery.header("x-shopify-topic"), "orders/create");
    assert_eq!(delivery.header("x-shopify-shop-domain"), "demo.myshopify.com");
    assert_eq!(delivery.header("x-shopify-api-version"), "2026-10");
    assert!(Moment::parse(delivery.header("x-shopify-triggered-at")).is_some());
    let body = delivery.body();
    assert_eq!(body["id"], order);
    assert_eq!(
        body["admin_graphql_api_id"],
        format!("gid://shopify/Order/{order}")
    );
    assert!(body["created_at"].as_str().unwrap().ends_with("-05:00"), "{body}");
}

#[tokio::test]
async fn what_happens_to_orders_and_products_makes_their_topics() {
    let (receiver, url) = Receiver::start(StatusCode::OK).await;
    let shop = TestShop::installed(ALL_SCOPES).await;
    for topic in [
        "ORDERS_CREATE",
        "ORDERS_EDITED",
        "ORDERS_CANCELLED",
        "PRODUCTS_DELETE",
        "APP_UNINSTALLED",
    ] {
        subscribe(&shop, topic, &url).await;
    }
    let order = shop.order(Shape::Simple);
    let product = shop.first_product();
    shop.change(|shop| {
        let line = shop.order(order).unwrap().lines[0].id;
        shop.act_on_order(order, OrderAction::Edit(Edit::Quantity { line, quantity: 9 }))
            .unwrap();
        shop.cancel_order(order, "customer").unwrap();
        shop.delete_product(product).unwrap();
    });
    shop.desk("uninstall").await;
    Outbox::run_due(&shop.world).await;
    let expected = [
        "orders/create",
        "orders/edited",
        "orders/cancelled",
        "products/delete",
        "app/uninstalled",
    ];
    assert_eq!(receiver.topics(), expected);
}

#[tokio::test]
async fn deliveries_can_come_twice_and_out_of_order() {
    let (receiver, url) = Receiver::start(StatusCode::OK).await;
    let shop = TestShop::installed(ALL_SCOPES).await;
    subscribe(&shop, "ORDERS_CREATE", &url).await;
    subscribe(&shop, "ORDERS_PAID", &url).await;
    shop.set("webhooks_doubled", json!(true));
    shop.set("webhooks_shuffled", json!(true));
    shop.order(Shape::Simple);
    shop.world.clock.advance(Duration::from_secs(2));
    Outbox::run_due(&shop.world).await;
    assert_eq!(
        receiver.topics(),
        ["orders/paid", "orders/paid", "orders/create", "orders/create"]
    );
    let came = receiver.came();
    assert_eq!(
        came[0].header("x-shopify-webhook-id"),
        came[1].header("x-shopify-webhook-id")
    );
}

#[tokio::test]
async fn a_subscription_that_only_fails_is_deleted_after_eight_retries() {
    let (receiver, url) = Receiver::start(StatusCode::INTERNAL_SERVER_ERROR).await;
    let shop = TestShop::installed(ALL_SCOPES).await;
    subscribe(&shop, "ORDERS_CREATE", &url).await;
    shop.order(Shape::Simple);
    for _ in 0..9 {
        assert_eq!(Outbox::run_due(&shop.world).await, 1);
        shop.world.clock.advance(Duration::from_hours(2));
    }
    assert_eq!(Outbox::run_due(&shop.world).await, 0);
    let ids: Vec<_> = receiver
        .came()
        .iter()
        .map(|came| came.header("x-shopify-webhook-id").to_owned())
        .collect();
    assert!(ids.len() == 9 && ids.iter().all(|id| *id == ids[0]));
    assert_eq!(shop.change(|shop| shop.subscriptions.len()), 0);
}

#[tokio::test]
async fn privacy_requests_come_from_the_configuration_and_two_days_after_an_uninstall() {
    let (receiver, url) = Receiver::start(StatusCode::OK).await;
    let shop = TestShop::installed(ALL_SCOPES).await;
    shop.set("privacy_url", json!(url));
    shop.desk("customers-redact").await;
    shop.desk("uninstall").await;
    Outbox::run_due(&shop.world).await;
    assert_eq!(receiver.topics(), ["customers/redact"]);
    shop.world.clock.advance(Duration::from_hours(48));
    Outbox::run_due(&shop.world).await;
    assert_eq!(receiver.topics(), ["customers/redact", "shop/redact"]);
    let by_api =
        json!({ "topic": "SHOP_UPDATE", "webhookSubscription": { "uri": "http://portal.example/hooks" } });
    assert_eq!(shop.run("webhook_subscription_create", by_api).await.status, 401);
}
