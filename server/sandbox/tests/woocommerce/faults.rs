//! Faults that are injected, and what the ledger says about them.

use serde_json::{Value, json};

use crate::bench::Bench;

async fn inject(bench: &Bench, fault: Value) {
    bench.desk("POST", "faults", Some(fault)).await;
}

fn ids(list: &Value) -> Vec<u64> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn errors_come_before_anything_is_done() {
    let bench = Bench::with(0, 0);
    let id = bench.place_order().await;
    for (fault, status) in [
        (json!({ "effect": "server_error", "times": 1 }), 500),
        (
            json!({ "effect": "too_many_requests", "retry_after": 7, "times": 1 }),
            429,
        ),
        (json!({ "effect": "html", "status": 403, "times": 1 }), 403),
        (json!({ "effect": "error_in200", "times": 1 }), 200),
        (json!({ "effect": "token_revoked", "times": 1 }), 401),
    ] {
        inject(&bench, fault.clone()).await;
        let answer = bench
            .api(
                "PUT",
                &format!("orders/{id}"),
                Some(json!({ "status": "completed" })),
            )
            .await;
        assert_eq!(answer.status, status, "{fault}");
        assert_eq!(answer.header("retry-after") == "7", status == 429);
    }
    assert!(bench.ledger("order_changed").await.is_empty());
    let requests = bench.ledger("request").await;
    assert!(
        requests.iter().all(|request| request["done"] == false),
        "{requests:?}"
    );
    assert_eq!(requests[0]["fault"], "server_error");
}

#[tokio::test]
async fn what_was_done_may_be_answered_badly_or_not_at_all() {
    let bench = Bench::with(0, 0);
    bench.place_order().await;
    for effect in ["malformed", "truncated"] {
        inject(
            &bench,
            json!({ "effect": effect, "operation": "orders.list", "times": 1 }),
        )
        .await;
        let answer = bench.api("GET", "orders", None).await;
        assert_eq!(answer.status, 200);
        assert!(
            serde_json::from_str::<Value>(&answer.text).is_err(),
            "{}",
            answer.text
        );
    }
    inject(
        &bench,
        json!({ "effect": "hang_after", "seconds": 0.0, "operation": "orders.list", "times": 1 }),
    )
    .await;
    assert_eq!(
        bench
            .api("GET", "orders", None)
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    inject(
        &bench,
        json!({ "effect": "hang", "seconds": 0.0, "operation": "orders.list", "times": 1 }),
    )
    .await;
    assert_eq!(bench.api("GET", "orders", None).await.status, 504);
}

#[tokio::test]
async fn a_dropped_answer_was_done_and_the_connection_closes() {
    let bench = Bench::with(0, 0);
    let id = bench.place_order().await;
    inject(
        &bench,
        json!({ "effect": "drop_answer", "operation": "orders.update", "times": 1 }),
    )
    .await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = bench.stores.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let request = format!(
        "PUT /shops/demo/wp-json/wc/v3/orders/{id} HTTP/1.1\r\nhost: {address}\r\nauthorization: {}\r\ncontent-type: application/json\r\ncontent-length: 22\r\n\r\n{{\"status\":\"completed\"}}",
        bench.basic(crate::bench::Which::ReadWrite)
    );
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes())
        .await
        .unwrap();
    let mut answer = Vec::new();
    // The connection may be reset or closed; there is no answer either way.
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut answer).await;
    assert_eq!(String::from_utf8_lossy(&answer), "");
    assert_eq!(
        bench.ledger("order_changed").await[0]["order"]["status"],
        "completed"
    );
    let request = &bench.ledger("request").await[0];
    assert_eq!(
        (&request["status"], &request["done"]),
        (&Value::Null, &json!(true))
    );
}

#[tokio::test]
async fn pages_repeat_or_shift() {
    let bench = Bench::with(6, 0);
    let page = async |number: usize| {
        ids(&bench
            .api(
                "GET",
                &format!("products?per_page=3&orderby=id&order=asc&page={number}"),
                None,
            )
            .await
            .json())
    };
    let (first, second) = (page(1).await, page(2).await);
    inject(
        &bench,
        json!({ "effect": "repeat_page", "times": 1, "operation": "products.*" }),
    )
    .await;
    assert_eq!(page(2).await, first);
    inject(&bench, json!({ "effect": "shift_page", "times": 1 })).await;
    assert_eq!(page(2).await, second[1..]);
}

#[tokio::test]
async fn the_desk_counts_requests() {
    let bench = Bench::with(5, 0);
    for page in 1..=3 {
        bench
            .api("GET", &format!("products?per_page=2&page={page}"), None)
            .await;
    }
    let counts = bench.desk("GET", "ledger/requests", None).await;
    assert_eq!(
        counts,
        json!([{ "platform": "woocommerce", "shop": "demo", "operation": "products.list", "status": 200, "count": 3 }])
    );
}
