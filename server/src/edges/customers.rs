//! The list of customers as a file, and news of an invitation.

use app::operator::customers::list_query::ListQuery;
use app::visitor::Visitor;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::AuditAction;
use domain::id::InvitationId;
use portal::audit::exported;
use portal::{Portal, customers, invitations};
use serde::Deserialize;
use serde_json::json;

use super::{csv, download, operator, refused, viewer};

/// The customers that the list's address shows, as CSV.
pub(super) async fn export(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let exported = async {
        let filter = ListQuery::of(pairs.clone()).filter();
        let file = customers::export_csv(&portal, operator(&visitor)?, &filter).await?;
        exported(&portal, viewer(&visitor)?, AuditAction::CustomersExported, &pairs).await?;
        Ok(csv("customers.csv", file))
    };
    download(exported.await)
}

/// What the page knows of an invitation's mail.
#[derive(Debug, Deserialize)]
pub(super) struct Seen {
    refusals: i64,
}

/// Whether an invitation is still as the page shows it; the island loads the page anew once it is not.
pub(super) async fn invitation_unchanged(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<InvitationId>,
    Query(seen): Query<Seen>,
) -> Response {
    let unchanged = match viewer(&visitor) {
        Ok(viewer) => invitations::is_unchanged(&portal, viewer, id, seen.refusals).await,
        Err(refusal) => Err(refusal),
    };
    match unchanged {
        Ok(unchanged) => Json(json!({ "finished": !unchanged })).into_response(),
        Err(refusal) => refused(&refusal),
    }
}
