//! Notes on orders. A note to the buyer is mailed; none sets off a webhook.

use serde_json::{Map, Value};

use super::api::Context;
use super::order_json;
use super::orders::find;
use super::product_write::{text, unexpected};
use super::refusal::{Outcome, Refusal};
use super::reply::Reply;

/// `GET /orders/{id}/notes`, newest first; `type` is `any`, `customer` or `internal`.
pub(super) fn list(context: &Context, order_id: u64) -> Outcome<Reply> {
    let kind = context
        .visit
        .one_of("type", "any", &["any", "customer", "internal"])?;
    context.read(|shop| {
        let notes = find(shop, order_id)?.notes.iter().rev();
        let wanted = notes.filter(|note| kind == "any" || note.to_buyer == (kind == "customer"));
        let body = wanted.map(|note| order_json::note(shop, order_id, note, &context.visit));
        Ok(Reply::ok(body.collect()))
    })
}

/// `POST /orders/{id}/notes`.
pub(super) fn create(context: &Context, order_id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
    let note = text(input, "note").ok_or_else(|| Refusal::missing("note"))?;
    let to_buyer = input
        .get("customer_note")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let body = context.change(|shop| {
        find(shop, order_id)?;
        let id = shop
            .add_note(order_id, note, to_buyer, "WooCommerce")
            .map_err(unexpected)?;
        let note = find(shop, order_id)?.notes.iter().find(|note| note.id == id);
        Ok(note
            .map(|note| order_json::note(shop, order_id, note, &context.visit))
            .unwrap_or_default())
    })?;
    let location = context
        .visit
        .api(&format!("orders/{order_id}/notes/{}", body["id"]));
    Ok(Reply::created(body, location))
}

/// `GET /orders/{id}/notes/{id}`.
pub(super) fn one(context: &Context, order_id: u64, id: u64) -> Outcome<Reply> {
    context.read(|shop| {
        let note = find(shop, order_id)?.notes.iter().find(|note| note.id == id);
        let note = note.ok_or_else(|| Refusal::invalid_id("woocommerce_rest_invalid_id"))?;
        Ok(Reply::ok(order_json::note(shop, order_id, note, &context.visit)))
    })
}

/// `DELETE /orders/{id}/notes/{id}`.
pub(super) fn delete(context: &Context, order_id: u64, id: u64) -> Outcome<Reply> {
    let reply = one(context, order_id, id)?;
    context.change(|shop| {
        let order = shop.orders.get_mut(&order_id).into_iter();
        order.for_each(|order| order.notes.retain(|note| note.id != id));
        Ok(reply)
    })
}
