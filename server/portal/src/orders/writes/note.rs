//! What the store of an order is to be told.

use domain::id::{OrderId, OrderWriteId, ShipmentId};
use domain::source::SourceOrderState;
use domain::{OrderStatus, WriteKind, WriteState};

use super::{WriteBack, retry};
use crate::Portal;
use crate::orders::intake::state_at_store;
use crate::orders::load::LockedOrder;
use crate::orders::status::LineChange;
use crate::orders::tellings::tellings;
use crate::storage::{StorageError, Tx, sql};

/// Notes what a change of lines means for the store.
pub(in crate::orders) async fn changed(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
    changes: &[LineChange],
) -> Result<(), StorageError> {
    use OrderStatus::{Cancelled, Delivered, InProduction, Packaged, Printed};
    let Some(state) = state_at_store(tx, order.id).await? else {
        return Ok(());
    };
    let goes = |to: &[OrderStatus]| changes.iter().any(|change| to.contains(&change.to));
    if goes(&[InProduction, Printed, Packaged]) {
        note(portal, tx, order, WriteKind::InProduction, None).await?;
    }
    if goes(&[Delivered]) && order.status == Delivered {
        for shipment in shipments(tx, order.id).await? {
            note(portal, tx, order, WriteKind::Delivered, Some(shipment)).await?;
        }
    }
    if goes(&[Cancelled]) && order.status == Cancelled && state != SourceOrderState::Cancelled {
        note(portal, tx, order, WriteKind::Cancelled, None).await?;
    }
    Ok(())
}

/// Notes that a parcel left.
pub(in crate::orders) async fn shipped(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
    shipment: ShipmentId,
) -> Result<(), StorageError> {
    if state_at_store(tx, order.id).await?.is_none() {
        return Ok(());
    }
    note(portal, tx, order, WriteKind::Shipped, Some(shipment)).await
}

/// Has the store told how a parcel is followed now: also while it is being told what was before. Etsy cannot correct a
/// parcel, and would mail the buyer of another: there only what it does not know yet is told. One that is told with a
/// later parcel is corrected with that.
pub(in crate::orders) async fn tracking_corrected(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
    shipment: ShipmentId,
) -> Result<(), StorageError> {
    let with = tellings(tx, order.id).await?;
    let with = with.into_iter().find(|telling| telling.along.contains(&shipment));
    let told: Option<(OrderWriteId, i64)> = sql(
        "SELECT w.id, w.version FROM order_writes w JOIN orders o ON o.id = w.order_id
         WHERE w.order_id = $3 AND w.kind = 'shipped' AND (w.state IN ('queued', 'failed')
                 OR (w.state IN ('done', 'already_there') AND o.platform <> 'etsy'))
             AND w.shipment_id = CASE WHEN o.platform = 'etsy' THEN $1 ELSE $2 END",
    )
    .bind(shipment)
    .bind(with.map_or(shipment, |telling| telling.parcel))
    .bind(order.id)
    .fetch_optional(tx)
    .await?;
    match told {
        Some((write, version)) => {
            let corrected = WriteBack {
                write,
                version: version + 1,
            };
            retry::again(portal, tx, order, corrected).await
        }
        None => Ok(()),
    }
}

/// Notes that nothing follows what has left of an order: not to parcels that waited for what completes them, either.
pub(in crate::orders) async fn rest_cancelled(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
) -> Result<(), StorageError> {
    let Some(state) = state_at_store(tx, order.id).await? else {
        return Ok(());
    };
    let untold: Vec<(OrderWriteId, i64)> = sql("SELECT id, version FROM order_writes
         WHERE order_id = $1 AND kind = 'shipped' AND state = 'queued' ORDER BY id")
    .bind(order.id)
    .fetch_all(tx)
    .await?;
    for (write, version) in untold {
        let anew = WriteBack {
            write,
            version: version + 1,
        };
        retry::requeue(portal, tx, anew, order.store, order.customer).await?;
    }
    if state != SourceOrderState::Cancelled {
        note(portal, tx, order, WriteKind::RestCancelled, None).await?;
    }
    Ok(())
}

async fn shipments(tx: &mut Tx, order: OrderId) -> Result<Vec<ShipmentId>, StorageError> {
    let rows: Vec<(ShipmentId,)> = sql("SELECT id FROM shipments WHERE order_id = $1 ORDER BY id")
        .bind(order)
        .fetch_all(tx)
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Notes one thing, once.
async fn note(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
    kind: WriteKind,
    shipment: Option<ShipmentId>,
) -> Result<(), StorageError> {
    let id = OrderWriteId(portal.entropy.id());
    let new = sql(
        "INSERT INTO order_writes (id, order_id, store_id, shipment_id, kind, state, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(order.id)
    .bind(order.store)
    .bind(shipment)
    .bind(kind.as_str())
    .bind(WriteState::Queued.as_str())
    .bind(portal.now())
    .execute(tx)
    .await?;
    if new == 0 {
        return Ok(());
    }
    let first = WriteBack {
        write: id,
        version: 0,
    };
    first.enqueue(portal, tx, order.store, order.customer).await
}
