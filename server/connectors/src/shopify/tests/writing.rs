//! What is said back: progress, shipments, products, webhooks.

use domain::Money;
use domain::source::{ExternalId, VariantOption};

use super::*;
use crate::store::{
    ConnectionError, NewStoreProduct, NewStoreVariant, OutgoingShipment, Progress, ProgressUpdate,
    ShippedItem, StoreConnection, WebhookTarget, Written,
};

fn update(progress: Progress, shipment: Option<&str>) -> ProgressUpdate {
    ProgressUpdate {
        order: ExternalId::new("gid://shopify/Order/1"),
        progress,
        lines: vec![ExternalId::new("gid://shopify/LineItem/1")],
        shipment: shipment.map(ExternalId::new),
        remark: "In production at the print shop".into(),
    }
}

/// A part of an order with lines as (line of the order, pieces remaining).
fn part(id: &str, status: &str, location: &str, actions: &[&str], lines: &[(u64, u32)]) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|(line, remaining)| {
            json!({
                "id": format!("{id}-{line}"), "totalQuantity": 5, "remainingQuantity": remaining,
                "lineItem": { "id": format!("gid://shopify/LineItem/{line}") },
            })
        })
        .collect();
    let actions: Vec<Value> = actions.iter().map(|action| json!({ "action": action })).collect();
    json!({
        "id": id, "status": status, "assignedLocation": { "location": { "id": location } },
        "fulfillmentHolds": [], "supportedActions": actions, "lineItems": { "nodes": lines },
    })
}

fn plan(parts: &[Value]) -> Value {
    json!({ "order": { "cancelledAt": null, "fulfillmentOrders": { "nodes": parts } } })
}

fn sent(id: &str, number: &str, lines: &[(u64, u32)]) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|(line, quantity)| json!({ "quantity": quantity, "lineItem": { "id": format!("gid://shopify/LineItem/{line}") } }))
        .collect();
    json!({
        "id": id, "status": "SUCCESS", "displayStatus": "FULFILLED",
        "trackingInfo": [{ "company": "GLS", "number": number, "url": null }],
        "fulfillmentLineItems": { "nodes": lines },
    })
}

fn all_sent(fulfillments: &[Value]) -> Value {
    json!({ "order": { "fulfillments": fulfillments } })
}

fn ok(mutation: &str) -> Value {
    json!({ mutation: { "userErrors": [] } })
}

const DONE: Written = Written::Done { external_id: None };
const THERE: Written = Written::AlreadyThere { external_id: None };

#[tokio::test]
async fn production_is_reported_for_open_parts_with_our_lines() {
    let script = Script::default()
        .data(
            "FulfillmentOrders",
            plan(&[
                part("closed", "CLOSED", "a", &[], &[(1, 0)]),
                part("alien", "OPEN", "a", &["REPORT_PROGRESS"], &[(2, 1)]),
                part("ours", "OPEN", "a", &["REPORT_PROGRESS"], &[(1, 1)]),
            ]),
        )
        .data(
            "FulfillmentOrderReportProgress",
            ok("fulfillmentOrderReportProgress"),
        );
    let written = connected(&script)
        .await
        .write_progress(&update(Progress::InProduction, None))
        .await
        .unwrap();
    assert_eq!(written, DONE);
    let heard = script.heard("FulfillmentOrderReportProgress");
    assert_eq!(
        heard,
        [json!({ "id": "ours", "progressReport": { "reasonNotes": "In production at the print shop" } })]
    );

    let reported = plan(&[part("ours", "IN_PROGRESS", "a", &["REPORT_PROGRESS"], &[(1, 1)])]);
    let script = Script::default().data("FulfillmentOrders", reported);
    let written = connected(&script)
        .await
        .write_progress(&update(Progress::InProduction, None))
        .await
        .unwrap();
    assert_eq!(written, THERE);
}

#[tokio::test]
async fn where_progress_cannot_be_reported_the_order_is_tagged_or_left() {
    let parts = || plan(&[part("ours", "OPEN", "a", &[], &[(1, 1)])]);
    let script = Script::default()
        .data("FulfillmentOrders", parts())
        .data("TagsAdd", ok("tagsAdd"));
    let written = connected(&script)
        .await
        .write_progress(&update(Progress::InProduction, None))
        .await
        .unwrap();
    assert_eq!(written, DONE);
    let denied = json!({ "errors": [{ "message": "no", "extensions": { "code": "ACCESS_DENIED" } }] });
    let script = Script::default()
        .data("FulfillmentOrders", parts())
        .answer("TagsAdd", 200, denied);
    let written = connected(&script)
        .await
        .write_progress(&update(Progress::InProduction, None))
        .await
        .unwrap();
    assert_eq!(written, Written::NotSupported);
}

