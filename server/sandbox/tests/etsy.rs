//! The stand-in of Etsy over HTTP.

mod etsy_shop;

use std::time::Duration;

use etsy_shop::{ALL_SCOPES, TestShop};
use sandbox::ledger::Filter;
use sandbox::shop::generate::Shape;
use serde_json::{Value, json};

fn mailed(shop: &TestShop) -> usize {
    let filter = Filter {
        kind: Some("buyer_mailed".to_owned()),
        ..Filter::default()
    };
    shop.world.ledger.entries(&filter).len()
}

#[tokio::test]
async fn a_key_needs_both_halves() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    for (key, error) in [
        (
            "sandboxetsykeystring",
            "Shared secret is required in x-api-key header.",
        ),
        (
            "sandboxetsykeystring:wrong",
            "Invalid API key: should be in the format 'keystring:shared_secret'.",
        ),
    ] {
        let answer = shop.get_with_key(key, "/v3/application/openapi-ping").await;
        assert_eq!((answer.status, &answer.body), (403, &json!({ "error": error })));
    }
    assert!(shop.get("/v3/application/openapi-ping").await.body["application_id"].is_u64());
}

#[tokio::test]
async fn a_seller_is_known_by_the_token() {
    let shop = TestShop::connected("shops_r").await;
    let me = shop.get("/v3/application/users/me").await;
    assert_eq!(
        me.body,
        json!({ "user_id": shop.user_id, "shop_id": shop.shop_id })
    );
    let denied = shop.get(&shop.path("/receipts")).await;
    assert_eq!(denied.status, 403);
    assert!(denied.body["error"].as_str().unwrap().contains("transactions_r"));
    let scopes = shop.scopes().await;
    assert_eq!(scopes.body, json!({ "scopes": ["shops_r"] }));
    let other = shop.get("/v3/application/shops/1/shipping-profiles").await;
    assert_eq!(other.status, 403);
}

#[tokio::test]
async fn tokens_expire_are_replaced_and_can_be_revoked() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    shop.world.clock.advance(Duration::from_hours(1));
    let expired = shop.get("/v3/application/users/me").await;
    assert_eq!(
        (expired.status, &expired.body),
        (
            401,
            &json!({ "error": "invalid_token", "error_description": "access token is expired" })
        )
    );
    assert_eq!(shop.renew().await.status, 200);
    assert_eq!(shop.get("/v3/application/users/me").await.status, 200);
    shop.desk("revoke").await;
    let revoked = shop.renew().await;
    assert_eq!(
        (revoked.status, &revoked.body),
        (
            400,
            &json!({ "error": "invalid_grant", "error_description": "refresh_token is revoked" })
        )
    );
}

#[tokio::test]
async fn a_seller_can_refuse_and_pkce_is_needed() {
    let shop = TestShop::open();
    let refused = shop.decide(ALL_SCOPES, "").await;
    assert!(
        refused.location.contains("error=access_denied"),
        "{}",
        refused.location
    );
    let plain = shop.get("/oauth/connect?response_type=code&client_id=sandboxetsykeystring&scope=shops_r&state=s&redirect_uri=https%3A%2F%2Fa.example").await;
    assert!(plain.text.contains("PKCE"), "{}", plain.text);
}

#[tokio::test]
async fn the_limits_are_the_apps_and_are_told_with_every_answer() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    shop.etsy.limit(2, 3);
    let first = shop.get("/v3/application/openapi-ping").await;
    assert_eq!(first.header("x-remaining-this-second"), "1");
    assert_eq!(first.header("x-remaining-today"), "2");
    shop.get("/v3/application/openapi-ping").await;
    let fast = shop.get("/v3/application/openapi-ping").await;
    assert_eq!((fast.status, fast.header("retry-after")), (429, "1"));
    shop.world.clock.advance(Duration::from_secs(1));
    assert_eq!(shop.get("/v3/application/openapi-ping").await.status, 200);
    shop.world.clock.advance(Duration::from_secs(1));
    let daily = shop.get("/v3/application/openapi-ping").await;
    assert_eq!((daily.status, daily.header("x-remaining-today")), (429, "0"));
    assert!(daily.header("retry-after").parse::<u32>().unwrap() > 80_000);
}

