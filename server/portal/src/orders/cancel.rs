//! Cancelling an order.

use domain::id::{LineId, OrderId};
use domain::{AuditAction, AuditField, OrderEventKind, OrderStatus, Permission, Problem};

use super::Actor;
use super::edit_line::count_items_anew;
use super::events::{self, EventDetail, NewEvent};
use super::load::{LockedLine, LockedOrder};
use super::status::{LineChange, all_shipped, apply};
use super::writes;
use crate::access::Viewer;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal, audit};

/// Whether an order in this status, that of its least advanced line, has anything left to cancel.
pub fn may_cancel(status: OrderStatus) -> bool {
    status.may_become(OrderStatus::Cancelled)
}

/// Cancels what of an order has not been shipped: lines nothing of which has, and the rest of those of which some has.
/// These count as shipped then.
///
/// # Errors
/// [`Refusal::Conflict`] `order-shipped` when all of it has been, or `order-already-there`; [`Refusal::NotFound`] outside
/// of the viewer's scope; [`Refusal::Forbidden`] without [`Permission::CancelOrders`].
pub async fn cancel(portal: &Portal, viewer: &Viewer, id: OrderId) -> Outcome<()> {
    viewer.require(Permission::CancelOrders)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    let (begun, untouched): (Vec<LockedLine>, Vec<LockedLine>) = order
        .lines
        .iter()
        .filter(|line| line.status.may_become(OrderStatus::Cancelled))
        .cloned()
        .partition(|line| line.shipped_quantity > 0);
    if begun.is_empty() && untouched.is_empty() {
        let gone = |line: &LockedLine| line.status == OrderStatus::Cancelled;
        return Err(if order.lines.iter().all(gone) {
            Refusal::Conflict(
                Problem::new("order-already-there").with("status", OrderStatus::Cancelled.slug()),
            )
        } else {
            Refusal::conflict("order-shipped")
        });
    }
    let actor = viewer.into();
    let was = order.status;
    for line in &begun {
        leave_the_rest(portal, &mut tx, &mut order, line, &actor).await?;
    }
    let begun: Vec<LineId> = begun.iter().map(|line| line.id).collect();
    all_shipped(portal, &mut tx, &mut order, &begun, &actor).await?;
    let changes: Vec<LineChange> = untouched
        .iter()
        .map(|line| LineChange {
            line: line.id,
            to: OrderStatus::Cancelled,
            reason: None,
        })
        .collect();
    if !changes.is_empty() {
        apply(portal, &mut tx, &mut order, &changes, &actor).await?;
    }
    if order.status != OrderStatus::Cancelled {
        writes::rest_cancelled(portal, &mut tx, &order).await?;
    }
    let entry = order
        .entry(portal, &mut tx, AuditAction::OrderCancelled)
        .await?
        .changed(AuditField::Status, was.as_str(), order.status.as_str());
    audit::record(&mut tx, portal, &actor, entry).await?;
    Ok(tx.commit().await?)
}

/// Takes from a line what has not been shipped.
async fn leave_the_rest(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    line: &LockedLine,
    actor: &Actor,
) -> Outcome<()> {
    sql(
        "UPDATE order_lines SET cancelled_quantity = cancelled_quantity + quantity - shipped_quantity,
             quantity = shipped_quantity WHERE id = $1",
    )
    .bind(line.id)
    .execute(tx)
    .await?;
    if let Some(known) = order.lines.iter_mut().find(|known| known.id == line.id) {
        known.quantity = known.shipped_quantity;
    }
    count_items_anew(portal, tx, order).await?;
    let event = NewEvent {
        line: Some(line.id),
        ..NewEvent::of(order.id, OrderEventKind::RestCancelled)
    };
    let detail = EventDetail {
        quantity: Some(line.remaining()),
        ..EventDetail::default()
    };
    Ok(events::write(portal, tx, actor, event.with(detail)).await?)
}

#[cfg(test)]
mod tests {
    use domain::ClientRole;

    use super::*;
    use crate::access::Scope;
    use crate::orders::{OrderFilter, ShipmentForm, find, hold, list, ship, testing};
    use crate::paging::Turn;
    use crate::testing::on_both;

    #[tokio::test]
    async fn an_order_is_cancelled_until_it_is_shipped() {
        on_both(async |portal| {
            let (client, operator, id) = testing::stock_order(&portal).await;
            let viewer = Viewer::Client(client.clone());
            cancel(&portal, &viewer, id).await.unwrap();
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::Cancelled);
            let refusal = cancel(&portal, &viewer, id).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-already-there");

            let shipped = testing::order(&portal, &client, detail.head.store_id, "B-2").await;
            let detail = find(&portal, &Scope::AllCustomers, shipped).await.unwrap();
            let form = ShipmentForm {
                carrier: "MRW".to_owned(),
                seen: detail.head.updated_at.micros(),
                ..ShipmentForm::default()
            };
            ship(&portal, &operator, shipped, &form).await.unwrap();
            let refusal = cancel(&portal, &viewer, shipped).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-shipped");
        })
        .await;
    }

    #[tokio::test]
    async fn what_has_left_stays_shipped_and_the_rest_is_cancelled() {
        on_both(async |portal| {
            let (client, operator, id) = testing::two_line_order(&portal).await;
            let viewer = Viewer::Client(client.clone());
            let before = find(&portal, &client.scope(), id).await.unwrap();
            let first = before.lines.iter().max_by_key(|line| line.quantity).unwrap();
            assert!(first.quantity > 1);
            let form = ShipmentForm {
                carrier: "MRW".to_owned(),
                quantities: vec![(first.id, "1".to_owned())],
                seen: before.head.updated_at.micros(),
                ..ShipmentForm::default()
            };
            ship(&portal, &operator, id, &form).await.unwrap();
            hold(&portal, &viewer, id).await.unwrap();
            cancel(&portal, &viewer, id).await.unwrap();
            let after = find(&portal, &client.scope(), id).await.unwrap();
            for line in &after.lines {
                let expected = if line.id == first.id {
                    (OrderStatus::Shipped, 1)
                } else {
                    (OrderStatus::Cancelled, line.quantity)
                };
                assert_eq!((line.status, line.quantity), expected);
            }
            let filter = OrderFilter::default();
            let listed = list(&portal, &client.scope(), &filter, Turn::First, 25)
                .await
                .unwrap();
            let ordered: i64 = before.lines.iter().map(|line| line.quantity).sum();
            assert_eq!(listed.rows[0].partly_cancelled(), Some((ordered - 1, ordered)));
            assert_eq!(
                (after.head.status, after.head.shipped_count),
                (OrderStatus::Shipped, 1)
            );
            let told = after
                .timeline
                .iter()
                .find(|event| event.kind == OrderEventKind::RestCancelled);
            assert!(told.is_some());
            let refusal = cancel(&portal, &viewer, id).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-shipped");
        })
        .await;
    }

    #[tokio::test]
    async fn nobody_cancels_what_is_not_theirs() {
        on_both(async |portal| {
            let (mut client, _, id) = testing::stock_order(&portal).await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            let refusal = cancel(&portal, &Viewer::Client(other), id).await.unwrap_err();
            assert!(matches!(refusal, Refusal::NotFound));
            client.role = ClientRole::ViewOnly;
            let refusal = cancel(&portal, &Viewer::Client(client), id).await.unwrap_err();
            assert!(matches!(refusal, Refusal::Forbidden));
        })
        .await;
    }
}
