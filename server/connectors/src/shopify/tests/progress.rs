//! Saying how far an order is.

use domain::source::ExternalId;

use super::*;
use crate::store::{ConnectionError, Progress, ProgressUpdate, StoreConnection, Written};

fn update(progress: Progress, shipment: Option<&str>) -> ProgressUpdate {
    ProgressUpdate {
        order: ExternalId::new("gid://shopify/Order/1"),
        progress,
        lines: vec![ExternalId::new("gid://shopify/LineItem/1")],
        shipment: shipment.map(ExternalId::new),
        remark: "In production at the print shop".into(),
    }
}

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
    let mut delivered = sent("f2", "2");
    delivered["displayStatus"] = json!("DELIVERED");
    let script = Script::default()
        .data(
            "Fulfillments",
            all_sent(&[sent("f1", "1"), delivered, sent("f3", "3")]),
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
