//! Cancelling a job.

use domain::Permission;
use domain::id::JobId;
use leptos::prelude::*;
use portal::access::Scope;
use portal::jobs;

use crate::account::log_in::own_path;
use crate::action::{Action, Done, Reply};

/// Cancels a job: at once when it waits, as soon as it notices when it runs.
#[server(prefix = "/do", endpoint = "activity/cancel")]
pub async fn cancel_job(
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
        jobs::cancel(&mut tx, &action.portal, &Scope::AllCustomers, id).await?;
        tx.commit().await?;
        Ok(Done::to(own_path(&next)).saying("job-cancelled"))
    }
    .await;
    action.answer("cancel-job", outcome).await
}
