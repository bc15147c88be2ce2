//! Moving an order, or some of its lines, to another step of its way.

use domain::id::{LineId, OrderId};
use domain::{OrderStatus, Permission, Problem, ReasonCode};

use super::load::{LockedLine, LockedOrder};
use super::look_again::look_again;
use super::status::{LineChange, apply};
use crate::access::{Operator, Scope};
use crate::{Outcome, Portal, Refusal};

/// What to move, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advance {
    /// The status to move to; none: the next step.
    pub to: Option<OrderStatus>,
    /// The lines to move; none: every line that has not come that far.
    pub lines: Vec<LineId>,
}

/// The step that *Move to the next status* takes, if there is one: shipping is a form of its own.
pub fn next_step(status: OrderStatus) -> Option<OrderStatus> {
    status.next()
}

/// Moves an order, or some of its lines, to another step of its way. Lines that are there already, or past it, stay.
/// Gives the order's status.
///
/// # Errors
/// [`Refusal::Conflict`]: `order-already-there` when nothing is left to move, so that two operators who click at once
/// move it once; `order-stopped` when only what stopped is left; `shipment-needed` for a step that needs a carrier,
/// `order-not-shipped` for one behind it; `status-not-possible` for a step that cannot
/// follow. [`Refusal::NotFound`]; [`Refusal::Forbidden`] without [`Permission::RunProduction`].
pub async fn advance(
    portal: &Portal,
    operator: &Operator,
    id: OrderId,
    step: &Advance,
) -> Outcome<OrderStatus> {
    operator.require(Permission::RunProduction)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &Scope::AllCustomers, id).await?;
    let to = target(&order, step)?;
    let changes: Vec<LineChange> = order
        .lines
        .iter()
        .filter(|line| is_moved(line, step, to))
        .map(|line| LineChange {
            line: line.id,
            to,
            reason: (to == OrderStatus::Returned).then_some(ReasonCode::ReturnedByCarrier),
        })
        .collect();
    if changes.is_empty() {
        return Err(nothing_moves(&order, step, to));
    }
    apply(portal, &mut tx, &mut order, &changes, &operator.into()).await?;
    if to == OrderStatus::InProduction {
        look_again(portal, &mut tx, &order).await?;
    }
    tx.commit().await?;
    Ok(order.status)
}

/// The status to move to. Holding, cancelling and shipping are operations of their own.
fn target(order: &LockedOrder, step: &Advance) -> Outcome<OrderStatus> {
    use OrderStatus::{Created, Delivered, InProduction, InTransit, Packaged, Printed, Returned, Shipped};
    let not_possible = |to: &str| {
        Refusal::Conflict(
            Problem::new("status-not-possible")
                .with("from", order.status.slug())
                .with("to", to),
        )
    };
    match step.to.or_else(|| next_step(order.status)) {
        Some(Shipped) => Err(Refusal::conflict("shipment-needed")),
        Some(to @ (Created | InProduction | Printed | Packaged | InTransit | Delivered | Returned)) => Ok(to),
        Some(to) => Err(not_possible(to.slug())),
        None => Err(Refusal::Conflict(
            Problem::new("order-already-there").with("status", order.status.slug()),
        )),
    }
}

/// Whether a line is moved: a chosen one whenever it is not there, which may be back for a reprint; one of the whole
/// order only forward. A line that stopped goes on only when somebody has put it right or released it.
fn is_moved(line: &LockedLine, step: &Advance, to: OrderStatus) -> bool {
    let moves = if step.lines.is_empty() {
        line.status.may_become(to) && line.status.progress() < to.progress()
    } else {
        step.lines.contains(&line.id) && line.status != to
    };
    moves && !line.status.needs_attention()
}

