//! Saying that something was sent.

use domain::source::ExternalId;

use super::*;
use crate::store::{OutgoingShipment, ParcelTracking, ShippedItem, StoreConnection, Written};

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
        along: Vec::new(),
        note: String::new(),
        written_as: None,
        others: Vec::new(),
        sent_before: Vec::new(),
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
        json!({ "company": "GLS", "number": "777", "url": null })
    );
}

#[tokio::test]
async fn parcels_that_are_told_together_are_one_fulfillment_with_all_numbers() {
    let script = Script::default()
        .data("Fulfillments", all_sent(&[]))
        .data(
            "FulfillmentOrders",
            plan(&[part("a", "OPEN", "a", FULFIL, &[(1, 1)])]),
        )
        .data("FulfillmentCreate", created("f1"));
    let earlier = ParcelTracking {
        number: Some("776".into()),
        url: None,
    };
    let both = OutgoingShipment {
        along: vec![earlier],
        ..shipment(&[(1, 1)], "777")
    };
    connected(&script).await.write_shipment(&both).await.unwrap();
    assert_eq!(
        script.heard("FulfillmentCreate")[0]["fulfillment"]["trackingInfo"],
        json!({ "company": "GLS", "numbers": ["776", "777"], "urls": [] })
    );
}

#[tokio::test]
async fn a_shipment_that_is_there_is_not_sent_again() {
    let script = Script::default()
        .data("Fulfillments", all_sent(&[sent("f1", "777")]))
        .data("FulfillmentLines", sent_lines(&[(1, 3)], None));
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
        .data("Fulfillments", all_sent(&[sent("f1", "777")]))
        .data("FulfillmentLines", sent_lines(&[(1, 1)], None))
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
}

#[tokio::test]
async fn a_shop_does_not_know_a_parcel_because_somebody_there_fulfilled_everything_by_hand() {
    let script = Script::default().data("Fulfillments", all_sent(&[])).data(
        "FulfillmentOrders",
        plan(&[part("a", "CLOSED", "a", &[], &[(1, 0)])]),
    );
    let error = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 3)], "777"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store-refused");
    assert!(script.heard("FulfillmentCreate").is_empty());
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
async fn what_a_lost_request_has_sent_meanwhile_is_found_when_the_shop_refuses_to_send_it_twice() {
    let refused = json!({ "fulfillmentCreate": {
        "fulfillment": null,
        "userErrors": [{ "field": ["fulfillment"], "message": "The quantity is too large" }],
    } });
    let script = Script::default()
        .data("Fulfillments", all_sent(&[]))
        .data("Fulfillments", all_sent(&[sent("f1", "777")]))
        .data("FulfillmentLines", sent_lines(&[(1, 3)], None))
        .data(
            "FulfillmentOrders",
            plan(&[part("a", "OPEN", "a", FULFIL, &[(1, 3)])]),
        )
        .data("FulfillmentCreate", refused);
    let connection = connected(&script).await;
    let there = Written::AlreadyThere {
        external_id: Some(ExternalId::new("f1")),
    };
    let written = connection.write_shipment(&shipment(&[(1, 3)], "777")).await;
    assert_eq!(written.unwrap(), there);
    assert_eq!(script.heard("FulfillmentCreate").len(), 1);
}

#[tokio::test]
async fn a_parcel_that_can_be_told_in_part_only_is_told_whole_once_the_shop_lets_it() {
    let parcel = shipment(&[(1, 3)], "777");
    let script = Script::default()
        .data("Fulfillments", all_sent(&[]))
        .data(
            "FulfillmentOrders",
            plan(&[
                part("open", "OPEN", "a", FULFIL, &[(1, 1)]),
                part("held", "ON_HOLD", "a", &[], &[(1, 2)]),
            ]),
        )
        .data("FulfillmentCreate", created("f1"));
    let error = connected(&script)
        .await
        .write_shipment(&parcel)
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store-refused");
    assert_eq!(script.heard("FulfillmentCreate").len(), 1);

    let script = Script::default()
        .data("Fulfillments", all_sent(&[sent("f1", "777")]))
        .data("FulfillmentLines", sent_lines(&[(1, 1)], None))
        .data(
            "FulfillmentOrders",
            plan(&[
                part("open", "CLOSED", "a", &[], &[(1, 0)]),
                part("held", "OPEN", "a", FULFIL, &[(1, 2)]),
            ]),
        )
        .data("FulfillmentCreate", created("f2"));
    let written = connected(&script).await.write_shipment(&parcel).await.unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(ExternalId::new("f1,f2"))
        }
    );
    let lines = &script.heard("FulfillmentCreate")[0]["fulfillment"]["lineItemsByFulfillmentOrder"];
    assert_eq!(
        *lines,
        json!([
            { "fulfillmentOrderId": "held", "fulfillmentOrderLineItems": [{ "id": "held-1", "quantity": 2 }] },
        ])
    );
}

#[tokio::test]
async fn new_tracking_corrects_the_fulfillment_that_is_there() {
    let script = Script::default()
        .data("Fulfillments", all_sent(&[sent("f1", "111")]))
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
        json!({ "company": "GLS", "number": "222", "url": null })
    );
    corrected.tracking_number = Some("111".into());
    assert!(matches!(
        connection.write_shipment(&corrected).await.unwrap(),
        Written::AlreadyThere { .. }
    ));
    assert_eq!(script.heard("FulfillmentTrackingInfoUpdate").len(), 1);
}

