//! Creating products.

use domain::Money;
use domain::source::{ExternalId, VariantOption};
use serde_json::json;

use super::*;
use crate::store::{NewStoreProduct, NewStoreVariant, StoreConnection};

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
