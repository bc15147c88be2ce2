//! Making a line after all that was ignored.

use domain::id::{LineId, OrderId};
use domain::{AuditAction, IgnoredBecause, MappingState, OrderEventKind, Permission};

use super::line_decided::decided;
use crate::access::Viewer;
use crate::orders::load::LockedOrder;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Whether what a person decided keeps a line from being made: then a person may decide otherwise.
pub fn may_take_back(because: IgnoredBecause) -> bool {
    matches!(
        because,
        IgnoredBecause::Line | IgnoredBecause::Variant | IgnoredBecause::Product
    )
}

/// Has a line of a store's order made after all that somebody ignored, in this order only: an order that was cancelled
/// because nothing else was left is there again.
///
/// # Errors
/// [`Refusal::Conflict`] `product-still-ignored` while its variant or product is; [`Refusal::NotFound`] outside of the
/// viewer's scope, and for a line that no person ignored; [`Refusal::Forbidden`] without [`Permission::EditOrders`].
pub async fn take_back(portal: &Portal, viewer: &Viewer, order: OrderId, line: LineId) -> Outcome<()> {
    viewer.require(Permission::EditOrders)?;
    let mut tx = portal.db.begin().await?;
    let locked = LockedOrder::load(&mut tx, &viewer.scope(), order).await?;
    locked.line(line).ok_or(Refusal::NotFound)?;
    let (because, mapping): (Option<IgnoredBecause>, Option<MappingState>) =
        sql("SELECT l.ignored_because, v.mapping_state FROM order_lines l
         LEFT JOIN store_variants v ON v.id = l.store_variant_id WHERE l.id = $1")
        .bind(line)
        .fetch_one(&mut tx)
        .await?;
    if !because.is_some_and(may_take_back) {
        return Err(Refusal::NotFound);
    }
    if mapping == Some(MappingState::Ignored) {
        return Err(Refusal::conflict("product-still-ignored"));
    }
    sql(
        "UPDATE order_lines SET ignored_because = NULL, kind = 'print', status = 'received', reason = NULL
         WHERE id = $1",
    )
    .bind(line)
    .execute(&mut tx)
    .await?;
    let decision = (OrderEventKind::LineTakenBack, AuditAction::OrderLineTakenBack);
    decided(portal, &mut tx, viewer, &locked, line, decision).await?;
    Ok(tx.commit().await?)
}
