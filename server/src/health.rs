//! Whether the process is alive and whether it can serve.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portal::Portal;
use serde_json::json;

/// The process answers.
pub async fn live() -> &'static str {
    "alive"
}

/// The process can serve: its database answers.
pub async fn ready(State(portal): State<Portal>) -> Response {
    match portal.db.ping().await {
        Ok(()) => Json(json!({ "ready": true, "database": portal.db.engine().name() })).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false }))).into_response()
        }
    }
}
