//! The Admin API, its tokens and its limits.

use std::time::Duration;

use crate::shop::{ALL_SCOPES, Answer, TestShop, operation};
use sandbox::ledger::{Event, Filter};
use sandbox::shop::generate::Shape;
use serde_json::{Value, json};

#[tokio::test]
async fn every_operation_of_a_portal_is_answered() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    let order = shop.order(Shape::Simple);
    let product = shop.first_product();
    let order_id = format!("gid://shopify/Order/{order}");
    let product_id = format!("gid://shopify/Product/{product}");
    let uri = "http://127.0.0.1:9/hooks";
    for (name, variables) in [
        ("shop_info", json!({})),
        ("locations", json!({ "first": 10 })),
        ("publications", json!({ "first": 10 })),
        (
            "products_page",
            json!({ "first": 50, "variantsFirst": 10, "query": "updated_at:>='2020-01-01'" }),
        ),
        ("product_by_id", json!({ "id": product_id, "variantsFirst": 50 })),
        ("variants_by_sku", json!({ "first": 5, "query": "sku:'none'" })),
        (
            "orders_page",
            json!({ "first": 50, "query": "updated_at:>='2020-01-01T00:00:00Z'" }),
        ),
        ("order_by_id", json!({ "id": order_id, "linesFirst": 50 })),
        ("fulfillment_orders_page", json!({ "first": 20 })),
        ("tags_add", json!({ "id": order_id, "tags": ["printing"] })),
        (
            "metafields_set",
            json!({ "metafields": [{ "ownerId": product_id, "namespace": "print", "key": "sku", "value": "A", "type": "single_line_text_field" }] }),
        ),
        (
            "publishable_publish",
            json!({ "id": product_id, "input": [{ "publicationId": "gid://shopify/Publication/1" }] }),
        ),
        (
            "staged_uploads_create",
            json!({ "input": [{ "resource": "IMAGE", "filename": "a.png", "mimeType": "image/png", "httpMethod": "PUT" }] }),
        ),
        (
            "file_create",
            json!({ "files": [{ "originalSource": "https://example.com/a.png" }] }),
        ),
        (
            "webhook_subscription_create",
            json!({ "topic": "ORDERS_CREATE", "webhookSubscription": { "uri": uri, "format": "JSON" } }),
        ),
        ("webhook_subscriptions", json!({ "first": 10 })),
        ("bulk_operation", json!({ "id": "gid://shopify/BulkOperation/1" })),
    ] {
        let answer = shop.run(name, variables).await;
        assert_eq!(answer.body["errors"], Value::Null, "{name}: {}", answer.body);
        assert!(answer.user_errors().is_empty(), "{name}: {}", answer.body);
    }
}

#[tokio::test]
async fn only_what_is_asked_for_is_answered_under_the_name_it_was_asked_by() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    let answer = shop
        .ask("{ ours: shop { title: name currencyCode } }", json!({}))
        .await;
    assert_eq!(
        answer.body["data"],
        json!({ "ours": { "title": "demo prints", "currencyCode": "USD" } })
    );
    let gap = shop
        .ask("{ shop { taxShipping accountOwner { id } } }", json!({}))
        .await;
    assert!(
        gap.message().contains("has no answer for Shop.accountOwner"),
        "{}",
        gap.body
    );
    let invalid = shop.ask("{ shop { nickname } }", json!({})).await;
    assert_eq!((invalid.status, &invalid.body["data"]), (200, &Value::Null));
    assert_eq!(invalid.version, "2026-10");
}

