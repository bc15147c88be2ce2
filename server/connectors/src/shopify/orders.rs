//! Reading orders.

use domain::Timestamp;
use domain::source::{ExternalId, SourceOrder};
use serde::Deserialize;
use serde_json::{Value, json};

use super::fulfillment::{self, Location};
use super::gid;
use super::graphql::{Api, List};
use super::notice::PART;
use super::operations::{FULFILLMENT_ORDER, ORDER, ORDERS_PAGE};
use super::order::{OrderNode, order};
use super::paging::Window;
use crate::store::{ConnectionError, Cursor, Page, Result};

/// Orders on a page and lines asked for with each: as many as Shopify takes in one request. Few orders have more lines;
/// those are asked for one by one.
const ORDERS: u32 = 20;
const LINES_ON_PAGE: u32 = 4;
/// Lines asked for at once of a single order.
const LINES: u32 = 50;

/// By which time orders are listed.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// When they changed last.
    Update,
    /// When they were placed.
    Placing,
}

#[derive(Deserialize)]
struct OrdersPage {
    orders: List<Value>,
}

#[derive(Deserialize)]
struct OneOrder {
    order: Option<OrderNode>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OnePart {
    fulfillment_order: Option<PartOf>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PartOf {
    order_id: String,
}

/// A page of orders, oldest change (or placing) first.
pub(super) async fn list(
    api: &Api,
    by: By,
    since: Timestamp,
    cursor: Option<&Cursor>,
    location: Location<'_>,
) -> Result<Page<SourceOrder>> {
    let window = match cursor {
        None => Window::since(Some(since)),
        Some(Cursor(place)) => {
            serde_json::from_str(place).map_err(|error| ConnectionError::Unreadable(error.to_string()))?
        }
    };
    let (field, sort_key) = match by {
        By::Update => ("updated_at", "UPDATED_AT"),
        By::Placing => ("created_at", "CREATED_AT"),
    };
    let variables = json!({
        "first": ORDERS,
        "after": window.after,
        "query": window.query(field),
        "sortKey": sort_key,
        "linesFirst": LINES_ON_PAGE,
    });
    let (answer, denied): (OrdersPage, _) = api.ask_partly(&ORDERS_PAGE, variables).await?;
    let (after, read) = (answer.orders.next(), answer.orders.nodes.len());
    let mut page = Page::last(Vec::new());
    for node in answer.orders.nodes {
        let id = node["id"].as_str().unwrap_or_default().to_owned();
        match serde_json::from_value::<OrderNode>(node).map_err(|error| error.to_string()) {
            Ok(node) => match complete(api, node, denied.is_some(), location).await? {
                Ok(order) => page.items.push(order),
                Err(problem) => page.unreadable.push((id, problem)),
            },
            Err(problem) => page.unreadable.push((id, problem)),
        }
    }
    let moment = |order: &SourceOrder| match by {
        By::Update => order.updated_at,
        By::Placing => order.placed_at,
    };
    let latest = page.items.iter().map(moment).max();
    page.next = window
        .next(after, read, latest)
        .map(|window| Cursor(json!(window).to_string()));
    Ok(page)
}

/// An order as it is now, named by its own id or, as webhooks about parts of orders do, by that of a part.
pub(super) async fn one(api: &Api, id: &ExternalId, location: Location<'_>) -> Result<Option<SourceOrder>> {
    let id = gid::of("Order", id.as_str());
    let order = if gid::is_of(PART, &id) {
        let variables = json!({ "id": id });
        let answer: OnePart = api.ask(&FULFILLMENT_ORDER, variables).await?;
        answer.fulfillment_order.map(|part| part.order_id)
    } else {
        Some(id)
    };
    let Some(order) = order else {
        return Ok(None);
    };
    let (node, denied) = ask(api, &order, None).await?;
    let Some(node) = node else {
        return Ok(None);
    };
    match complete(api, node, denied, location).await? {
        Ok(order) => Ok(Some(order)),
        Err(problem) => Err(ConnectionError::Unreadable(problem)),
    }
}

async fn ask(api: &Api, id: &str, after: Option<&str>) -> Result<(Option<OrderNode>, bool)> {
    let variables = json!({ "id": id, "linesFirst": LINES, "linesAfter": after });
    let (answer, denied): (OneOrder, _) = api.ask_partly(&ORDER, variables).await?;
    Ok((answer.order, denied.is_some()))
}

/// Reads what did not come with the order and puts it into the portal's form; the inner error is why it cannot be.
async fn complete(
    api: &Api,
    mut node: OrderNode,
    denied: bool,
    location: Location<'_>,
) -> Result<std::result::Result<SourceOrder, String>> {
    while let Some(after) = node.line_items.next() {
        let (Some(more), _) = ask(api, &node.id, Some(&after)).await? else {
            break;
        };
        let mut lines = more.line_items;
        lines.nodes.splice(0..0, node.line_items.nodes.drain(..));
        node.line_items = lines;
        // It came with more lines than on a page of the list.
        node.fulfillment_orders = more.fulfillment_orders;
    }
    let parts = std::mem::take(&mut node.fulfillment_orders);
    let cut = parts.next().is_some() || parts.nodes.iter().any(|part| part.line_items.next().is_some());
    let parts = if cut {
        let plan = fulfillment::plan(api, &node.id, None).await?;
        plan.map(|plan| plan.parts).unwrap_or_default()
    } else {
        parts.nodes
    };
    Ok(order(node, denied, &parts, location))
}
