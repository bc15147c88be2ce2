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