#[tokio::test]
async fn what_we_will_not_make_is_held_alone() {
    let script = Script::default()
        .data(
            "FulfillmentOrders",
            plan(&[part("ours", "OPEN", "a", &["HOLD"], &[(1, 2), (9, 1)])]),
        )
        .data("FulfillmentOrderHold", ok("fulfillmentOrderHold"));
    let connection = connected(&script).await;
    assert_eq!(
        connection
            .write_progress(&update(Progress::Cancelled, None))
            .await
            .unwrap(),
        DONE
    );
    let hold = &script.heard("FulfillmentOrderHold")[0]["fulfillmentHold"];
    assert_eq!(
        hold["fulfillmentOrderLineItems"],
        json!([{ "id": "ours-1", "quantity": 2 }])
    );
    let mut held = part("ours", "ON_HOLD", "a", &["RELEASE_HOLD"], &[(1, 2)]);
    held["fulfillmentHolds"] = json!([{ "heldByRequestingApp": true }]);
    let script = Script::default().data("FulfillmentOrders", plan(&[held]));
    assert_eq!(
        connected(&script)
            .await
            .write_progress(&update(Progress::Cancelled, None))
            .await
            .unwrap(),
        THERE
    );
}

#[tokio::test]
async fn delivery_is_an_event_of_each_fulfillment_once() {
    let mut delivered = sent("f2", "2", &[]);
    delivered["displayStatus"] = json!("DELIVERED");
    let script = Script::default()
        .data(
            "Fulfillments",
            all_sent(&[sent("f1", "1", &[]), delivered, sent("f3", "3", &[])]),
        )
        .data("FulfillmentEventCreate", ok("fulfillmentEventCreate"));
    let connection = connected(&script).await;
    assert_eq!(
        connection
            .write_progress(&update(Progress::Delivered, Some("f1,f2")))
            .await
            .unwrap(),
        DONE
    );
    assert_eq!(
        connection
            .write_progress(&update(Progress::Delivered, Some("f2")))
            .await
            .unwrap(),
        THERE
    );
    let heard = script.heard("FulfillmentEventCreate");
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0]["fulfillmentEvent"]["happenedAt"], "2026-11-21T00:00:00Z");
}

fn shipment(items: &[(u64, u32)], number: &str) -> OutgoingShipment {
    OutgoingShipment {
        key: "shipment-1".into(),
        order: ExternalId::new("gid://shopify/Order/1"),
        items: items
            .iter()
            .map(|(line, quantity)| ShippedItem {
                line: ExternalId::new(format!("gid://shopify/LineItem/{line}")),
                quantity: *quantity,
            })
            .collect(),
        completes_order: true,
        carrier: "gls".into(),
        tracking_number: Some(number.into()),
        tracking_url: None,
        shipped_at: NOW,
        written_as: None,
        notify_buyer: true,
    }
}

fn created(id: &str) -> Value {
    json!({ "fulfillmentCreate": { "fulfillment": { "id": id, "status": "SUCCESS" }, "userErrors": [] } })
}

const FULFIL: &[&str] = &["CREATE_FULFILLMENT"];

#[tokio::test]
async fn a_shipment_is_one_fulfillment_for_each_location() {
    let script = Script::default()
        .data("Fulfillments", all_sent(&[]))
        .data(
            "FulfillmentOrders",
            plan(&[
                part("held", "ON_HOLD", "a", &[], &[(1, 5)]),
                part("a1", "OPEN", "a", FULFIL, &[(1, 1)]),
                part("b1", "IN_PROGRESS", "b", FULFIL, &[(1, 4), (2, 1)]),
                part("a2", "OPEN", "a", FULFIL, &[(3, 1)]),
            ]),
        )
        .data("FulfillmentCreate", created("f1"))
        .data("FulfillmentCreate", created("f2"));
    let connection = connected(&script).await;
    let written = connection
        .write_shipment(&shipment(&[(1, 3), (3, 1)], "777"))
        .await
        .unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(ExternalId::new("f1,f2"))
        }
    );
    let heard = script.heard("FulfillmentCreate");
    let lines = |call: usize| heard[call]["fulfillment"]["lineItemsByFulfillmentOrder"].clone();
    assert_eq!(
        lines(0),
        json!([
            { "fulfillmentOrderId": "a1", "fulfillmentOrderLineItems": [{ "id": "a1-1", "quantity": 1 }] },
            { "fulfillmentOrderId": "a2", "fulfillmentOrderLineItems": [{ "id": "a2-3", "quantity": 1 }] },
        ])
    );
    assert_eq!(
        lines(1),
        json!([
            { "fulfillmentOrderId": "b1", "fulfillmentOrderLineItems": [{ "id": "b1-1", "quantity": 2 }] },
        ])
    );
    assert_eq!(
        heard[0]["fulfillment"]["trackingInfo"],
        json!({ "company": "GLS", "number": "777" })
    );
}

