//! How Etsy refuses: a status and `{"error": "…"}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) error: String,
    /// `error_description`, where OAuth has one.
    pub(super) description: Option<&'static str>,
    /// `Retry-After`, in seconds.
    pub(super) retry_after: Option<u64>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self {
            status,
            error: error.into(),
            description: None,
            retry_after: None,
        }
    }

    /// 400.
    pub(super) fn invalid(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    /// 404.
    pub(super) fn missing(what: &str, id: u64) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("Could not find a {what} with id = {id}"),
        )
    }

    /// 403 with the only word Etsy has for it.
    pub(super) fn unauthorized() -> Self {
        Self::new(StatusCode::FORBIDDEN, "Unauthorized")
    }

    /// An OAuth error.
    pub(super) fn oauth(status: StatusCode, error: &str, description: &'static str) -> Self {
        Self {
            description: Some(description),
            ..Self::new(status, error)
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error });
        if let Some(description) = self.description {
            body["error_description"] = json!(description);
        }
        let mut response = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert("retry-after", seconds.into());
        }
        response
    }
}
