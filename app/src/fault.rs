//! Answering faults of ours.

use http::StatusCode;
use leptos::prelude::ServerFnError;
use portal::storage::is_busy;

/// The status that answers `fault`, which is logged: 503 when the database only had no time and the same can be tried
/// again, 500 otherwise. `what` says what failed.
pub fn status_of(fault: &anyhow::Error, what: &str) -> StatusCode {
    if is_busy(fault) {
        tracing::warn!(what, error = format!("{fault:#}"), "the database is busy");
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    tracing::error!(what, error = format!("{fault:#}"), "something broke");
    StatusCode::INTERNAL_SERVER_ERROR
}

/// The error of a server function that cannot answer at all, because of `fault`. The log knows why; the browser is not
/// told in the words of libraries.
pub(crate) fn unanswered(fault: impl Into<anyhow::Error>, what: &str) -> ServerFnError {
    status_of(&fault.into(), what);
    ServerFnError::new("unexpected")
}
