//! Taking over how many pieces a store wants since production began.

use domain::id::{LineId, OrderId};
use domain::source::{ExternalId, LineProperty, SourceOrder};
use domain::{AuditAction, AuditField, OrderEventKind, OrderStatus, Permission, ReasonCode};
use sqlx::types::Json;

use super::snapshot::Known;
use super::{flag, head};
use crate::access::Viewer;
use crate::orders::Actor;
use crate::orders::edit_line::count_items_anew;
use crate::orders::events::{self, Corrected, EventDetail, NewEvent};
use crate::orders::hold::lacks_address;
use crate::orders::load::LockedOrder;
use crate::orders::status::{LineChange, all_shipped, apply};
use crate::storage::{AsConn, StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal, audit};

/// A line in production that was stopped because its store wants more or fewer pieces of it, and nothing else.
#[derive(Clone, Debug)]
pub(in crate::orders) struct LateQuantity {
    line: LineId,
    title: String,
    /// Pieces that are made.
    from: i64,
    /// Pieces that the store wants: not fewer than have left.
    to: i64,
    /// As how many the store counts them.
    units: i64,
}

#[derive(sqlx::FromRow)]
struct Stopped {
    id: LineId,
    external_id: String,
    title: String,
    /// What the store calls the variant.
    variant: Option<String>,
    properties: Option<Json<Vec<LineProperty>>>,
    quantity: i64,
    /// As how many the store counted them when production began.
    store_quantity: i64,
    shipped_quantity: i64,
    status: OrderStatus,
    held_from: Option<OrderStatus>,
}

impl Stopped {
    /// How many pieces the store wants, and as how many it counts them; nothing where it wants something else of them,
    /// too, or what comes to no whole number of pieces.
    fn wanted(&self, order: &SourceOrder) -> Option<(i64, i64)> {
        let mut lines = order.lines.iter().filter(|line| line.quantity > 0);
        let Some(now) = lines.find(|line| line.external_id.as_str() == self.external_id) else {
            return Some((0, 0));
        };
        let variant = now.variant_id.as_ref().or(now.product_id.as_ref());
        let properties = self.properties.as_ref().map_or(&[][..], |known| &known.0[..]);
        let same = variant.map(ExternalId::as_str) == self.variant.as_deref() && now.properties == properties;
        let units = i64::from(now.quantity);
        let pieces = units.checked_mul(self.quantity)?;
        (same && pieces % self.store_quantity == 0).then(|| (pieces / self.store_quantity, units))
    }
}

/// The lines of an order of which its store, which has it as `source`, wants more or fewer since production began.
pub(in crate::orders) async fn late_quantities(
    conn: &mut impl AsConn,
    order: OrderId,
    source: &SourceOrder,
) -> Result<Vec<LateQuantity>, StorageError> {
    let stopped: Vec<Stopped> = sql(
        "SELECT l.id, l.external_id, l.title, v.external_id AS variant, l.properties, l.quantity,
             COALESCE(NULLIF(l.store_quantity, 0), l.quantity) AS store_quantity, l.shipped_quantity, l.status, l.held_from
         FROM order_lines l LEFT JOIN store_variants v ON v.id = l.store_variant_id
         WHERE l.order_id = $1 AND l.external_id IS NOT NULL AND l.status = $2 AND l.reason = $3 ORDER BY l.position",
    )
    .bind(order)
    .bind(OrderStatus::OnHold.as_str())
    .bind(ReasonCode::ChangedAfterProduction.as_str())
    .fetch_all(conn)
    .await?;
    let begun = |line: &Stopped| flag::begun(line.status, line.held_from, line.shipped_quantity);
    let late = stopped.into_iter().filter(begun).filter_map(|line| {
        let (wanted, units) = line.wanted(source)?;
        (wanted != line.quantity && wanted >= line.shipped_quantity).then_some(LateQuantity {
            line: line.id,
            title: line.title,
            from: line.quantity,
            to: wanted,
            units,
        })
    });
    Ok(late.collect())
}

/// Has as many pieces made of each line as its store wants since production began: with more of them the line goes back
/// to be made, with as many as have left it is shipped, and with none it is cancelled. What else the store changed is
/// left to whoever releases the order: when it goes elsewhere, the lines stay on hold.
///
/// # Errors
/// [`Refusal::Conflict`] `nothing-to-take-over`, or `address-missing` where nothing can be sent any more; [`Refusal::NotFound`] outside of the viewer's scope;
/// [`Refusal::Forbidden`] without [`Permission::EditOrders`].
pub async fn take_over(portal: &Portal, viewer: &Viewer, id: OrderId) -> Outcome<()> {
    viewer.require(Permission::EditOrders)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    let nothing = || Refusal::conflict("nothing-to-take-over");
    let source = Known::of_order(&mut tx, id).await?.ok_or_else(nothing)?;
    let late = late_quantities(&mut tx, id, &source).await?;
    if late.is_empty() {
        return Err(nothing());
    }
    if lacks_address(&mut tx, id).await? {
        return Err(Refusal::conflict("address-missing"));
    }
    let actor = viewer.into();
    for line in &late {
        write(portal, &mut tx, &mut order, line, &actor).await?;
    }
    count_items_anew(portal, &mut tx, &mut order).await?;
    let elsewhere = head::is_elsewhere(&mut tx, id, &source).await?;
    let changes: Vec<LineChange> = late
        .iter()
        .filter(|line| line.to == 0 || !elsewhere)
        .map(|line| LineChange {
            line: line.line,
            to: if line.to == 0 {
                OrderStatus::Cancelled
            } else {
                OrderStatus::InProduction
            },
            reason: None,
        })
        .collect();
    if !changes.is_empty() {
        apply(portal, &mut tx, &mut order, &changes, &actor).await?;
    }
    let lines: Vec<LineId> = late.iter().map(|line| line.line).collect();
    all_shipped(portal, &mut tx, &mut order, &lines, &actor).await?;
    Ok(tx.commit().await?)
}

/// Writes how many pieces of a line are made, unless it is none: what is cancelled keeps what it was. Tells the timeline
/// and the audit log.
async fn write(
    portal: &Portal,
    tx: &mut Tx,
    order: &mut LockedOrder,
    late: &LateQuantity,
    actor: &Actor,
) -> Outcome<()> {
    if late.to > 0 {
        // So many of the store's pieces are what is made now: parcels are told by it.
        sql("UPDATE order_lines SET quantity = $2, store_quantity = $3 WHERE id = $1")
            .bind(late.line)
            .bind(late.to)
            .bind(late.units)
            .execute(tx)
            .await?;
        if let Some(line) = order.lines.iter_mut().find(|line| line.id == late.line) {
            line.quantity = late.to;
        }
    }
    let correction = Corrected::Quantity.unless_same(&late.from.to_string(), &late.to.to_string());
    let event = NewEvent {
        line: Some(late.line),
        ..NewEvent::of(order.id, OrderEventKind::Edited)
    };
    let event = event.with(EventDetail {
        corrections: correction.into_iter().collect(),
        ..EventDetail::default()
    });
    events::write(portal, tx, actor, event).await?;
    let entry = order
        .entry(portal, tx, AuditAction::OrderLineChanged)
        .await?
        .with(AuditField::Line, late.title.as_str())
        .changed(AuditField::Quantity, late.from, late.to);
    audit::record(tx, portal, actor, entry).await?;
    Ok(())
}
