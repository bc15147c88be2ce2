//! How far a job is, for the island that shows it.

use app::fault;
use app::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::Permission;
use domain::id::JobId;
use http::StatusCode;
use portal::access::Viewer;
use portal::{Portal, jobs};
use serde_json::json;

use super::refused;

/// State, words and numbers of a job the visitor may see; anything else does not exist.
pub(super) async fn progress(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<JobId>,
) -> Response {
    let Some(current) = &visitor.current else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    if let Viewer::Operator(operator) = &current.viewer
        && let Err(refusal) = operator.require(Permission::SeeActivity)
    {
        return refused(&refusal);
    }
    let job = match portal.db.read().await {
        Ok(mut conn) => jobs::find(&mut conn, &current.viewer.scope(), id).await,
        Err(error) => Err(error),
    };
    match job {
        Ok(Some(job)) => {
            let text = visitor.text();
            let bar = job.bar(visitor.now);
            Json(json!({
                "state": job.state.slug(),
                "words": text.job_progress(&job),
                "done": bar.map(|(done, _)| done),
                "total": bar.map(|(_, total)| total),
                "finished": job.state.is_finished(),
            }))
            .into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => fault::status_of(&error.into(), "progress").into_response(),
    }
}
