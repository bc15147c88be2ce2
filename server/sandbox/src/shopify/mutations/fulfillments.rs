//! Sending lines, correcting the tracking, taking a fulfillment back, and what carriers report.

use serde_json::{Map, Value, json};

use super::super::answer::{gid, number_of, user_error};
use super::super::objects::fulfillment_order::{self, FulfillmentOrder};
use super::super::objects::instant;
use super::super::session::{Session, id, reference, shipment, text};
use super::{done, refused, texts};
use crate::ledger::Event;
use crate::shop::{NewShipment, Shop, TrackingChange};

/// `fulfillmentCreate`: all fulfillment orders of one call must share the order and the location.
pub(super) fn create(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let input = &arguments["fulfillment"];
    let notify = input["notifyCustomer"].as_bool().unwrap_or_default();
    session.with(|shop| {
        let (order_id, lines) = match asked_lines(shop, input) {
            Ok(asked) => asked,
            Err(message) => return refused("fulfillment", [user_error(&["fulfillment"], &message, None)]),
        };
        let tracking = Tracking::read(&input["trackingInfo"]);
        let shipped = shop.ship(
            order_id,
            NewShipment {
                lines,
                tracking_number: tracking.number,
                carrier: tracking.company,
                tracking_url: tracking.url,
                notify,
            },
        );
        match shipped {
            Ok(id) => done("fulfillment", reference("Fulfillment", id)),
            Err(refusal) => refused(
                "fulfillment",
                [user_error(&["fulfillment"], &refusal.to_string(), None)],
            ),
        }
    })
}

/// The order and the lines of an input, or why they cannot be sent.
fn asked_lines(shop: &mut Shop, input: &Value) -> Result<(u64, Vec<(u64, u32)>), String> {
    let mut found: Option<(u64, u64)> = None;
    let mut lines = Vec::new();
    for asked in input["lineItemsByFulfillmentOrder"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let gid = asked["fulfillmentOrderId"].as_str().unwrap_or_default();
        let known = number_of(gid, "FulfillmentOrder").and_then(|id| fulfillment_order::find(shop, id));
        let (order_id, known) = known.ok_or("Fulfillment order does not exist.")?;
        match found {
            Some((order, _)) if order != order_id => {
                return Err("All fulfillment orders must belong to the same order.".to_owned());
            }
            Some((_, location)) if location != known.location => {
                return Err("All fulfillment orders must be assigned to the same location.".to_owned());
            }
            _ => found = Some((order_id, known.location)),
        }
        lines.extend(lines_of(shop, order_id, &known, asked)?);
    }
    let (order_id, _) = found.ok_or("No fulfillment order line items were given.")?;
    Ok((order_id, lines))
}

/// The lines of one fulfillment order: those named, or all that is left.
fn lines_of(
    shop: &Shop,
    order_id: u64,
    known: &FulfillmentOrder,
    asked: &Value,
) -> Result<Vec<(u64, u32)>, String> {
    let order = shop.order(order_id).map_err(|refused| refused.to_string())?;
    let state = known.state(order);
    if !state.allows("CREATE_FULFILLMENT") {
        let status = state.name().to_lowercase();
        return Err(format!(
            "Fulfillment order {} has an unfulfillable status= {status}.",
            known.id
        ));
    }
    let Some(named) = asked["fulfillmentOrderLineItems"]
        .as_array()
        .filter(|named| !named.is_empty())
    else {
        let all = known
            .lines
            .iter()
            .map(|(_, line)| (*line, fulfillment_order::remaining(order, *line)));
        return Ok(all.filter(|(_, left)| *left > 0).collect());
    };
    named
        .iter()
        .map(|item| {
            let item_id = item["id"]
                .as_str()
                .and_then(|gid| number_of(gid, "FulfillmentOrderLineItem"));
            let (_, line) = known
                .lines
                .iter()
                .find(|(known_id, _)| Some(*known_id) == item_id)
                .ok_or("Fulfillment order line item does not exist.")?;
            let quantity = item["quantity"]
                .as_u64()
                .and_then(|quantity| u32::try_from(quantity).ok())
                .unwrap_or(0);
            if quantity == 0 || quantity > fulfillment_order::remaining(order, *line) {
                return Err("Invalid fulfillment order line item quantity requested.".to_owned());
            }
            Ok((*line, quantity))
        })
        .collect()
}

