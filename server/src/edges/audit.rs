//! The audit log as a file.

use app::audit::query::AuditQuery;
use app::visitor::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::AuditAction;
use portal::access::Viewer;
use portal::audit::{self, exported};
use portal::{Outcome, Portal, Refusal};

use super::{csv, download, viewer};

/// What the list of the operator console shows.
pub(super) async fn all(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let entries = async {
        match viewer(&visitor)? {
            Viewer::Client(_) => Err(Refusal::NotFound),
            viewer @ Viewer::Operator(_) => entries_of(portal, &visitor, viewer, pairs).await,
        }
    };
    download(entries.await)
}

/// What the list of Storefronts shows.
pub(super) async fn own(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let entries = async {
        match viewer(&visitor)? {
            Viewer::Operator(_) => Err(Refusal::NotFound),
            viewer @ Viewer::Client(_) => entries_of(portal, &visitor, viewer, pairs).await,
        }
    };
    download(entries.await)
}

async fn entries_of(
    portal: Portal,
    visitor: &Visitor,
    viewer: &Viewer,
    pairs: Vec<(String, String)>,
) -> Outcome<Response> {
    let filter = AuditQuery::of(pairs.clone()).filter(visitor.time_zone);
    let pieces = audit::export_csv(portal.clone(), viewer, filter)?;
    exported(&portal, viewer, AuditAction::AuditLogExported, &pairs).await?;
    Ok(csv("audit-log.csv", Body::from_stream(pieces)))
}
