//! What follows when a person decides about one line of a store's order.

use domain::id::LineId;
use domain::{AuditAction, AuditField, OrderEventKind};

use super::reconsider;
use crate::access::Viewer;
use crate::orders::events::{self, NewEvent};
use crate::orders::load::LockedOrder;
use crate::orders::recorded::line_title;
use crate::storage::Tx;
use crate::{Outcome, Portal, audit, stores};

/// Tells the order's timeline and the audit log of it, and puts the order's lines where they belong now.
pub(super) async fn decided(
    portal: &Portal,
    tx: &mut Tx,
    viewer: &Viewer,
    order: &LockedOrder,
    line: LineId,
    (told, recorded): (OrderEventKind, AuditAction),
) -> Outcome<()> {
    let actor = viewer.into();
    let event = NewEvent {
        line: Some(line),
        ..NewEvent::of(order.id, told)
    };
    events::write(portal, tx, &actor, event).await?;
    let entry = order
        .entry(portal, tx, recorded)
        .await?
        .with(AuditField::Line, line_title(tx, line).await?);
    audit::record(tx, portal, &actor, entry).await?;
    let store = stores::find_in(tx, &viewer.scope(), order.store).await?;
    reconsider(portal, tx, &store, order.id).await
}
