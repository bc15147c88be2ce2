//! Shipments told to shops of each kind.

use std::sync::{Arc, Mutex};

use domain::Timestamp;
use serde_json::Value;

use super::super::tests::{Asked, Fake, answer, connection, sample};
use super::*;
use crate::store::{ParcelTracking, ShippedItem, StoreConnection};

fn shipment(key: &str, lines: &[(i64, u32)]) -> OutgoingShipment {
    OutgoingShipment {
        key: key.to_owned(),
        order: 134.into(),
        items: lines
            .iter()
            .map(|(line, quantity)| ShippedItem {
                line: (*line).into(),
                quantity: *quantity,
            })
            .collect(),
        completes_order: true,
        carrier: "DHL".to_owned(),
        tracking_number: Some(format!("JD{key}")),
        tracking_url: Some("https://dhl.example/track".to_owned()),
        shipped_at: Timestamp::from_seconds(1_795_291_136),
        along: Vec::new(),
        note: format!("DHL JD{key} https://dhl.example/track"),
        written_as: None,
        others: Vec::new(),
        sent_before: Vec::new(),
        notify_buyer: true,
    }
}

const FULFILMENTS: &str = "/orders/134/fulfillments";
const TRACKINGS: &str = "/wp-json/wc-shipment-tracking/v3/orders/134/shipment-trackings";
const ALL: [(i64, u32); 3] = [(1, 2), (2, 1), (3, 250)];

/// A shop with order 134 that keeps what is written to it.
fn keeping() -> (Fake, Arc<Mutex<Value>>) {
    let order: Arc<Mutex<Value>> = Arc::new(Mutex::new(serde_json::from_str(&sample("order_main")).unwrap()));
    let notes: Arc<Mutex<Vec<Value>>> = Arc::default();
    let (read, written, listed) = (Arc::clone(&order), Arc::clone(&order), Arc::clone(&notes));
    let fake = Fake::shop()
        .on("GET", "/orders/134", move |_| {
            answer(200, &read.lock().unwrap().to_string())
        })
        .on("PUT", "/orders/134", move |asked| {
            let mut order = written.lock().unwrap();
            for (name, value) in asked.body.as_object().unwrap() {
                order[name] = value.clone();
            }
            answer(200, &order.to_string())
        })
        .on("GET", "/orders/134/notes", move |_| {
            answer(200, &Value::from(listed.lock().unwrap().clone()).to_string())
        })
        .on("POST", "/orders/134/notes", move |asked| {
            let mut note = asked.body.clone();
            let mut notes = notes.lock().unwrap();
            note["id"] = (notes.len() + 1).into();
            notes.push(note.clone());
            answer(201, &note.to_string())
        });
    (fake, order)
}

/// The same with fulfilments, of which it has those in `kept`.
fn with_fulfilments(fake: Fake, kept: &Arc<Mutex<Vec<Value>>>) -> Fake {
    let listed = Arc::clone(kept);
    fake.on("GET", FULFILMENTS, move |_| {
        answer(200, &Value::from(listed.lock().unwrap().clone()).to_string())
    })
}

