//! That who an order was for has been erased: its page, the lists and the timeline say so where that was.

use domain::OrderEventKind;
use domain::id::OrderId;

use super::events::{self, NewEvent};
use crate::storage::{StorageError, Tx, sql};
use crate::{Actor, Portal};

/// Notes that the buyer is about to be erased from an order, unless nothing of them is there any more. The audit log tells
/// by whom.
pub(crate) async fn note_erased(portal: &Portal, tx: &mut Tx, order: OrderId) -> Result<(), StorageError> {
    let noted = sql(
        "UPDATE orders SET buyer_erased_at = $2 WHERE id = $1 AND (buyer_erased_at IS NULL OR recipient <> '')",
    )
    .bind(order)
    .bind(portal.now())
    .execute(tx)
    .await?;
    if noted == 1 {
        let event = NewEvent::of(order, OrderEventKind::BuyerErased);
        events::write(portal, tx, &Actor::SYSTEM, event).await?;
    }
    Ok(())
}
