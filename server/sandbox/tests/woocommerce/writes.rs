//! What is written, what the shop makes of it, and what the ledger says.

use serde_json::{Value, json};

use crate::bench::Bench;

#[tokio::test]
async fn an_order_is_completed_with_tracking_in_its_meta() {
    let bench = Bench::with(0, 0);
    let id = bench.place_order().await;
    let update =
        json!({ "status": "completed", "meta_data": [{ "key": "_tracking_number", "value": "JD1" }] });
    let order = bench
        .api("PUT", &format!("orders/{id}"), Some(update))
        .await
        .json();
    assert_eq!(order["status"], "completed");
    assert!(!order["date_completed"].is_null());
    let again = json!({ "meta_data": [{ "key": "_tracking_number", "value": "JD2" }] });
    let order = bench
        .api("PUT", &format!("orders/{id}"), Some(again))
        .await
        .json();
    let tracking: Vec<&Value> = order["meta_data"].as_array().unwrap().iter().collect();
    assert_eq!(
        (tracking.len(), &tracking[0]["value"]),
        (1, &json!("JD2")),
        "the same key is replaced"
    );
    let removed = json!({ "meta_data": [{ "key": "_tracking_number", "value": null }] });
    let order = bench
        .api("PUT", &format!("orders/{id}"), Some(removed))
        .await
        .json();
    assert_eq!(order["meta_data"], json!([]));
    let mails = bench.ledger("buyer_mailed").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["subject"], "Your order is now complete");
    let states: Vec<Value> = bench
        .ledger("order_changed")
        .await
        .iter()
        .map(|entry| entry["order"]["status"].clone())
        .collect();
    assert_eq!(states, ["completed", "completed", "completed"]);
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let bench = Bench::with(0, 0);
    let id = bench.place_order().await;
    for (body, code) in [
        (json!({ "status": "shipped" }), "rest_invalid_param"),
        (
            json!({ "line_items": [{ "id": 999_999, "quantity": 1 }] }),
            "woocommerce_rest_invalid_item_id",
        ),
    ] {
        let answer = bench.api("PUT", &format!("orders/{id}"), Some(body)).await;
        assert_eq!(answer.refusal(), (400, code.to_owned()));
    }
    bench.set(json!({ "extra_statuses": ["shipped"] })).await;
    let shipped = bench
        .api(
            "PUT",
            &format!("orders/{id}"),
            Some(json!({ "status": "shipped" })),
        )
        .await;
    assert_eq!(shipped.json()["status"], "shipped");
    let refund = bench
        .api(
            "POST",
            &format!("orders/{id}/refunds"),
            Some(json!({ "amount": "99999" })),
        )
        .await;
    assert_eq!(refund.status, 500);
    assert_eq!(refund.json()["data"], 500);
    assert_eq!(
        bench.api("GET", "orders/999999", None).await.refusal(),
        (404, "woocommerce_rest_shop_order_invalid_id".to_owned())
    );
    assert_eq!(
        bench.api("GET", "nonsense", None).await.refusal(),
        (404, "rest_no_route".to_owned())
    );
    assert_eq!(
        bench.api("PUT", "orders", Some(json!({}))).await.refusal(),
        (404, "rest_no_route".to_owned())
    );
}

#[tokio::test]
async fn orders_are_created_even_empty_and_of_unknown_products() {
    let bench = Bench::with(1, 0);
    let empty = bench.api("POST", "orders", Some(json!({}))).await;
    assert_eq!(
        (empty.status.as_u16(), &empty.json()["status"]),
        (201, &json!("pending"))
    );
    let unknown = bench
        .api(
            "POST",
            "orders",
            Some(json!({ "set_paid": true, "line_items": [{ "product_id": 999_999, "quantity": 2 }] })),
        )
        .await;
    assert_eq!(
        (unknown.status.as_u16(), &unknown.json()["status"]),
        (201, &json!("processing"))
    );
    assert_eq!(unknown.json()["line_items"][0]["product_id"], 0);
}

#[tokio::test]
async fn the_bin_remembers_and_forgets() {
    let bench = Bench::with(0, 0);
    let id = bench.place_order().await;
    let route = format!("orders/{id}");
    assert_eq!(
        bench.api("DELETE", &route, None).await.json()["status"],
        "processing",
        "as it was before"
    );
    assert_eq!(bench.api("GET", &route, None).await.json()["status"], "trash");
    assert_eq!(
        bench.api("GET", "orders?status=any", None).await.json(),
        json!([])
    );
    assert_eq!(bench.api("DELETE", &route, None).await.status, 410);
    assert_eq!(
        bench
            .api("PUT", &route, Some(json!({ "status": "processing" })))
            .await
            .json()["status"],
        "processing"
    );
    assert_eq!(
        bench
            .api("DELETE", &format!("{route}?force=true"), None)
            .await
            .status,
        200
    );
    assert_eq!(bench.api("GET", &route, None).await.status, 404);
}

