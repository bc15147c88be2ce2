//! Orders whose stores could not be told something.

use domain::ReasonCode;
use domain::id::{OrderId, OrderWriteId};

use crate::orders::waiting_statuses;
use crate::storage::{AsConn as _, Engine, StorageError, Tx, sql};

/// What nobody can do anything about in an order: its platform lets nobody tell the store, or the store is gone.
const FOR_GOOD: [&str; 2] = ["store-withheld", ReasonCode::StoreDisconnected.as_str()];

/// Holds the order of `write`, as everybody does who changes an order before what its store is told of it.
pub(super) async fn hold_order_of(tx: &mut Tx, write: OrderWriteId) -> Result<(), StorageError> {
    if tx.engine() == Engine::Postgres {
        sql("SELECT 1 FROM orders WHERE id = (SELECT order_id FROM order_writes WHERE id = $1) FOR NO KEY UPDATE")
            .bind(write)
            .execute(tx)
            .await?;
    }
    Ok(())
}

/// Notes on the order of `write`, whose state has changed, whether a person is to look at what its store could not be
/// told.
pub(super) async fn note_untold(tx: &mut Tx, write: OrderWriteId) -> Result<(), StorageError> {
    let mut query = sql("SELECT orders.id, orders.untold, EXISTS (SELECT 1 FROM order_writes failed
             WHERE failed.order_id = orders.id AND failed.state = 'failed' AND COALESCE(failed.reason, '') NOT IN ");
    query
        .push_list(FOR_GOOD)
        .push(") FROM order_writes JOIN orders ON orders.id = order_writes.order_id WHERE order_writes.id = ")
        .push_bind(write);
    let found: Option<(OrderId, bool, bool)> = query.fetch_optional(tx).await?;
    let Some((order, _, untold)) = found.filter(|(_, known, untold)| known != untold) else {
        return Ok(());
    };
    let mut update = sql("UPDATE orders SET untold = ");
    update
        .push_bind(untold)
        .push(", needs_attention = ")
        .push_bind(untold)
        .push(" OR status IN ")
        .push_list(waiting_statuses())
        .push(" WHERE id = ")
        .push_bind(order);
    update.execute(tx).await?;
    Ok(())
}
