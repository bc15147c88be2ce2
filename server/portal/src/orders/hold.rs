//! Stopping an order, and letting it go on.

use domain::id::{LineId, OrderId};
use domain::{AuditAction, FileState, OrderEventKind, OrderStatus, Permission, ReasonCode};

use super::address::may_edit;
use super::check_design::open_designs;
use super::events::{self, EventDetail, NewEvent};
use super::intake::{has_begun, looked_at, reconsider};
use super::load::{LockedLine, LockedOrder};
use super::status::{LineChange, all_shipped, apply};
use crate::access::Viewer;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal, audit, stores};

/// Whether an order in this status can be put on hold.
pub fn may_hold(status: OrderStatus) -> bool {
    status.may_become(OrderStatus::OnHold)
}

/// Whether an order in this status, stopped for this reason, can be let go on by the viewer. A missing design stops
/// production for good unless an operator decides otherwise: it may have come by other ways. Without an address
/// nobody can.
pub fn may_release(viewer: &Viewer, status: OrderStatus, reason: Option<ReasonCode>) -> bool {
    status == OrderStatus::OnHold && not_released(viewer, reason).is_none()
}

/// Why the viewer cannot let an order go on that was stopped for this reason: the code of the problem.
fn not_released(viewer: &Viewer, reason: Option<ReasonCode>) -> Option<&'static str> {
    match reason {
        Some(ReasonCode::AddressIncomplete | ReasonCode::AddressWithheld) => Some("address-missing"),
        Some(ReasonCode::StorefrontsAccessOff) => Some("access-holds-order"),
        Some(ReasonCode::DesignMissing) if !matches!(viewer, Viewer::Operator(_)) => Some("design-missing"),
        _ => None,
    }
}

/// Puts every line of an order on hold that can be.
///
/// # Errors
/// [`Refusal::Conflict`] `nothing-to-hold`; [`Refusal::NotFound`] outside of the viewer's scope;
/// [`Refusal::Forbidden`] without [`Permission::HoldOrders`].
pub async fn hold(portal: &Portal, viewer: &Viewer, id: OrderId) -> Outcome<()> {
    viewer.require(Permission::HoldOrders)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    let changes: Vec<LineChange> = order
        .lines
        .iter()
        .filter(|line| may_hold(line.status))
        .map(|line| LineChange {
            line: line.id,
            to: OrderStatus::OnHold,
            reason: Some(ReasonCode::HeldByPerson),
        })
        .collect();
    if changes.is_empty() {
        return Err(Refusal::conflict("nothing-to-hold"));
    }
    apply(portal, &mut tx, &mut order, &changes, &viewer.into()).await?;
    let entry = order.entry(portal, &mut tx, AuditAction::OrderHeld).await?;
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    Ok(tx.commit().await?)
}

/// Lets an order on hold go on where it was.
///
/// # Errors
/// [`Refusal::Conflict`]: `nothing-to-release`; `address-missing`; `access-holds-order`; `design-missing` for a client whose order lacks one;
/// [`Refusal::NotFound`] outside of the viewer's scope; [`Refusal::Forbidden`] without [`Permission::HoldOrders`].
pub async fn release(portal: &Portal, viewer: &Viewer, id: OrderId) -> Outcome<()> {
    viewer.require(Permission::HoldOrders)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    let held: Vec<LockedLine> = order
        .lines
        .iter()
        .filter(|line| line.status == OrderStatus::OnHold)
        .cloned()
        .collect();
    if held.is_empty() {
        return Err(Refusal::conflict("nothing-to-release"));
    }
    if let Some(code) = held.iter().find_map(|line| not_released(viewer, line.reason)) {
        return Err(Refusal::conflict(code));
    }
    if held.iter().any(has_begun) && lacks_address(&mut tx, id).await? {
        return Err(Refusal::conflict("address-missing"));
    }
    let actor = viewer.into();
    let mut changes = Vec::with_capacity(held.len());
    for line in &held {
        if line.reason == Some(ReasonCode::DesignPersonalised) {
            looked_at(portal, &mut tx, line.id).await?;
        }
        let_designs_pass(&mut tx, line).await?;
        let (to, reason) = goes_on_as(&mut tx, line).await?;
        changes.push(LineChange {
            line: line.id,
            to,
            reason,
        });
    }
    if let Some(reason) = held.iter().find_map(let_pass) {
        let event = NewEvent::of(id, OrderEventKind::LetPass).with(EventDetail::of_reason(Some(reason)));
        events::write(portal, &mut tx, &actor, event).await?;
    }
    apply(portal, &mut tx, &mut order, &changes, &actor).await?;
    // What passes the checks now goes to production at once, as it does when it comes in.
    let passed = |line: &&LockedLine| line.status == OrderStatus::Passed;
    let changes: Vec<LineChange> = order
        .lines
        .iter()
        .filter(passed)
        .map(|line| LineChange {
            line: line.id,
            to: OrderStatus::Created,
            reason: None,
        })
        .collect();
    if !changes.is_empty() {
        apply(portal, &mut tx, &mut order, &changes, &actor).await?;
    }
    let held: Vec<LineId> = held.iter().map(|line| line.id).collect();
    all_shipped(portal, &mut tx, &mut order, &held, &actor).await?;
    // What is not begun follows what its store said meanwhile, and what it sells may be connected now.
    let store = stores::find_in(&mut tx, &viewer.scope(), order.store).await?;
    reconsider(portal, &mut tx, &store, id).await?;
    let entry = order.entry(portal, &mut tx, AuditAction::OrderReleased).await?;
    audit::record(&mut tx, portal, &actor, entry).await?;
    Ok(tx.commit().await?)
}

