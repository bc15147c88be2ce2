//! Fulfillment orders: the lines of an order that one location has to send.
//!
//! Which exist is kept with the order (`extra.fulfillment_orders`); their state follows from what was shipped, held,
//! reported and cancelled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::answer::{gid, user_error};
use super::{instant, shop as shop_objects};
use crate::clock::Moment;
use crate::shop::{Order, Refused, Shop};

const KEPT: &str = "fulfillment_orders";

/// What is kept of a fulfillment order.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(in super::super) struct FulfillmentOrder {
    pub(in super::super) id: u64,
    /// The location, by number.
    pub(in super::super) location: u64,
    /// The id of each of its lines and the order's line it is for.
    pub(in super::super) lines: Vec<(u64, u64)>,
    #[serde(default)]
    pub(in super::super) holds: Vec<Hold>,
    /// Somebody reported progress, with these notes.
    #[serde(default)]
    pub(in super::super) progress: Option<String>,
    /// Not yet to be sent: `SCHEDULED` or `INCOMPLETE`, set at the desk.
    #[serde(default)]
    pub(in super::super) waiting: Option<String>,
    /// Seconds since 1970 of the last change.
    pub(in super::super) updated_at: i64,
}

/// Why a fulfillment order is held.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(in super::super) struct Hold {
    pub(in super::super) id: u64,
    pub(in super::super) reason: String,
    pub(in super::super) notes: String,
    pub(in super::super) handle: String,
    /// A person in the admin holds it, not the app.
    #[serde(default)]
    pub(in super::super) by_merchant: bool,
}

/// What state one is in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in super::super) enum State {
    Open,
    InProgress,
    OnHold,
    Closed,
    Cancelled,
    Scheduled,
    Incomplete,
}

impl State {
    pub(in super::super) fn name(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::InProgress => "IN_PROGRESS",
            Self::OnHold => "ON_HOLD",
            Self::Closed => "CLOSED",
            Self::Cancelled => "CANCELLED",
            Self::Scheduled => "SCHEDULED",
            Self::Incomplete => "INCOMPLETE",
        }
    }

    /// `supportedActions`.
    pub(in super::super) fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Open => &["CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD", "SPLIT"],
            Self::InProgress => &["CREATE_FULFILLMENT", "REPORT_PROGRESS", "HOLD", "MARK_AS_OPEN"],
            Self::OnHold => &["RELEASE_HOLD", "HOLD", "MOVE"],
            Self::Scheduled => &["MARK_AS_OPEN", "MOVE"],
            Self::Closed | Self::Cancelled | Self::Incomplete => &[],
        }
    }

    pub(in super::super) fn allows(self, action: &str) -> bool {
        self.actions().contains(&action)
    }
}

impl FulfillmentOrder {
    pub(in super::super) fn state(&self, order: &Order) -> State {
        let left: u32 = self.lines.iter().map(|(_, line)| remaining(order, *line)).sum();
        let shipped = self
            .lines
            .iter()
            .any(|(_, line)| order.shipped_quantity(*line) > 0);
        if order.cancelled_at.is_some() && left > 0 {
            State::Cancelled
        } else if left == 0 {
            State::Closed
        } else if !self.holds.is_empty() {
            State::OnHold
        } else if let Some(waiting) = &self.waiting {
            if waiting == "INCOMPLETE" {
                State::Incomplete
            } else {
                State::Scheduled
            }
        } else if shipped || self.progress.is_some() {
            State::InProgress
        } else {
            State::Open
        }
    }

    /// `FulfillmentOrder`.
    pub(in super::super) fn object(&self, shop: &Shop, order: &Order) -> Value {
        let state = self.state(order);
        let location = shop_objects::locations(shop)
            .into_iter()
            .find(|location| location.number == self.location);
        let name = location.map(|location| location.name).unwrap_or_default();
        json!({
            "id": gid("FulfillmentOrder", self.id),
            "order": gid("Order", order.id),
            "orderId": gid("Order", order.id),
            "orderName": format!("#{}", order.number),
            "orderProcessedAt": instant(order.created_at),
            "createdAt": instant(order.created_at),
            "updatedAt": instant(Moment::from_unix_seconds(self.updated_at).max(order.created_at)),
            "status": state.name(),
            "requestStatus": "UNSUBMITTED",
            "fulfillAt": instant(order.created_at),
            "fulfillBy": null,
            "assignedLocation": {
                "name": name,
                "countryCode": shop.country,
                "location": gid("Location", self.location),
            },
            "deliveryMethod": {
                "id": gid("DeliveryMethod", self.id),
                "methodType": "SHIPPING",
                "minDeliveryDateTime": null,
                "maxDeliveryDateTime": null,
            },
            "fulfillmentHolds": self.holds.iter().map(Hold::object).collect::<Vec<_>>(),
            "supportedActions": state.actions().iter().map(|action| json!({ "action": action })).collect::<Vec<_>>(),
            "lineItems": self.lines.iter().filter_map(|(id, of)| line(shop, order, *id, *of)).collect::<Vec<_>>(),
        })
    }
}

impl Hold {
    pub(in super::super) fn object(&self) -> Value {
        json!({
            "id": gid("FulfillmentHold", self.id),
            "reason": self.reason,
            "displayReason": self.reason,
            "reasonNotes": self.notes,
            "handle": self.handle,
            "heldByRequestingApp": !self.by_merchant,
        })
    }
}

