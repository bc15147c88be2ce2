//! Making, changing and deleting orders.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::api::Context;
use super::batch::{Batched, number};
use super::orders::find;
use super::product_write::{price, text, unexpected};
use super::refusal::{Outcome, Refusal};
use super::reply::Reply;
use super::visit::{Visit, listed};
use super::{meta, order_json};
use crate::ledger::Event;
use crate::shop::{Address, Line, NewLine, NewOrder, Order, Shop};

/// `POST /orders`. An empty body makes an empty order, an unknown product a line without a product: both are taken.
pub(super) fn create(context: &Context, input: &Map<String, Value>) -> Outcome<Reply> {
    let visit = &context.visit;
    check_status(input, visit)?;
    let body = context.change(|shop| {
        let set_paid = input.get("set_paid").and_then(Value::as_bool).unwrap_or(false);
        let status = match text(input, "status") {
            Some(status) if !set_paid => status,
            _ => {
                if set_paid {
                    "processing"
                } else {
                    "pending"
                }
            }
        };
        let new = NewOrder {
            lines: line_items(input)
                .iter()
                .map(|item| new_line(shop, item))
                .collect(),
            email: input
                .get("billing")
                .and_then(|billing| billing.get("email"))
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned(),
            currency: text(input, "currency").map(str::to_owned),
            note: text(input, "customer_note").unwrap_or("").to_owned(),
            unpaid: matches!(status, "pending" | "on-hold" | "failed"),
            status: status.to_owned(),
            ..NewOrder::default()
        };
        let id = shop.place_order(new).map_err(unexpected)?;
        let metas = line_items(input)
            .iter()
            .map(|item| meta::read(shop, item))
            .collect::<Vec<_>>();
        let entries = meta::read(shop, input);
        if let Some(order) = shop.orders.get_mut(&id) {
            order.number = order.id.to_string();
            order.extra.insert("created_via".to_owned(), json!("rest-api"));
            put_addresses(order, input);
            for (line, entries) in order.lines.iter_mut().zip(metas) {
                meta::apply(&mut line.meta, entries);
            }
            meta::apply(&mut order.meta, entries);
        }
        Ok(order_json::order(shop, find(shop, id)?, visit))
    })?;
    let location = visit.api(&format!("orders/{}", body["id"]));
    Ok(Reply::created(body, location))
}

/// `PUT /orders/{id}`.
pub(super) fn update(context: &Context, id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
    let visit = &context.visit;
    check_status(input, visit)?;
    context.change(|shop| {
        let order = find(shop, id)?;
        let (was_binned, before) = (order.binned.is_some(), order_json::status(order).to_owned());
        let items = line_items(input);
        if items
            .iter()
            .any(|item| number(item.get("id")) > 0 && order.line(number(item.get("id"))).is_none())
        {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "woocommerce_rest_invalid_item_id",
                "Order item ID provided is not associated with order.",
            ));
        }
        let changes = line_changes(shop, items)?;
        let entries = meta::read(shop, input);
        let status = text(input, "status")
            .filter(|status| *status != before)
            .map(str::to_owned);
        let now = shop.now;
        let what = match (&status, was_binned) {
            (Some(_), true) => "revived",
            (Some(_), false) => "status",
            (None, _) => "updated",
        };
        shop.change_order(id, what, |order| {
            put_addresses(order, input);
            if let Some(note) = text(input, "customer_note") {
                note.clone_into(&mut order.note);
            }
            if let Some(transaction) = text(input, "transaction_id") {
                order
                    .extra
                    .insert("transaction_id".to_owned(), json!(transaction));
            }
            if input.get("set_paid").and_then(Value::as_bool) == Some(true) {
                order.paid_at = order.paid_at.or(Some(now));
            }
            for change in changes {
                change.apply(order);
            }
            meta::apply(&mut order.meta, entries);
            if let Some(status) = &status {
                set_status(order, status, now);
            }
        })
        .map_err(unexpected)?;
        if let Some(status) = status {
            announce_status(shop, id, &before, &status)?;
        }
        Ok(Reply::ok(order_json::order(shop, find(shop, id)?, visit)))
    })
}

/// `DELETE /orders/{id}`: into the bin; `force=true` for ever, of which nobody is told. The answer has the status
/// from before.
pub(super) fn delete(context: &Context, id: u64) -> Outcome<Reply> {
    let force = context.visit.says_yes("force");
    context.change(|shop| {
        let order = find(shop, id)?;
        let body = order_json::order(shop, order, &context.visit);
        if force {
            shop.orders.remove(&id);
            shop.happened(Event::Other {
                what: "order_deleted_for_ever",
                detail: json!({ "order_id": id }),
            });
            return Ok(Reply::ok(body));
        }
        if order.binned.is_some() {
            return Err(Refusal::new(
                StatusCode::GONE,
                "woocommerce_rest_already_trashed",
                "The order has already been deleted.",
            ));
        }
        shop.bin_order(id).map_err(unexpected)?;
        Ok(Reply::ok(body))
    })
}

/// A batch of orders.
pub(super) struct Batch<'a>(pub(super) &'a Context);

impl Batched for Batch<'_> {
    fn create(&self, input: &Map<String, Value>) -> Outcome<Reply> {
        create(self.0, input)
    }

    fn update(&self, id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
        update(self.0, id, input)
    }

    fn delete(&self, id: u64) -> Outcome<Reply> {
        delete(self.0, id)
    }
}