#[tokio::test]
async fn all_products_are_read_page_by_page_and_as_a_bulk_operation() {
    let shop = TestShop::stocked(600).await;
    let mut seen = Vec::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({ "first": 250, "variantsFirst": 5, "after": after });
        let answer = shop.run("products_page", variables).await;
        let page = &answer.body["data"]["products"];
        seen.extend(
            page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["id"].to_string()),
        );
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 600);
    let inner = operation("bulk_products.inner");
    let started = shop
        .run("bulk_operation_run_query", json!({ "query": inner }))
        .await;
    let created = &started.body["data"]["bulkOperationRunQuery"]["bulkOperation"];
    assert_eq!(created["status"], "CREATED", "{}", started.body);
    let finished = loop {
        let asked = shop.run("bulk_operation", json!({ "id": created["id"] })).await;
        if asked.body["data"]["node"]["status"] != "CREATED" {
            break asked;
        }
        // Lets the clock give points back, and the operation go on.
        shop.world.clock.advance(Duration::from_millis(100));
        tokio::task::yield_now().await;
    };
    let node = &finished.body["data"]["node"];
    assert_eq!(
        (&node["status"], &node["rootObjectCount"]),
        (&json!("COMPLETED"), &json!("600"))
    );
    let lines = shop.get(node["url"].as_str().unwrap()).await;
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len().to_string(), node["objectCount"].as_str().unwrap());
    assert!(
        lines[0]["id"]
            .as_str()
            .unwrap()
            .starts_with("gid://shopify/Product/")
    );
    assert_eq!(lines[1]["__parentId"], lines[0]["id"]);
}

#[tokio::test]
async fn a_search_finds_what_changed_and_warns_of_names_it_does_not_know() {
    let shop = TestShop::stocked(30).await;
    shop.world.clock.advance(Duration::from_mins(30));
    let product = shop.first_product();
    shop.change(|shop| {
        shop.change_product(product, |found| "Renamed".clone_into(&mut found.title))
            .unwrap();
    });
    let since = shop.world.clock.now();
    let query = format!("updated_at:>='{since}' colour:red");
    let answer = shop
        .run(
            "products_page",
            json!({ "first": 10, "variantsFirst": 1, "query": query }),
        )
        .await;
    assert_eq!(
        answer.body["data"]["products"]["nodes"].as_array().unwrap().len(),
        1
    );
    assert_eq!(
        answer.body["extensions"]["search"][0]["warnings"][0]["field"],
        "colour"
    );
}

