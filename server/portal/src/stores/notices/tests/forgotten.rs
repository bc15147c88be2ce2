//! What is left of a buyer who was erased: nothing, in any table.

use connectors::store::Buyer;
use data_encoding::HEXLOWER;
use domain::OrderSource;
use domain::id::{ImportId, OrderId, ShipmentId};
use domain::source::{SourceAddress, SourceOrder};
use serde_json::json;

use super::*;
use crate::orders::intake::{Arrival, take_in};
use crate::storage::Value;
use crate::stores::Store;

/// What nothing says but what is about the buyer.
const CANARY: &str = "kanarienvogel";

fn email() -> String {
    format!("{CANARY}@example.com")
}

/// The order of a buyer who is called like that, lives there, and leaves no field out.
fn telling(second: i64) -> SourceOrder {
    let text = format!("{CANARY} {second}");
    let mut order = order("1001", second);
    order.email = Some(email());
    order.phone = Some(text.clone());
    order.note = Some(text.clone());
    order.address = Some(SourceAddress {
        recipient: text.clone(),
        company: text.clone(),
        line1: text.clone(),
        line2: text.clone(),
        city: text.clone(),
        region: text.clone(),
        postcode: text.clone(),
        country: "ES".to_owned(),
    });
    order.lines[0].properties = vec![LineProperty {
        name: text.clone(),
        value: text,
    }];
    order
}

async fn take(portal: &Portal, store: &Store, order: &SourceOrder) -> OrderId {
    let arrival = Arrival {
        store,
        source: OrderSource::Webhook,
        unconnected: true,
        placed_before: false,
        asked_at: portal.now(),
    };
    let mut tx = portal.db.begin().await.unwrap();
    let taken = take_in(portal, &mut tx, arrival, order).await.unwrap();
    tx.commit().await.unwrap();
    taken.order().unwrap()
}

/// What was said about the order: with it and without saying which.
async fn say(portal: &Portal, store: &Store, id: OrderId) {
    let mut tx = portal.db.begin().await.unwrap();
    for (direction, topic, order) in [
        ("in", "orders/create", Some(id)),
        ("in", "orders/updated", None),
        ("out", "orders.list", None),
        ("out", "shipments.create", None),
        ("out", "fulfilments.list", None),
    ] {
        let result = order.map(|_| json!({ "city": CANARY }));
        sql(
            "INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, state, body, answer,
                 result, order_id, created_at)
             VALUES ($1, $2, 'webhook', 'shopify', $3, $4, $5, 'done', $6, $6, $7, $8, $9)",
        )
        .bind(MessageId(portal.entropy.id()))
        .bind(direction)
        .bind(store.id)
        .bind(store.customer_id)
        .bind(topic)
        .bind(CANARY.as_bytes().to_vec())
        .bind(result.map_or(Value::Json(None), |result| Value::json(&result)))
        .bind(order)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// A row of an import that the order stood in the way of.
async fn import(portal: &Portal, client: &crate::access::Client, order: OrderId) {
    let file = testing::upload(portal, client, &testing::png(10, 10)).await;
    let import = ImportId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO imports (id, kind, file_id, file_name, state, created_at)
         VALUES ($1, 'orders', $2, 'pedidos.csv', 'succeeded', $3)",
    )
    .bind(import)
    .bind(file)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    sql(
        "INSERT INTO import_rows (import_id, row_number, position, outcome, value, glance, order_id)
         VALUES ($1, 2, 0, 'refused', $2, $3, $4)",
    )
    .bind(import)
    .bind(CANARY)
    .bind(Value::json(&json!({ "recipient": CANARY })))
    .bind(order)
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// A parcel that is followed at an address that names where it goes.
async fn ship(portal: &Portal, order: OrderId) {
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO shipments (id, order_id, carrier, tracking_number, tracking_url, shipped_at)
         VALUES ($1, $2, 'SEUR', 'SEUR-1', $3, $4)",
    )
    .bind(ShipmentId(portal.entropy.id()))
    .bind(order)
    .bind(format!("https://seur.example/track/SEUR-1/{CANARY}"))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// The tables that still tell of the buyer, in text or in bytes. Indexes of searches hold no more than three letters
/// together.
async fn telling_tables(portal: &Portal) -> Vec<String> {
    let engine = portal.db.engine();
    let tables = match engine {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema
             WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%search%'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()"
        }
    };
    let hex = HEXLOWER.encode(CANARY.as_bytes());
    let mut conn = portal.db.read().await.unwrap();
    let tables: Vec<(String,)> = sql(tables).fetch_all(&mut conn).await.unwrap();
    let mut telling = Vec::new();
    for (table,) in tables {
        let query = match engine {
            Engine::Sqlite => {
                let columns: Vec<(String,)> = sql("SELECT name FROM pragma_table_info($1)")
                    .bind(table.as_str())
                    .fetch_all(&mut conn)
                    .await
                    .unwrap();
                let columns: Vec<String> = columns
                    .iter()
                    .map(|(column,)| format!("LOWER(HEX(\"{column}\"))"))
                    .collect();
                let columns = columns.join(" || '-' || ");
                format!("SELECT COUNT(*) FROM \"{table}\" WHERE {columns} LIKE '%{hex}%'")
            }
            Engine::Postgres => format!(
                "SELECT COUNT(*) FROM \"{table}\" t
                 WHERE CAST(t AS TEXT) ILIKE '%{CANARY}%' OR CAST(t AS TEXT) LIKE '%{hex}%'"
            ),
        };
        let (rows,): (i64,) = sql(query.leak()).fetch_one(&mut conn).await.unwrap();
        if rows > 0 {
            telling.push(table);
        }
    }
    telling.sort_unstable();
    telling
}

#[tokio::test]
async fn a_buyer_who_was_erased_is_in_no_table() {
    on_both(async |portal| {
        let (client, store) = testing::shop(&portal, "Nordlys Hotels").await;
        testing::connect(&portal, &store, "pen", "pen").await;
        let id = take(&portal, &store, &telling(1)).await;
        assert_eq!(take(&portal, &store, &telling(2)).await, id);
        say(&portal, &store, id).await;
        import(&portal, &client, id).await;
        ship(&portal, id).await;
        assert_eq!(
            telling_tables(&portal).await,
            [
                "import_rows",
                "messages",
                "order_lines",
                "order_sources",
                "orders",
                "shipments"
            ]
        );

        forget_what_was_said(&portal, store.id).await.unwrap();
        let buyer = Buyer {
            email: Some(email()),
            orders: Vec::new(),
        };
        let mut tx = portal.db.begin().await.unwrap();
        let erased = forget_orders_of(&portal, &mut tx, store.id, &buyer)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(erased.len(), 1);
        assert!(telling_tables(&portal).await.is_empty());
    })
    .await;
}
