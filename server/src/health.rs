//! Whether the process is alive and whether it can serve.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portal::Portal;
use portal::storage::Engine;
use serde_json::json;

/// The process answers.
pub async fn live() -> &'static str {
    "alive"
}

/// The process can serve: its database answers.
pub async fn ready(State(portal): State<Portal>) -> Response {
    match portal.db.ping().await {
        Ok(()) => {
            let engine = match portal.db.engine() {
                Engine::Sqlite => "sqlite",
                Engine::Postgres => "postgres",
            };
            Json(json!({ "ready": true, "database": engine })).into_response()
        }
        Err(error) => {
            tracing::error!(error = %error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false }))).into_response()
        }
    }
}
