//! Changing the status of lines: the one place where it happens.

use std::collections::BTreeSet;

use domain::id::LineId;
use domain::{OrderStatus, Problem, ReasonCode};

use super::Actor;
use super::events::{self, EventDetail, NewEvent};
use super::load::{LockedLine, LockedOrder};
use super::writes;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// A line going to another status.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineChange {
    pub(super) line: LineId,
    pub(super) to: OrderStatus,
    pub(super) reason: Option<ReasonCode>,
}

/// Moves lines to other statuses and writes what follows: the order's own status, reason and attention, the
/// counters, the timeline, and what the order's store is told. A change of the whole order is told once, a change of some lines for each of them.
///
/// # Errors
/// [`Refusal::Conflict`] `status-not-possible` when a status may not follow: nothing is written then.
pub(super) async fn apply(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    changes: &[LineChange],
    actor: &Actor,
) -> Outcome<()> {
    for change in changes {
        let line = order.line(change.line).ok_or(Refusal::NotFound)?;
        if !line.status.may_become(change.to) {
            let problem = Problem::new("status-not-possible")
                .with("from", line.status.slug())
                .with("to", change.to.slug());
            return Err(Refusal::Conflict(problem));
        }
    }
    let whole = is_whole(order, changes);
    for change in changes {
        let Some(line) = order.lines.iter_mut().find(|line| line.id == change.line) else {
            continue;
        };
        let from = line.status;
        write_line(tx, line, *change).await?;
        if !whole {
            let event = NewEvent::status(order.id, Some(change.line), from, change.to)
                .with(EventDetail::of_reason(change.reason));
            events::write(portal, tx, actor, event).await?;
        }
    }
    roll_up(portal, tx, order, actor).await?;
    writes::changed(portal, tx, order, changes).await?;
    Ok(())
}

/// Notes as *shipped* those of `lines` of which every piece has gone and that are no further: what was still to come of
/// them is not wanted any more. Those on hold go on for it.
pub(super) async fn all_shipped(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    lines: &[LineId],
    actor: &Actor,
) -> Outcome<()> {
    for (from, to) in [
        (Some(OrderStatus::OnHold), OrderStatus::InProduction),
        (None, OrderStatus::Shipped),
    ] {
        let changes: Vec<LineChange> = order
            .lines
            .iter()
            .filter(|line| lines.contains(&line.id) && line.shipped_quantity > 0 && line.remaining() == 0)
            .filter(|line| from.is_none_or(|from| line.status == from) && line.status.may_become(to))
            .map(|line| LineChange {
                line: line.id,
                to,
                reason: None,
            })
            .collect();
        if !changes.is_empty() {
            apply(portal, tx, order, &changes, actor).await?;
        }
    }
    Ok(())
}

/// Whether every line that is still to be made takes the same step.
fn is_whole(order: &LockedOrder, changes: &[LineChange]) -> bool {
    let changed: BTreeSet<LineId> = changes.iter().map(|change| change.line).collect();
    let to: BTreeSet<OrderStatus> = changes.iter().map(|change| change.to).collect();
    let active = order
        .lines
        .iter()
        .filter(|line| line.status != OrderStatus::Cancelled);
    to.len() == 1 && active.into_iter().all(|line| changed.contains(&line.id))
}

async fn write_line(tx: &mut Tx, line: &mut LockedLine, change: LineChange) -> Result<(), StorageError> {
    let held_from = (change.to == OrderStatus::OnHold).then_some(line.status);
    sql("UPDATE order_lines SET status = $2, reason = $3, held_from = $4 WHERE id = $1")
        .bind(line.id)
        .bind(change.to.as_str())
        .bind(change.reason.map(ReasonCode::as_str))
        .bind(held_from.map(OrderStatus::as_str))
        .execute(tx)
        .await?;
    line.status = change.to;
    line.reason = change.reason;
    line.held_from = held_from;
    Ok(())
}

/// Writes what the lines make of their order.
pub(super) async fn roll_up(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    actor: &Actor,
) -> Result<(), StorageError> {
    let from = order.status;
    let to = OrderStatus::of_order(order.lines.iter().map(|line| line.status));
    let reason = order
        .lines
        .iter()
        .filter(|line| line.status == to)
        .find_map(|line| line.reason);
    let now = order.next_version(portal);
    sql("UPDATE orders SET status = $2, reason = $3, needs_attention = $4 OR untold, updated_at = $5 WHERE id = $1")
        .bind(order.id)
        .bind(to.as_str())
        .bind(reason.map(ReasonCode::as_str))
        .bind(to.needs_attention())
        .bind(now)
        .execute(tx)
        .await?;
    order.status = to;
    order.updated_at = now;
    if from != to {
        order.counted().moved(tx, Some(from), to).await?;
        let event = NewEvent::status(order.id, None, from, to).with(EventDetail::of_reason(reason));
        events::write(portal, tx, actor, event).await?;
    }
    Ok(())
}
