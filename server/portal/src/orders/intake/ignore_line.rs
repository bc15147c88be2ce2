//! Ignoring a line of a store's order.

use domain::id::{LineId, OrderId};
use domain::{AuditAction, IgnoredBecause, OrderEventKind, Permission};

use super::flag;
use super::line_decided::decided;
use crate::access::Viewer;
use crate::orders::load::LockedOrder;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Ignores a line of a store's order, in this order only.
///
/// # Errors
/// [`Refusal::Conflict`] `order-in-production`; [`Refusal::NotFound`] outside of the viewer's scope, and for a line
/// that no store gave; [`Refusal::Forbidden`] without [`Permission::EditOrders`].
pub(crate) async fn ignore_line(
    portal: &Portal,
    viewer: &Viewer,
    order: OrderId,
    line: LineId,
) -> Outcome<()> {
    viewer.require(Permission::EditOrders)?;
    let mut tx = portal.db.begin().await?;
    let locked = LockedOrder::load(&mut tx, &viewer.scope(), order).await?;
    let known = locked.line(line).ok_or(Refusal::NotFound)?;
    if flag::has_begun(known) {
        return Err(Refusal::conflict("order-in-production"));
    }
    let ignored =
        sql("UPDATE order_lines SET ignored_because = $2 WHERE id = $1 AND external_id IS NOT NULL")
            .bind(line)
            .bind(IgnoredBecause::Line.as_str())
            .execute(&mut tx)
            .await?;
    if ignored == 0 {
        return Err(Refusal::NotFound);
    }
    let decision = (OrderEventKind::LineIgnored, AuditAction::OrderLineIgnored);
    decided(portal, &mut tx, viewer, &locked, line, decision).await?;
    Ok(tx.commit().await?)
}
