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
    ServerFnError::new(match status_of(&fault.into(), what) {
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        _ => "unexpected",
    })
}

/// The status of a bare answer that `unanswered` made, from its words; none for any other, which is in no log yet.
pub fn status_said(said: &[u8]) -> Option<StatusCode> {
    match said {
        b"ServerError|busy" => Some(StatusCode::SERVICE_UNAVAILABLE),
        b"ServerError|unexpected" => Some(StatusCode::INTERNAL_SERVER_ERROR),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use leptos::server_fn::error::FromServerFnError as _;

    use super::*;

    #[test]
    fn a_bare_answer_keeps_its_status() {
        let said = unanswered(anyhow::anyhow!("gone"), "a test").ser();
        assert_eq!(status_said(&said), Some(StatusCode::INTERNAL_SERVER_ERROR));
        let busy: ServerFnError = ServerFnError::new("busy");
        assert_eq!(status_said(&busy.ser()), Some(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(status_said(b"Args|missing field"), None);
    }
}
