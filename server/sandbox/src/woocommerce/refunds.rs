//! Refunds of orders.

use serde_json::{Map, Value, json};

use super::api::Context;
use super::batch::number;
use super::order_json;
use super::orders::find;
use super::product_write::{price, text};
use super::refusal::{Outcome, Refusal};
use super::reply::{Page, Reply};
use crate::shop::RefundRequest;

/// `GET /orders/{id}/refunds`, newest first.
pub(super) fn list(context: &Context, order_id: u64) -> Outcome<Reply> {
    let page = Page::of(&context.visit)?;
    context.read(|shop| {
        let order = find(shop, order_id)?;
        let rows = order.refunds.iter().rev().collect();
        let render = |refund| order_json::refund(shop, order, refund, &context.visit);
        Ok(page.cut(rows, &context.visit, context.twist, render))
    })
}

/// `GET /orders/{id}/refunds/{id}`.
pub(super) fn one(context: &Context, order_id: u64, id: u64) -> Outcome<Reply> {
    context.read(|shop| {
        let order = find(shop, order_id)?;
        let refund = order.refunds.iter().find(|refund| refund.id == id);
        let refund = refund.ok_or_else(|| Refusal::invalid_id("woocommerce_rest_invalid_order_refund_id"))?;
        Ok(Reply::ok(order_json::refund(shop, order, refund, &context.visit)))
    })
}

/// `POST /orders/{id}/refunds`.
pub(super) fn create(context: &Context, order_id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
    let body = context.change(|shop| {
        let currency = find(shop, order_id)?.currency.clone();
        let items = input.get("line_items").and_then(Value::as_array);
        let lines = items.into_iter().flatten().map(|item| {
            let quantity = u32::try_from(number(item.get("quantity"))).unwrap_or(0);
            (number(item.get("id")), quantity)
        });
        let request = RefundRequest {
            lines: lines.collect(),
            amount: price(input, "amount", &currency),
            reason: text(input, "reason").unwrap_or("").to_owned(),
        };
        let id = shop.refund(order_id, request).map_err(|_| invalid_amount())?;
        let order = find(shop, order_id)?;
        let refund = order.refunds.iter().find(|refund| refund.id == id);
        Ok(refund
            .map(|refund| order_json::refund(shop, order, refund, &context.visit))
            .unwrap_or_default())
    })?;
    let location = context
        .visit
        .api(&format!("orders/{order_id}/refunds/{}", body["id"]));
    Ok(Reply::created(body, location))
}

/// The one error whose `data` is a number.
fn invalid_amount() -> Refusal {
    Refusal {
        status: 500,
        code: "woocommerce_rest_cannot_create_order_refund",
        message: "Invalid refund amount.".to_owned(),
        data: json!(500),
    }
}
