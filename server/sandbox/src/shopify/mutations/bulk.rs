//! Bulk operations: a query of everything, whose answer is a file.

use serde_json::{Map, Value, json};

use super::super::answer::{World as _, user_error};
use super::super::bulk;
use super::super::session::{Session, text};
use super::{done, refused};

const PAYLOAD: &str = "bulkOperation";

/// `bulkOperationRunQuery`.
pub(super) fn run_query(session: &Session<'_>, arguments: &Map<String, Value>) -> Value {
    let query = text(arguments, "query").unwrap_or_default();
    match bulk::start(session, query) {
        Ok(operation) => done(PAYLOAD, operation),
        Err((message, code)) => refused(PAYLOAD, [user_error(&["query"], &message, Some(code))]),
    }
}

/// `bulkOperationCancel`: the stand-in's operations end within seconds, so there is never anything left to cancel.
pub(super) fn cancel(session: &Session<'_>, arguments: &Map<String, Value>) -> Value {
    let found = text(arguments, "id").and_then(|gid| session.object(gid));
    let message = match &found {
        Some(_) => "A bulk operation cannot be canceled when it is completed",
        None => "Bulk operation does not exist",
    };
    json!({ PAYLOAD: found, "userErrors": [user_error(&["id"], message, None)] })
}
