//! What is kept about a buyer, as a file.

use app::visitor::Visitor;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use domain::AuditAction;
use http::header;
use portal::access::Viewer;
use portal::audit::exported;
use portal::files::attachment;
use portal::{Outcome, Portal, Refusal, buyers};
use serde::Deserialize;

use super::{download, viewer};

/// Whom it is about.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The buyer's e-mail address.
    #[serde(default)]
    email: String,
}

/// For administrators: from the orders of every customer.
pub(super) async fn of_all(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    let viewer = match viewer(&visitor) {
        Ok(Viewer::Client(_)) => Err(Refusal::NotFound),
        viewer => viewer,
    };
    download(export(&portal, viewer, &asked).await)
}

/// For account admins: from the orders of their customer.
pub(super) async fn of_own(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    let viewer = match viewer(&visitor) {
        Ok(Viewer::Operator(_)) => Err(Refusal::NotFound),
        viewer => viewer,
    };
    download(export(&portal, viewer, &asked).await)
}

async fn export(portal: &Portal, viewer: Outcome<&Viewer>, asked: &Asked) -> Outcome<Response> {
    let viewer = viewer?;
    let json = buyers::export(portal, viewer, &asked.email).await?;
    exported(portal, viewer, AuditAction::BuyerExported, &[]).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, attachment("buyer.json")),
    ];
    Ok((headers, json).into_response())
}