/// `trackingInfo` of an input.
struct Tracking {
    company: Option<String>,
    number: Option<String>,
    url: Option<String>,
}

impl Tracking {
    fn read(input: &Value) -> Self {
        let one = |single: &str, several: &str| {
            let mut all = texts(&input[several]);
            all.extend(input[single].as_str().map(str::to_owned));
            all.retain(|text| !text.is_empty());
            (!all.is_empty()).then(|| all.join(","))
        };
        Self {
            company: input["company"].as_str().map(str::to_owned),
            number: one("number", "numbers"),
            url: one("url", "urls"),
        }
    }
}

/// `fulfillmentTrackingInfoUpdate`: replaces the tracking of what was sent.
pub(super) fn update_tracking(
    session: &Session<'_>,
    arguments: &Map<String, Value>,
) -> Result<Value, String> {
    let Some(number) = id(arguments, "fulfillmentId", "Fulfillment") else {
        return Ok(missing("fulfillmentId"));
    };
    let tracking = Tracking::read(&arguments["trackingInfoInput"]);
    let notify = arguments
        .get("notifyCustomer")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    session.with(|shop| {
        let Some((order_id, index)) = shipment(shop, number) else {
            return missing("fulfillmentId");
        };
        let cancelled = shop.order(order_id).is_ok_and(|order| {
            order
                .shipments
                .get(index)
                .is_some_and(|shipment| shipment.cancelled_at.is_some())
        });
        if cancelled {
            let message = "The tracking of a cancelled fulfillment cannot be updated.";
            return refused("fulfillment", [user_error(&["fulfillmentId"], message, None)]);
        }
        let change = TrackingChange {
            tracking_number: tracking.number,
            carrier: tracking.company,
            tracking_url: tracking.url,
            notify,
        };
        match shop.change_tracking(order_id, number, change) {
            Ok(()) => done("fulfillment", reference("Fulfillment", number)),
            Err(_) => missing("fulfillmentId"),
        }
    })
}

/// `fulfillmentCancel`: what was sent is to be sent again.
pub(super) fn cancel(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let Some(number) = id(arguments, "id", "Fulfillment") else {
        return Ok(missing("id"));
    };
    session.with(|shop| {
        let Some((order_id, _)) = shipment(shop, number) else {
            return missing("id");
        };
        let now = shop.now;
        match shop.change_shipment(order_id, number, |shipment| shipment.cancelled_at = Some(now)) {
            Ok(()) => done("fulfillment", reference("Fulfillment", number)),
            Err(_) => missing("id"),
        }
    })
}

/// `fulfillmentEventCreate`: where a parcel is.
pub(super) fn create_event(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let Some(Value::Object(input)) = arguments.get("fulfillmentEvent") else {
        return Ok(refused(
            "fulfillmentEvent",
            [user_error(&["fulfillmentEvent"], "Required", None)],
        ));
    };
    let status = text(input, "status").unwrap_or_default();
    let Some(number) = id(input, "fulfillmentId", "Fulfillment") else {
        return Ok(event_refused());
    };
    session.with(|shop| {
        let Some((order_id, _)) = shipment(shop, number) else {
            return event_refused();
        };
        let event_id = shop.next_id();
        shop.happened(Event::Other {
            what: "fulfillment_event",
            detail: json!({ "order_id": order_id, "shipment_id": number, "status": status }),
        });
        if status == "DELIVERED" {
            // The shipment was found above, so this cannot fail.
            let _ = shop.deliver(order_id, number);
        }
        let event = json!({
            "id": gid("FulfillmentEvent", event_id),
            "status": status,
            "happenedAt": input.get("happenedAt").cloned().filter(Value::is_string).unwrap_or_else(|| instant(shop.now)),
            "createdAt": instant(shop.now),
            "message": input.get("message"),
        });
        done("fulfillmentEvent", event)
    })
}

fn missing(field: &str) -> Value {
    refused(
        "fulfillment",
        [user_error(&[field], "Fulfillment does not exist.", None)],
    )
}

fn event_refused() -> Value {
    let error = user_error(
        &["fulfillmentEvent", "fulfillmentId"],
        "Fulfillment does not exist.",
        None,
    );
    refused("fulfillmentEvent", [error])
}
