//! What is neither page nor form: small answers to scripts, downloads, uploads.

mod customers;
mod progress;

use axum::Router;
use axum::routing::get;

use crate::router::Web;

/// The edges that need to know who asks.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/api/jobs/{id}/progress", get(progress::progress))
        .route(
            "/api/invitations/{id}/unchanged",
            get(customers::invitation_unchanged),
        )
        .route("/console/customers/export.csv", get(customers::export))
}
