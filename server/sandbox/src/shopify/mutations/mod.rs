//! The fields of a mutation. Like Shopify they answer 200 and say in `userErrors` what they did not do.

mod bulk;
mod files;
mod fulfillment_orders;
mod fulfillments;
mod product_set;
mod products;
mod tags;
mod webhooks;

use serde_json::{Map, Value, json};

use super::session::Session;

/// What a field of the mutation root answers; `None`: it is not known.
pub(super) fn field(
    session: &Session<'_>,
    name: &str,
    arguments: &Map<String, Value>,
) -> Option<Result<Value, String>> {
    Some(match name {
        "productSet" => product_set::set(session, arguments),
        "publishablePublish" => products::publish(session, arguments),
        "metafieldsSet" => products::set_metafields(session, arguments),
        "tagsAdd" => tags::add(session, arguments),
        "fulfillmentCreate" => fulfillments::create(session, arguments),
        "fulfillmentTrackingInfoUpdate" => fulfillments::update_tracking(session, arguments),
        "fulfillmentCancel" => fulfillments::cancel(session, arguments),
        "fulfillmentEventCreate" => fulfillments::create_event(session, arguments),
        "fulfillmentOrderHold" => fulfillment_orders::hold(session, arguments),
        "fulfillmentOrderReleaseHold" => fulfillment_orders::release_hold(session, arguments),
        "fulfillmentOrderReportProgress" => fulfillment_orders::report_progress(session, arguments),
        "stagedUploadsCreate" => Ok(files::stage(session, arguments)),
        "fileCreate" => session.with(|shop| files::create(shop, arguments)),
        "webhookSubscriptionCreate" => webhooks::create(session, arguments),
        "webhookSubscriptionUpdate" => webhooks::update(session, arguments),
        "webhookSubscriptionDelete" => webhooks::delete(session, arguments),
        "bulkOperationRunQuery" => Ok(bulk::run_query(session, arguments)),
        "bulkOperationCancel" => Ok(bulk::cancel(session, arguments)),
        _ => return None,
    })
}

/// A payload whose object was not made, and why.
fn refused(payload: &str, errors: impl IntoIterator<Item = Value>) -> Value {
    json!({ payload: null, "userErrors": errors.into_iter().collect::<Vec<_>>() })
}

/// A payload with what was made.
fn done(payload: &str, object: Value) -> Value {
    json!({ payload: object, "userErrors": [] })
}

/// The texts of a list.
fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
