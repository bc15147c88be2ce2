//! Privacy requests: what buyers may have erased. Orders stay as what was made and sent; who they were for goes.

use std::time::Duration;

use connectors::store::{Buyer, Subject};
use domain::id::{MessageId, OrderId, StoreId};
use domain::source::ExternalId;
use domain::{OrderStatus, ReasonCode, Timestamp};

use crate::jobs::{JobContext, JobError};
use crate::orders::intake::{forget_buyer, stop_without_address};
use crate::orders::note_erased;
use crate::storage::search::searchable;
use crate::storage::{AsConn, Sql, StorageError, Tx, Value, sql};
use crate::stores::lock;
use crate::{Outcome, Portal};

/// Orders or messages erased in one transaction: few enough that others can write in between.
pub(super) const AT_ONCE: usize = 50;
/// For so long what is still to be sent keeps its address: platforms want the rest of a request done in 30 days.
const PUT_OFF: Duration = Duration::from_hours(25 * 24);
/// When what is still to be sent is looked at again.
const LOOKED_AT_AGAIN: Duration = Duration::from_hours(24);
/// Attempts of a request: one a day until nothing is put off, and some that fail.
pub(super) const ATTEMPTS: u32 = 40;

/// The orders of a buyer, by their numbers: those named, and those with their address.
pub(super) async fn orders_of(
    conn: &mut impl AsConn,
    store: StoreId,
    buyer: &Buyer,
) -> Result<Vec<(i64, OrderId)>, StorageError> {
    let mut query = sql("SELECT number, id FROM orders WHERE store_id = ");
    query
        .push_bind(store)
        .push(" AND external_id IN ")
        .push_list(buyer.orders.iter().map(ExternalId::as_str));
    let mut orders: Vec<(i64, OrderId)> = query.fetch_all(conn).await?;
    if let Some(email) = &buyer.email {
        orders.extend(
            with_address(store, email)
                .fetch_all::<(i64, OrderId)>(conn)
                .await?,
        );
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

/// Erases who a buyer is from their orders in a store; gives the numbers of these.
pub(crate) async fn forget_orders_of(
    portal: &Portal,
    tx: &mut Tx,
    store: StoreId,
    buyer: &Buyer,
) -> Result<Vec<i64>, StorageError> {
    lock(tx, store).await?;
    let orders = orders_of(tx, store, buyer).await?;
    for (number, order) in &orders {
        erase_order(portal, tx, *order, *number).await?;
    }
    Ok(orders.into_iter().map(|(number, _)| number).collect())
}

/// Whether a request has been put off for as long as it may be.
pub(super) async fn is_due(ctx: &JobContext, request: MessageId) -> Result<bool, StorageError> {
    let came: Option<(Timestamp,)> = sql("SELECT created_at FROM messages WHERE id = $1")
        .bind(request)
        .fetch_optional(&mut ctx.portal.db.read().await?)
        .await?;
    Ok(came.is_none_or(|(came,)| ctx.portal.now() >= came + PUT_OFF))
}

/// Erases whom some orders are for, and gives their numbers: all but those put off because they are still to be sent.
/// Once the request is `due` none is: what is left of them is stopped. Whoever asks for it holds the store.
pub(super) async fn erase_orders(
    portal: &Portal,
    tx: &mut Tx,
    orders: &[(i64, OrderId)],
    due: bool,
) -> Outcome<Vec<i64>> {
    let mut query = sql("SELECT id FROM orders WHERE status NOT IN ");
    query
        .push_list(OrderStatus::NOTHING_TO_SEND.map(OrderStatus::as_str))
        .push(" AND id IN ")
        .push_list(orders.iter().map(|(_, id)| *id));
    let under_way: Vec<(OrderId,)> = query.fetch_all(tx).await?;
    let is_under_way = |order: OrderId| under_way.contains(&(order,));
    let mut erased = Vec::new();
    for (number, order) in orders.iter().filter(|(_, order)| due || !is_under_way(*order)) {
        erase_order(portal, tx, *order, *number).await?;
        if is_under_way(*order) {
            stop_without_address(portal, tx, *order).await?;
        }
        erased.push(*number);
    }
    Ok(erased)
}

/// Has a request done again tomorrow for the orders that were put off.
pub(super) fn put_off(portal: &Portal, orders: usize) -> JobError {
    let error = anyhow::anyhow!("{orders} orders are still to be sent");
    JobError::retry_at(portal.now() + LOOKED_AT_AGAIN, error).because(ReasonCode::OrdersUnderWay)
}

/// Empties all that was said about the orders of a store without saying which, some at a time, so that others can write
/// in between.
pub(crate) async fn forget_what_was_said(portal: &Portal, store: StoreId) -> Result<(), StorageError> {
    let mut last = None;
    loop {
        let mut tx = portal.db.begin().await?;
        lock(&mut tx, store).await?;
        last = forget_some(&mut tx, store, last).await?;
        tx.commit().await?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Empties some of what was said about the orders of a store without saying which, behind `after`: lists and orders as
/// the store gave them, webhooks and orders that came to nothing. Gives the last one. Whoever asks for it holds the store.
pub(super) async fn forget_some(
    tx: &mut Tx,
    store: StoreId,
    after: Option<MessageId>,
) -> Result<Option<MessageId>, StorageError> {
    let mut query = sql("SELECT id FROM messages WHERE store_id = ");
    query.push_bind(store).push(
        " AND (direction = 'out' \
                  AND (topic LIKE 'orders.%' OR topic LIKE 'shipments.%' OR topic LIKE 'fulfilments.%') \
              OR direction = 'in' AND order_id IS NULL AND state NOT IN ('received', 'parked')) \
         AND (body IS NOT NULL OR answer IS NOT NULL OR kind = 'poll' AND result IS NOT NULL)",
    );
    if let Some(after) = after {
        query.push(" AND id > ").push_bind(after);
    }
    query
        .push(" ORDER BY id LIMIT ")
        .push_bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX));
    let some: Vec<(MessageId,)> = query.fetch_all(tx).await?;
    let mut update = sql("UPDATE messages SET body = NULL, answer = NULL, \
         result = CASE WHEN direction = 'in' AND kind = 'poll' THEN NULL ELSE result END WHERE id IN ");
    update.push_list(some.iter().map(|(id,)| *id));
    update.execute(tx).await?;
    Ok(some.last().map(|(id,)| *id))
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
async fn erase_order(portal: &Portal, tx: &mut Tx, order: OrderId, number: i64) -> Result<(), StorageError> {
    note_erased(portal, tx, order).await?;
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
    // Carriers' addresses name where the buyer lives; the tracking number stays.
    sql("UPDATE shipments SET tracking_url = NULL WHERE order_id = $1")
        .bind(order)
        .execute(tx)
        .await?;
    sql("UPDATE import_rows SET value = NULL, glance = NULL WHERE order_id = $1")
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