/// The same with the plug-in *Shipment Tracking*, which has number `t0`.
fn with_tracking_plugin(fake: Fake) -> Fake {
    fake.at("GET", "/wp-json/", |_| {
        answer(200, r#"{"namespaces":["wc/v3","wc-shipment-tracking/v3"]}"#)
    })
    .at("GET", TRACKINGS, |_| {
        answer(200, r#"[{"tracking_id":"t0","tracking_number":"JD0"}]"#)
    })
    .at("POST", TRACKINGS, |_| {
        answer(201, r#"{"tracking_id":"t1","tracking_number":"JDa"}"#)
    })
}

fn meta(order: &Mutex<Value>, key: &str) -> Value {
    let order = order.lock().unwrap();
    let metas = order["meta_data"].as_array().unwrap();
    metas.iter().find(|meta| meta["key"] == key).unwrap()["value"].clone()
}

#[tokio::test]
async fn a_plain_shop_gets_a_note_and_the_number_once() {
    let (fake, order) = keeping();
    let shop = fake.serve().await;
    let connection = connection(&shop);
    let written = connection.write_shipment(&shipment("a", &ALL)).await.unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(1.into())
        }
    );
    assert_eq!(order.lock().unwrap()["status"], "completed");
    assert_eq!(meta(&order, "_tracking_number"), "JDa");
    let note = shop
        .bodies()
        .into_iter()
        .find(|body| body["note"].is_string())
        .unwrap();
    assert_eq!(
        note,
        json!({ "note": "DHL JDa https://dhl.example/track", "customer_note": true })
    );

    let before = shop.bodies().len();
    let again = connection.write_shipment(&shipment("a", &ALL)).await.unwrap();
    assert_eq!(
        again,
        Written::AlreadyThere {
            external_id: Some(1.into())
        }
    );
    assert_eq!(shop.bodies().len(), before);
}

#[tokio::test]
async fn the_order_is_complete_with_the_last_part_only() {
    let (fake, order) = keeping();
    let shop = fake.serve().await;
    let connection = connection(&shop);
    connection
        .write_shipment(&shipment("a", &ALL[..1]))
        .await
        .unwrap();
    assert_eq!(
        order.lock().unwrap()["status"],
        "processing",
        "the pens are still to be sent, whoever sends them"
    );
    connection
        .write_shipment(&shipment("b", &ALL[1..]))
        .await
        .unwrap();
    assert_eq!(order.lock().unwrap()["status"], "completed");
    assert_eq!(meta(&order, "_tracking_number"), "JDa, JDb");
}

#[tokio::test]
async fn an_answer_that_was_lost_leads_to_one_note() {
    let (fake, order) = keeping();
    let shop = fake.serve().await;
    connection(&shop)
        .write_shipment(&shipment("a", &ALL))
        .await
        .unwrap();
    // As if the process had died between the note and what is kept with the order.
    order.lock().unwrap()["meta_data"] = json!([]);
    order.lock().unwrap()["status"] = "processing".into();
    connection(&shop)
        .write_shipment(&shipment("a", &ALL))
        .await
        .unwrap();
    let notes = shop
        .asked()
        .into_iter()
        .filter(|asked| asked == "POST /orders/134/notes")
        .count();
    assert_eq!(
        (notes, order.lock().unwrap()["status"].clone()),
        (1, "completed".into())
    );
}

#[tokio::test]
async fn an_order_in_the_bin_is_not_revived_and_a_cancelled_one_not_completed() {
    let (fake, order) = keeping();
    let shop = fake.serve().await;
    order.lock().unwrap()["status"] = "trash".into();
    let error = connection(&shop)
        .write_shipment(&shipment("a", &ALL))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store-refused");
    order.lock().unwrap()["status"] = "cancelled".into();
    connection(&shop)
        .write_shipment(&shipment("a", &ALL))
        .await
        .unwrap();
    assert_eq!(order.lock().unwrap()["status"], "cancelled");
}

#[tokio::test]
async fn a_lost_request_that_arrives_late_is_found_when_the_next_one_is_refused() {
    let (fake, _) = keeping();
    let kept: Arc<Mutex<Vec<Value>>> = Arc::default();
    let created = Arc::clone(&kept);
    let shop = with_fulfilments(fake, &kept)
        .on("POST", FULFILMENTS, move |asked: &Asked| {
            // The earlier one takes the pieces just before this one wants them.
            let mut earlier = asked.body.clone();
            earlier["id"] = 9.into();
            created.lock().unwrap().push(earlier);
            answer(
                400,
                r#"{"code":"woocommerce_rest_fulfillment_items","message":"Not enough items."}"#,
            )
        })
        .serve()
        .await;
    let written = connection(&shop)
        .write_shipment(&shipment("a", &ALL))
        .await
        .unwrap();
    let external_id = Some(9.into());
    assert_eq!(written, Written::Done { external_id });
    assert_eq!(kept.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_shop_with_fulfilments_gets_one_and_its_correction() {
    let (fake, order) = keeping();
    let kept: Arc<Mutex<Vec<Value>>> = Arc::default();
    let (created, corrected) = (Arc::clone(&kept), Arc::clone(&kept));
    let shop = with_fulfilments(fake, &kept)
        .on("POST", FULFILMENTS, move |asked: &Asked| {
            let mut fulfilment = asked.body.clone();
            fulfilment["id"] = 9.into();
            created.lock().unwrap().push(fulfilment.clone());
            answer(201, &fulfilment.to_string())
        })
        .on("PUT", "/orders/134/fulfillments/9", move |asked| {
            let mut fulfilment = asked.body.clone();
            fulfilment["id"] = 9.into();
            corrected.lock().unwrap()[0] = fulfilment.clone();
            answer(200, &fulfilment.to_string())
        })
        .serve()
        .await;
    let connection = connection(&shop);
    let written = connection
        .write_shipment(&shipment("a", &ALL[..1]))
        .await
        .unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(9.into())
        }
    );
    let metas = kept.lock().unwrap()[0]["meta_data"].clone();
    let value = |key: &str| {
        metas
            .as_array()
            .unwrap()
            .iter()
            .find(|meta| meta["key"] == key)
            .unwrap()["value"]
            .clone()
    };
    assert_eq!(value("_items"), json!([{ "item_id": 1, "qty": 2 }]));
    assert_eq!(
        (value("_shipment_provider"), value("_tracking_number")),
        ("dhl".into(), "JDa".into())
    );

    let corrected = OutgoingShipment {
        tracking_number: Some("JD-new".into()),
        ..shipment("a", &ALL[..1])
    };
    let written = connection.write_shipment(&corrected).await.unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(9.into())
        }
    );
    assert_eq!(kept.lock().unwrap().len(), 1);
    assert_eq!(meta(&order, "_tracking_number"), "JD-new");

    let bare = OutgoingShipment {
        tracking_number: None,
        tracking_url: None,
        ..corrected
    };
    connection.write_shipment(&bare).await.unwrap();
    let metas = kept.lock().unwrap()[0]["meta_data"].clone();
    for key in ["_tracking_number", "_tracking_url"] {
        let empty = json!({ "key": key, "value": "" });
        assert!(metas.as_array().unwrap().contains(&empty), "{metas}");
    }
    assert!(!shop.asked().iter().any(|asked| asked.contains("notes")));
}