/// Whether nothing can be sent to the address of an order: what is being made would have nowhere to go.
pub(super) async fn lacks_address(tx: &mut Tx, id: OrderId) -> Result<bool, StorageError> {
    let (lacks,): (bool,) = sql("SELECT address_problem IS NOT NULL FROM orders WHERE id = $1")
        .bind(id)
        .fetch_one(tx)
        .await?;
    Ok(lacks)
}

/// Notes which designs somebody accepts who lets a line go on, so that the rest of the checks stops it for nothing else:
/// what could be printed, only badly, and none where one is missing, when that had stopped it. All others need another
/// file.
async fn let_designs_pass(tx: &mut Tx, line: &LockedLine) -> Result<(), StorageError> {
    sql("UPDATE order_line_files SET let_pass = TRUE WHERE line_id = $1 AND state = $2 AND reason = $3")
        .bind(line.id)
        .bind(FileState::Refused.as_str())
        .bind(ReasonCode::DesignLowResolution.as_str())
        .execute(tx)
        .await?;
    if line.reason == Some(ReasonCode::DesignMissing) {
        sql("UPDATE order_lines SET missing_let_pass = TRUE WHERE id = $1")
            .bind(line.id)
            .execute(tx)
            .await?;
    }
    Ok(())
}

/// What somebody accepts who lets a line go on; nothing about one that a person has held, or whose address is there
/// again.
fn let_pass(line: &LockedLine) -> Option<ReasonCode> {
    line.reason
        .filter(|reason| !matches!(reason, ReasonCode::HeldByPerson | ReasonCode::AddressErased))
}

/// The status a held line goes back to. What was further than *in production* begins there again; what was being
/// checked has passed by the decision to go on, unless a check is still under way or found what cannot be printed.
async fn goes_on_as(
    tx: &mut Tx,
    line: &LockedLine,
) -> Result<(OrderStatus, Option<ReasonCode>), StorageError> {
    let open = open_designs(tx, line.id).await?;
    match line.held_from {
        Some(OrderStatus::Received) | None => Ok(goes_on_with(&open)),
        // Connected meanwhile or not: the rules of intake say.
        Some(OrderStatus::NotConnected) => Ok((OrderStatus::Received, None)),
        // A design was given while it was on hold.
        Some(from) if may_edit(from) && !open.is_empty() => Ok(goes_on_with(&open)),
        Some(from) if OrderStatus::OnHold.may_become(from) => Ok((from, None)),
        Some(_) => Ok((OrderStatus::InProduction, None)),
    }
}

fn goes_on_with(open: &[(FileState, Option<ReasonCode>)]) -> (OrderStatus, Option<ReasonCode>) {
    if open.iter().any(|(state, _)| *state == FileState::Waiting) {
        return (OrderStatus::Received, None);
    }
    match open.iter().find_map(|(_, reason)| *reason) {
        Some(reason) => (OrderStatus::Failed, Some(reason)),
        None => (OrderStatus::Passed, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{find, testing};
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_held_order_goes_on_where_it_was() {
        on_both(async |portal| {
            let (client, operator, id) = testing::stock_order(&portal).await;
            let viewer = Viewer::Client(client.clone());
            hold(&portal, &viewer, id).await.unwrap();
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::OnHold);
            assert_eq!(detail.head.reason, Some(ReasonCode::HeldByPerson));
            let refusal = hold(&portal, &viewer, id).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "nothing-to-hold");
            release(&portal, &Viewer::Operator(operator), id).await.unwrap();
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(
                (detail.head.status, detail.head.reason),
                (OrderStatus::Created, None)
            );
        })
        .await;
    }

    #[tokio::test]
    async fn only_operators_go_on_without_a_design() {
        on_both(async |portal| {
            let (client, operator, id) = testing::order_without_design(&portal).await;
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.head.reason, Some(ReasonCode::DesignMissing));
            let refusal = release(&portal, &Viewer::Client(client.clone()), id)
                .await
                .unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "design-missing");
            release(&portal, &Viewer::Operator(operator), id).await.unwrap();
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::Created);
            let accepted = detail
                .timeline
                .iter()
                .find(|event| event.kind == OrderEventKind::LetPass)
                .unwrap();
            let reason = accepted.detail.as_ref().and_then(|detail| detail.0.reason);
            assert_eq!(
                reason,
                Some(ReasonCode::DesignMissing),
                "the log says what was accepted"
            );
        })
        .await;
    }
}
