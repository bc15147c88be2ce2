//! Receipts, which is what Etsy calls orders.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Refusal;
use super::profiles::list;
use super::receipt_json::{is_shipped, receipt};
use super::service::{Caller, Done};
use super::{GHOST_RECEIPT, TRACKING_ALLOWED, WITHOUT_EFFECT};
use crate::clock::Moment;
use crate::exchange::Twist;
use crate::ledger::Event;
use crate::shop::{NewShipment, Order, Shipment, Shop};

/// The earliest time a filter takes: the year 2000.
const MIN_TIMESTAMP: i64 = 946_684_800;
/// The id of a receipt that is in lists and nowhere else.
const GHOST: u64 = 4_040_404;
/// Above this, in minor units, a parcel to the United States needs a tracking number.
const TRACKING_NEEDED_ABOVE: i64 = 1_000;

/// The filters of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    min_created: Option<i64>,
    max_created: Option<i64>,
    min_last_modified: Option<i64>,
    max_last_modified: Option<i64>,
    limit: Option<usize>,
    offset: Option<usize>,
    sort_on: Option<String>,
    sort_order: Option<String>,
    was_paid: Option<bool>,
    was_shipped: Option<bool>,
    was_delivered: Option<bool>,
    was_canceled: Option<bool>,
}

impl Filters {
    fn check(&self) -> Result<(), Refusal> {
        let times = [
            self.min_created,
            self.max_created,
            self.min_last_modified,
            self.max_last_modified,
        ];
        if times.into_iter().flatten().any(|time| time < MIN_TIMESTAMP) {
            return Err(Refusal::invalid(format!(
                "Timestamps must be at least {MIN_TIMESTAMP}"
            )));
        }
        check_page(self.limit)?;
        one_of(
            "sort_on",
            self.sort_on.as_deref(),
            &["created", "updated", "receipt_id"],
        )?;
        let orders = ["asc", "ascending", "desc", "descending", "up", "down"];
        one_of("sort_order", self.sort_order.as_deref(), &orders)
    }

    fn wants(&self, order: &Order) -> bool {
        let within = |at: Moment, min: Option<i64>, max: Option<i64>| {
            let at = at.unix_seconds();
            min.is_none_or(|min| at >= min) && max.is_none_or(|max| at <= max)
        };
        let is = |wish: Option<bool>, fact: bool| wish.is_none_or(|wish| wish == fact);
        within(order.created_at, self.min_created, self.max_created)
            && within(order.updated_at, self.min_last_modified, self.max_last_modified)
            && is(self.was_paid, order.paid_at.is_some())
            && is(self.was_shipped, is_shipped(order))
            && is(self.was_canceled, order.cancelled_at.is_some())
            && is(
                self.was_delivered,
                order
                    .shipments
                    .iter()
                    .any(|shipment| shipment.delivered_at.is_some()),
            )
    }
}

/// A page holds at most a hundred.
pub(super) fn check_page(limit: Option<usize>) -> Result<(), Refusal> {
    if limit.is_some_and(|limit| limit == 0 || limit > 100) {
        return Err(Refusal::invalid("limit must be between 1 and 100"));
    }
    Ok(())
}

/// Refuses a word that is not in a list.
pub(super) fn one_of(name: &str, word: Option<&str>, known: &[&str]) -> Result<(), Refusal> {
    match word {
        Some(word) if !known.contains(&word) => Err(Refusal::invalid(format!(
            "Invalid value for {name}: must be one of {}",
            known.join(", ")
        ))),
        _ => Ok(()),
    }
}

/// Where a page begins, with the fault that was injected.
pub(super) fn page_start(offset: Option<usize>, limit: usize, twist: Twist) -> usize {
    let offset = offset.unwrap_or(0);
    match twist {
        Twist::RepeatPage => offset.saturating_sub(limit),
        Twist::ShiftPage if offset > 0 => offset + 1,
        _ => offset,
    }
}

/// `getShopReceipts`.
pub(super) fn page(caller: &Caller<'_>, filters: &Filters) -> Done {
    filters.check()?;
    caller.with(|shop| {
        let shop = &*shop;
        let mut found: Vec<&Order> = shop
            .orders
            .values()
            .filter(|order| order.binned.is_none() && filters.wants(order))
            .collect();
        found.sort_by_key(|order| match filters.sort_on.as_deref() {
            Some("updated") => (order.updated_at.unix_seconds(), order.id),
            Some("receipt_id") => (0, order.id),
            _ => (order.created_at.unix_seconds(), order.id),
        });
        if !matches!(filters.sort_order.as_deref(), Some("asc" | "ascending" | "up")) {
            found.reverse();
        }
        let total = found.len();
        let limit = filters.limit.unwrap_or(25);
        let start = page_start(filters.offset, limit, caller.twist);
        let mut results: Vec<Value> = found
            .into_iter()
            .skip(start)
            .take(limit)
            .map(|order| receipt(shop, order))
            .collect();
        if shop.is_on(GHOST_RECEIPT)
            && let Some(mut ghost) = results.first().cloned()
        {
            ghost["receipt_id"] = json!(GHOST);
            results.push(ghost);
        }
        let mut page = list(results);
        page["count"] = json!(total);
        Ok((StatusCode::OK, page))
    })
}

