//! Orders that a store lists and that cannot be read. Each is a failed message in the event inspector, from where it
//! can be fetched again, until it is read after all.

use std::collections::BTreeMap;

use connectors::store::{ConnectionError, Subject};
use domain::id::{JobId, MessageId};
use domain::source::{ExternalId, SourceOrder};
use domain::{Direction, MessageKind, MessageState};
use serde_json::json;

use crate::Portal;
use crate::storage::{IntoValue as _, StorageError, Tx, Value, sql};
use crate::stores::Store;

/// What lists the orders that changed.
const BY_CHANGE: &str = "orders.changed";
/// What lists the orders that a person wants from a date on, also from before the store was connected.
pub(crate) const BY_DATE: &str = "orders.placed";

/// What an order is told apart by among the messages of its store.
fn key(order: &str) -> String {
    format!("unreadable:{order}")
}

/// Notes the orders of a page that could not be read: the store's id of each, and why.
pub(super) async fn note(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    job: JobId,
    by_date: bool,
    orders: &[(String, String)],
) -> Result<(), StorageError> {
    // One that is listed twice is one message.
    let orders: BTreeMap<&str, &str> = orders
        .iter()
        .map(|(id, why)| (id.as_str(), why.as_str()))
        .collect();
    if orders.is_empty() {
        return Ok(());
    }
    let now = portal.now();
    let reason = ConnectionError::Unreadable(String::new()).code();
    let mut insert = sql(
        "INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, dedupe_key, state, \
         reason, method, subject, result, job_id, attempt, created_at, finished_at) VALUES ",
    );
    for (place, (order, why)) in orders.into_iter().enumerate() {
        if place > 0 {
            insert.push(", ");
        }
        insert.push_list([
            MessageId(portal.entropy.id()).into_value(),
            Direction::In.as_str().into_value(),
            MessageKind::Poll.as_str().into_value(),
            store.platform.as_str().into_value(),
            store.id.into_value(),
            store.customer_id.into_value(),
            (if by_date { BY_DATE } else { BY_CHANGE }).into_value(),
            key(order).into_value(),
            MessageState::Failed.as_str().into_value(),
            reason.into_value(),
            "GET".into_value(),
            Value::json(&Subject::Order(ExternalId::new(order))),
            Value::json(&json!({ "order": order, "unreadable": why })),
            job.into_value(),
            1_i64.into_value(),
            now.into_value(),
            now.into_value(),
        ]);
    }
    // One that is being fetched again stays so until that has an end.
    insert.push(
        " ON CONFLICT (store_id, dedupe_key) DO UPDATE SET state = excluded.state, reason = excluded.reason, \
         topic = excluded.topic, subject = excluded.subject, result = excluded.result, job_id = excluded.job_id, \
         attempt = messages.attempt + 1, finished_at = excluded.finished_at WHERE messages.state <> 'received'",
    );
    insert.execute(tx).await?;
    Ok(())
}

/// Notes that orders of a page were read, of which some could not be before.
pub(super) async fn note_read(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    orders: &[SourceOrder],
) -> Result<(), StorageError> {
    let mut update = sql("UPDATE messages SET state = 'done', reason = NULL, result = NULL, finished_at = ");
    update
        .push_bind(portal.now())
        .push(" WHERE state IN ('failed', 'dead') AND store_id = ")
        .push_bind(store.id)
        .push(" AND dedupe_key IN ")
        .push_list(orders.iter().map(|order| key(order.external_id.as_str())));
    update.execute(tx).await?;
    Ok(())
}