#[tokio::test]
async fn receipts_are_listed_by_change_and_hold_what_was_bought() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    let first = shop.order(Shape::Personalised);
    shop.world.clock.advance(Duration::from_mins(10));
    let since = shop.world.clock.now().unix_seconds();
    let second = shop.order(Shape::Simple);
    let list = shop
        .get(&shop.path(&format!(
            "/receipts?min_last_modified={since}&sort_on=updated&sort_order=asc"
        )))
        .await;
    assert_eq!(list.body["count"], 1);
    assert_eq!(list.body["results"][0]["receipt_id"], second);
    let one = shop.get(&shop.path(&format!("/receipts/{first}"))).await.body;
    assert_eq!(
        (&one["status"], &one["is_paid"], &one["is_shipped"]),
        (&json!("paid"), &json!(true), &json!(false))
    );
    assert!(one["first_line"].is_string() && one["grandtotal"]["divisor"] == 100);
    let variations = one["transactions"][0]["variations"].as_array().unwrap();
    let personal = variations
        .iter()
        .find(|variation| variation["property_id"] == 54)
        .unwrap();
    assert_eq!(personal["value_id"], Value::Null);
    assert!(personal["question_id"].is_u64());
    for wrong in ["limit=101", "min_created=5", "sort_on=price"] {
        assert_eq!(
            shop.get(&shop.path(&format!("/receipts?{wrong}"))).await.status,
            400,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_ghost_is_in_the_list_and_nowhere_else_and_statuses_may_begin_with_a_capital() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    shop.set("ghost_receipt", json!(true));
    shop.set("capitalised_statuses", json!(true));
    shop.order(Shape::Simple);
    let results = shop.get(&shop.path("/receipts")).await.body["results"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!((results.len(), &results[0]["status"]), (2, &json!("Paid")));
    let ghost = &results[1]["receipt_id"];
    assert_eq!(
        shop.get(&shop.path(&format!("/receipts/{ghost}"))).await.status,
        404
    );
}

#[tokio::test]
async fn every_tracking_call_mails_the_buyer() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    let receipt = shop.order(Shape::Simple);
    let path = shop.path(&format!("/receipts/{receipt}/tracking"));
    let parcel = json!({ "tracking_code": "JD0146", "carrier_name": "dhl-germany" });
    let sent = shop.post_json(&path, &parcel).await;
    assert_eq!(
        (sent.status, &sent.body["is_shipped"], &sent.body["status"]),
        (200, &json!(true), &json!("completed"))
    );
    assert_eq!(sent.body["shipments"][0]["tracking_code"], "JD0146");
    assert_eq!(mailed(&shop), 1);
    let again = shop.post_json(&path, &parcel).await;
    assert_eq!(again.body["shipments"].as_array().map(Vec::len), Some(2));
    assert_eq!(mailed(&shop), 2);
}

#[tokio::test]
async fn parcels_to_some_countries_need_a_number() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    let receipt = shop.order(Shape::Simple);
    let path = shop.path(&format!("/receipts/{receipt}/tracking"));
    let send_to = |country: &str| {
        shop.change(|shop| {
            shop.change_order(receipt, "moved", |order| {
                if let Some(address) = &mut order.shipping {
                    country.clone_into(&mut address.country);
                }
            })
            .unwrap();
        });
    };
    for country in ["US", "IN"] {
        send_to(country);
        let refused = shop.post_json(&path, &json!({})).await;
        assert_eq!(
            (refused.status, &refused.body),
            (400, &json!({ "error": "A tracking number is required" }))
        );
    }
    send_to("DE");
    assert_eq!(shop.post_json(&path, &json!({})).await.status, 200);
}

#[tokio::test]
async fn a_shop_can_hide_addresses_and_forbid_tracking_or_take_it_without_effect() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    let receipt = shop.order(Shape::Simple);
    shop.set("address_allowed", json!(false));
    shop.set("tracking_allowed", json!(false));
    let read = shop.get(&shop.path(&format!("/receipts/{receipt}"))).await.body;
    for field in [
        "first_line",
        "city",
        "zip",
        "country_iso",
        "formatted_address",
        "buyer_email",
    ] {
        assert_eq!(read[field], Value::Null, "{field}");
    }
    let path = shop.path(&format!("/receipts/{receipt}/tracking"));
    let parcel = json!({ "tracking_code": "JD0146", "carrier_name": "other" });
    let denied = shop.post_json(&path, &parcel).await;
    assert_eq!(
        (denied.status, &denied.body),
        (403, &json!({ "error": "Unauthorized" }))
    );
    shop.set("tracking_allowed", json!(true));
    shop.set("tracking_without_effect", json!(true));
    let nothing = shop.post_json(&path, &parcel).await;
    assert_eq!(
        (nothing.status, &nothing.body["is_shipped"]),
        (200, &json!(false))
    );
    assert_eq!(mailed(&shop), 0);
}

