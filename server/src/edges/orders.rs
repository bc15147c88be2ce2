//! News of an order, for the island that shows its page anew.

use app::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::id::OrderId;
use portal::{Portal, orders};
use serde_json::json;

use super::{refused, viewer};

/// Whether nothing goes on with the order by itself any more.
pub(super) async fn progress(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<OrderId>,
) -> Response {
    let under_way = match viewer(&visitor) {
        Ok(viewer) => orders::is_under_way(&portal, viewer, id).await,
        Err(refusal) => Err(refusal),
    };
    match under_way {
        Ok(under_way) => Json(json!({ "finished": !under_way })).into_response(),
        Err(refusal) => refused(&refusal),
    }
}
