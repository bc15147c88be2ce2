//! The timeline of an order.

use domain::id::{EventId, LineId, OrderId};
use domain::{OrderEventKind, OrderStatus, ReasonCode};
use serde::{Deserialize, Serialize};

use super::{Actor, StoreChange};
use crate::Portal;
use crate::storage::{StorageError, Tx, Value, sql};

/// What an event tells beyond its kind; what does not apply is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventDetail {
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonCode>,
    /// Who brings the parcel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The number the carrier knows it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// Pieces in the parcel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// The print area of a design.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Whether the design is the one that was there, fetched from its address once more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    /// What the store changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<StoreChange>,
    /// What a person corrected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// One thing that a person corrected. It says nothing about the buyer: timelines outlive them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What.
    pub what: Corrected,
    /// What it was; empty where there was nothing, or where it is not told.
    pub from: String,
    /// What it is; likewise.
    pub to: String,
}

/// What a person can correct of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Corrected {
    /// What a line orders.
    Product,
    /// How many pieces of it.
    Quantity,
    /// Who brings a parcel.
    Carrier,
    /// The number the carrier knows it by.
    TrackingNumber,
    /// Where to follow it: that it is another place, not which one, for such addresses name where the buyer lives.
    TrackingPage,
}

impl Corrected {
    /// The correction, unless nothing is different.
    pub(super) fn unless_same(self, from: &str, to: &str) -> Option<Correction> {
        (from != to).then(|| Correction {
            what: self,
            from: from.to_owned(),
            to: to.to_owned(),
        })
    }
}

impl EventDetail {
    /// Why something happened.
    pub fn of_reason(reason: Option<ReasonCode>) -> Self {
        Self {
            reason,
            ..Self::default()
        }
    }
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub(super) struct NewEvent {
    pub(super) order: OrderId,
    /// None: it is about the whole order.
    pub(super) line: Option<LineId>,
    pub(super) kind: OrderEventKind,
    pub(super) from: Option<OrderStatus>,
    pub(super) to: Option<OrderStatus>,
    pub(super) detail: EventDetail,
}

impl NewEvent {
    /// Something other than a change of status.
    pub(super) fn of(order: OrderId, kind: OrderEventKind) -> Self {
        Self {
            order,
            line: None,
            kind,
            from: None,
            to: None,
            detail: EventDetail::default(),
        }
    }

    /// A change of status.
    pub(super) fn status(order: OrderId, line: Option<LineId>, from: OrderStatus, to: OrderStatus) -> Self {
        Self {
            line,
            from: Some(from),
            to: Some(to),
            ..Self::of(order, OrderEventKind::StatusChanged)
        }
    }

    pub(super) fn with(self, detail: EventDetail) -> Self {
        Self { detail, ..self }
    }
}

/// Writes an entry.
pub(super) async fn write(
    portal: &Portal,
    tx: &mut Tx,
    actor: &Actor,
    event: NewEvent,
) -> Result<(), StorageError> {
    let detail = (event.detail != EventDetail::default()).then(|| Value::json(&event.detail));
    sql("INSERT INTO order_events (id, order_id, line_id, kind, from_status, to_status, actor, actor_name, detail,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(EventId(portal.entropy.id()))
    .bind(event.order)
    .bind(event.line)
    .bind(event.kind.as_str())
    .bind(event.from.map(OrderStatus::as_str))
    .bind(event.to.map(OrderStatus::as_str))
    .bind(actor.kind.as_str())
    .bind(actor.name.as_deref())
    .bind(detail.unwrap_or(Value::Json(None)))
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(())
}