#[tokio::test]
async fn a_shipment_that_is_there_is_not_sent_again() {
    let script = Script::default().data("Fulfillments", all_sent(&[sent("f1", "777", &[(1, 3)])]));
    let written = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 3)], "777"))
        .await
        .unwrap();
    assert_eq!(
        written,
        Written::AlreadyThere {
            external_id: Some(ExternalId::new("f1"))
        }
    );

    // Of two locations only one was written before the connection broke.
    let script = Script::default()
        .data("Fulfillments", all_sent(&[sent("f1", "777", &[(1, 1)])]))
        .data(
            "FulfillmentOrders",
            plan(&[part("b", "OPEN", "b", FULFIL, &[(1, 2)])]),
        )
        .data("FulfillmentCreate", created("f2"));
    let written = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 3)], "777"))
        .await
        .unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(ExternalId::new("f1,f2"))
        }
    );

    // Somebody at the shop fulfilled everything by hand.
    let script = Script::default().data("Fulfillments", all_sent(&[])).data(
        "FulfillmentOrders",
        plan(&[part("a", "CLOSED", "a", &[], &[(1, 0)])]),
    );
    let written = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 3)], "777"))
        .await
        .unwrap();
    assert_eq!(written, THERE);
}

#[tokio::test]
async fn a_held_order_and_objections_are_errors_in_the_shops_words() {
    let script = Script::default().data("Fulfillments", all_sent(&[])).data(
        "FulfillmentOrders",
        plan(&[part("a", "ON_HOLD", "a", &[], &[(1, 3)])]),
    );
    let error = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 3)], "777"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store-refused");
    let objection = json!({ "fulfillmentCreate": {
        "fulfillment": null,
        "userErrors": [{ "field": ["fulfillment", "trackingInfo"], "message": "Invalid tracking" }],
    } });
    let script = Script::default()
        .data("Fulfillments", all_sent(&[]))
        .data(
            "FulfillmentOrders",
            plan(&[part("a", "OPEN", "a", FULFIL, &[(1, 3)])]),
        )
        .data("FulfillmentCreate", objection);
    let error = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 3)], "777"))
        .await
        .unwrap_err();
    assert_eq!(error.words(), Some("Invalid tracking (fulfillment.trackingInfo)"));
}

#[tokio::test]
async fn new_tracking_corrects_the_fulfillment_that_is_there() {
    let script = Script::default()
        .data("Fulfillments", all_sent(&[sent("f1", "111", &[(1, 3)])]))
        .data(
            "FulfillmentTrackingInfoUpdate",
            ok("fulfillmentTrackingInfoUpdate"),
        );
    let connection = connected(&script).await;
    let mut corrected = shipment(&[(1, 3)], "222");
    corrected.written_as = Some(ExternalId::new("f1"));
    assert!(matches!(
        connection.write_shipment(&corrected).await.unwrap(),
        Written::Done { .. }
    ));
    let heard = &script.heard("FulfillmentTrackingInfoUpdate")[0];
    assert_eq!(
        heard["trackingInfoInput"],
        json!({ "company": "GLS", "number": "222" })
    );
    corrected.tracking_number = Some("111".into());
    assert!(matches!(
        connection.write_shipment(&corrected).await.unwrap(),
        Written::AlreadyThere { .. }
    ));
    assert_eq!(script.heard("FulfillmentTrackingInfoUpdate").len(), 1);
}

#[tokio::test]
async fn an_answer_that_never_came_is_not_sent_again_blindly() {
    let script = Script::default()
        .data("Fulfillments", all_sent(&[]))
        .data(
            "FulfillmentOrders",
            plan(&[part("a", "OPEN", "a", FULFIL, &[(1, 3)])]),
        )
        .answer("FulfillmentCreate", 502, json!({}));
    let error = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 3)], "777"))
        .await
        .unwrap_err();
    assert!(error.passes(), "{error}");
    assert_eq!(script.heard("FulfillmentCreate").len(), 1);
}

