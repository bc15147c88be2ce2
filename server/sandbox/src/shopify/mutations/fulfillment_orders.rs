//! Holding a fulfillment order, letting it go, reporting that it is being worked on.

use serde_json::{Map, Value, json};

use super::super::answer::{number_of, user_error};
use super::super::objects::fulfillment_order::{self, FulfillmentOrder, Hold};
use super::super::session::{Session, id, reference, text};
use super::{refused, texts};
use crate::shop::Shop;

const PAYLOAD: &str = "fulfillmentOrder";

/// `fulfillmentOrderHold`.
pub(super) fn hold(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let empty = Map::new();
    let input = arguments["fulfillmentHold"].as_object().unwrap_or(&empty);
    let outcome = change(
        session,
        arguments,
        ("HOLD", "held"),
        "INVALID_LINE_ITEM_QUANTITY",
        |shop, order_id, known| {
            let handle = text(input, "handle").unwrap_or_default().to_owned();
            if known.holds.iter().any(|hold| hold.handle == handle) {
                let message = "A hold with this handle already exists.";
                return Err(user_error(
                    &["fulfillmentHold", "handle"],
                    message,
                    Some("DUPLICATE_FULFILLMENT_HOLD_HANDLE"),
                ));
            }
            let named: Vec<u64> = named_lines(input);
            let split = fulfillment_order::split(shop, order_id, known, |(id, _)| {
                named.is_empty() || named.contains(id)
            });
            split.map_err(|refused| user_error(&["id"], &refused.to_string(), None))?;
            let hold = Hold {
                id: shop.next_id(),
                reason: text(input, "reason").unwrap_or("OTHER").to_owned(),
                notes: text(input, "reasonNotes").unwrap_or_default().to_owned(),
                handle,
                by_merchant: false,
            };
            let object = hold.object();
            known.holds.push(hold);
            Ok(object)
        },
    )?;
    Ok(match outcome {
        Ok((number, hold)) => {
            json!({ PAYLOAD: reference("FulfillmentOrder", number), "fulfillmentHold": hold, "userErrors": [] })
        }
        Err(error) => json!({ PAYLOAD: null, "fulfillmentHold": null, "userErrors": [error] }),
    })
}

/// `fulfillmentOrderReleaseHold`: the holds named, or all.
pub(super) fn release_hold(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let named = arguments.get("holdIds").map(texts).unwrap_or_default();
    let named: Vec<u64> = named
        .iter()
        .filter_map(|gid| number_of(gid, "FulfillmentHold"))
        .collect();
    let outcome = change(
        session,
        arguments,
        ("RELEASE_HOLD", "released"),
        "INVALID_ACCESS",
        |_, _, known| {
            known
                .holds
                .retain(|hold| !named.is_empty() && !named.contains(&hold.id));
            Ok(Value::Null)
        },
    )?;
    Ok(payload(outcome))
}

/// `fulfillmentOrderReportProgress`.
pub(super) fn report_progress(
    session: &Session<'_>,
    arguments: &Map<String, Value>,
) -> Result<Value, String> {
    let notes = arguments
        .get("progressReport")
        .and_then(|report| report["reasonNotes"].as_str())
        .unwrap_or_default();
    let code = "FULFILLMENT_ORDER_STATUS_INVALID";
    let action = ("REPORT_PROGRESS", "fulfillment_order");
    let outcome = change(session, arguments, action, code, |_, _, known| {
        known.progress = Some(notes.to_owned());
        Ok(Value::Null)
    })?;
    Ok(payload(outcome))
}

/// The lines that a hold is for, by their own ids; none means all. The stand-in holds whole lines.
fn named_lines(input: &Map<String, Value>) -> Vec<u64> {
    let lines = input.get("fulfillmentOrderLineItems").and_then(Value::as_array);
    let ids = lines.into_iter().flatten().filter_map(|line| line["id"].as_str());
    ids.filter_map(|id| number_of(id, "FulfillmentOrderLineItem"))
        .collect()
}

fn payload(outcome: Result<(u64, Value), Value>) -> Value {
    match outcome {
        Ok((number, _)) => json!({ PAYLOAD: reference("FulfillmentOrder", number), "userErrors": [] }),
        Err(error) => refused(PAYLOAD, [error]),
    }
}

/// Changes a fulfillment order that allows `action`, written down as `what`; gives its number and what the change gave, or the user error.
fn change(
    session: &Session<'_>,
    arguments: &Map<String, Value>,
    (action, what): (&str, &'static str),
    not_allowed: &str,
    change: impl FnOnce(&mut Shop, u64, &mut FulfillmentOrder) -> Result<Value, Value>,
) -> Result<Result<(u64, Value), Value>, String> {
    session.with(|shop| {
        let unknown = || fulfillment_order::not_found(Some("FULFILLMENT_ORDER_NOT_FOUND"));
        let number = id(arguments, "id", "FulfillmentOrder").ok_or_else(unknown)?;
        let (order_id, mut known) = fulfillment_order::find(shop, number).ok_or_else(unknown)?;
        let state = shop
            .order(order_id)
            .map(|order| known.state(order))
            .map_err(|_| unknown())?;
        if !state.allows(action) {
            let message = format!(
                "Fulfillment order is not in a valid state: {}.",
                state.name().to_lowercase()
            );
            return Err(user_error(&["id"], &message, Some(not_allowed)));
        }
        let result = change(shop, order_id, &mut known)?;
        fulfillment_order::keep(shop, order_id, known).map_err(|_| unknown())?;
        // What a fulfillment order is shows in its order.
        shop.change_order(order_id, what, |_| ()).map_err(|_| unknown())?;
        Ok((number, result))
    })
}
