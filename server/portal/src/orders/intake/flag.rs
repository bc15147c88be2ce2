//! Changes that come when production has begun: a person must look at them.

use std::collections::HashMap;

use domain::id::LineId;
use domain::source::{SourceLine, SourceOrder};
use domain::{OrderStatus, ReasonCode};

use super::lines;
use crate::orders::Actor;
use crate::orders::load::{LockedLine, LockedOrder};
use crate::orders::status::{LineChange, apply};
use crate::storage::{StorageError, Tx};
use crate::{Outcome, Portal};

/// Whether production has begun with a line.
pub(super) fn has_begun(line: &LockedLine) -> bool {
    let begun = |status: OrderStatus| !status.is_editable() && status != OrderStatus::Created;
    match line.status {
        OrderStatus::Cancelled => false,
        _ if line.shipped_quantity > 0 => true,
        OrderStatus::OnHold => line.held_from.is_some_and(begun),
        status => begun(status),
    }
}

/// Whether production has begun with any line.
pub(super) fn begun(order: &LockedOrder) -> bool {
    order.lines.iter().any(has_begun)
}

/// The lines of which production has begun with something else than the store wants now.
pub(super) async fn too_late(
    tx: &mut Tx,
    locked: &LockedOrder,
    before: &SourceOrder,
    now: &SourceOrder,
) -> Result<Vec<LineId>, StorageError> {
    let open = |line: &&LockedLine| has_begun(line) && line.remaining() > 0;
    let whole = before.address != now.address || (before.state != now.state && now.state.is_over());
    let ids: HashMap<LineId, String> = lines::written(tx, locked.id)
        .await?
        .into_iter()
        .map(|line| (line.id, line.external_id))
        .collect();
    let differs = |line: &&LockedLine| {
        let Some(id) = ids.get(&line.id) else { return false };
        wanted(before, id) != wanted(now, id)
    };
    let late = locked
        .lines
        .iter()
        .filter(open)
        .filter(|line| whole || differs(line));
    Ok(late.map(|line| line.id).collect())
}

/// What of a line matters to production.
fn wanted<'a>(order: &'a SourceOrder, id: &str) -> Option<impl PartialEq + use<'a>> {
    let line: &SourceLine = order.lines.iter().find(|line| line.external_id.as_str() == id)?;
    (line.quantity > 0).then_some((
        line.quantity,
        &line.product_id,
        &line.variant_id,
        &line.properties,
    ))
}

/// Stops lines until a person has looked.
pub(super) async fn hold(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    late: &[LineId],
) -> Outcome<()> {
    let changes: Vec<LineChange> = order
        .lines
        .iter()
        .filter(|line| late.contains(&line.id) && line.status.may_become(OrderStatus::OnHold))
        .map(|line| LineChange {
            line: line.id,
            to: OrderStatus::OnHold,
            reason: Some(ReasonCode::ChangedAfterProduction),
        })
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    apply(portal, tx, order, &changes, &Actor::SYSTEM).await
}
