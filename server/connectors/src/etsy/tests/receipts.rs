//! Reading receipts.

use domain::source::{ExternalId, SourceOrder, SourceOrderState};
use serde_json::json;

use super::*;
use crate::store::{Cursor, StoreConnection};

const PAID: &str = include_str!("../samples/receipt.paid.json");
const WITHHELD: &str = include_str!("../samples/receipt.paid.address-redacted.json");

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
