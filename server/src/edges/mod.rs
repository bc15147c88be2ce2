//! What is neither page nor form: small answers to scripts, downloads, uploads.

mod customers;
mod exports;
mod files;
mod imports;
mod progress;

use axum::Router;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use http::StatusCode;
use portal::{Outcome, Refusal};

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
        .route("/console/catalogue/export.csv", get(exports::catalogue))
        .route(
            "/console/catalogue/import/template.csv",
            get(exports::catalogue_template),
        )
        .route(
            "/console/catalogue/import/{id}/errors.csv",
            get(exports::catalogue_errors),
        )
        .route("/console/orders/export.csv", get(exports::orders))
        .route("/storefronts/orders/export.csv", get(exports::orders))
        .route("/files/{id}", get(files::file))
        .route(
            "/storefronts/orders/import/template.csv",
            get(imports::orders_template),
        )
        .route("/storefronts/imports/{id}/errors.csv", get(imports::refused_rows))
        .route("/storefronts/imports/{id}/result.csv", get(imports::all_rows))
}

/// The answer of a download. Whoever is not logged in can do so and then has it.
fn download(outcome: Outcome<Response>) -> Response {
    match outcome {
        Ok(response) => response,
        Err(Refusal::NotLoggedIn) => Redirect::to("/login").into_response(),
        Err(refusal) => refused(&refusal),
    }
}

/// The bare answer to what cannot be had.
fn refused(refusal: &Refusal) -> Response {
    let status = match refusal {
        Refusal::NotLoggedIn => StatusCode::UNAUTHORIZED,
        Refusal::Forbidden => StatusCode::FORBIDDEN,
        Refusal::Unexpected(error) => {
            tracing::error!(error = format!("{error:#}"), "an edge failed");
            StatusCode::INTERNAL_SERVER_ERROR
        }
        _ => StatusCode::NOT_FOUND,
    };
    status.into_response()
}
