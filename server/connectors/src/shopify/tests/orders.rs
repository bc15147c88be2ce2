//! Reading orders.

use domain::source::{ExternalId, SourceOrderState};

use super::*;
use crate::store::StoreConnection;

fn order(changes: Value) -> Value {
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
                "id": gid("LineItem", 1), "title": "Poster", "variantTitle": "A3", "sku": "P-A3", "currentQuantity": 2, "unfulfilledQuantity": 2,
                "requiresShipping": true, "customAttributes": [{ "key": "Text", "value": "Hi" }, { "key": "_x", "value": null }],
                "originalUnitPriceSet": money, "product": { "id": gid("Product", 1) }, "variant": { "id": gid("ProductVariant", 11) },
            }),
            json!({ "id": gid("LineItem", 2), "title": "Card", "currentQuantity": 1, "isGiftCard": true, "product": null, "variant": null }),
        ], None),
        "fulfillmentOrders": page(&[part(&gid("FulfillmentOrder", 1), "OPEN", &gid("Location", 1), &[], &[(1, 5)])], None),
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
    let parts = |status: &str| json!({ "nodes": [part("f", status, "a", &[], &[(1, 2)])] });
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
        // Shopify has not decided yet where it is sent from.
        (json!({ "fulfillmentOrders": { "nodes": [] } }), Waiting),
        (
            json!({ "fulfillmentOrders": { "nodes": [] }, "lineItems": page(&[], None) }),
            Ready,
        ),
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

/// What is read of line 1, of three pieces of which `left` are unfulfilled: quantity, sent, held.
async fn read_line(left: u32, parts: &[Value], location: Option<&str>) -> (u32, u32, bool) {
    let line = json!({
        "id": gid("LineItem", 1), "title": "Poster", "currentQuantity": 3, "unfulfilledQuantity": left,
        "requiresShipping": true,
    });
    let placed = order(json!({
        "lineItems": page(&[line], None), "fulfillmentOrders": page(parts, None),
    }));
    let script = Script::default().data("Order", json!({ "order": placed }));
    let connection = connected_at(&script, location).await;
    let read = connection.order(&ExternalId::new("1")).await.unwrap().unwrap();
    let line = &read.lines[0];
    (line.quantity, line.sent, line.held)
}

/// A part with line 1.
fn with(status: &str, location: &str, total: u32, remaining: u32) -> Value {
    let mut part = part("p", status, location, &[], &[(1, remaining)]);
    part["lineItems"]["nodes"][0]["totalQuantity"] = json!(total);
    part
}

#[tokio::test]
async fn only_what_is_to_be_sent_now_is_to_be_made_now() {
    for (left, parts, expected) in [
        (3, vec![with("OPEN", "a", 3, 3)], (3, 0, false)),
        (2, vec![with("IN_PROGRESS", "a", 3, 2)], (3, 1, false)),
        (3, vec![with("ON_HOLD", "a", 3, 3)], (3, 0, true)),
        (3, vec![with("SCHEDULED", "a", 3, 3)], (3, 0, true)),
        (
            3,
            vec![with("OPEN", "a", 2, 2), with("ON_HOLD", "a", 1, 1)],
            (2, 0, false),
        ),
        (
            3,
            vec![with("CANCELLED", "a", 3, 3), with("OPEN", "b", 3, 3)],
            (3, 0, false),
        ),
        // A fulfilment was called back: the old part still says that it was sent.
        (
            3,
            vec![with("CLOSED", "a", 3, 0), with("OPEN", "a", 3, 3)],
            (3, 0, false),
        ),
        // Somebody else sends it, such as the service of another application.
        (3, vec![part("other", "OPEN", "a", &[], &[(9, 1)])], (0, 0, false)),
    ] {
        assert_eq!(read_line(left, &parts, None).await, expected, "{parts:?}");
    }
}

#[tokio::test]
async fn only_what_is_sent_from_our_location_is_ours() {
    let both = [with("OPEN", "a", 2, 2), with("OPEN", "b", 1, 1)];
    assert_eq!(read_line(3, &both, None).await, (3, 0, false));
    assert_eq!(read_line(3, &both, Some("a")).await, (2, 0, false));
    assert_eq!(read_line(3, &both, Some("b")).await, (1, 0, false));
    assert_eq!(read_line(3, &both, Some("c")).await, (0, 0, false));
}

#[tokio::test]
async fn parts_beyond_the_first_page_are_read_before_an_order_is_believed() {
    let cut = page(&[with("OPEN", "a", 3, 3)], Some("next"));
    let script = Script::default()
        .data(
            "Order",
            json!({ "order": order(json!({ "fulfillmentOrders": cut })) }),
        )
        .data("FulfillmentOrders", plan(&[with("ON_HOLD", "a", 5, 5)]));
    let read = connected(&script).await.order(&ExternalId::new("1")).await;
    assert_eq!(read.unwrap().unwrap().state, SourceOrderState::Waiting);
}

#[tokio::test]
async fn an_order_is_found_by_one_of_its_parts() {
    let script = Script::default()
        .data(
            "FulfillmentOrder",
            json!({ "fulfillmentOrder": { "orderId": gid("Order", 1) } }),
        )
        .data("Order", json!({ "order": order(json!({})) }));
    let connection = connected(&script).await;
    let part = ExternalId::new(gid("FulfillmentOrder", 7));
    let read = connection.order(&part).await.unwrap().unwrap();
    assert_eq!(read.external_id.as_str(), gid("Order", 1));
    let script = Script::default().data("FulfillmentOrder", json!({ "fulfillmentOrder": null }));
    assert!(connected(&script).await.order(&part).await.unwrap().is_none());
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
