//! What is neither page nor form: small answers to scripts, downloads, uploads.

mod progress;

use axum::Router;
use axum::routing::get;

use crate::router::Web;

/// The edges that need to know who asks.
pub fn router() -> Router<Web> {
    Router::new().route("/api/jobs/{id}/progress", get(progress::progress))
}
