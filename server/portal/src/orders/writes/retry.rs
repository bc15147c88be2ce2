//! Telling a store again what it could not be told.

use domain::id::{CustomerId, OrderId, OrderWriteId, StoreId};
use domain::{Permission, WriteState};

use super::WriteBack;
use super::untold::note_untold;
use crate::access::Viewer;
use crate::orders::load::LockedOrder;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// Tells the store again what it could not be told.
///
/// # Errors
/// [`Refusal::Conflict`] `write-not-failed` when it is told already, or is being told; [`Refusal::NotFound`] outside of
/// the viewer's scope; [`Refusal::Forbidden`] without [`Permission::EditOrders`].
pub async fn retry_write(
    portal: &Portal,
    viewer: &Viewer,
    order: OrderId,
    write: OrderWriteId,
) -> Outcome<()> {
    viewer.require(Permission::EditOrders)?;
    let mut tx = portal.db.begin().await?;
    let order = LockedOrder::load(&mut tx, &viewer.scope(), order).await?;
    let found: Option<(WriteState, i64)> =
        sql("SELECT state, version FROM order_writes WHERE id = $1 AND order_id = $2")
            .bind(write)
            .bind(order.id)
            .fetch_optional(&mut tx)
            .await?;
    let version = match found {
        None => return Err(Refusal::NotFound),
        Some((WriteState::Failed, version)) => version,
        Some(_) => return Err(Refusal::conflict("write-not-failed")),
    };
    again(portal, &mut tx, &order, WriteBack { write, version }).await?;
    Ok(tx.commit().await?)
}

/// Tells the store again, and what waited for it.
pub(super) async fn again(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
    told: WriteBack,
) -> Result<(), StorageError> {
    requeue(portal, tx, told, order.store, order.customer).await?;
    for waits in waiting_for(tx, told.write).await? {
        requeue(portal, tx, waits, order.store, order.customer).await?;
    }
    Ok(())
}

/// What was given up because the store did not know the parcel that `write` tells of, or one before that it is told with:
/// that it arrived, and that nothing follows it.
async fn waiting_for(tx: &mut Tx, write: OrderWriteId) -> Result<Vec<WriteBack>, StorageError> {
    let rows: Vec<(OrderWriteId, i64)> = sql(
        "SELECT waits.id, waits.version FROM order_writes told JOIN order_writes waits ON waits.order_id = told.order_id
         WHERE told.id = $1 AND told.kind = 'shipped' AND waits.state = 'failed'
             AND ((waits.kind = 'delivered' AND waits.shipment_id <= told.shipment_id) OR waits.kind = 'rest_cancelled')",
    )
    .bind(write)
    .fetch_all(tx)
    .await?;
    let waits = rows
        .into_iter()
        .map(|(write, version)| WriteBack { write, version });
    Ok(waits.collect())
}

/// Queues the job before it touches what is told: whoever retries a job holds the job first, too.
pub(super) async fn requeue(
    portal: &Portal,
    tx: &mut Tx,
    told: WriteBack,
    store: StoreId,
    customer: CustomerId,
) -> Result<(), StorageError> {
    told.enqueue(portal, tx, store, customer).await?;
    sql(
        "UPDATE order_writes SET state = $2, version = $3, reason = NULL, words = NULL, updated_at = $4
         WHERE id = $1",
    )
    .bind(told.write)
    .bind(WriteState::Queued.as_str())
    .bind(told.version)
    .bind(portal.now())
    .execute(tx)
    .await?;
    note_untold(tx, told.write).await
}