#[tokio::test]
async fn scopes_are_asked_for_field_by_field() {
    let shop = TestShop::installed("read_orders").await;
    let denied = shop
        .ask("{ products(first: 1) { nodes { id } } }", json!({}))
        .await;
    assert_eq!(denied.status, 200);
    assert_eq!(denied.body["errors"][0]["extensions"]["code"], "ACCESS_DENIED");
    assert!(
        denied.message().contains("`read_products` access scope"),
        "{}",
        denied.body
    );
    let inside = shop
        .ask(
            "{ orders(first: 1) { nodes { lineItems(first: 1) { nodes { product { id } } } } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        inside.body["errors"][0]["path"],
        json!(["orders", "nodes", "lineItems", "nodes", "product"])
    );
    let webhook = json!({ "topic": "PRODUCTS_UPDATE", "webhookSubscription": { "uri": "https://portal.example/hooks" } });
    assert_eq!(
        shop.run("webhook_subscription_create", webhook)
            .await
            .user_errors()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_merchant_can_grant_less_than_was_asked_for() {
    let shop = TestShop::open();
    shop.set("refused_scopes", json!("write_products"));
    let granted = shop.install("write_products,read_orders").await;
    assert_eq!(granted["scope"], "read_orders");
}

#[tokio::test]
async fn points_run_out_and_come_back() {
    let shop = TestShop::stocked(1).await;
    let measured = "query Q($id: ID!) { product(id: $id) { variants(first: 250) { nodes { inventoryItem { id tracked } } } } }";
    let answer = shop
        .ask(measured, json!({ "id": "gid://shopify/Product/1" }))
        .await;
    assert_eq!(answer.body["extensions"]["cost"]["requestedQueryCost"], 25);
    assert_eq!(answer.body["extensions"]["cost"]["actualQueryCost"], 1);
    let mutation = || shop.run("tags_add", json!({ "id": "gid://shopify/Order/1", "tags": [] }));
    let mut paid = 0;
    let throttled = loop {
        let answer = mutation().await;
        if answer.body["errors"] != Value::Null {
            break answer;
        }
        paid += 10;
    };
    assert_eq!((paid, throttled.status), (1_990, 200));
    assert_eq!(throttled.body["errors"][0]["extensions"]["code"], "THROTTLED");
    assert_eq!(throttled.body["data"], Value::Null);
    shop.world.clock.advance(Duration::from_millis(100));
    assert_eq!(mutation().await.body["errors"], Value::Null);
    let too_dear = "{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { variant { product { variants(first: 250) { nodes { id } } } } } } } } }";
    assert_eq!(
        shop.ask(too_dear, json!({})).await.body["errors"][0]["extensions"]["code"],
        "MAX_COST_EXCEEDED"
    );
}

#[tokio::test]
async fn an_access_token_dies_after_an_hour_and_at_once_when_the_app_goes() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    assert_eq!(shop.run("shop_info", json!({})).await.status, 200);
    shop.world.clock.advance(Duration::from_hours(1));
    let expired = shop.run("shop_info", json!({})).await;
    assert_eq!(expired.status, 401);
    assert!(
        expired.body["errors"]
            .as_str()
            .unwrap()
            .contains("Invalid API key or access token")
    );
    let renewed = shop.renew().await;
    assert_eq!(renewed.status, 200);
    assert_eq!(shop.run("shop_info", json!({})).await.status, 200);
    shop.desk("uninstall").await;
    assert_eq!(shop.run("shop_info", json!({})).await.status, 401);
    let refused = shop.renew().await;
    assert_eq!(
        (refused.status, &refused.body["error"]),
        (400, &json!("invalid_grant"))
    );
}

#[tokio::test]
async fn an_order_is_sent_from_two_places_each_on_its_own() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    shop.set("locations", json!(2));
    let order = shop.order(Shape::Several);
    let order_id = format!("gid://shopify/Order/{order}");
    let read = shop
        .run("order_by_id", json!({ "id": order_id, "linesFirst": 50 }))
        .await;
    let parts = read.body["data"]["order"]["fulfillmentOrders"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(parts.len(), 2);
    assert_ne!(
        parts[0]["assignedLocation"]["location"]["id"],
        parts[1]["assignedLocation"]["location"]["id"]
    );
    let both: Vec<_> = parts
        .iter()
        .map(|part| json!({ "fulfillmentOrderId": part["id"] }))
        .collect();
    let mixed = shop.fulfil(json!(both)).await;
    assert!(
        mixed.user_errors()[0]["message"]
            .as_str()
            .unwrap()
            .contains("same location"),
        "{}",
        mixed.body
    );
    let first = shop
        .fulfil(json!([{ "fulfillmentOrderId": parts[0]["id"] }]))
        .await;
    assert!(first.user_errors().is_empty(), "{}", first.body);
    let again = shop
        .fulfil(json!([{ "fulfillmentOrderId": parts[0]["id"] }]))
        .await;
    assert!(
        again.user_errors()[0]["message"]
            .as_str()
            .unwrap()
            .contains("status= closed"),
        "{}",
        again.body
    );
    let read = shop
        .run("order_by_id", json!({ "id": order_id, "linesFirst": 50 }))
        .await;
    let order_now = &read.body["data"]["order"];
    assert_eq!(order_now["displayFulfillmentStatus"], "PARTIALLY_FULFILLED");
    assert_eq!(
        order_now["fulfillments"][0]["trackingInfo"][0]["number"],
        "JD0146"
    );
    assert_eq!(order_now["fulfillmentOrders"]["nodes"][0]["status"], "CLOSED");
    let shipped = shop.world.ledger.entries(&Filter {
        kind: Some("shipped".to_owned()),
        ..Filter::default()
    });
    let mailed = shop.world.ledger.entries(&Filter {
        kind: Some("buyer_mailed".to_owned()),
        ..Filter::default()
    });
    assert_eq!((shipped.len(), mailed.len()), (1, 1));
}

#[tokio::test]
async fn a_held_order_cannot_be_sent_until_it_is_let_go() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    let part = shop.fulfillment_order(shop.order(Shape::Simple)).await;
    let held = shop
        .run(
            "fulfillment_order_hold",
            json!({ "id": part, "fulfillmentHold": { "reason": "INCORRECT_ADDRESS" } }),
        )
        .await;
    assert_eq!(
        held.body["data"]["fulfillmentOrderHold"]["fulfillmentOrder"]["status"], "ON_HOLD",
        "{}",
        held.body
    );
    assert_eq!(
        shop.fulfil(json!([{ "fulfillmentOrderId": part }]))
            .await
            .user_errors()
            .len(),
        1
    );
    let progress = json!({ "id": part, "progressReport": { "reasonNotes": "On the press" } });
    let refused = shop
        .run(
            "fulfillment_order_report_progress.since-2026-04",
            progress.clone(),
        )
        .await;
    assert_eq!(
        refused.user_errors()[0]["code"],
        "FULFILLMENT_ORDER_STATUS_INVALID",
        "{}",
        refused.body
    );
    shop.run("fulfillment_order_release_hold", json!({ "id": part }))
        .await;
    let working = shop
        .run("fulfillment_order_report_progress.since-2026-04", progress)
        .await;
    assert_eq!(
        working.body["data"]["fulfillmentOrderReportProgress"]["fulfillmentOrder"]["status"],
        "IN_PROGRESS"
    );
    let sent = shop.fulfil(json!([{ "fulfillmentOrderId": part }])).await;
    let fulfillment = &sent.body["data"]["fulfillmentCreate"]["fulfillment"]["id"];
    let tracking =
        json!({ "fulfillmentId": fulfillment, "trackingInfoInput": { "company": "UPS", "number": "1Z" } });
    let changed = shop.run("fulfillment_tracking_info_update", tracking).await;
    assert_eq!(
        changed.body["data"]["fulfillmentTrackingInfoUpdate"]["fulfillment"]["trackingInfo"],
        json!([{ "company": "UPS", "number": "1Z", "url": null }])
    );
    let delivered = json!({ "fulfillmentEvent": { "fulfillmentId": fulfillment, "status": "DELIVERED" } });
    assert!(
        shop.run("fulfillment_event_create", delivered)
            .await
            .user_errors()
            .is_empty()
    );
    let cancelled = shop.run("fulfillment_cancel", json!({ "id": fulfillment })).await;
    assert_eq!(
        cancelled.body["data"]["fulfillmentCancel"]["fulfillment"]["status"],
        "CANCELLED"
    );
    assert!(
        shop.fulfil(json!([{ "fulfillmentOrderId": part }]))
            .await
            .user_errors()
            .is_empty()
    );
}

