//! Reading orders.

use super::api::Context;
use super::order_json;
use super::products::{Ordering, Sorted, Span};
use super::refusal::{Outcome, Refusal};
use super::reply::{Page, Reply};
use super::visit::{Visit, listed};
use crate::shop::{Order, Shop};

pub(super) const INVALID_ID: &str = "woocommerce_rest_shop_order_invalid_id";

/// `GET /orders`.
pub(super) fn list(context: &Context) -> Outcome<Reply> {
    let visit = &context.visit;
    let page = Page::of(visit)?;
    let span = Span::of(visit)?;
    let order = Ordering::of(visit)?;
    let statuses = statuses(visit)?;
    let (include, exclude) = (visit.numbers("include"), visit.numbers("exclude"));
    let search = visit.parameter("search");
    context.read(|shop| {
        let wanted = |order: &&Order| {
            let of_status = if statuses.is_empty() {
                order.binned.is_none()
            } else {
                statuses.iter().any(|status| status == order_json::status(order))
            };
            of_status
                && span.holds(order.created_at, order.updated_at)
                && (include.is_empty() || include.contains(&order.id))
                && !exclude.contains(&order.id)
                && search.is_none_or(|words| order.number.contains(words) || order.email.contains(words))
        };
        let mut rows: Vec<&Order> = shop.orders.values().filter(wanted).collect();
        order.sort(&mut rows, |order| Sorted {
            id: order.id,
            created_at: order.created_at,
            updated_at: order.updated_at,
            title: &order.number,
        });
        Ok(page.cut(rows, visit, context.twist, |order| {
            order_json::order(shop, order, visit)
        }))
    })
}

/// The statuses that are asked for; empty: any but the bin.
fn statuses(visit: &Visit) -> Outcome<Vec<String>> {
    let wanted = visit.list("status");
    let own = visit.settings.statuses();
    let known: Vec<&str> = ["any", "trash", "auto-draft"]
        .into_iter()
        .chain(own.iter().map(String::as_str))
        .collect();
    for (position, status) in wanted.iter().enumerate() {
        if !known.contains(&status.as_str()) {
            let why = format!("status[{position}] is not one of {}.", listed(&known));
            return Err(Refusal::parameter("status", "rest_not_in_enum", &why));
        }
    }
    if wanted.iter().any(|status| status == "any") {
        Ok(Vec::new())
    } else {
        Ok(wanted)
    }
}

/// `GET /orders/{id}`; also one in the bin.
pub(super) fn one(context: &Context, id: u64) -> Outcome<Reply> {
    context.read(|shop| {
        let order = find(shop, id)?;
        Ok(Reply::ok(order_json::order(shop, order, &context.visit)))
    })
}

/// The order of this id.
pub(super) fn find(shop: &Shop, id: u64) -> Outcome<&Order> {
    shop.orders
        .get(&id)
        .ok_or_else(|| Refusal::invalid_id(INVALID_ID))
}
