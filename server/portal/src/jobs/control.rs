//! Cancelling and retrying by hand.

use domain::JobState;
use domain::id::{JobId, StoreId};
use sqlx::types::Json;

use super::enqueue::wake;
use super::{Abandoned, Revived, kinds, list};
use crate::access::Scope;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// Cancels a job: a queued one at once, a running one as soon as its handler next reports progress or commits. Gives the
/// state the job is in now. The hook [`super::Job::abandoned`] of a queued job runs here, in `tx`.
///
/// # Errors
/// [`Refusal::NotFound`] outside of `scope`, [`Refusal::Conflict`] `job-finished` when there is nothing to cancel.
pub async fn cancel(tx: &mut Tx, portal: &Portal, scope: &Scope, id: JobId) -> Outcome<JobState> {
    if list::find(tx, scope, id).await?.is_none() {
        return Err(Refusal::NotFound);
    }
    let queued: Option<(String, Json<serde_json::Value>)> = sql(
        "UPDATE jobs SET state = 'cancelled', cancel_requested = TRUE, finished_at = $2
             WHERE id = $1 AND state = 'queued' RETURNING kind, payload",
    )
    .bind(id)
    .bind(portal.now())
    .fetch_optional(tx)
    .await?;
    if let Some((kind, Json(payload))) = queued {
        let state = JobState::Cancelled;
        if let Some(handler) = kinds::registry().get(&kind) {
            handler
                .abandoned(
                    payload,
                    tx,
                    &Abandoned {
                        portal,
                        job_id: id,
                        state,
                        reason: None,
                    },
                )
                .await?;
        }
        return Ok(state);
    }
    let running = sql("UPDATE jobs SET cancel_requested = TRUE WHERE id = $1 AND state = 'running'")
        .bind(id)
        .execute(tx)
        .await?;
    if running == 1 {
        Ok(JobState::Running)
    } else {
        Err(Refusal::conflict("job-finished"))
    }
}

/// Has a job that waits for its time begin at once, with all its attempts: a person wants it now. One that is under way
/// or due goes on as it is.
///
/// # Errors
/// When the database fails.
pub(crate) async fn hurry(tx: &mut Tx, portal: &Portal, id: JobId) -> Result<(), StorageError> {
    let waited =
        sql("UPDATE jobs SET run_at = $2, attempt = 0 WHERE id = $1 AND state = 'queued' AND run_at > $2")
            .bind(id)
            .bind(portal.now())
            .execute(tx)
            .await?;
    if waited > 0 {
        wake(tx).await?;
    }
    Ok(())
}

/// Puts a failed, dead or cancelled job back into the queue, with all its attempts. The hook
/// [`super::Job::revived`] runs here, in `tx`.
///
/// # Errors
/// [`Refusal::NotFound`] outside of `scope`; [`Refusal::Conflict`] `job-not-stopped` when it is not in such a state, or
/// `job-already-queued` when a unique job of its kind and key is unfinished. Drop the transaction then.
pub async fn retry(tx: &mut Tx, portal: &Portal, scope: &Scope, id: JobId) -> Outcome<()> {
    let Some(job) = list::find(tx, scope, id).await? else {
        return Err(Refusal::NotFound);
    };
    if !matches!(job.state, JobState::Failed | JobState::Dead | JobState::Cancelled) {
        return Err(Refusal::conflict("job-not-stopped"));
    }
    let Some((kind, Json(payload))) = requeue(tx, portal, id).await? else {
        return Err(Refusal::conflict("job-already-queued"));
    };
    if let Some(handler) = kinds::registry().get(&kind) {
        handler
            .revived(payload, tx, &Revived { portal, job_id: id })
            .await?;
    }
    Ok(wake(tx).await?)
}

/// Has the jobs of a store that wait for their next attempt run now.
pub(crate) async fn hurry_store(tx: &mut Tx, portal: &Portal, store: StoreId) -> Result<(), StorageError> {
    sql("UPDATE jobs SET run_at = $2 WHERE store_id = $1 AND state = 'queued' AND attempt > 0 AND run_at > $2")
        .bind(store)
        .bind(portal.now())
        .execute(tx)
        .await?;
    wake(tx).await
}

/// Gives kind and payload; nothing when another job stands in the way.
async fn requeue(
    tx: &mut Tx,
    portal: &Portal,
    id: JobId,
) -> Result<Option<(String, Json<serde_json::Value>)>, StorageError> {
    let requeued = sql(
        "UPDATE jobs SET state = 'queued', attempt = 0, run_at = $2, cancel_requested = FALSE, reason = NULL,
                         finished_at = NULL
         WHERE id = $1 AND state IN ('failed', 'dead', 'cancelled') AND NOT EXISTS (
             SELECT 1 FROM jobs other
             WHERE other.kind = jobs.kind AND other.unique_key = jobs.unique_key
               AND other.state IN ('queued', 'running'))
         RETURNING kind, payload",
    )
    .bind(id)
    .bind(portal.now())
    .fetch_optional(tx)
    .await;
    match requeued {
        // PostgreSQL: another transaction enqueued it at this moment.
        Err(error) if error.unique_violation().as_deref() == Some("jobs.kind,unique_key") => Ok(None),
        requeued => requeued,
    }
}
