//! Privacy requests: what buyers may have erased. Orders stay as what was made and sent; who they were for goes.

use connectors::store::Buyer;
use domain::id::{OrderId, StoreId};
use domain::source::ExternalId;
use serde_json::json;

use crate::orders::intake::forget_buyer;
use crate::storage::search::searchable;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::lock;

/// The orders of a buyer: those named, and those with their address.
async fn orders_of(tx: &mut Tx, store: StoreId, buyer: &Buyer) -> Result<Vec<(OrderId, i64)>, StorageError> {
    let mut query = sql("SELECT id, number FROM orders WHERE store_id = ");
    query
        .push_bind(store)
        .push(" AND (external_id IN ")
        .push_list(buyer.orders.iter().map(ExternalId::as_str));
    if let Some(email) = &buyer.email {
        query.push(" OR LOWER(email) = ").push_bind(email.to_lowercase());
    }
    query.push(") ORDER BY number");
    query.fetch_all(tx).await
}

/// The numbers of the orders a buyer asks about: a person sends them what is kept.
pub(super) async fn named(
    tx: &mut Tx,
    store: StoreId,
    buyer: &Buyer,
) -> Result<serde_json::Value, StorageError> {
    let orders = orders_of(tx, store, buyer).await?;
    let numbers: Vec<i64> = orders.iter().map(|(_, number)| *number).collect();
    Ok(json!({ "data_request": numbers }))
}

/// Erases who a buyer is.
pub(super) async fn buyer(
    tx: &mut Tx,
    store: StoreId,
    buyer: &Buyer,
) -> Result<serde_json::Value, StorageError> {
    lock(tx, store).await?;
    let orders = orders_of(tx, store, buyer).await?;
    for (order, number) in &orders {
        erase_order(tx, *order, *number).await?;
    }
    let numbers: Vec<i64> = orders.iter().map(|(_, number)| *number).collect();
    Ok(json!({ "erased": numbers }))
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