#[tokio::test]
async fn a_product_is_set_whole_and_what_is_left_out_is_deleted() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    let variant = |size: &str, sku: &str| json!({ "optionValues": [{ "optionName": "Size", "name": size }], "price": "19.90", "sku": sku });
    let input = |variants: Value| {
        json!({
            "title": "Poster",
            "status": "DRAFT",
            "productOptions": [{ "name": "Size", "values": [{ "name": "A4" }, { "name": "A3" }] }],
            "variants": variants,
            "files": [{ "originalSource": "https://example.com/poster.png", "alt": "Poster" }],
        })
    };
    let made = shop
        .set_product(
            json!(null),
            input(json!([variant("A4", "P-A4"), variant("A3", "P-A3")])),
            true,
        )
        .await;
    let product = made.body["data"]["productSet"]["product"].clone();
    assert_eq!(
        product["variants"]["nodes"].as_array().map(Vec::len),
        Some(2),
        "{}",
        made.body
    );
    let kept = product["variants"]["nodes"][0]["id"].clone();
    let identifier = json!({ "id": product["id"] });
    let set = shop
        .set_product(
            identifier.clone(),
            input(json!([variant("A4", "P-A4-new")])),
            true,
        )
        .await;
    let now = &set.body["data"]["productSet"]["product"]["variants"]["nodes"];
    assert_eq!(
        *now,
        json!([{ "id": kept, "sku": "P-A4-new", "selectedOptions": [{ "name": "Size", "value": "A4" }] }])
    );
    let wrong = shop
        .set_product(identifier, input(json!([variant("A5", "P-A5")])), true)
        .await;
    assert_eq!(wrong.user_errors()[0]["code"], "OPTION_VALUE_DOES_NOT_EXIST");
    let later = shop
        .set_product(json!(null), input(json!([variant("A4", "Q-A4")])), false)
        .await;
    let operation = &later.body["data"]["productSet"]["productSetOperation"];
    assert_eq!(operation["status"], "CREATED");
    let mut states = Vec::new();
    for _ in 0..2 {
        let asked = shop
            .run("product_operation", json!({ "id": operation["id"] }))
            .await;
        assert_eq!(asked.body["errors"], Value::Null, "{}", asked.body);
        states.push(asked.body["data"]["productOperation"]["status"].clone());
    }
    assert_eq!(states, ["ACTIVE", "COMPLETE"]);
}