#[tokio::test]
async fn a_shop_with_the_tracking_plugin_gets_the_number_there() {
    let (fake, _) = keeping();
    let shop = with_tracking_plugin(fake)
        .at(
            "DELETE",
            "/wp-json/wc-shipment-tracking/v3/orders/134/shipment-trackings/t0",
            |_| answer(200, "{}"),
        )
        .serve()
        .await;
    let corrected = OutgoingShipment {
        written_as: Some(ExternalId::new("t0")),
        ..shipment("a", &ALL)
    };
    let written = connection(&shop).write_shipment(&corrected).await.unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(ExternalId::new("t1"))
        }
    );
    let asked = shop.asked();
    assert!(asked.contains(&format!("DELETE {TRACKINGS}/t0")), "{asked:?}");
    let tracking = shop
        .bodies()
        .into_iter()
        .find(|body| body["tracking_number"].is_string())
        .unwrap();
    assert_eq!(tracking["date_shipped"], "2026-11-21");
    assert_eq!(tracking["custom_tracking_provider"], "DHL");
}

#[tokio::test]
async fn a_number_that_was_taken_away_or_given_another_carrier_leaves_the_tracking_plugin() {
    for (number, there) in [
        (None, Some(ExternalId::new("1"))),
        (Some("JD0"), Some(ExternalId::new("t1"))),
    ] {
        let (fake, _) = keeping();
        let shop = with_tracking_plugin(fake)
            .at(
                "DELETE",
                "/wp-json/wc-shipment-tracking/v3/orders/134/shipment-trackings/t0",
                |_| answer(200, "{}"),
            )
            .serve()
            .await;
        let corrected = OutgoingShipment {
            tracking_number: number.map(str::to_owned),
            written_as: Some(ExternalId::new("t0")),
            ..shipment("a", &ALL)
        };
        let written = connection(&shop).write_shipment(&corrected).await.unwrap();
        assert_eq!(written, Written::Done { external_id: there });
        let asked = shop.asked();
        assert!(asked.contains(&format!("DELETE {TRACKINGS}/t0")), "{asked:?}");
    }
}

#[tokio::test]
async fn a_number_that_another_parcel_still_has_is_not_taken_away() {
    let (fake, _) = keeping();
    let shop = with_tracking_plugin(fake).serve().await;
    let corrected = OutgoingShipment {
        written_as: Some(ExternalId::new("t0")),
        others: vec![ExternalId::new("t0")],
        ..shipment("a", &ALL)
    };
    connection(&shop).write_shipment(&corrected).await.unwrap();
    let asked = shop.asked();
    assert!(
        !asked.iter().any(|asked| asked.starts_with("DELETE")),
        "{asked:?}"
    );
}

#[tokio::test]
async fn two_parcels_of_one_carrier_without_numbers_are_two_notes() {
    let (fake, _) = keeping();
    let shop = fake.serve().await;
    let connection = connection(&shop);
    let parcel = |key: &str| OutgoingShipment {
        tracking_number: None,
        note: "Part of your order is on its way with DHL: 1 × Mug.".to_owned(),
        completes_order: false,
        ..shipment(key, &ALL[1..2])
    };
    connection.write_shipment(&parcel("a")).await.unwrap();
    let second = OutgoingShipment {
        others: vec![1.into()],
        ..parcel("b")
    };
    let written = connection.write_shipment(&second).await.unwrap();
    assert_eq!(
        written,
        Written::Done {
            external_id: Some(2.into())
        }
    );
}

#[tokio::test]
async fn parcels_that_are_told_together_keep_all_numbers() {
    let (fake, order) = keeping();
    let shop = fake.serve().await;
    let earlier = ParcelTracking {
        number: Some("JD0".to_owned()),
        url: None,
    };
    let both = OutgoingShipment {
        along: vec![earlier],
        ..shipment("a", &ALL)
    };
    connection(&shop).write_shipment(&both).await.unwrap();
    assert_eq!(meta(&order, "_tracking_number"), "JD0, JDa");
}