fn check_status(input: &Map<String, Value>, visit: &Visit) -> Outcome<()> {
    let Some(status) = text(input, "status") else {
        return Ok(());
    };
    let own = visit.settings.statuses();
    let known: Vec<&str> = std::iter::once("auto-draft")
        .chain(own.iter().map(String::as_str))
        .collect();
    if known.contains(&status) {
        return Ok(());
    }
    let why = format!("status is not one of {}.", listed(&known));
    Err(Refusal::parameter("status", "rest_not_in_enum", &why))
}

fn set_status(order: &mut Order, status: &str, now: crate::clock::Moment) {
    status.clone_into(&mut order.status);
    order.binned = None;
    order.cancelled_at = (status == "cancelled").then_some(now);
    if matches!(status, "processing" | "completed") {
        order.paid_at = order.paid_at.or(Some(now));
    }
    if status == "completed" {
        order.completed_at = Some(now);
    }
}

/// What WooCommerce does by itself when a status changes: a note, and a mail to the buyer.
fn announce_status(shop: &mut Shop, id: u64, before: &str, status: &str) -> Outcome<()> {
    let text = format!("Order status changed from {before} to {status}.");
    shop.add_note(id, &text, false, "WooCommerce")
        .map_err(unexpected)?;
    let subject = match status {
        "completed" => "Your order is now complete",
        "processing" => "Your order has been received",
        "refunded" => "Your order has been refunded",
        _ => return Ok(()),
    };
    shop.mail_buyer(id, subject).map_err(unexpected)
}

fn put_addresses(order: &mut Order, input: &Map<String, Value>) {
    let billing = input.get("billing").and_then(Value::as_object);
    if let Some(email) = billing.and_then(|billing| text(billing, "email")) {
        email.clone_into(&mut order.email);
    }
    let shipping = input.get("shipping").and_then(Value::as_object);
    for (address, fields) in [(&mut order.billing, billing), (&mut order.shipping, shipping)] {
        if let Some(fields) = fields {
            put_address(address.get_or_insert_default(), fields);
        }
    }
}

/// Only what is given changes.
fn put_address(address: &mut Address, fields: &Map<String, Value>) {
    for (name, field) in [
        ("first_name", &mut address.first_name),
        ("last_name", &mut address.last_name),
        ("company", &mut address.company),
        ("address_1", &mut address.line1),
        ("address_2", &mut address.line2),
        ("city", &mut address.city),
        ("state", &mut address.region),
        ("postcode", &mut address.postcode),
        ("country", &mut address.country),
        ("phone", &mut address.phone),
    ] {
        if let Some(value) = text(fields, name) {
            value.clone_into(field);
        }
    }
}

fn line_items(input: &Map<String, Value>) -> Vec<&Map<String, Value>> {
    let items = input.get("line_items").and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_object).collect()
}

fn new_line(shop: &Shop, item: &Map<String, Value>) -> NewLine {
    let variation = number(item.get("variation_id"));
    let product = shop.products.get(&number(item.get("product_id")));
    let only = product
        .and_then(|product| product.variants.first())
        .map(|variant| variant.id);
    let variant_id = if shop.variant(variation).is_some() {
        Some(variation)
    } else {
        only
    };
    let quantity = item.get("quantity").map_or(1, |quantity| number(Some(quantity)));
    let quantity = u32::try_from(quantity).unwrap_or(u32::MAX);
    let total = price(item, "total", &shop.currency);
    NewLine {
        variant_id,
        quantity,
        title: text(item, "name").map(str::to_owned),
        price: total.map(|total| total / i64::from(quantity.max(1))),
        ..NewLine::default()
    }
}

/// What a request changes about a line.
enum LineChange {
    Add(Box<Line>),
    Change {
        id: u64,
        quantity: Option<u32>,
        meta: Vec<(u64, Value)>,
    },
}

fn line_changes(shop: &mut Shop, items: Vec<&Map<String, Value>>) -> Outcome<Vec<LineChange>> {
    let mut changes = Vec::new();
    for item in items {
        let entries = meta::read(shop, item);
        let id = number(item.get("id"));
        changes.push(if id == 0 {
            let new = new_line(shop, item);
            let mut line = shop.made_line(new).map_err(unexpected)?;
            meta::apply(&mut line.meta, entries);
            LineChange::Add(Box::new(line))
        } else {
            let quantity = item.get("quantity").map(|quantity| number(Some(quantity)));
            let quantity = quantity.map(|quantity| u32::try_from(quantity).unwrap_or(u32::MAX));
            LineChange::Change {
                id,
                quantity,
                meta: entries,
            }
        });
    }
    Ok(changes)
}

impl LineChange {
    fn apply(self, order: &mut Order) {
        match self {
            Self::Add(line) => order.lines.push(*line),
            Self::Change { id, quantity, meta } => {
                for line in order.lines.iter_mut().filter(|line| line.id == id) {
                    line.wanted = quantity.unwrap_or(line.wanted);
                    // What the buyer entered is meta as well, and is replaced by its key.
                    line.properties.retain(|property| {
                        let same =
                            |entry: &Value| entry.get("key").and_then(Value::as_str) == Some(&property.name);
                        !meta.iter().any(|(_, entry)| same(entry))
                    });
                    meta::apply(&mut line.meta, meta.clone());
                }
            }
        }
    }
}
