//! Saying at the shop how far an order is.

use domain::source::ExternalId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::fulfillment::{self, FulfillmentOrder, Location};
use super::gid;
use super::graphql::{Api, UserError, accept};
use super::operations::{EVENT_CREATE, HOLD, Operation, REPORT_PROGRESS, TAGS_ADD};
use super::shipment;
use crate::lenient;
use crate::moment;
use crate::store::{ConnectionError, Progress, ProgressUpdate, Result, Written};

/// What an order is tagged with where its progress cannot be reported.
const TAG: &str = "in-production";

/// What every mutation answers: something under its own name.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mutated {
    #[serde(default, deserialize_with = "lenient::or_default")]
    user_errors: Vec<UserError>,
}

/// Sends a mutation whose answer holds nothing needed but objections.
pub(super) async fn mutate(api: &Api, operation: &Operation, variables: Value) -> Result<()> {
    let answers: std::collections::BTreeMap<String, Option<Mutated>> = api.ask(operation, variables).await?;
    answers
        .into_values()
        .flatten()
        .try_for_each(|mutated| accept(&mutated.user_errors))
}

pub(super) async fn write(api: &Api, update: &ProgressUpdate, location: Location<'_>) -> Result<Written> {
    match update.progress {
        Progress::InProduction => in_production(api, update, location).await,
        Progress::Cancelled | Progress::RestCancelled => cancelled(api, update, location).await,
        Progress::Delivered => delivered(api, update).await,
    }
}

async fn in_production(api: &Api, update: &ProgressUpdate, location: Location<'_>) -> Result<Written> {
    let order = gid::of("Order", update.order.as_str());
    let parts = ours(api, &order, update, location).await?;
    if parts.iter().any(|part| part.status == "IN_PROGRESS")
        && !parts.iter().any(|part| part.status == "OPEN")
    {
        return Ok(Written::AlreadyThere { external_id: None });
    }
    let mut reported = false;
    for part in parts
        .iter()
        .filter(|part| part.status == "OPEN" && part.supports("REPORT_PROGRESS"))
    {
        let variables = json!({ "id": part.id, "progressReport": { "reasonNotes": update.remark } });
        mutate(api, &REPORT_PROGRESS, variables).await?;
        reported = true;
    }
    if reported {
        return Ok(Written::Done { external_id: None });
    }
    match mutate(api, &TAGS_ADD, json!({ "id": order, "tags": [TAG] })).await {
        Ok(()) => Ok(Written::Done { external_id: None }),
        // Tagging needs a permission that is not asked for; without it there is no word for this.
        Err(ConnectionError::PermissionMissing { .. }) => Ok(Written::NotSupported),
        Err(error) => Err(error),
    }
}

/// What we will not make is put on hold, with the reason, so that people at the shop decide what becomes of it.
async fn cancelled(api: &Api, update: &ProgressUpdate, location: Location<'_>) -> Result<Written> {
    let order = gid::of("Order", update.order.as_str());
    let parts = ours(api, &order, update, location).await?;
    let held = |part: &&FulfillmentOrder| {
        part.fulfillment_holds
            .iter()
            .any(|hold| hold.held_by_requesting_app)
    };
    let mut written = Written::NotSupported;
    for part in &parts {
        if held(&part) {
            written = Written::AlreadyThere { external_id: None };
        } else if part.supports("HOLD") {
            let hold = json!({
                "reason": "OTHER",
                "reasonNotes": update.remark,
                "notifyMerchant": true,
                "fulfillmentOrderLineItems": lines_to_hold(part, &update.lines),
            });
            mutate(api, &HOLD, json!({ "id": part.id, "fulfillmentHold": hold })).await?;
            written = Written::Done { external_id: None };
        }
    }
    if parts.is_empty() {
        // Nothing is left to be sent: cancelled at the shop, or sent already.
        written = Written::AlreadyThere { external_id: None };
    }
    Ok(written)
}

/// The lines of a part to be held; none means all of them.
fn lines_to_hold(part: &FulfillmentOrder, lines: &[ExternalId]) -> Vec<Value> {
    let remaining = || {
        part.line_items
            .nodes
            .iter()
            .filter(|line| line.remaining_quantity > 0)
    };
    let is_ours = |line: &str| lines.iter().any(|wanted| wanted.as_str() == line);
    if remaining().all(|line| is_ours(line.order_line())) {
        return Vec::new();
    }
    remaining()
        .filter(|line| is_ours(line.order_line()))
        .map(|line| json!({ "id": line.id, "quantity": line.remaining_quantity }))
        .collect()
}

/// The parts of the order that still hold lines of the update.
async fn ours(
    api: &Api,
    order: &str,
    update: &ProgressUpdate,
    location: Location<'_>,
) -> Result<Vec<FulfillmentOrder>> {
    let plan = fulfillment::plan(api, order, location)
        .await?
        .ok_or_else(shipment::no_order)?;
    if plan.cancelled {
        return Ok(Vec::new());
    }
    let lines: Vec<ExternalId> = update
        .lines
        .iter()
        .map(|line| gid::external("LineItem", line.as_str()))
        .collect();
    Ok(plan
        .parts
        .into_iter()
        .filter(|part| part.has_any(&lines))
        .collect())
}

async fn delivered(api: &Api, update: &ProgressUpdate) -> Result<Written> {
    let order = gid::of("Order", update.order.as_str());
    let sent = fulfillment::sent(api, &order).await?;
    let named: Vec<&str> = match (&update.shipment, sent.as_slice()) {
        (Some(shipment), _) => shipment::fulfillments(shipment).collect(),
        (None, [only]) => vec![only.id.as_str()],
        (None, _) => return Ok(Written::NotSupported),
    };
    let mut written = Written::AlreadyThere { external_id: None };
    for fulfillment in sent.iter().filter(|sent| named.contains(&sent.id.as_str())) {
        if fulfillment.display_status.as_deref() == Some("DELIVERED") {
            continue;
        }
        let event = json!({
            "fulfillmentId": fulfillment.id,
            "status": "DELIVERED",
            "happenedAt": moment::rfc3339(api.wire().surroundings().now()),
        });
        mutate(api, &EVENT_CREATE, json!({ "fulfillmentEvent": event })).await?;
        written = Written::Done { external_id: None };
    }
    Ok(written)
}