/// `FulfillmentOrderLineItem`.
fn line(shop: &Shop, order: &Order, id: u64, line_id: u64) -> Option<Value> {
    let line = order.line(line_id)?;
    Some(json!({
        "id": gid("FulfillmentOrderLineItem", id),
        "sku": line.sku,
        "productTitle": line.title,
        "variantTitle": line.variant_title,
        "totalQuantity": line.wanted,
        "remainingQuantity": remaining(order, line_id),
        "requiresShipping": line.requires_shipping,
        "lineItem": super::order::line(shop, order, line),
        "variant": line.variant_id.map(|id| gid("ProductVariant", id)),
    }))
}

/// How many of a line are still to be sent.
pub(in super::super) fn remaining(order: &Order, line_id: u64) -> u32 {
    let wanted = order.line(line_id).map_or(0, |line| line.wanted);
    wanted.saturating_sub(order.shipped_quantity(line_id))
}

/// The fulfillment orders of an order; lines that have none yet, such as those an edit added, get one.
pub(in super::super) fn of_order(shop: &mut Shop, order_id: u64) -> Result<Vec<FulfillmentOrder>, Refused> {
    let order = shop.order(order_id)?;
    let mut kept = read(order);
    let without = order
        .lines
        .iter()
        .filter(|line| line.requires_shipping)
        .map(|line| line.id);
    let without: Vec<u64> = without
        .filter(|line| {
            !kept
                .iter()
                .any(|known| known.lines.iter().any(|(_, assigned)| assigned == line))
        })
        .collect();
    if without.is_empty() {
        return Ok(kept);
    }
    let now = shop.now.unix_seconds();
    let locations = shop_objects::locations(shop);
    let mut added: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for line in without {
        // Every other line comes from the next location, when the shop has several.
        let place = order_line_index(shop.order(order_id)?, line) % locations.len().max(1);
        added
            .entry(locations.get(place).map_or(0, |location| location.number))
            .or_default()
            .push(line);
    }
    for (location, lines) in added {
        let id = shop.next_id();
        let lines = lines.into_iter().map(|line| (shop.next_id(), line)).collect();
        kept.push(FulfillmentOrder {
            id,
            location,
            lines,
            holds: Vec::new(),
            progress: None,
            waiting: None,
            updated_at: now,
        });
    }
    write(shop, order_id, &kept)?;
    Ok(kept)
}

/// Finds one, with the order it belongs to.
pub(in super::super) fn find(shop: &mut Shop, id: u64) -> Option<(u64, FulfillmentOrder)> {
    let holder = shop
        .orders
        .values()
        .find(|order| read(order).iter().any(|known| known.id == id))?
        .id;
    let known = of_order(shop, holder).ok()?;
    Some((holder, known.into_iter().find(|known| known.id == id)?))
}

/// Keeps a change; the order itself does not count as changed.
pub(in super::super) fn keep(
    shop: &mut Shop,
    order_id: u64,
    mut changed: FulfillmentOrder,
) -> Result<(), Refused> {
    changed.updated_at = shop.now.unix_seconds();
    let mut kept = read(shop.order(order_id)?);
    for known in kept.iter_mut().filter(|known| known.id == changed.id) {
        *known = changed.clone();
    }
    write(shop, order_id, &kept)
}

/// Leaves in one only the lines that `stays` wants; the others become one of their own, as it was before.
pub(in super::super) fn split(
    shop: &mut Shop,
    order_id: u64,
    part: &mut FulfillmentOrder,
    stays: impl Fn(&(u64, u64)) -> bool,
) -> Result<(), Refused> {
    let (stay, go): (Vec<_>, Vec<_>) = part.lines.iter().copied().partition(stays);
    if stay.is_empty() || go.is_empty() {
        return Ok(());
    }
    part.lines = stay;
    let rest = FulfillmentOrder {
        id: shop.next_id(),
        lines: go,
        ..part.clone()
    };
    let mut kept = read(shop.order(order_id)?);
    for known in kept.iter_mut().filter(|known| known.id == part.id) {
        *known = part.clone();
    }
    kept.push(rest);
    write(shop, order_id, &kept)
}

/// The one of an order that changed last.
pub(in super::super) fn changed_last(order: &Order) -> Option<FulfillmentOrder> {
    read(order).into_iter().max_by_key(|known| known.updated_at)
}

/// The error for an id nobody knows.
pub(in super::super) fn not_found(code: Option<&str>) -> Value {
    user_error(&["id"], "Fulfillment order does not exist.", code)
}

fn read(order: &Order) -> Vec<FulfillmentOrder> {
    let kept = order.extra.get(KEPT).cloned().unwrap_or_default();
    serde_json::from_value(kept).unwrap_or_default()
}

fn write(shop: &mut Shop, order_id: u64, kept: &[FulfillmentOrder]) -> Result<(), Refused> {
    let missing = Refused::Missing {
        what: "order",
        id: order_id,
    };
    let order = shop.orders.get_mut(&order_id).ok_or(missing)?;
    order.extra.insert(KEPT.to_owned(), json!(kept));
    Ok(())
}

fn order_line_index(order: &Order, line_id: u64) -> usize {
    order
        .lines
        .iter()
        .position(|line| line.id == line_id)
        .unwrap_or_default()
}
