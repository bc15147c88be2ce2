//! Reading listings.

use domain::source::{ExternalId, Listing};
use serde_json::json;

use super::*;
use crate::store::{Cursor, StoreConnection};

const LISTING: &str = include_str!("../samples/listing.json");
const INVENTORY: &str = include_str!("../samples/listing_inventory.json");

fn listing(id: u64, changes: &Value) -> Value {
    let mut listing = changed(LISTING, changes);
    listing["listing_id"] = json!(id);
    listing
}

fn list(listings: &[Value]) -> Value {
    json!({ "count": listings.len(), "results": listings })
}

#[tokio::test]
async fn listings_of_every_state_come_with_their_variants() {
    let inventory: Value = serde_json::from_str(INVENTORY).unwrap();
    let with = listing(
        1,
        &json!({ "inventory": inventory, "images": [{ "url_570xN": "https://i.etsystatic.com/1.jpg" }] }),
    );
    let script = Script::default()
        .on("GET /shops/12345678/listings", 200, list(&[]))
        .on("GET /shops/12345678/listings?state=active", 200, list(&[with]))
        .on(
            "GET /shops/12345678/listings?state=expired",
            200,
            list(&[listing(2, &json!({ "state": "expired" }))]),
        )
        .on(
            "GET /listings/batch/inventory?listing_ids=2",
            200,
            list(&[listing(2, &json!({ "inventory": inventory }))]),
        );
    let connection = connected(&script).await;
    let mut cursor: Option<Cursor> = None;
    let mut items = Vec::new();
    loop {
        let page = connection.products(None, cursor.as_ref()).await.unwrap();
        items.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let [active, expired] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!(
        (active.listing, expired.listing),
        (Listing::Published, Listing::Archived)
    );
    assert_eq!(
        active.image_url.as_deref(),
        Some("https://i.etsystatic.com/1.jpg")
    );
    let variant = &expired.variants[0];
    assert_eq!(
        (variant.external_id.as_str(), variant.title()),
        ("434775", "Black / Large".to_owned())
    );
    assert_eq!(
        (variant.sku.as_deref(), variant.price.unwrap().minor),
        (Some("TEE-BLK-L"), 2000)
    );
    assert_eq!(script.requests().len(), 6, "five states and one inventory");
}

#[tokio::test]
async fn one_listing_that_is_gone_does_not_cost_the_others_their_variants() {
    let inventory: Value = serde_json::from_str(INVENTORY).unwrap();
    let found = |id: u64| list(&[listing(id, &json!({ "inventory": inventory }))]);
    let batch = "GET /listings/batch/inventory?listing_ids=1,2,3";
    let none = json!({ "error": "Listing not found" });
    let script = Script::default()
        .on(
            "GET /shops/12345678/listings?state=draft",
            200,
            list(&[1, 2, 3].map(|id| listing(id, &json!({})))),
        )
        .on(batch, 404, &none)
        .on("GET /listings/batch/inventory?listing_ids=1", 200, found(1))
        .on("GET /listings/batch/inventory?listing_ids=2,3", 404, &none)
        .on("GET /listings/batch/inventory?listing_ids=2", 404, &none)
        .on("GET /listings/batch/inventory?listing_ids=3", 200, found(3));
    let page = connected(&script).await.products(None, None).await.unwrap();
    let skus: Vec<_> = page
        .items
        .iter()
        .map(|product| product.variants[0].sku.is_some())
        .collect();
    assert_eq!(skus, [true, false, true]);
    assert_eq!(page.items[1].variants[0].external_id, page.items[1].external_id);
}

#[tokio::test]
async fn listings_that_did_not_change_are_passed_over() {
    let since = Timestamp::from_seconds(1_789_990_000);
    let old = listing(2, &json!({ "updated_timestamp": 1_789_989_999 }));
    let new = listing(1, &json!({ "inventory": { "products": [] } }));
    let script = Script::default().on("GET /shops/12345678/listings", 200, list(&[new, old]));
    let page = connected(&script)
        .await
        .products(Some(since), None)
        .await
        .unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn a_listing_of_another_shop_is_none_of_ours() {
    let script = Script::default().on("GET /listings/1?", 200, listing(1, &json!({ "shop_id": 1 })));
    assert!(
        connected(&script)
            .await
            .product(&ExternalId::new("1"))
            .await
            .unwrap()
            .is_none()
    );
}