fn poster(publish: bool) -> NewStoreProduct {
    let variant = |size: &str| NewStoreVariant {
        sku: format!("P-{size}"),
        options: vec![VariantOption {
            name: "Size".into(),
            value: size.into(),
        }],
        price: Money {
            minor: 1250,
            currency: "EUR".parse().unwrap(),
        },
    };
    NewStoreProduct {
        key: "product-1".into(),
        title: "Classic Poster & Frame".into(),
        description: "Nice <b>.\n\nThick.".into(),
        images: vec!["https://portal.example.com/1.png".into()],
        variants: vec![variant("A3"), variant("A4")],
        publish,
    }
}

#[tokio::test]
async fn a_product_is_set_waited_for_and_offered_in_the_online_store() {
    let operation =
        json!({ "productSet": { "product": null, "productSetOperation": { "id": "op" }, "userErrors": [] } });
    let publications = json!({ "publications": { "nodes": [
        { "id": "pos", "catalog": { "title": "Point of Sale", "apps": { "nodes": [{ "handle": "pos" }] } } },
        { "id": "web", "catalog": { "title": "Online Store", "apps": { "nodes": [{ "handle": "online_store" }] } } },
    ] } });
    let script = Script::default()
        .data("ProductByHandle", json!({ "productByIdentifier": null }))
        .data("ProductSet", operation)
        .data("ProductOperation", json!({ "productOperation": { "status": "ACTIVE", "product": null } }))
        .data("ProductOperation", json!({ "productOperation": { "status": "COMPLETE", "product": { "id": "p" }, "userErrors": [] } }))
        .data("Publications", publications)
        .data("PublishablePublish", ok("publishablePublish"));
    let (connection, still) = connect(&script, Router::new()).await;
    assert_eq!(
        connection.create_product(&poster(true)).await.unwrap(),
        ExternalId::new("p")
    );
    assert_eq!(still.waits().len(), 1);
    let set = &script.heard("ProductSet")[0];
    let handle = set["identifier"]["handle"].as_str().unwrap();
    assert!(handle.starts_with("classic-poster-frame-"), "{handle}");
    let input = &set["input"];
    assert_eq!(input["descriptionHtml"], "<p>Nice &lt;b&gt;.</p><p>Thick.</p>");
    assert_eq!(
        input["productOptions"],
        json!([{ "name": "Size", "values": [{ "name": "A3" }, { "name": "A4" }] }])
    );
    assert_eq!(input["variants"][1]["price"], "12.50");
    assert_eq!(
        script.heard("PublishablePublish")[0],
        json!({ "id": "p", "input": [{ "publicationId": "web" }] })
    );
}

#[tokio::test]
async fn a_product_that_an_earlier_attempt_made_is_found() {
    let script = Script::default().data("ProductByHandle", json!({ "productByIdentifier": { "id": "p" } }));
    assert_eq!(
        connected(&script)
            .await
            .create_product(&poster(false))
            .await
            .unwrap(),
        ExternalId::new("p")
    );
    assert_eq!(script.names(), ["ProductByHandle"]);
}

#[tokio::test]
async fn missing_webhooks_are_set_up_and_only_ours_taken_away() {
    let hook = |id: &str, topic: &str, uri: &str| json!({ "id": id, "topic": topic, "uri": uri });
    let list = json!({ "webhookSubscriptions": { "nodes": [
        hook("1", "ORDERS_CREATE", "https://portal.example.com/hooks/a"),
        hook("2", "ORDERS_CREATE", "https://portal.example.com/hooks/b"),
        hook("3", "PRODUCTS_CREATE", "https://portal.example.com/hooks/b"),
    ] } });
    let objection = json!({ "webhookSubscriptionCreate": { "userErrors": [{ "message": "not allowed" }] } });
    let script = Script::default()
        .data("WebhookSubscriptions", list)
        .data("WebhookSubscriptionCreate", objection)
        .data("WebhookSubscriptionCreate", ok("webhookSubscriptionCreate"))
        .data("WebhookSubscriptionDelete", ok("webhookSubscriptionDelete"));
    let connection = connected(&script).await;
    let target = WebhookTarget {
        url: "https://portal.example.com/hooks/a".into(),
        secret: Secret::new(""),
    };
    let health = connection.watch(&target).await.unwrap();
    assert_eq!(health.active.len(), health.repaired.len() + 1);
    assert_eq!(
        health.failed,
        [("ORDERS_UPDATED".to_owned(), "not allowed".to_owned())]
    );
    connection.unwatch(&target).await.unwrap();
    assert_eq!(script.heard("WebhookSubscriptionDelete"), [json!({ "id": "1" })]);
}

#[tokio::test]
async fn an_order_that_does_not_exist_is_refused() {
    let script = Script::default().data("FulfillmentOrders", json!({ "order": null }));
    let error = connected(&script)
        .await
        .write_progress(&update(Progress::Cancelled, None))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectionError::Refused { status: 404, .. }));
}
