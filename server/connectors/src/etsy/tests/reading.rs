//! Receipts and listings.

use domain::source::{ExternalId, Listing, SourceOrder, SourceOrderState};
use serde_json::json;

use super::*;
use crate::store::{Cursor, StoreConnection};

const PAID: &str = include_str!("../samples/receipt.paid.json");
const WITHHELD: &str = include_str!("../samples/receipt.paid.address-redacted.json");
const LISTING: &str = include_str!("../samples/listing.json");
const INVENTORY: &str = include_str!("../samples/listing_inventory.json");

async fn read(receipt: impl ToString) -> SourceOrder {
    let script = Script::default().on(
        "GET /shops/12345678/receipts/2750906110",
        200,
        receipt.to_string(),
    );
    connected(&script)
        .await
        .order(&ExternalId::new("2750906110"))
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_receipt_is_an_order_with_what_the_buyer_wrote() {
    let order = read(PAID).await;
    assert_eq!(order.state, SourceOrderState::Ready);
    assert_eq!(order.number, "2750906110");
    assert_eq!(order.total.unwrap().decimal(), "55.00");
    assert_eq!(order.placed_at, Timestamp::from_seconds(1_790_000_000));
    assert_eq!(order.updated_at, Timestamp::from_seconds(1_790_000_022));
    let address = order.address.unwrap();
    assert_eq!(
        (
            address.recipient.as_str(),
            address.region.as_str(),
            address.country.as_str()
        ),
        ("Test Buyer", "QLD", "AU")
    );
    let [black, white] = order.lines.as_slice() else {
        panic!()
    };
    assert_eq!(black.variant_title, "Black / Large");
    assert_eq!(black.variant_id, Some(ExternalId::new("434775")));
    assert!(black.properties.is_empty());
    assert_eq!(white.variant_title, "White / Medium");
    assert_eq!(
        (
            white.properties[0].name.as_str(),
            white.properties[0].value.as_str()
        ),
        ("Personalization", "Happy 40th, Sam!")
    );
    assert_eq!(white.unit_price.unwrap().minor, 2000);
}

#[tokio::test]
async fn statuses_count_whatever_their_case() {
    use SourceOrderState::{Cancelled, Fulfilled, Ready, Waiting};
    for (sample, state) in [
        (
            include_str!("../samples/receipt.paid.as-seen-capitalised-status.json"),
            Ready,
        ),
        (include_str!("../samples/receipt.completed.json"), Fulfilled),
        (include_str!("../samples/receipt.canceled.json"), Cancelled),
    ] {
        assert_eq!(read(sample).await.state, state);
    }
    for (changes, state) in [
        (
            json!({ "status": "Payment Processing", "is_paid": false }),
            Waiting,
        ),
        (json!({ "status": "open" }), Waiting),
        (
            json!({ "status": "Fully Refunded", "is_shipped": true }),
            Cancelled,
        ),
        (json!({ "status": "partially refunded" }), Ready),
        (json!({ "is_shipped": true }), Fulfilled),
        (json!({ "is_paid": false }), Waiting),
    ] {
        assert_eq!(read(changed(PAID, &changes)).await.state, state, "{changes}");
    }
}

#[tokio::test]
async fn withheld_addresses_deleted_listings_and_downloads_do_not_lose_an_order() {
    let order = read(WITHHELD).await;
    assert!(order.address_withheld && order.address.is_none() && order.email.is_none());
    let mut receipt = changed(WITHHELD, &json!({}));
    for transaction in receipt["transactions"].as_array_mut().unwrap() {
        transaction["is_digital"] = json!(true);
        for field in ["listing_id", "product_id", "sku", "title", "variations"] {
            transaction[field] = Value::Null;
        }
    }
    let order = read(receipt).await;
    assert!(!order.address_withheld, "nothing is sent");
    assert!(!order.lines[0].ships && order.lines[0].product_id.is_none() && order.lines[0].sku.is_none());

    let script = Script::default().on(
        "GET /shops/12345678/receipts/9",
        404,
        json!({ "error": "not found" }),
    );
    assert!(
        connected(&script)
            .await
            .order(&ExternalId::new("9"))
            .await
            .unwrap()
            .is_none()
    );
}

/// So many receipts with these times of change.
fn receipts(times: &[i64]) -> Value {
    let receipt = |time: &i64| {
        changed(
            PAID,
            &json!({ "updated_timestamp": time, "receipt_id": 1000 + time }),
        )
    };
    json!({ "count": times.len(), "results": times.iter().map(receipt).collect::<Vec<_>>() })
}

#[tokio::test]
async fn each_page_begins_where_the_time_of_the_one_before_ended() {
    let early: Vec<i64> = (0..100).map(|index| 1_795_000_000 + index).collect();
    let same = [1_795_000_099; 100];
    let script = Script::default()
        .on("GET /shops/12345678/receipts?", 200, receipts(&early))
        .on("GET /shops/12345678/receipts?", 200, receipts(&same))
        .on("GET /shops/12345678/receipts?", 200, receipts(&[1_795_000_100]));
    let connection = connected(&script).await;
    let since = Timestamp::from_seconds(1_794_000_000);
    let mut cursor: Option<Cursor> = None;
    let mut read = 0;
    loop {
        let page = connection.orders(since, cursor.as_ref()).await.unwrap();
        read += page.items.len();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(read, 201);
    let common = "sort_on=updated&sort_order=asc&limit=100";
    assert_eq!(
        script.requests(),
        [(1_794_000_000, 0), (1_795_000_099, 0), (1_795_000_099, 100)].map(|(from, offset)| format!(
            "GET /shops/12345678/receipts?min_last_modified={from}&{common}&offset={offset}"
        ))
    );
}

#[tokio::test]
async fn a_receipt_that_cannot_be_read_does_not_hold_up_the_others() {
    let mut page: Value = serde_json::from_str(include_str!("../samples/receipts.page.json")).unwrap();
    page["results"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "receipt_id": 7, "transactions": "none" }));
    let script = Script::default().on("GET /shops/12345678/receipts?min_created=946684800", 200, page);
    let page = connected(&script)
        .await
        .orders_placed(Timestamp::EPOCH, None)
        .await
        .unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.unreadable[0].0, "7");
}

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

#[tokio::test]
async fn verifying_finds_out_whether_addresses_are_withheld() {
    for (receipt, reads) in [(PAID, true), (WITHHELD, false)] {
        let receipt: Value = serde_json::from_str(receipt).unwrap();
        let script = Script::default()
            .on("GET /shops/12345678", 200, json!({ "shop_name": "Tees", "url": "https://www.etsy.com/shop/Tees", "currency_code": "EUR" }))
            .on("GET /shops/12345678/receipts?", 200, json!({ "count": 1, "results": [receipt] }));
        let facts = connected(&script).await.verify().await.unwrap();
        assert_eq!(
            (facts.name.as_str(), facts.capabilities.reads_addresses),
            ("Tees", reads)
        );
    }
}
