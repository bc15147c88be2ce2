//! What of an order is to be sent, from where, and what was sent.

use domain::source::ExternalId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::graphql::{Api, List};
use super::operations::{FULFILLMENT_LINES, FULFILLMENT_ORDER_LINES, FULFILLMENT_ORDERS, FULFILLMENTS};
use crate::lenient;
use crate::store::{ConnectionError, Result};

/// So many fulfilments of an order are read: as many as Shopify takes in one request.
const MOST_SENT: usize = 200;

/// The location whose orders are ours; `None` when all of the shop are.
pub(super) type Location<'l> = Option<&'l ExternalId>;

/// Lines of an order that are sent from one location.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentOrder {
    pub(super) id: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) status: String,
    #[serde(default)]
    assigned_location: Value,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) fulfillment_holds: Vec<Hold>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    supported_actions: Vec<Action>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) line_items: List<Line>,
}

/// Somebody's wish that nothing is sent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hold {
    /// Whether it is ours.
    #[serde(default)]
    pub(super) held_by_requesting_app: bool,
}

#[derive(Deserialize)]
struct Action {
    action: String,
}

/// A line of an order as it is to be sent.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    pub(super) id: String,
    #[serde(default)]
    total_quantity: u32,
    #[serde(default)]
    pub(super) remaining_quantity: u32,
    #[serde(rename = "lineItem")]
    of: Named,
}

#[derive(Clone, Deserialize)]
struct Named {
    id: String,
}

impl Line {
    /// The line of the order.
    pub(super) fn order_line(&self) -> &str {
        &self.of.id
    }

    /// How many pieces were sent.
    pub(super) fn sent(&self) -> u32 {
        self.total_quantity.saturating_sub(self.remaining_quantity)
    }
}

impl FulfillmentOrder {
    /// Whether Shopify would let us do that now.
    pub(super) fn supports(&self, action: &str) -> bool {
        self.supported_actions
            .iter()
            .any(|supported| supported.action == action)
    }

    /// Whether anything can be sent of it now.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.status.as_str(), "OPEN" | "IN_PROGRESS")
    }

    /// Whether it is sent from our location.
    pub(super) fn is_at(&self, location: Location<'_>) -> bool {
        location.is_none_or(|ours| location_id(&self.assigned_location) == Some(ours.as_str()))
    }

    /// Where it is sent from; empty when the location was deleted.
    pub(super) fn location(&self) -> &str {
        location_id(&self.assigned_location).unwrap_or_default()
    }

    /// Whether any of these lines of the order is in it, with pieces still to be sent.
    pub(super) fn has_any(&self, lines: &[ExternalId]) -> bool {
        self.line_items.nodes.iter().any(|line| {
            line.remaining_quantity > 0 && lines.iter().any(|wanted| wanted.as_str() == line.order_line())
        })
    }
}

fn location_id(assigned: &Value) -> Option<&str> {
    assigned["location"]["id"].as_str()
}

#[derive(Deserialize)]
struct OrderOf<T> {
    order: Option<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToSend {
    cancelled_at: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    fulfillment_orders: List<FulfillmentOrder>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MoreLines {
    fulfillment_order: Option<LinesOf>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LinesOf {
    #[serde(default, deserialize_with = "lenient::or_default")]
    line_items: List<Line>,
}

/// What of an order is sent from our location.
pub(super) struct Plan {
    /// The order was cancelled at the shop.
    pub(super) cancelled: bool,
    /// Its parts, in Shopify's order, whatever their status.
    pub(super) parts: Vec<FulfillmentOrder>,
}

/// Reads all of it; `None` when there is no such order.
pub(super) async fn plan(api: &Api, order: &str, location: Location<'_>) -> Result<Option<Plan>> {
    let mut plan = Plan {
        cancelled: false,
        parts: Vec::new(),
    };
    let mut after = None;
    loop {
        let variables = json!({ "id": order, "after": after });
        let answer: OrderOf<ToSend> = api.ask(&FULFILLMENT_ORDERS, variables).await?;
        let Some(page) = answer.order else {
            return Ok(None);
        };
        plan.cancelled = page.cancelled_at.is_some();
        after = page.fulfillment_orders.next();
        for mut part in page.fulfillment_orders.nodes {
            if part.is_at(location) {
                complete(api, &mut part).await?;
                plan.parts.push(part);
            }
        }
        if after.is_none() {
            return Ok(Some(plan));
        }
    }
}

async fn complete(api: &Api, part: &mut FulfillmentOrder) -> Result<()> {
    while let Some(after) = part.line_items.next() {
        let variables = json!({ "id": part.id, "after": after });
        let more: MoreLines = api.ask(&FULFILLMENT_ORDER_LINES, variables).await?;
        let Some(mut more) = more.fulfillment_order else {
            break;
        };
        more.line_items
            .nodes
            .splice(0..0, part.line_items.nodes.drain(..));
        part.line_items = more.line_items;
    }
    Ok(())
}

/// Something that was sent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fulfillment {
    pub(super) id: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    status: String,
    pub(super) display_status: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) tracking_info: Vec<Tracking>,
}

/// How to follow something that was sent.
#[derive(Deserialize)]
pub(super) struct Tracking {
    pub(super) company: Option<String>,
    number: Option<String>,
    pub(super) url: Option<String>,
}

impl Tracking {
    /// The number to follow it by; empty when there is none.
    pub(super) fn number(&self) -> &str {
        self.number.as_deref().unwrap_or_default()
    }
}

/// Pieces of a line that were sent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SentLine {
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) quantity: u32,
    #[serde(rename = "lineItem")]
    of: Named,
}

impl SentLine {
    /// The line of the order.
    pub(super) fn order_line(&self) -> &str {
        &self.of.id
    }
}

#[derive(Deserialize)]
struct Sent {
    #[serde(default, deserialize_with = "lenient::or_default")]
    fulfillments: Vec<Fulfillment>,
}

#[derive(Deserialize)]
struct SentLinesOf {
    fulfillment: Option<SentLines>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentLines {
    #[serde(default, deserialize_with = "lenient::or_default")]
    fulfillment_line_items: List<SentLine>,
}

/// The lines of something that was sent.
pub(super) async fn sent_lines(api: &Api, fulfillment: &str) -> Result<Vec<SentLine>> {
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let variables = json!({ "id": fulfillment, "after": after });
        let answer: SentLinesOf = api.ask(&FULFILLMENT_LINES, variables).await?;
        let Some(SentLines {
            fulfillment_line_items,
        }) = answer.fulfillment
        else {
            return Ok(lines);
        };
        after = fulfillment_line_items.next();
        lines.extend(fulfillment_line_items.nodes);
        if after.is_none() {
            return Ok(lines);
        }
    }
}

/// What was sent of an order and not called back.
pub(super) async fn sent(api: &Api, order: &str) -> Result<Vec<Fulfillment>> {
    let answer: OrderOf<Sent> = api
        .ask(&FULFILLMENTS, json!({ "id": order, "first": MOST_SENT }))
        .await?;
    let mut sent = answer.order.map(|order| order.fulfillments).unwrap_or_default();
    if sent.len() >= MOST_SENT {
        // Shopify does not page this list, and what is not on it might be ours.
        let problem = format!("{order} has {MOST_SENT} fulfillments or more");
        return Err(ConnectionError::Unreadable(problem));
    }
    sent.retain(|fulfillment| !matches!(fulfillment.status.as_str(), "CANCELLED" | "ERROR" | "FAILURE"));
    Ok(sent)
}
