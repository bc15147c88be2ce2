//! Privacy requests: what buyers may have erased. Orders stay as what was made and sent; who they were for goes.

use connectors::store::{Buyer, Subject};
use domain::id::{MessageId, OrderId, StoreId};
use domain::source::ExternalId;
use serde_json::json;

use crate::orders::intake::forget_buyer;
use crate::storage::search::searchable;
use crate::storage::{Sql, StorageError, Tx, Value, sql};
use crate::stores::lock;

/// The orders of a buyer: those named, and those with their address.
async fn orders_of(tx: &mut Tx, store: StoreId, buyer: &Buyer) -> Result<Vec<(i64, OrderId)>, StorageError> {
    let mut query = sql("SELECT number, id FROM orders WHERE store_id = ");
    query
        .push_bind(store)
        .push(" AND external_id IN ")
        .push_list(buyer.orders.iter().map(ExternalId::as_str));
    let mut orders: Vec<(i64, OrderId)> = query.fetch_all(tx).await?;
    if let Some(email) = &buyer.email {
        orders.extend(with_address(store, email).fetch_all::<(i64, OrderId)>(tx).await?);
    }
    orders.sort_unstable();
    orders.dedup();
    Ok(orders)
}

fn with_address(store: StoreId, email: &str) -> Sql {
    sql("SELECT number, id FROM orders WHERE store_id = $1 AND LOWER(email) = LOWER($2) AND email IS NOT NULL")
        .bind(store)
        .bind(email)
}

/// The numbers of the orders a buyer asks about: a person sends them what is kept.
pub(super) async fn named(
    tx: &mut Tx,
    store: StoreId,
    buyer: &Buyer,
) -> Result<serde_json::Value, StorageError> {
    let orders = orders_of(tx, store, buyer).await?;
    let numbers: Vec<i64> = orders.iter().map(|(number, _)| *number).collect();
    Ok(json!({ "data_request": numbers }))
}

/// Erases who a buyer is, and tells from which orders.
pub(super) async fn buyer(
    tx: &mut Tx,
    store: StoreId,
    buyer: &Buyer,
) -> Result<serde_json::Value, StorageError> {
    Ok(json!({ "erased": forget(tx, store, buyer).await? }))
}

/// Erases who a buyer is from their orders in a store; gives the numbers of these.
pub(crate) async fn forget(tx: &mut Tx, store: StoreId, buyer: &Buyer) -> Result<Vec<i64>, StorageError> {
    lock(tx, store).await?;
    let orders = orders_of(tx, store, buyer).await?;
    for (number, order) in &orders {
        erase_order(tx, *order, *number).await?;
    }
    forget_what_was_said(tx, store).await?;
    Ok(orders.into_iter().map(|(number, _)| number).collect())
}

/// Empties what was said about the orders of a store without saying which: lists and orders as the store gave them, and
/// webhooks that came to nothing. Whoever asks for it holds the store.
async fn forget_what_was_said(tx: &mut Tx, store: StoreId) -> Result<(), StorageError> {
    sql(
        "UPDATE messages SET body = NULL, answer = NULL WHERE store_id = $1 \
         AND (direction = 'out' AND topic LIKE 'orders.%' \
              OR direction = 'in' AND order_id IS NULL AND state NOT IN ('received', 'parked')) \
         AND (body IS NOT NULL OR answer IS NOT NULL)",
    )
    .bind(store)
    .execute(tx)
    .await?;
    Ok(())
}

/// Empties the request itself, which names the buyer, once it is done.
pub(super) async fn request(tx: &mut Tx, message: MessageId) -> Result<(), StorageError> {
    sql("UPDATE messages SET body = NULL, subject = $2 WHERE id = $1")
        .bind(message)
        .bind(Value::json(&Subject::Nothing))
        .execute(tx)
        .await?;
    Ok(())
}

/// Erases whom an order is for, and what was said about it. Whoever asks for it holds the store.
pub(super) async fn erase_order(tx: &mut Tx, order: OrderId, number: i64) -> Result<(), StorageError> {
    sql("UPDATE orders SET email = NULL, phone = NULL, recipient = '', company = NULL, address_line1 = '', \
         address_line2 = NULL, city = '', region = NULL, postcode = NULL, note = NULL, search = $2 WHERE id = $1")
    .bind(order)
    .bind(searchable(&number.to_string()))
    .execute(tx)
    .await?;
    sql("UPDATE order_lines SET properties = NULL WHERE order_id = $1")
        .bind(order)
        .execute(tx)
        .await?;
    sql("UPDATE messages SET body = NULL, answer = NULL, result = NULL WHERE order_id = $1")
        .bind(order)
        .execute(tx)
        .await?;
    forget_buyer(tx, order).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both;

    #[tokio::test]
    async fn the_orders_of_an_address_are_read_from_an_index() {
        on_both(async |portal| {
            let mut tx = portal.db.begin().await.unwrap();
            let query = with_address(StoreId(portal.entropy.id()), "ana@example.com");
            let plan = query.plan(&mut tx).await;
            assert!(plan.contains("orders_buyer"), "{plan}");
        })
        .await;
    }
}