#[tokio::test]
async fn an_address_and_a_number_that_were_taken_away_are_taken_away_at_the_shop() {
    let mut there = sent("f1", "111");
    there["trackingInfo"][0]["url"] = json!("https://gls.example/wrong");
    let script = Script::default().data("Fulfillments", all_sent(&[there])).data(
        "FulfillmentTrackingInfoUpdate",
        ok("fulfillmentTrackingInfoUpdate"),
    );
    let connection = connected(&script).await;
    for number in [Some("111"), None] {
        let corrected = OutgoingShipment {
            tracking_number: number.map(str::to_owned),
            written_as: Some(ExternalId::new("f1")),
            ..shipment(&[(1, 3)], "")
        };
        connection.write_shipment(&corrected).await.unwrap();
        let heard = script.heard("FulfillmentTrackingInfoUpdate");
        let expected = json!({ "company": "GLS", "number": number, "url": null });
        assert_eq!(heard.last().unwrap()["trackingInfoInput"], expected);
    }
    assert_eq!(script.heard("FulfillmentTrackingInfoUpdate").len(), 2);
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

/// One piece of line 1, without a number to follow it by.
fn unnumbered() -> OutgoingShipment {
    OutgoingShipment {
        tracking_number: None,
        ..shipment(&[(1, 1)], "")
    }
}

/// A shop where one piece of line 1 left as `f1` and two remain.
fn one_of_three(number: &str) -> Script {
    Script::default()
        .data("Fulfillments", all_sent(&[sent("f1", number)]))
        .data("FulfillmentLines", sent_lines(&[(1, 1)], None))
        .data(
            "FulfillmentOrders",
            plan(&[part("a", "IN_PROGRESS", "a", FULFIL, &[(1, 2)])]),
        )
        .data("FulfillmentCreate", created("f2"))
}

#[tokio::test]
async fn a_parcel_without_a_number_is_not_doubled_when_its_answer_was_lost() {
    let script = one_of_three("");
    let written = connected(&script).await.write_shipment(&unnumbered()).await;
    assert_eq!(
        written.unwrap(),
        Written::AlreadyThere {
            external_id: Some(ExternalId::new("f1"))
        }
    );
    assert!(script.heard("FulfillmentCreate").is_empty());
}

#[tokio::test]
async fn what_others_sent_is_not_this_parcel_whatever_its_number() {
    let with_its_number = shipment(&[(1, 1)], "777");
    for (number, second) in [("", unnumbered()), ("777", with_its_number)] {
        let claimed = OutgoingShipment {
            others: vec![ExternalId::new("f0,f1")],
            ..second.clone()
        };
        let older = OutgoingShipment {
            sent_before: vec![ExternalId::new("f1")],
            ..second
        };
        for shipment in [claimed, older] {
            let script = one_of_three(number);
            let written = connected(&script).await.write_shipment(&shipment).await;
            assert_eq!(
                written.unwrap(),
                Written::Done {
                    external_id: Some(ExternalId::new("f2"))
                }
            );
        }
    }
}

#[tokio::test]
async fn a_number_corrected_before_the_second_attempt_reaches_the_parcel_of_the_first() {
    let script = one_of_three("111").data(
        "FulfillmentTrackingInfoUpdate",
        ok("fulfillmentTrackingInfoUpdate"),
    );
    let written = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 1)], "222"))
        .await;
    assert_eq!(
        written.unwrap(),
        Written::Done {
            external_id: Some(ExternalId::new("f1"))
        }
    );
    let heard = script.heard("FulfillmentTrackingInfoUpdate");
    assert_eq!(heard[0]["trackingInfoInput"]["number"], "222");
}

#[tokio::test]
async fn a_parcel_of_many_lines_is_read_whole_before_it_counts_as_ours() {
    let script = Script::default()
        .data("Fulfillments", all_sent(&[sent("f1", "777")]))
        .data("FulfillmentLines", sent_lines(&[(1, 1)], Some("next")))
        .data("FulfillmentLines", sent_lines(&[(9, 1)], None))
        .data(
            "FulfillmentOrders",
            plan(&[part("a", "OPEN", "a", FULFIL, &[(1, 2)])]),
        )
        .data("FulfillmentCreate", created("f2"));
    let written = connected(&script)
        .await
        .write_shipment(&shipment(&[(1, 1)], "777"))
        .await;
    assert_eq!(
        written.unwrap(),
        Written::Done {
            external_id: Some(ExternalId::new("f2"))
        },
        "line 9 is none of this parcel"
    );
    assert_eq!(script.heard("FulfillmentLines")[1]["after"], "next");
}

#[tokio::test]
async fn more_than_can_be_read_is_no_ground_to_send_again() {
    let many: Vec<Value> = (0..200).map(|place| sent(&format!("f{place}"), "1")).collect();
    let script = Script::default().data("Fulfillments", all_sent(&many));
    let error = connected(&script)
        .await
        .write_shipment(&unnumbered())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store-unreadable");
}
