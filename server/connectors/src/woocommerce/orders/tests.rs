//! Orders as they were recorded, and lists that change while they are read.

use std::sync::{Arc, Mutex};

use domain::Timestamp;
use serde_json::json;

use super::super::json::date;
use super::super::tests::{Asked, Fake, NO_ROUTE, answer, connection, error, rows, sample};
use super::*;
use crate::store::{Cursor, StoreConnection};

/// The order of a recording, over the whole connector.
async fn recorded(name: &'static str) -> SourceOrder {
    recorded_as(name, |_| {}).await
}

async fn recorded_as(name: &'static str, change: fn(&mut Value)) -> SourceOrder {
    let mut order: Value = serde_json::from_str(&sample(name)).unwrap();
    change(&mut order);
    let id = order["id"].as_i64().unwrap();
    let shop = Fake::shop()
        .on("GET", &format!("/orders/{id}"), move |_| {
            answer(200, &order.to_string())
        })
        .on("GET", &format!("/orders/{id}/refunds"), |_| {
            answer(200, &sample("order_refunds"))
        })
        .on("GET", "/products", |_| {
            answer(200, r#"[{"id":51,"virtual":true},{"id":52,"virtual":true}]"#)
        })
        .on("GET", "/variations", |_| answer(200, "[]"))
        .serve()
        .await;
    connection(&shop).order(&id.into()).await.unwrap().unwrap()
}

fn properties(line: &SourceLine) -> Vec<(&str, &str)> {
    line.properties
        .iter()
        .map(|property| (property.name.as_str(), property.value.as_str()))
        .collect()
}

#[tokio::test]
async fn a_recorded_order_is_read_whole() {
    let order = recorded("order_main").await;
    assert_eq!(
        (order.number.as_str(), order.state),
        ("#134", SourceOrderState::Ready)
    );
    assert_eq!(order.placed_at.seconds(), 1_795_291_130);
    assert_eq!(order.total.unwrap().decimal(), "388.14");
    assert_eq!(order.email.as_deref(), Some("ada@buyer.example"));
    assert_eq!(order.shipping_method.as_deref(), Some("Royal Mail Tracked 48"));
    assert!(order.note.unwrap().contains("Ring bell"));
    let address = order.address.unwrap();
    assert_eq!(
        (address.recipient.as_str(), address.country.as_str()),
        ("Ada Byron", "GB")
    );

    let [cards, flyers, pens] = order.lines.try_into().unwrap();
    assert_eq!(cards.title, "Business cards 85 x 55 mm");
    assert_eq!(cards.variant_title, "350gsm Silk / Soft-touch lamination / 500");
    assert_eq!(
        (cards.product_id.clone(), cards.variant_id.clone()),
        (Some(16.into()), Some(23.into()))
    );
    assert_eq!(cards.unit_price.unwrap().decimal(), "38.00");
    let url = "https://files.example/uploads/artwork-1001.pdf";
    assert!(properties(&cards).contains(&("Artwork file", url)));
    assert!(properties(&cards).contains(&("_artwork.files.0.url", url)));
    assert!(properties(&cards).contains(&("_artwork.trim.w", "85")));
    assert_eq!(
        (flyers.title.as_str(), flyers.variant_title.as_str()),
        ("A5 flyers", "400gsm Matt / Z-fold")
    );
    let files = properties(&flyers);
    assert_eq!(
        files.len(),
        2,
        "keys repeat, and what the shop keeps for its stock is no property: {files:?}"
    );
    assert_eq!(
        (pens.variant_id.clone(), pens.variant_title.as_str()),
        (Some(15.into()), "")
    );
    assert_eq!(
        (pens.quantity, pens.unit_price.unwrap().decimal().as_str()),
        (250, "0.75")
    );
    assert!(pens.ships && pens.properties.is_empty());
}

#[tokio::test]
async fn states_are_told_apart() {
    for (name, state) in [
        ("order_onhold", SourceOrderState::Waiting),
        ("order_empty", SourceOrderState::Waiting),
        ("order_virtual", SourceOrderState::Fulfilled),
        ("order_cancel", SourceOrderState::Cancelled),
        ("order_fullref", SourceOrderState::Cancelled),
    ] {
        assert_eq!(recorded(name).await.state, state, "{name}");
    }
    let binned = recorded_as("order_main", |order| order["status"] = "trash".into()).await;
    assert_eq!(binned.state, SourceOrderState::Cancelled);
    let custom = recorded_as("order_main", |order| order["status"] = "in-the-kiln".into()).await;
    assert_eq!(custom.state, SourceOrderState::Waiting);
}

#[tokio::test]
async fn pieces_that_were_refunded_are_taken_off() {
    let quantities: Vec<u32> = recorded("order_refund")
        .await
        .lines
        .iter()
        .map(|line| line.quantity)
        .collect();
    assert_eq!(quantities, [8, 100]);
}

#[tokio::test]
async fn downloads_and_services_are_not_sent_and_a_deleted_product_may_be() {
    let order = recorded("order_virtual").await;
    assert!(order.lines.iter().all(|line| !line.ships));
    let order = recorded("order_gone").await;
    let [line] = order.lines.try_into().unwrap();
    assert_eq!(
        (line.product_id, line.variant_id, line.sku, line.ships),
        (None, None, None, true)
    );
    assert_eq!(line.title, "Product deleted after it was ordered");
}

#[tokio::test]
async fn other_currencies_and_scripts_are_read() {
    let order = recorded("order_intl").await;
    assert_eq!(order.total.unwrap().currency.as_str(), "EUR");
    assert_eq!(order.address.unwrap().recipient, "花子 山田");
    assert_eq!(order.lines[0].variant_title, "Economy");
    assert!(order.lines[1].title.ends_with("😀 fett"));
    let methods = recorded("order_split").await.shipping_method.unwrap();
    assert_eq!(methods, "Royal Mail Tracked 48, DPD Next Day");
}

#[tokio::test]
async fn without_a_shipping_address_the_billing_address_is_taken() {
    let order = recorded_as("order_main", |order| {
        for part in order["shipping"].as_object_mut().unwrap().values_mut() {
            *part = "".into();
        }
        order["billing"]["city"] = "Bath".into();
    })
    .await;
    assert_eq!(order.address.unwrap().city, "Bath");
    assert_eq!(order.phone.as_deref(), Some("+44 20 7946 0001"));
    let nowhere = recorded("order_empty").await;
    assert_eq!((nowhere.address, nowhere.lines.len()), (None, 0));
}

#[tokio::test]
async fn shapes_of_other_versions_are_read() {
    let order = recorded("order.modern-shape").await;
    assert_eq!(
        order.lines[1].title,
        "Ship Your Idea – Color: Black, Size: M Test"
    );
    assert_eq!(order.lines[1].variant_title, "black / M Test");
    assert!(
        properties(&order.lines[0])
            .contains(&("_print_file_url", "https://example.com/uploads/design-123.pdf"))
    );
    let odd = recorded_as("order_main", |order| {
        order["number"] = 134.into();
        order["customer_note"] = Value::Null;
        order["shipping_lines"] = Value::Null;
        order["total"] = 12.5.into();
        order["line_items"][0]["quantity"] = "2".into();
        order["line_items"][0]["price"] = "38.00".into();
        order["line_items"][1]["meta_data"] = Value::Null;
        order["line_items"][1]["image"] = "".into();
        order["date_modified_gmt"] = Value::Null;
    })
    .await;
    assert_eq!(
        (
            odd.number.as_str(),
            odd.total.unwrap().minor,
            odd.lines[0].quantity
        ),
        ("#134", 1250, 2)
    );
    assert_eq!(odd.lines[1].variant_title, "400gsm Matt");
}

#[tokio::test]
async fn what_is_not_there_is_none_and_a_basket_is_no_order() {
    let basket = sample("order_main").replace(r#""status": "processing""#, r#""status": "checkout-draft""#);
    let invalid = error("woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
    let shop = Fake::shop()
        .on("GET", "/orders/134", move |_| answer(200, &basket))
        .on("GET", "/orders/5", move |_| answer(404, invalid))
        .serve()
        .await;
    let connection = connection(&shop);
    for id in ["134", "5", "abc", "-1", "1/notes"] {
        assert_eq!(
            connection.order(&ExternalId::new(id)).await.unwrap(),
            None,
            "{id}"
        );
    }
}

#[tokio::test]
async fn only_the_shops_own_word_makes_an_order_gone() {
    let shop = Fake::shop()
        .on("GET", "/orders/5", |_| answer(404, NO_ROUTE))
        .on("GET", "/orders/6", |_| answer(410, error("cache_gone", "Gone.")))
        .serve()
        .await;
    let connection = connection(&shop);
    for (id, code) in [("5", "store-shop-missing"), ("6", "store-refused")] {
        let error = connection.order(&ExternalId::new(id)).await.unwrap_err();
        assert_eq!(error.code(), code, "{id}");
    }
}

/// When order `id` of the fake list changed.
fn modified(id: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_000_000 + id * 10)
}

fn row(id: i64, modified: Timestamp) -> Value {
    json!({ "id": id, "status": "processing", "date_created_gmt": date(modified), "date_modified_gmt": date(modified) })
}

/// The rows that a current version gives: changed after a moment, in the order of their changes.
fn changed(asked: &Asked, mut all: Vec<Value>) -> Response {
    let text = |row: &Value| row["date_modified_gmt"].as_str().unwrap().to_owned();
    assert_eq!(asked.query["dates_are_gmt"], "true");
    let bin = asked.query.get("status").is_some_and(|status| status == "trash");
    all.retain(|row| (row["status"] == "trash") == bin && text(row) > asked.query["modified_after"]);
    all.sort_by_key(text);
    rows(asked, all)
}

type Response = axum::response::Response;

async fn read_all(connection: &Connection, since: Timestamp) -> Vec<i64> {
    let (mut seen, mut cursor) = (Vec::new(), None::<Cursor>);
    for _ in 0..50 {
        let page = connection.orders(since, cursor.as_ref()).await.unwrap();
        seen.extend(
            page.items
                .iter()
                .map(|order| order.external_id.as_str().parse::<i64>().unwrap()),
        );
        cursor = page.next;
        if cursor.is_none() {
            seen.sort_unstable();
            seen.dedup();
            return seen;
        }
    }
    panic!("the list does not end")
}

#[tokio::test]
async fn no_change_is_lost_while_the_list_moves() {
    let orders: Arc<Mutex<Vec<Value>>> =
        Arc::new(Mutex::new((1..=350).map(|id| row(id, modified(id))).collect()));
    let shop = Fake::shop()
        .on("GET", "/orders", move |asked| {
            let mut orders = orders.lock().unwrap();
            let answer = changed(asked, orders.clone());
            // The first order that was just given changes: all after it move up by one.
            let first = orders.remove(0);
            orders.push(row(first["id"].as_i64().unwrap(), modified(1000)));
            answer
        })
        .serve()
        .await;
    let seen = read_all(&connection(&shop), modified(50)).await;
    let missing: Vec<i64> = (51..=350).filter(|id| !seen.contains(id)).collect();
    assert_eq!(missing, Vec::<i64>::new());
}

#[tokio::test]
async fn many_changes_of_one_second_and_the_bin_are_read() {
    let mut all: Vec<Value> = (1..=230).map(|id| row(id, modified(7))).collect();
    all.push(row(231, modified(8)));
    all[4]["status"] = "trash".into();
    let shop = Fake::shop()
        .on("GET", "/orders", move |asked| changed(asked, all.clone()))
        .serve()
        .await;
    let seen = read_all(&connection(&shop), modified(0)).await;
    assert_eq!(seen.len(), 231);
}

#[tokio::test]
async fn versions_that_cannot_sort_by_change_are_read_by_id() {
    let all: Vec<Value> = (1..=150).map(|id| row(id, modified(200 - id))).collect();
    let details =
        r#"{"code":"rest_invalid_param","message":"Invalid parameter(s): orderby","data":{"status":400}}"#;
    let shop = Fake::shop()
        .on("GET", "/orders", move |asked| {
            if asked.query["orderby"].as_str() == "modified" {
                answer(400, details)
            } else {
                let after = &asked.query["modified_after"];
                let kept = |row: &&Value| row["date_modified_gmt"].as_str().unwrap() > after.as_str();
                rows(asked, all.iter().filter(kept).cloned().collect())
            }
        })
        .serve()
        .await;
    assert_eq!(
        read_all(&connection(&shop), modified(60)).await,
        (1..140).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn versions_that_pass_over_the_date_are_noticed() {
    let all: Vec<Value> = (1..=150).map(|id| row(id, modified(id))).collect();
    let shop = Fake::shop()
        .on("GET", "/orders", move |asked| match asked.query.get("after") {
            Some(after) => {
                assert!(*after < date(modified(100)), "what was created lately may change");
                rows(asked, all.clone())
            }
            None if asked.query.contains_key("status") => answer(200, "[]"),
            None => rows(asked, all.clone()),
        })
        .serve()
        .await;
    let seen = read_all(&connection(&shop), modified(100)).await;
    assert_eq!(seen, (100..=150).collect::<Vec<_>>());
}

#[tokio::test]
async fn orders_placed_since_a_date_are_read_in_any_zone() {
    let all: Vec<Value> = (1..=120).map(|id| row(id, modified(id))).collect();
    let shop = Fake::shop()
        .on("GET", "/orders", move |asked| rows(asked, all.clone()))
        .serve()
        .await;
    let connection = connection(&shop);
    let first = connection.orders_placed(modified(50), None).await.unwrap();
    let second = connection
        .orders_placed(modified(50), first.next.as_ref())
        .await
        .unwrap();
    assert_eq!((first.items.len() + second.items.len(), second.next), (71, None));
}
