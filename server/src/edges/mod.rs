//! What is neither page nor form: small answers to scripts, downloads, uploads.

mod audit;
mod buyers;
mod connect;
mod customers;
mod exports;
mod files;
pub mod hooks;
mod imports;
mod orders;
mod progress;
mod room;

use app::fault;
use app::visitor::Visitor;
use axum::Router;
use axum::body::Body;
use axum::middleware;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{MethodRouter, get};
use http::{StatusCode, header};
use portal::access::{Operator, Viewer};
use portal::files::attachment;
use portal::{Outcome, Refusal};

use crate::router::Web;

/// The path of every edge that needs to know who asks, and what answers there.
pub fn routes() -> [(&'static str, MethodRouter<Web>); 22] {
    [
        ("/api/jobs/{id}/progress", get(progress::progress)),
        ("/api/orders/{id}/progress", get(orders::progress)),
        (
            "/api/invitations/{id}/unchanged",
            get(customers::invitation_unchanged),
        ),
        ("/connect/shopify", get(connect::opened_at_shopify)),
        ("/connect/shopify/callback", get(connect::shopify)),
        ("/connect/etsy/callback", get(connect::etsy)),
        ("/connect/woocommerce/return", get(connect::woocommerce)),
        ("/console/customers/export.csv", get(customers::export)),
        ("/console/catalogue/export.csv", get(exports::catalogue)),
        (
            "/console/catalogue/import/template.csv",
            get(exports::catalogue_template),
        ),
        (
            "/console/catalogue/import/{id}/errors.csv",
            get(exports::catalogue_errors),
        ),
        ("/console/audit/export.csv", get(audit::all)),
        ("/storefronts/settings/audit/export.csv", get(audit::own)),
        ("/console/buyers/export.json", get(buyers::of_all)),
        ("/storefronts/settings/buyers/export.json", get(buyers::of_own)),
        ("/console/orders/export.csv", get(exports::all_orders)),
        ("/storefronts/orders/export.csv", get(exports::own_orders)),
        (
            "/storefronts/stores/{id}/products/export.csv",
            get(exports::store_products),
        ),
        ("/files/{id}", get(files::file)),
        (
            "/storefronts/orders/import/template.csv",
            get(imports::orders_template),
        ),
        ("/storefronts/imports/{id}/errors.csv", get(imports::refused_rows)),
        ("/storefronts/imports/{id}/result.csv", get(imports::all_rows)),
    ]
}

/// The edges of [`routes`].
pub fn router() -> Router<Web> {
    routes()
        .into_iter()
        .fold(Router::new(), |router, (path, answers)| {
            router.route(path, answers)
        })
        .route_layer(middleware::map_response(without_words))
}

/// Takes the words off a refusal of axum's own, of an address that it cannot read: they name what is inside.
async fn without_words(response: Response) -> Response {
    match response.status() {
        StatusCode::BAD_REQUEST => StatusCode::BAD_REQUEST.into_response(),
        _ => response,
    }
}

/// Whoever asks and is logged in.
fn viewer(visitor: &Visitor) -> Outcome<&Viewer> {
    visitor
        .current
        .as_ref()
        .map(|current| &current.viewer)
        .ok_or(Refusal::NotLoggedIn)
}

/// The operator who asks; for client users what only operators have does not exist.
fn operator(visitor: &Visitor) -> Outcome<&Operator> {
    match viewer(visitor)? {
        Viewer::Operator(operator) => Ok(operator),
        Viewer::Client(_) => Err(Refusal::NotFound),
    }
}

/// A CSV file to be saved under `name`.
fn csv(name: &str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(name)),
    ];
    (headers, body.into()).into_response()
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
        Refusal::Forbidden | Refusal::Unproved => StatusCode::FORBIDDEN,
        Refusal::Unexpected(error) => fault::status_of(error, "an edge"),
        _ => StatusCode::NOT_FOUND,
    };
    status.into_response()
}