/// Why nothing moves: it stopped, or somebody was quicker.
fn nothing_moves(order: &LockedOrder, step: &Advance, to: OrderStatus) -> Refusal {
    let meant = |line: &&LockedLine| step.lines.is_empty() || step.lines.contains(&line.id);
    let stopped = order
        .lines
        .iter()
        .filter(meant)
        .any(|line| line.status.needs_attention());
    let behind =
        |line: LockedLine| line.status.progress() < to.progress() && line.status != OrderStatus::Cancelled;
    if stopped {
        Refusal::conflict("order-stopped")
    } else if order.lines.iter().filter(meant).cloned().any(behind) {
        // All that lies between a line and a step it cannot take is its parcel.
        Refusal::conflict("order-not-shipped")
    } else {
        Refusal::Conflict(Problem::new("order-already-there").with("status", to.slug()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{find, status_counts, testing};
    use crate::testing::on_both;

    #[tokio::test]
    async fn an_order_walks_its_way_step_by_step() {
        on_both(async |portal| {
            let (client, operator, order) = testing::stock_order(&portal).await;
            let next = Advance::default();
            for expected in [
                OrderStatus::InProduction,
                OrderStatus::Printed,
                OrderStatus::Packaged,
            ] {
                assert_eq!(advance(&portal, &operator, order, &next).await.unwrap(), expected);
            }
            let refusal = advance(&portal, &operator, order, &next).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "shipment-needed");
            let counts = status_counts(&mut portal.db.read().await.unwrap(), &client.scope(), None)
                .await
                .unwrap();
            assert_eq!((counts.total(), counts.of(OrderStatus::Packaged)), (1, 1));
            let detail = find(&portal, &client.scope(), order).await.unwrap();
            let told: Vec<_> = detail
                .timeline
                .iter()
                .filter_map(|event| event.to_status)
                .collect();
            assert_eq!(
                told.iter()
                    .rev()
                    .map(|status| status.as_str())
                    .collect::<Vec<_>>(),
                [
                    "received",
                    "passed",
                    "created",
                    "in_production",
                    "printed",
                    "packaged"
                ]
            );
        })
        .await;
    }

    #[tokio::test]
    async fn lines_move_apart_and_the_order_is_as_far_as_the_last() {
        on_both(async |portal| {
            let (client, operator, order) = testing::two_line_order(&portal).await;
            let lines = find(&portal, &client.scope(), order).await.unwrap().lines;
            let first = Advance {
                to: Some(OrderStatus::Printed),
                lines: vec![lines[0].id],
            };
            assert_eq!(
                advance(&portal, &operator, order, &first).await.unwrap(),
                OrderStatus::Created
            );
            let detail = find(&portal, &client.scope(), order).await.unwrap();
            assert_eq!(detail.lines[0].status, OrderStatus::Printed);
            assert_eq!(detail.timeline[0].position, Some(1));
            let whole = Advance {
                to: Some(OrderStatus::InProduction),
                lines: vec![],
            };
            assert_eq!(
                advance(&portal, &operator, order, &whole).await.unwrap(),
                OrderStatus::InProduction
            );
            let detail = find(&portal, &client.scope(), order).await.unwrap();
            assert_eq!(
                detail.lines[0].status,
                OrderStatus::Printed,
                "it does not go back"
            );

            let reprint = Advance {
                to: Some(OrderStatus::InProduction),
                lines: vec![lines[0].id],
            };
            advance(&portal, &operator, order, &reprint).await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn what_has_not_been_shipped_is_not_delivered() {
        on_both(async |portal| {
            let (_, operator, order) = testing::stock_order(&portal).await;
            let delivered = Advance {
                to: Some(OrderStatus::Delivered),
                lines: vec![],
            };
            let refusal = advance(&portal, &operator, order, &delivered).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-not-shipped");
        })
        .await;
    }

    #[tokio::test]
    async fn two_operators_who_click_at_once_move_it_once() {
        on_both(async |portal| {
            let (client, operator, order) = testing::stock_order(&portal).await;
            let step = Advance {
                to: Some(OrderStatus::InProduction),
                lines: vec![],
            };
            let clicks =
                futures::future::join_all((0..4).map(|_| advance(&portal, &operator, order, &step))).await;
            assert_eq!(clicks.iter().filter(|click| click.is_ok()).count(), 1);
            for refusal in clicks.into_iter().filter_map(Result::err) {
                assert_eq!(testing::conflict_of(&refusal), "order-already-there");
            }
            let detail = find(&portal, &client.scope(), order).await.unwrap();
            let steps = detail
                .timeline
                .iter()
                .filter(|event| event.to_status == Some(OrderStatus::InProduction));
            assert_eq!(steps.count(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn what_stopped_does_not_move() {
        on_both(async |portal| {
            let (client, operator, order) = testing::order_without_design(&portal).await;
            let step = Advance {
                to: Some(OrderStatus::InProduction),
                lines: vec![],
            };
            let refusal = advance(&portal, &operator, order, &step).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-stopped");
            let line = find(&portal, &client.scope(), order).await.unwrap().lines[0].id;
            let chosen = Advance {
                lines: vec![line],
                ..step
            };
            let refusal = advance(&portal, &operator, order, &chosen).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-stopped");
        })
        .await;
    }
}
