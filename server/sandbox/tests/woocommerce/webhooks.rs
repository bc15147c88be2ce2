//! Webhooks get lost, come twice under one id, come in the wrong order and stop.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sandbox::outbox::Outbox;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bench::Bench;

/// Takes what is delivered, and answers as it is told to.
#[derive(Clone)]
struct Receiver {
    url: String,
    got: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    status: Arc<Mutex<u16>>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            url: format!("http://{}/hooks", listener.local_addr().unwrap()),
            got: Arc::default(),
            status: Arc::new(Mutex::new(200)),
        };
        let router = Router::new().fallback(take).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    fn answer_with(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    fn take(&self) -> Vec<(HeaderMap, String)> {
        std::mem::take(&mut *self.got.lock().unwrap())
    }

    /// The topics of what came, `ping` for a ping.
    fn topics(&self) -> Vec<String> {
        let topic = |(headers, _): (HeaderMap, String)| match headers.get("x-wc-webhook-topic") {
            Some(topic) => topic.to_str().unwrap().to_owned(),
            None => "ping".to_owned(),
        };
        self.take().into_iter().map(topic).collect()
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    receiver
        .got
        .lock()
        .unwrap()
        .push((headers, String::from_utf8(body.to_vec()).unwrap()));
    StatusCode::from_u16(*receiver.status.lock().unwrap()).unwrap()
}

async fn subscribe(bench: &Bench, receiver: &Receiver, topic: &str) -> u64 {
    let body = json!({ "name": topic, "topic": topic, "delivery_url": receiver.url, "secret": "s3cret" });
    let answer = bench.api("POST", "webhooks", Some(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_u64().unwrap()
}

/// The queue runs: a second later, until nothing is due.
async fn queue_runs(bench: &Bench) {
    bench.stores.world.clock.advance(Duration::from_secs(1));
    while Outbox::run_due(&bench.stores.world).await > 0 {}
}

#[tokio::test]
async fn the_ping_comes_inside_the_request_and_again_until_it_is_answered() {
    let (bench, receiver) = (Bench::with(0, 0), Receiver::start().await);
    receiver.answer_with(204);
    subscribe(&bench, &receiver, "order.updated").await;
    let pings = receiver.take();
    assert_eq!(pings.len(), 1, "before the answer to the request");
    assert_eq!(pings[0].1, "webhook_id=1");
    assert!(pings[0].0.get("x-wc-webhook-signature").is_none());
    bench.place_order().await;
    queue_runs(&bench).await;
    assert_eq!(receiver.topics(), ["order.updated", "ping"], "204 is no 200");
    receiver.answer_with(200);
    bench.place_order().await;
    queue_runs(&bench).await;
    assert_eq!(receiver.topics(), ["order.updated", "ping"]);
    bench.place_order().await;
    queue_runs(&bench).await;
    assert_eq!(receiver.topics(), ["order.updated"]);
}

#[tokio::test]
async fn deliveries_are_signed_and_updated_comes_before_created() {
    let (bench, receiver) = (Bench::with(0, 0), Receiver::start().await);
    for topic in ["order.created", "order.updated"] {
        subscribe(&bench, &receiver, topic).await;
    }
    receiver.take();
    let id = bench.place_order().await;
    assert!(receiver.take().is_empty(), "the queue has not run yet");
    queue_runs(&bench).await;
    let got = receiver.take();
    let topics: Vec<&str> = got
        .iter()
        .map(|(headers, _)| headers["x-wc-webhook-topic"].to_str().unwrap())
        .collect();
    assert_eq!(topics, ["order.updated", "order.created"]);
    for (headers, body) in &got {
        let mac = Hmac::<sha2::Sha256>::new_from_slice(b"s3cret")
            .unwrap()
            .chain_update(body);
        let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
        assert_eq!(headers["x-wc-webhook-signature"].to_str().unwrap(), signature);
        let order: Value = serde_json::from_str(body).unwrap();
        assert_eq!(order["id"], id);
        assert!(
            headers["user-agent"]
                .to_str()
                .unwrap()
                .starts_with("WooCommerce/11.0.1 Hookshot")
        );
    }
    // Made over the API, the other way round.
    bench.api("POST", "orders", Some(json!({}))).await;
    queue_runs(&bench).await;
    assert_eq!(receiver.topics(), ["order.created", "order.updated"]);
}

#[tokio::test]
async fn updates_collapse_and_two_orders_of_a_second_share_an_id() {
    let (bench, receiver) = (Bench::with(0, 0), Receiver::start().await);
    subscribe(&bench, &receiver, "order.updated").await;
    let (first, _) = (bench.place_order().await, bench.place_order().await);
    for note in ["one", "two"] {
        bench
            .api(
                "PUT",
                &format!("orders/{first}"),
                Some(json!({ "customer_note": note })),
            )
            .await;
    }
    bench
        .api(
            "POST",
            &format!("orders/{first}/notes"),
            Some(json!({ "note": "nobody is told" })),
        )
        .await;
    receiver.take();
    queue_runs(&bench).await;
    let got = receiver.take();
    assert_eq!(got.len(), 2);
    assert!(got[0].1.contains("two"), "the state when the queue runs");
    assert_eq!(
        got[0].0["x-wc-webhook-delivery-id"],
        got[1].0["x-wc-webhook-delivery-id"]
    );
}

#[tokio::test]
async fn deletion_tells_little_and_what_is_gone_is_an_error_object() {
    let (bench, receiver) = (Bench::with(0, 0), Receiver::start().await);
    for topic in ["order.created", "order.deleted", "order.updated"] {
        subscribe(&bench, &receiver, topic).await;
    }
    let id = bench.place_order().await;
    queue_runs(&bench).await;
    receiver.take();
    bench.api("DELETE", &format!("orders/{id}"), None).await;
    queue_runs(&bench).await;
    let got = receiver.take();
    assert_eq!(
        (got.len(), got[0].1.as_str()),
        (1, format!("{{\"id\":{id}}}").as_str())
    );
    bench
        .api(
            "PUT",
            &format!("orders/{id}"),
            Some(json!({ "status": "processing" })),
        )
        .await;
    queue_runs(&bench).await;
    assert!(receiver.take().is_empty(), "revival from the bin tells nobody");
    let gone = bench.place_order().await;
    bench
        .api("DELETE", &format!("orders/{gone}?force=true"), None)
        .await;
    queue_runs(&bench).await;
    let got = receiver.take();
    assert_eq!(got.len(), 2);
    assert!(
        got[0].1.contains("woocommerce_rest_shop_order_invalid_id"),
        "{}",
        got[0].1
    );
}

#[tokio::test]
async fn nothing_is_tried_again_and_the_seventh_failure_disables() {
    let (bench, receiver) = (Bench::with(0, 0), Receiver::start().await);
    let webhook = subscribe(&bench, &receiver, "order.updated").await;
    let route = format!("webhooks/{webhook}");
    receiver.answer_with(500);
    receiver.take();
    for failure in 1..=7 {
        assert_eq!(bench.api("GET", &route, None).await.json()["status"], "active");
        bench.place_order().await;
        queue_runs(&bench).await;
        assert_eq!(receiver.take().len(), 1, "failure {failure} is not tried again");
    }
    let read = bench.api("GET", &route, None).await;
    assert_eq!(read.json()["status"], "disabled");
    assert!(!read.text.contains("s3cret"), "the secret cannot be read");
    bench.place_order().await;
    queue_runs(&bench).await;
    assert!(receiver.take().is_empty());
    receiver.answer_with(200);
    bench
        .api("PUT", &route, Some(json!({ "status": "active" })))
        .await;
    assert_eq!(receiver.topics(), ["ping"]);
    bench.place_order().await;
    queue_runs(&bench).await;
    assert_eq!(receiver.topics(), ["order.updated"]);
    let failed = bench
        .ledger("delivery")
        .await
        .iter()
        .filter(|entry| entry["status"] == 500)
        .count();
    assert_eq!(failed, 7);
}

#[tokio::test]
async fn a_redirect_counts_as_delivered_and_a_stopped_queue_delivers_nothing() {
    let (bench, receiver) = (Bench::with(0, 0), Receiver::start().await);
    let webhook = subscribe(&bench, &receiver, "order.updated").await;
    receiver.answer_with(302);
    for _ in 0..8 {
        bench.place_order().await;
        queue_runs(&bench).await;
    }
    assert_eq!(
        bench
            .api("GET", &format!("webhooks/{webhook}"), None)
            .await
            .json()["status"],
        "active"
    );
    receiver.take();
    bench.set(json!({ "queue_stopped": true })).await;
    bench.place_order().await;
    queue_runs(&bench).await;
    assert!(receiver.take().is_empty());
}

#[tokio::test]
async fn a_variation_is_told_as_a_product_with_a_parent() {
    let (bench, receiver) = (Bench::with(1, 0), Receiver::start().await);
    subscribe(&bench, &receiver, "product.updated").await;
    receiver.take();
    let product = bench.api("GET", "products", None).await.json()[0].clone();
    let variation = product["variations"][0].as_u64().unwrap();
    let route = format!("products/{}/variations/{variation}", product["id"]);
    bench.stores.world.clock.advance(Duration::from_mins(1));
    bench
        .api("PUT", &route, Some(json!({ "regular_price": "99.00" })))
        .await;
    queue_runs(&bench).await;
    let body: Value = serde_json::from_str(&receiver.take()[0].1).unwrap();
    assert_eq!(
        (&body["type"], &body["id"], &body["parent_id"]),
        (&json!("variation"), &json!(variation), &product["id"])
    );
    let parent = bench
        .api("GET", &format!("products/{}", product["id"]), None)
        .await
        .json();
    assert_eq!(
        parent["date_modified_gmt"], product["date_modified_gmt"],
        "the product does not count as changed"
    );
}

#[tokio::test]
async fn wrong_subscriptions_are_refused_and_a_dead_receiver_is_not() {
    let bench = Bench::with(0, 0);
    for (body, code) in [
        (
            json!({ "delivery_url": "http://127.0.0.1:9/" }),
            "rest_missing_callback_param",
        ),
        (
            json!({ "topic": "order.shipped", "delivery_url": "http://127.0.0.1:9/" }),
            "woocommerce_rest_shop_webhook_invalid_topic",
        ),
        (
            json!({ "topic": "order.created", "delivery_url": "ftp://x" }),
            "woocommerce_rest_shop_webhook_invalid_delivery_url",
        ),
    ] {
        assert_eq!(
            bench.api("POST", "webhooks", Some(body)).await.refusal(),
            (400, code.to_owned())
        );
    }
    let dead = json!({ "topic": "order.created", "delivery_url": "http://127.0.0.1:9/" });
    assert_eq!(bench.api("POST", "webhooks", Some(dead)).await.status, 201);
    assert_eq!(bench.api("DELETE", "webhooks/1", None).await.status, 501);
    assert_eq!(
        bench.api("DELETE", "webhooks/1?force=true", None).await.status,
        200
    );
}