#[tokio::test]
async fn a_staged_file_that_never_came_makes_a_failed_picture() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    let staged = json!({ "input": [{ "resource": "IMAGE", "filename": "a.png", "mimeType": "image/png", "httpMethod": "PUT" }] });
    let place = || async {
        let answer = shop.run("staged_uploads_create", staged.clone()).await;
        answer.body["data"]["stagedUploadsCreate"]["stagedTargets"][0].clone()
    };
    let (came, lost) = (place().await, place().await);
    assert_eq!(shop.put(came["url"].as_str().unwrap(), b"picture").await, 200);
    assert_eq!(shop.put(came["url"].as_str().unwrap(), b"picture").await, 403);
    let files = json!([{ "originalSource": came["resourceUrl"] }, { "originalSource": lost["resourceUrl"] }]);
    let made = shop
        .set_product(json!(null), json!({ "title": "Mug", "files": files }), true)
        .await;
    let media = made.body["data"]["productSet"]["product"]["media"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    let states: Vec<_> = media.iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(states, ["READY", "FAILED"]);
}

#[tokio::test]
async fn an_app_without_approval_sees_no_addresses() {
    let shop = TestShop::installed(ALL_SCOPES).await;
    shop.set("protected_customer_data", json!(false));
    let order = shop.order(Shape::Simple);
    let read = shop
        .run(
            "order_by_id",
            json!({ "id": format!("gid://shopify/Order/{order}"), "linesFirst": 5 }),
        )
        .await;
    let order = &read.body["data"]["order"];
    assert_eq!(
        (&order["email"], &order["shippingAddress"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(read.body["errors"], Value::Null);
}

#[tokio::test]
async fn faults_reach_the_admin_api_and_the_ledger_tells_of_them() {
    use sandbox::faults::{Effect, Fault};
    let shop = TestShop::installed(ALL_SCOPES).await;
    shop.world.faults.inject(Fault {
        times: Some(1),
        ..Fault::new("graphql.shop*", Effect::ErrorIn200)
    });
    let wrong = shop.run("shop_info", json!({})).await;
    assert_eq!(
        (wrong.status, &wrong.body["errors"][0]["extensions"]["code"]),
        (200, &json!("INTERNAL_SERVER_ERROR"))
    );
    shop.world.faults.inject(Fault {
        times: Some(1),
        ..Fault::new("graphql.*", Effect::TokenRevoked)
    });
    let Answer { status, .. } = shop.run("shop_info", json!({})).await;
    assert_eq!(status, 401);
    let requests = shop.world.ledger.entries(&Filter {
        kind: Some("request".to_owned()),
        ..Filter::default()
    });
    let faults: Vec<_> = requests
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Request { fault, .. } => *fault,
            _ => None,
        })
        .collect();
    assert_eq!(faults, ["error_in200", "token_revoked"]);
}