#[tokio::test]
async fn listings_are_read_by_state_and_their_inventory_in_batches() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    let page = shop
        .get(&shop.path("/listings?state=active&limit=3&includes=Images,Inventory"))
        .await;
    assert_eq!(
        page.body["results"].as_array().map(Vec::len),
        Some(3),
        "{}",
        page.text
    );
    let ids: Vec<String> = page.body["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["listing_id"].to_string())
        .collect();
    let batch = shop
        .get(&format!(
            "/v3/application/listings/batch/inventory?listing_ids={}",
            ids.join(",")
        ))
        .await;
    assert_eq!(batch.body["count"], 3);
    assert!(batch.body["results"][0]["inventory"]["products"][0]["offerings"][0]["price"]["amount"].is_i64());
    let missing = format!(
        "/v3/application/listings/batch/inventory?listing_ids={},1",
        ids[0]
    );
    assert_eq!(shop.get(&missing).await.status, 404);
    let gone = shop
        .get(&format!("/v3/application/listings/{}?includes=Inventory", ids[0]))
        .await;
    assert_eq!(gone.status, 400);
    assert_eq!(shop.get(&shop.path("/listings?state=gone")).await.status, 400);
}

#[tokio::test]
async fn a_listing_is_drafted_pictured_stocked_and_published() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    let form = "quantity=5&title=Poster&description=A+poster&price=12.50&who_made=i_did&when_made=made_to_order&taxonomy_id=119&type=physical";
    let incomplete = shop.post_form(&shop.path("/listings"), form).await;
    assert_eq!(incomplete.status, 400, "{}", incomplete.text);
    let form =
        format!("{form}&shipping_profile_id=189944640304&readiness_state_id=1400000001&tags=poster,art");
    let made = shop.post_form(&shop.path("/listings"), &form).await;
    assert_eq!(
        (made.status, &made.body["state"]),
        (201, &json!("draft")),
        "{}",
        made.text
    );
    let id = &made.body["listing_id"];
    let early = shop
        .patch_form(&shop.path(&format!("/listings/{id}")), "state=active")
        .await;
    assert!(early.body["error"].as_str().unwrap().contains("image"));
    let picture = shop
        .upload(&shop.path(&format!("/listings/{id}/images")), b"\x89PNG\r\n")
        .await;
    assert_eq!(
        (picture.status, &picture.body["rank"]),
        (201, &json!(1)),
        "{}",
        picture.text
    );
    let inventory = format!("/v3/application/listings/{id}/inventory");
    let before = shop.get(&inventory).await.body["products"][0]["product_id"].clone();
    let variant = |size: &str, price: f64| {
        json!({
            "sku": format!("POSTER-{size}"),
            "property_values": [{ "property_id": 513, "property_name": "Size", "value_ids": [], "values": [size], "scale_id": null }],
            "offerings": [{ "price": price, "quantity": 5, "is_enabled": true, "readiness_state_id": 1_400_000_001_u64 }],
        })
    };
    let products = json!([variant("A4", 12.5), variant("A3", 20.0)]);
    let unlisted = shop.put_json(&inventory, &json!({ "products": products })).await;
    assert!(
        unlisted.body["error"]
            .as_str()
            .unwrap()
            .contains("price_on_property"),
        "{}",
        unlisted.text
    );
    let body = json!({ "products": products, "price_on_property": [513], "sku_on_property": [513] });
    let replaced = shop.put_json(&inventory, &body).await;
    assert_eq!(
        replaced.body["products"].as_array().map(Vec::len),
        Some(2),
        "{}",
        replaced.text
    );
    assert_ne!(replaced.body["products"][0]["product_id"], before);
    assert_eq!(
        replaced.body["products"][1]["offerings"][0]["price"]["amount"],
        2_000
    );
    let sent_back = shop.put_json(&inventory, &replaced.body).await;
    assert!(
        sent_back.body["error"].as_str().unwrap().contains("product_id"),
        "{}",
        sent_back.text
    );
    let active = shop
        .patch_form(&shop.path(&format!("/listings/{id}")), "state=active")
        .await;
    assert_eq!(active.body["state"], "active", "{}", active.text);
}

#[tokio::test]
async fn what_a_seller_has_set_up_is_told() {
    let shop = TestShop::connected(ALL_SCOPES).await;
    for (path, field) in [
        (shop.path("/shipping-profiles"), "shipping_profile_id"),
        (shop.path("/readiness-state-definitions"), "readiness_state_id"),
        (shop.path("/policies/return"), "return_policy_id"),
        (shop.path("/production-partners"), "production_partner_id"),
        ("/v3/application/seller-taxonomy/nodes".to_owned(), "id"),
        (
            "/v3/application/shipping-carriers?origin_country_iso=DE".to_owned(),
            "shipping_carrier_id",
        ),
    ] {
        let answer = shop.get(&path).await;
        assert!(
            answer.body["results"][0][field].is_u64(),
            "{path}: {}",
            answer.text
        );
        assert!(answer.body["count"].is_u64(), "{path}");
    }
    assert_eq!(shop.get(&shop.path("")).await.body["shop_id"], shop.shop_id);
}
