//! Giving stopped jobs another chance.

use domain::id::JobId;
use domain::{Permission, Problem};
use leptos::prelude::*;
use portal::access::Scope;
use portal::jobs;

use super::JOBS;
use crate::account::log_in::own_path;
use crate::action::{Action, Done, Reply};

/// Puts a job back into the queue.
#[server(prefix = "/do", endpoint = "activity/retry")]
pub async fn retry_job(
    /// The job.
    #[server(default)]
    id: String,
    /// Path of the page to return to.
    #[server(default)]
    next: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        action.operator()?.require(Permission::ControlActivity)?;
        let id: JobId = action.id(&id)?;
        let mut tx = action.portal.db.begin().await?;
        jobs::retry(&mut tx, &action.portal, &Scope::AllCustomers, id).await?;
        tx.commit().await?;
        Ok(Done::to(own_path(&next)).saying("job-retried"))
    }
    .await;
    action.answer("retry-job", outcome).await
}

/// Puts every dead job back into the queue.
#[server(prefix = "/do", endpoint = "activity/retry-dead")]
pub async fn retry_dead_jobs() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        action.operator()?.require(Permission::ControlActivity)?;
        let retried = jobs::retry_dead(&action.portal).await?;
        let said = Problem::new("jobs-retried")
            .with("queued", retried.queued)
            .with("left", retried.left);
        Ok(Done::to(JOBS).saying_with(said))
    }
    .await;
    action.answer("retry-dead-jobs", outcome).await
}
