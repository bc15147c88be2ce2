//! Fulfilments, as `OrderFulfillmentsRestController` takes them where the feature is switched on.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::api::Context;
use super::batch::number;
use super::orders::find;
use super::refusal::{Outcome, Refusal};
use super::reply::Reply;
use crate::ledger::Event;
use crate::shop::{NewShipment, Order, Shipment, TrackingChange};

const INVALID: &str = "woocommerce_rest_fulfillment_invalid";

/// `GET /orders/{id}/fulfillments`.
pub(super) fn list(context: &Context, order_id: u64) -> Outcome<Reply> {
    context.read(|shop| {
        let order = find(shop, order_id)?;
        let there = order
            .shipments
            .iter()
            .filter(|shipment| shipment.cancelled_at.is_none());
        Ok(Reply::ok(there.map(|shipment| body(order, shipment)).collect()))
    })
}

/// `GET /orders/{id}/fulfillments/{id}`.
pub(super) fn one(context: &Context, order_id: u64, id: u64) -> Outcome<Reply> {
    context.read(|shop| {
        let order = find(shop, order_id)?;
        Ok(Reply::ok(body(order, shipment(order, id)?)))
    })
}

/// `POST /orders/{id}/fulfillments`. Without `_items` it is refused, as is more of a line than is left.
pub(super) fn create(context: &Context, order_id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
    let body = context.change(|shop| {
        find(shop, order_id)?;
        let lines = items(input);
        if lines.is_empty() {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                INVALID,
                "The fulfillment should contain at least one item.",
            ));
        }
        let new = NewShipment {
            lines,
            tracking_number: meta(input, "_tracking_number"),
            carrier: meta(input, "_shipment_provider"),
            tracking_url: meta(input, "_tracking_url"),
            notify: says_yes(input, "notify_customer"),
        };
        let id = shop
            .ship(order_id, new)
            .map_err(|refused| Refusal::new(StatusCode::BAD_REQUEST, INVALID, refused.to_string()))?;
        let order = find(shop, order_id)?;
        Ok(body(order, shipment(order, id)?))
    })?;
    let location = context
        .visit
        .api(&format!("orders/{order_id}/fulfillments/{}", body["id"]));
    Ok(Reply::created(body, location))
}

/// `PUT /orders/{id}/fulfillments/{id}`.
pub(super) fn update(
    context: &Context,
    order_id: u64,
    id: u64,
    input: &Map<String, Value>,
) -> Outcome<Reply> {
    context.change(|shop| {
        let there = shipment(find(shop, order_id)?, id)?.clone();
        let new = TrackingChange {
            tracking_number: meta(input, "_tracking_number").or(there.tracking_number),
            carrier: meta(input, "_shipment_provider").or(there.carrier),
            tracking_url: meta(input, "_tracking_url").or(there.tracking_url),
            notify: says_yes(input, "notify_customer"),
        };
        shop.change_tracking(order_id, id, new)
            .map_err(super::product_write::unexpected)?;
        let order = find(shop, order_id)?;
        Ok(Reply::ok(body(order, shipment(order, id)?)))
    })
}

/// `DELETE /orders/{id}/fulfillments/{id}`.
pub(super) fn delete(context: &Context, order_id: u64, id: u64) -> Outcome<Reply> {
    context.change(|shop| {
        shipment(find(shop, order_id)?, id)?;
        let now = shop.now;
        shop.change_shipment(order_id, id, |shipment| shipment.cancelled_at = Some(now))
            .map_err(super::product_write::unexpected)?;
        shop.happened(Event::ShipmentRemoved {
            order_id,
            shipment_id: id,
        });
        Ok(Reply::ok(
            json!({ "message": "Fulfillment deleted successfully." }),
        ))
    })
}

fn shipment(order: &Order, id: u64) -> Outcome<&Shipment> {
    let mut there = order
        .shipments
        .iter()
        .filter(|shipment| shipment.cancelled_at.is_none());
    let missing = || Refusal::new(StatusCode::NOT_FOUND, INVALID, "Fulfillment not found.");
    there.find(|shipment| shipment.id == id).ok_or_else(missing)
}

fn meta(input: &Map<String, Value>, key: &str) -> Option<String> {
    let entries = input.get("meta_data").and_then(Value::as_array)?;
    let entry = entries
        .iter()
        .find(|entry| entry.get("key").and_then(Value::as_str) == Some(key))?;
    entry.get("value").and_then(Value::as_str).map(str::to_owned)
}

fn items(input: &Map<String, Value>) -> Vec<(u64, u32)> {
    let entries = input.get("meta_data").and_then(Value::as_array);
    let mut entries = entries.into_iter().flatten();
    let entry = entries.find(|entry| entry.get("key").and_then(Value::as_str) == Some("_items"));
    let items = entry
        .and_then(|entry| entry.get("value"))
        .and_then(Value::as_array);
    let item = |item: &Value| {
        (
            number(item.get("item_id")),
            u32::try_from(number(item.get("qty"))).unwrap_or(0),
        )
    };
    items.into_iter().flatten().map(item).collect()
}

fn says_yes(input: &Map<String, Value>, name: &str) -> bool {
    input.get(name).and_then(Value::as_bool).unwrap_or(false)
}

fn body(order: &Order, shipment: &Shipment) -> Value {
    let items = shipment
        .lines
        .iter()
        .map(|(id, quantity)| json!({ "item_id": id, "qty": quantity }));
    let entries = [
        ("_tracking_number", json!(shipment.tracking_number)),
        ("_shipment_provider", json!(shipment.carrier)),
        ("_tracking_url", json!(shipment.tracking_url)),
        ("_items", items.collect()),
    ];
    let entries = entries
        .into_iter()
        .zip(1..)
        .filter(|((_, value), _)| !value.is_null());
    json!({
        "id": shipment.id,
        "entity_type": "WC_Order",
        "entity_id": order.id.to_string(),
        "status": "fulfilled",
        "is_fulfilled": true,
        "date_updated": shipment.at.format("%Y-%m-%d %H:%M:%S", 0),
        "date_deleted": null,
        "meta_data": entries.map(|((key, value), at)| json!({
            "id": shipment.id * 10 + at, "key": key, "value": value,
        })).collect::<Vec<_>>(),
    })
}
