//! Saying that something was sent.

use domain::source::ExternalId;
use serde_json::json;

use super::*;
use crate::store::{ConnectionError, OutgoingShipment, Progress, ProgressUpdate, StoreConnection, Written};

const PAID: &str = include_str!("../samples/receipt.paid.json");
const RECEIPT: &str = "GET /shops/12345678/receipts/2750906110";
const TRACKING: &str = "POST /shops/12345678/receipts/2750906110/tracking";

fn shipment(code: Option<&str>) -> OutgoingShipment {
    OutgoingShipment {
        key: "shipment-1".into(),
        order: ExternalId::new("2750906110"),
        items: Vec::new(),
        completes_order: true,
        carrier: "gls".into(),
        tracking_number: code.map(str::to_owned),
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

fn shipped(code: &str) -> Value {
    let parcel = json!({ "receipt_shipping_id": 1_129, "carrier_name": "GLS", "tracking_code": code });
    changed(
        PAID,
        &json!({ "is_shipped": true, "status": "Completed", "shipments": [parcel] }),
    )
}

fn with_carriers(script: Script) -> Script {
    script
        .on(
            "GET /shops/12345678",
            200,
            json!({ "shop_name": "Tees", "shipping_from_country_iso": "DE" }),
        )
        .on(
            "GET /shipping-carriers?origin_country_iso=DE",
            200,
            json!({ "count": 2, "results": [{ "name": "DHL" }, { "name": "GLS" }] }),
        )
}

fn posts(script: &Script) -> usize {
    script.bodies(TRACKING).len()
}

#[tokio::test]
async fn a_shipment_is_told_once_with_the_carrier_as_etsy_names_it() {
    let script = with_carriers(Script::default())
        .on(RECEIPT, 200, PAID)
        .on(TRACKING, 200, shipped("777"));
    let written = connected(&script)
        .await
        .write_shipment(&shipment(Some("777")))
        .await
        .unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(ExternalId::new("1129"))
        }
    );
    let body: Value = serde_json::from_str(&script.bodies(TRACKING)[0]).unwrap();
    assert_eq!(
        body,
        json!({ "tracking_code": "777", "carrier_name": "GLS", "send_bcc": false })
    );

    let mut unknown = shipment(Some("777"));
    unknown.carrier = "Bike & Sons".into();
    connected(&script).await.write_shipment(&unknown).await.unwrap();
    assert!(script.bodies(TRACKING)[1].contains("\"other\""));
}

#[tokio::test]
async fn a_shipment_that_the_buyer_knows_of_is_not_told_again() {
    let script = Script::default().on(RECEIPT, 200, shipped("777"));
    for code in [Some("777"), Some(" 777 "), None] {
        let written = connected(&script)
            .await
            .write_shipment(&shipment(code))
            .await
            .unwrap();
        assert!(matches!(written, Written::AlreadyThere { .. }), "{code:?}");
    }
    assert_eq!(posts(&script), 0);
}

#[tokio::test]
async fn a_number_corrected_after_a_lost_answer_is_no_second_parcel() {
    let script = with_carriers(Script::default())
        .on(RECEIPT, 200, shipped("111"))
        .on(TRACKING, 200, shipped("777"));
    let connection = connected(&script).await;
    let corrected = shipment(Some("777"));
    let there = Written::AlreadyThere {
        external_id: Some(ExternalId::new("1129")),
    };
    assert_eq!(connection.write_shipment(&corrected).await.unwrap(), there);
    assert_eq!(posts(&script), 0);

    let sent = connection.sent(&corrected.order).await.unwrap();
    assert_eq!(sent, [ExternalId::new("1129")]);
    let before = OutgoingShipment {
        sent_before: sent.clone(),
        ..corrected.clone()
    };
    let beside = OutgoingShipment {
        others: sent,
        ..corrected
    };
    for (told, parcel) in [before, beside].iter().enumerate() {
        let written = connection.write_shipment(parcel).await.unwrap();
        assert!(matches!(written, Written::Done { .. }), "{parcel:?}");
        assert_eq!(posts(&script), told + 1);
    }
}

#[tokio::test]
async fn an_answer_without_effect_is_not_believed() {
    let script = with_carriers(Script::default())
        .on(RECEIPT, 200, PAID)
        .on(TRACKING, 200, PAID);
    let error = connected(&script)
        .await
        .write_shipment(&shipment(Some("777")))
        .await
        .unwrap_err();
    assert!(error.passes(), "{error}");
    assert_eq!(posts(&script), 1);

    let script = with_carriers(Script::default())
        .on(RECEIPT, 200, PAID)
        .on(RECEIPT, 200, shipped("777"))
        .on(TRACKING, 200, PAID);
    let written = connected(&script)
        .await
        .write_shipment(&shipment(Some("777")))
        .await
        .unwrap();
    assert!(matches!(written, Written::Done { .. }));
}

#[tokio::test]
async fn an_answer_that_was_lost_is_looked_for_and_never_sent_again_blindly() {
    for (after, done) in [(shipped("777").to_string(), true), (PAID.to_owned(), false)] {
        let script = with_carriers(Script::default())
            .on(RECEIPT, 200, PAID)
            .on(RECEIPT, 200, after)
            .on(TRACKING, 502, "");
        let result = connected(&script)
            .await
            .write_shipment(&shipment(Some("777")))
            .await;
        assert_eq!(posts(&script), 1);
        match result {
            Ok(Written::Done { .. }) => assert!(done),
            Err(error) => assert!(!done && error.passes(), "{error}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn the_restriction_of_new_sellers_is_named_and_etsys_rules_are_known() {
    let errors: Value = serde_json::from_str(include_str!("../samples/errors.json")).unwrap();
    let script = with_carriers(Script::default()).on(RECEIPT, 200, PAID).on(
        TRACKING,
        403,
        &errors["403_tracking_restricted"]["body"],
    );
    let error = connected(&script)
        .await
        .write_shipment(&shipment(Some("777")))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectionError::Withheld));
    assert!(!error.passes());

    let dollars = |amount: u32| json!({ "amount": amount, "divisor": 100, "currency_code": "USD" });
    for (changes, refused) in [
        (json!({ "country_iso": "US", "grandtotal": dollars(1001) }), true),
        (json!({ "country_iso": "US", "grandtotal": dollars(1000) }), false),
        (json!({ "country_iso": "IN" }), true),
    ] {
        let mut told = shipped("");
        told["shipments"] = json!([]);
        let script = Script::default()
            .on(RECEIPT, 200, changed(PAID, &changes))
            .on(TRACKING, 200, told);
        let written = connected(&script).await.write_shipment(&shipment(None)).await;
        assert_eq!(written.is_err(), refused, "{changes}");
        assert_eq!(posts(&script), usize::from(!refused));
    }
}

#[tokio::test]
async fn etsy_has_no_words_between_paid_and_shipped() {
    let script = Script::default();
    let update = ProgressUpdate {
        order: ExternalId::new("2750906110"),
        progress: Progress::InProduction,
        lines: Vec::new(),
        shipment: None,
        remark: String::new(),
    };
    assert_eq!(
        connected(&script).await.write_progress(&update).await.unwrap(),
        Written::NotSupported
    );
}
