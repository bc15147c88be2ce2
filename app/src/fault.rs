//! Answering faults of ours.

use http::StatusCode;
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
