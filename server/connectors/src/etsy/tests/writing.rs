//! What is said back: shipments and products.

use domain::Money;
use domain::source::{ExternalId, VariantOption};
use serde_json::json;

use super::*;
use crate::store::{
    ConnectionError, NewStoreProduct, NewStoreVariant, OutgoingShipment, Progress, ProgressUpdate,
    StoreConnection, Written,
};

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
        written_as: None,
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

fn poster(image: String) -> NewStoreProduct {
    let variant = |size: &str, paper: &str, minor: i64| NewStoreVariant {
        sku: format!("P-{size}-{paper}"),
        options: [("Size", size), ("Paper", paper), ("Frame", "no (yet)")]
            .map(|(name, value)| VariantOption {
                name: name.into(),
                value: value.into(),
            })
            .to_vec(),
        price: Money {
            minor,
            currency: "EUR".parse().unwrap(),
        },
    };
    NewStoreProduct {
        key: "product-1".into(),
        title: "Poster".into(),
        description: "Nice & big.".into(),
        images: vec![image],
        variants: vec![variant("A3", "Silk", 1250), variant("A4", "Matt", 999)],
        publish: true,
    }
}

fn setup(script: Script) -> Script {
    let kept = json!({ "products": [
        { "product_id": 1, "sku": "P-A3-Silk", "offerings": [], "property_values": [] },
        { "product_id": 2, "sku": "P-A4-Matt", "offerings": [], "property_values": [] },
    ] });
    script
        .on(
            "GET /shops/12345678/shipping-profiles",
            200,
            json!({ "count": 2, "results": [
            { "shipping_profile_id": 1, "is_deleted": true }, { "shipping_profile_id": 2 },
        ] }),
        )
        .on(
            "GET /shops/12345678/policies/return",
            200,
            json!({ "results": [{ "return_policy_id": 3 }] }),
        )
        .on(
            "GET /shops/12345678/readiness-state-definitions",
            200,
            json!({ "results": [
            { "readiness_state_id": 4, "readiness_state": "ready_to_ship" },
            { "readiness_state_id": 5, "readiness_state": "made_to_order" },
        ] }),
        )
        .on(
            "GET /shops/12345678/production-partners",
            200,
            json!({ "results": [{ "production_partner_id": 6 }] }),
        )
        .on(
            "GET /shops/12345678/listings?state=active",
            200,
            json!({ "results": [] }),
        )
        .on(
            "GET /seller-taxonomy/nodes",
            200,
            json!({ "results": [
            { "id": 1, "name": "Art", "children": [{ "id": 2078, "name": "Prints", "children": [] }] },
        ] }),
        )
        .on(
            "POST /shops/12345678/listings/77/images",
            201,
            include_str!("../samples/listing_image.json"),
        )
        .on("PUT /listings/77/inventory", 200, kept)
        .on(
            "PATCH /shops/12345678/listings/77",
            200,
            include_str!("../samples/listing.json"),
        )
        .on("GET /picture", 200, "PNG")
}

/// A connection with the address of a picture at the same stand-in.
async fn with_picture(script: &Script) -> (Connection, String) {
    let (app, _, wire) = app(script).await;
    let picture = format!("{}/picture", app.hosts.api);
    (Connection::new(wire, &app, &credentials()).unwrap(), picture)
}

#[tokio::test]
async fn a_product_is_a_draft_with_pictures_and_variants_before_it_is_for_sale() {
    let created = changed(
        include_str!("../samples/listing.json"),
        &json!({ "listing_id": 77, "state": "draft" }),
    );
    let script = setup(Script::default())
        .on(
            "GET /shops/12345678/listings?state=draft",
            200,
            json!({ "results": [] }),
        )
        .on("POST /shops/12345678/listings", 201, created);
    let (connection, picture) = with_picture(&script).await;
    assert_eq!(
        connection.create_product(&poster(picture)).await.unwrap(),
        ExternalId::new("77")
    );
    assert_eq!(
        script.bodies("POST /shops/12345678/listings")[0],
        "quantity=999&title=Poster&description=Nice+%26+big.&price=9.99&who_made=i_did&when_made=made_to_order\
         &type=physical&taxonomy_id=2078&shipping_profile_id=2&return_policy_id=3&readiness_state_id=5\
         &production_partner_ids=6"
    );
    let image = &script.bodies("POST /shops/12345678/listings/77/images")[0];
    assert!(
        image.contains("name=\"rank\"\r\n\r\n1\r\n") && image.contains("\r\n\r\nPNG\r\n--"),
        "{image}"
    );
    let inventory: Value = serde_json::from_str(&script.bodies("PUT /listings/77/inventory")[0]).unwrap();
    let first = &inventory["products"][0];
    assert_eq!(
        first["property_values"][1],
        json!({
            "property_id": 514, "property_name": "Paper / Frame", "scale_id": null, "value_ids": [],
            "values": ["Silk / no [yet]"],
        })
    );
    assert_eq!(
        first["offerings"],
        json!([
            { "price": 12.5, "quantity": 999, "is_enabled": true, "readiness_state_id": 5 },
        ])
    );
    assert_eq!(inventory["price_on_property"], json!([513, 514]));
    assert_eq!(
        script.bodies("PATCH /shops/12345678/listings/77"),
        ["state=active"]
    );
}

#[tokio::test]
async fn the_draft_of_an_earlier_attempt_is_used_and_nobody_elses() {
    let draft = |id: u64, sku: &str| {
        changed(
            include_str!("../samples/listing.json"),
            &json!({
                "listing_id": id, "title": "Poster", "description": "Nice &amp; big.",
                "inventory": { "products": [{ "product_id": 1, "sku": sku }] },
            }),
        )
    };
    let drafts = json!({ "results": [draft(66, "TEE"), draft(77, "")] });
    let script = setup(Script::default()).on("GET /shops/12345678/listings?state=draft", 200, drafts);
    let (connection, picture) = with_picture(&script).await;
    assert_eq!(
        connection.create_product(&poster(picture)).await.unwrap(),
        ExternalId::new("77")
    );
}

#[tokio::test]
async fn a_shop_that_cannot_ship_and_variants_that_were_not_kept_are_named() {
    let script = Script::default().on("GET /shops/12345678", 200, json!({ "results": [] }));
    let error = connected(&script)
        .await
        .create_product(&poster(String::new()))
        .await
        .unwrap_err();
    assert_eq!(error.words(), Some("the shop has no shipping profile yet"));
    let drafts = json!({ "results": [changed(include_str!("../samples/listing.json"), &json!({
        "listing_id": 78, "title": "Poster", "description": "Nice & big.",
    }))] });
    let script = setup(Script::default())
        .on("GET /shops/12345678/listings?state=draft", 200, drafts)
        .on("POST /shops/12345678/listings/78/images", 201, "{}")
        .on("PUT /listings/78/inventory", 200, json!({ "products": [] }));
    let (connection, picture) = with_picture(&script).await;
    let error = connection.create_product(&poster(picture)).await.unwrap_err();
    assert!(error.words().unwrap().contains("P-A3-Silk"), "{error}");
}