/// `getShopReceipt`.
pub(super) fn get(caller: &Caller<'_>, id: u64) -> Done {
    caller.with(|shop| {
        let order = existing(shop, id)?;
        Ok((StatusCode::OK, receipt(shop, order)))
    })
}

/// The form of `updateShopReceipt`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Update {
    was_shipped: Option<bool>,
    was_paid: Option<bool>,
}

/// `updateShopReceipt`: sets a receipt shipped or paid, without tracking and without a mail.
pub(super) fn update(caller: &Caller<'_>, id: u64, update: &Update) -> Done {
    caller.with(|shop| {
        existing(shop, id)?;
        if update.was_paid == Some(true) {
            let now = shop.now;
            shop.change_order(id, "paid", |order| order.paid_at = order.paid_at.or(Some(now)))
                .map_err(impossible)?;
        }
        if update.was_shipped == Some(true) && !existing(shop, id)?.unshipped().is_empty() {
            shop.ship(id, NewShipment::default()).map_err(impossible)?;
        }
        Ok((StatusCode::OK, receipt(shop, existing(shop, id)?)))
    })
}

/// The body of `createReceiptShipment`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Parcel {
    tracking_code: Option<String>,
    carrier_name: Option<String>,
    send_bcc: Option<bool>,
    note_to_buyer: Option<String>,
}

/// `createReceiptShipment`: marks a receipt shipped and mails the buyer, every time it is called.
pub(super) fn track(caller: &Caller<'_>, id: u64, parcel: Parcel) -> Done {
    caller.with(|shop| {
        if !shop.is_on(TRACKING_ALLOWED) {
            return Err(Refusal::unauthorized());
        }
        let order = existing(shop, id)?;
        if order.cancelled_at.is_some() || order.paid_at.is_none() {
            return Err(Refusal::invalid("The receipt cannot be marked as shipped"));
        }
        let code = parcel.tracking_code.filter(|code| !code.is_empty());
        if code.is_none() && needs_tracking(order) {
            return Err(Refusal::invalid("A tracking number is required"));
        }
        if code.is_some() && parcel.carrier_name.as_deref().unwrap_or_default().is_empty() {
            return Err(Refusal::invalid(
                "A carrier name is required with a tracking code",
            ));
        }
        if shop.is_on(WITHOUT_EFFECT) {
            return Ok((StatusCode::OK, receipt(shop, order)));
        }
        if let Some(note) = parcel.note_to_buyer.filter(|note| !note.is_empty()) {
            shop.happened(Event::Other {
                what: "note_to_buyer",
                detail: json!({ "order_id": id, "note": note }),
            });
        }
        if parcel.send_bcc == Some(true) {
            shop.happened(Event::Other {
                what: "bcc_to_seller",
                detail: json!({ "order_id": id }),
            });
        }
        send(shop, id, code, parcel.carrier_name)?;
        Ok((StatusCode::OK, receipt(shop, existing(shop, id)?)))
    })
}

/// Sends all that is left; when nothing is, Etsy keeps one more shipment all the same.
fn send(shop: &mut Shop, id: u64, code: Option<String>, carrier: Option<String>) -> Result<(), Refusal> {
    if !existing(shop, id)?.unshipped().is_empty() {
        let shipment = NewShipment {
            tracking_number: code,
            carrier,
            notify: true,
            ..NewShipment::default()
        };
        shop.ship(id, shipment).map_err(impossible)?;
        return Ok(());
    }
    let shipment = Shipment {
        id: shop.next_id(),
        at: shop.now,
        lines: Vec::new(),
        tracking_number: code,
        carrier,
        tracking_url: None,
        notified: true,
        delivered_at: None,
        cancelled_at: None,
    };
    shop.happened(Event::Shipped {
        order_id: id,
        shipment: shipment.clone(),
    });
    shop.change_order(id, "shipped", |order| order.shipments.push(shipment))
        .map_err(impossible)?;
    shop.mail_buyer(id, "Your order is on its way")
        .map_err(impossible)
}

fn needs_tracking(order: &Order) -> bool {
    match order.shipping.as_ref().map(|address| address.country.as_str()) {
        Some("US") => order.total() > TRACKING_NEEDED_ABOVE,
        Some("IN") => true,
        _ => false,
    }
}

fn existing(shop: &Shop, id: u64) -> Result<&Order, Refusal> {
    let found = shop.orders.get(&id).filter(|order| order.binned.is_none());
    found.ok_or_else(|| Refusal::missing("Receipt", id))
}

fn impossible(refused: crate::shop::Refused) -> Refusal {
    Refusal::invalid(refused.to_string())
}