#[tokio::test]
async fn products_with_variations_are_published_in_batches() {
    let bench = Bench::with(0, 0);
    let new = json!({
        "name": "Poster", "type": "variable", "status": "draft", "sku": "POS",
        "attributes": [{ "name": "Size", "options": ["A3", "A2"], "variation": true }],
        "images": [{ "src": "https://images.example/p.png" }],
        "meta_data": [{ "key": "_printhub_product_id", "value": "p-1" }],
    });
    let product = bench.api("POST", "products", Some(new)).await;
    assert_eq!(product.status, 201);
    let product = product.json();
    assert_eq!(
        (&product["variations"], &product["sku"]),
        (&json!([]), &json!("POS"))
    );
    let batch = json!({ "create": [
        { "regular_price": "12.50", "sku": "POS-A3", "attributes": [{ "name": "Size", "option": "A3" }] },
        { "regular_price": "15", "sku": "POS-A3", "attributes": [{ "name": "Size", "option": "A2" }] },
    ] });
    let result = bench
        .api(
            "POST",
            &format!("products/{}/variations/batch", product["id"]),
            Some(batch),
        )
        .await;
    assert_eq!(result.status, 200);
    let created = &result.json()["create"];
    assert_eq!(created[0]["price"], "12.50");
    assert_eq!(created[1]["error"]["code"], "product_invalid_sku");
    let twice = bench
        .api("POST", "products", Some(json!({ "name": "Other", "sku": "POS" })))
        .await;
    assert_eq!(twice.refusal(), (400, "product_invalid_sku".to_owned()));
    let many: Vec<Value> = (0..101).map(|_| json!({})).collect();
    let many = bench
        .api("POST", "products/batch", Some(json!({ "create": many })))
        .await;
    assert_eq!(many.status, 413);
}

#[tokio::test]
async fn fulfilments_exist_where_they_are_switched_on() {
    let bench = Bench::with(0, 0);
    let id = bench.place_order().await;
    let route = format!("orders/{id}/fulfillments");
    assert_eq!(
        bench.api("GET", &route, None).await.refusal(),
        (404, "rest_no_route".to_owned())
    );
    bench.set(json!({ "fulfillments": true })).await;
    let line = bench.api("GET", &format!("orders/{id}"), None).await.json()["line_items"][0].clone();
    let body = json!({
        "status": "fulfilled", "is_fulfilled": true, "notify_customer": true,
        "meta_data": [
            { "key": "_tracking_number", "value": "JD1" },
            { "key": "_shipment_provider", "value": "dhl" },
            { "key": "_items", "value": [{ "item_id": line["id"], "qty": line["quantity"] }] },
        ],
    });
    assert_eq!(bench.api("POST", &route, Some(body.clone())).await.status, 201);
    assert_eq!(
        bench.api("POST", &route, Some(body)).await.status,
        400,
        "nothing is left"
    );
    let shipped = bench.ledger("shipped").await;
    assert_eq!(
        (shipped.len(), &shipped[0]["shipment"]["tracking_number"]),
        (1, &json!("JD1"))
    );
    assert_eq!(bench.ledger("buyer_mailed").await.len(), 1);
    assert_eq!(
        bench
            .api("GET", &route, None)
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_note_to_the_buyer_is_mailed() {
    let bench = Bench::with(0, 0);
    let id = bench.place_order().await;
    let note = json!({ "note": "Sent with DHL, JD1", "customer_note": true });
    assert_eq!(
        bench
            .api("POST", &format!("orders/{id}/notes"), Some(note))
            .await
            .status,
        201
    );
    assert_eq!(
        bench
            .api("POST", &format!("orders/{id}/notes"), Some(json!({})))
            .await
            .refusal()
            .1,
        "rest_missing_callback_param"
    );
    assert_eq!(
        bench.api("GET", &format!("orders/{id}/notes"), None).await.json()[0]["customer_note"],
        true
    );
    assert_eq!(bench.ledger("buyer_mailed").await.len(), 1);
    assert_eq!(
        bench.ledger("note_added").await[0]["note"]["text"],
        "Sent with DHL, JD1"
    );
}
