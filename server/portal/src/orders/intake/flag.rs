//! Changes that come when production has begun: a person must look at them.

use std::collections::HashMap;

use domain::id::LineId;
use domain::source::{SourceLine, SourceOrder, SourceOrderState};
use domain::{LineKind, OrderStatus, ReasonCode};

use super::lines;
use crate::orders::Actor;
use crate::orders::load::{LockedLine, LockedOrder};
use crate::orders::status::{LineChange, apply, roll_up};
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal};

/// Whether production has begun with a line: also with one that was stopped since.
pub(in crate::orders) fn has_begun(line: &LockedLine) -> bool {
    begun(line.status, line.held_from, line.shipped_quantity)
}

/// Whether production has begun with a line in this status.
pub(in crate::orders) fn begun(
    status: OrderStatus,
    held_from: Option<OrderStatus>,
    shipped_quantity: i64,
) -> bool {
    let made = |status: OrderStatus| !status.is_editable() && status != OrderStatus::Created;
    match status {
        OrderStatus::Cancelled => false,
        _ if shipped_quantity > 0 => true,
        OrderStatus::OnHold => held_from.is_some_and(made),
        status => made(status),
    }
}

/// Whether somebody here has cancelled a line of this kind: the store does not bring it back.
pub(super) fn cancelled_here(line: &LockedLine, kind: LineKind) -> bool {
    line.status == OrderStatus::Cancelled && line.reason.is_none() && kind != LineKind::Ignored
}

/// Where an order stands whose store gives it another address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parcel {
    /// Nothing that is made so far goes into what is still to be sent: it goes to the new address.
    Unmade,
    /// Something is made for the former address and still here: a person must look before anything leaves.
    BeingMade,
    /// All of it has left.
    Gone,
}

impl Parcel {
    pub(super) fn of(order: &LockedOrder) -> Self {
        let left = || order.lines.iter().filter(|line| is_left(line));
        if left().any(has_begun) {
            Self::BeingMade
        } else if left().next().is_none() && order.lines.iter().any(has_begun) {
            Self::Gone
        } else {
            Self::Unmade
        }
    }
}

/// Whether pieces of a line are still to be sent.
fn is_left(line: &LockedLine) -> bool {
    line.status != OrderStatus::Cancelled && line.remaining() > 0
}

/// The lines that must not leave as they are: those of which production has begun with something else than the store
/// wants now and, when the order goes elsewhere, all that would leave with them.
pub(super) async fn too_late(
    tx: &mut Tx,
    locked: &LockedOrder,
    before: &SourceOrder,
    now: &SourceOrder,
) -> Result<Vec<LineId>, StorageError> {
    let elsewhere = before.address != now.address && Parcel::of(locked) == Parcel::BeingMade;
    let over = before.state != now.state && now.state.is_over();
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
        .filter(|line| is_left(line))
        .filter(|line| elsewhere || (has_begun(line) && (over || differs(line))));
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

/// Why lines wait for a person to look, of an order that its store has so by now.
pub(super) fn why(now: &SourceOrder) -> ReasonCode {
    match now.state {
        SourceOrderState::Cancelled => ReasonCode::CancelledAfterProduction,
        SourceOrderState::Fulfilled => ReasonCode::FulfilledAfterProduction,
        SourceOrderState::Waiting | SourceOrderState::Ready => ReasonCode::ChangedAfterProduction,
    }
}

/// Stops lines until a person has looked. Those that wait for a person already say from now on what they are to look
/// at; that the address was erased weighs more than another quantity.
pub(super) async fn hold(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    late: &[LineId],
    why: ReasonCode,
) -> Outcome<()> {
    let stays = |line: &LockedLine| {
        line.reason == Some(ReasonCode::AddressErased) && why == ReasonCode::ChangedAfterProduction
    };
    let stopped =
        |line: &&mut LockedLine| late.contains(&line.id) && line.waits_for_a_person() && !stays(line);
    for line in order.lines.iter_mut().filter(stopped) {
        sql("UPDATE order_lines SET reason = $2 WHERE id = $1")
            .bind(line.id)
            .bind(why.as_str())
            .execute(tx)
            .await?;
        line.reason = Some(why);
    }
    let changes: Vec<LineChange> = order
        .lines
        .iter()
        .filter(|line| late.contains(&line.id) && line.status.may_become(OrderStatus::OnHold))
        .map(|line| LineChange {
            line: line.id,
            to: OrderStatus::OnHold,
            reason: Some(why),
        })
        .collect();
    if changes.is_empty() {
        return Ok(roll_up(portal, tx, order, &Actor::SYSTEM).await?);
    }
    apply(portal, tx, order, &changes, &Actor::SYSTEM).await
}
