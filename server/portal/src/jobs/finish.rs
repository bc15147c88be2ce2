//! What becomes of a job after an attempt.

use std::time::Duration;

use domain::{JobState, ReasonCode, Timestamp};

use super::claim::Claimed;
use super::error::Kind;
use super::registry::Handler;
use super::{Abandoned, JobContext, JobDone, JobError};
use crate::storage::{StorageError, Tx, Value, sql};

/// Longer errors are cut: they are for a person to read.
const ERROR_CHARACTERS: usize = 1000;
/// Nobody makes a job wait for longer: the day of a platform's quota, whatever a wrong clock says. While it waits, a
/// unique job keeps others of its key out.
const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// Writes down what became of the attempt, unless the job belongs to another worker by now.
pub(super) async fn finish(
    ctx: &JobContext,
    handler: &dyn Handler,
    claimed: &Claimed,
    outcome: Result<JobDone, JobError>,
) -> Result<(), StorageError> {
    let mut tx = ctx.portal.db.begin().await?;
    let Some(cancel_requested) = ctx.lease.renew(&mut tx, ctx.portal.now()).await? else {
        tracing::warn!(job = %ctx.job_id, kind = claimed.kind, "the job was taken over by another worker");
        return Ok(());
    };
    match outcome {
        Ok(done) => succeed(&mut tx, ctx, done).await?,
        Err(error) => match next(ctx, handler, &error, cancel_requested) {
            Next::Again(at) => again(&mut tx, ctx, at, Some(&error)).await?,
            Next::End(state, reason) => {
                abandon(&mut tx, ctx, state, reason, &error).await?;
                let abandoned = Abandoned {
                    portal: &ctx.portal,
                    job_id: ctx.job_id,
                    state,
                    reason,
                };
                let hook = handler.abandoned(claimed.payload.0.clone(), &mut tx, &abandoned);
                if let Err(failure) = hook.await {
                    tracing::error!(job = %ctx.job_id, kind = claimed.kind, %failure, "the end of the job was not noted");
                    // What the hook began is rolled back. The job must end all the same, or it would run for ever.
                    drop(tx);
                    tx = ctx.portal.db.begin().await?;
                    if ctx.lease.renew(&mut tx, ctx.portal.now()).await?.is_none() {
                        return Ok(());
                    }
                    abandon(&mut tx, ctx, state, reason, &error).await?;
                }
            }
            Next::Nothing => return Ok(()),
        },
    }
    tx.commit().await
}

/// Gives a job back that was not worked on to its end: the attempt does not count.
pub(super) async fn release(ctx: &JobContext) -> Result<(), StorageError> {
    let mut tx = ctx.portal.db.begin().await?;
    if ctx.lease.renew(&mut tx, ctx.portal.now()).await?.is_some() {
        sql("UPDATE jobs SET attempt = attempt - 1 WHERE id = $1")
            .bind(ctx.job_id)
            .execute(&mut tx)
            .await?;
        again(&mut tx, ctx, ctx.portal.now(), None).await?;
    }
    tx.commit().await
}

enum Next {
    /// Another attempt at that time.
    Again(Timestamp),
    /// No other attempt.
    End(JobState, Option<ReasonCode>),
    /// The job is not ours.
    Nothing,
}

fn next(ctx: &JobContext, handler: &dyn Handler, error: &JobError, cancel_requested: bool) -> Next {
    match error.kind {
        Kind::LeaseLost => Next::Nothing,
        Kind::Cancelled => Next::End(JobState::Cancelled, None),
        Kind::Fail(reason) => Next::End(JobState::Failed, Some(reason)),
        Kind::SetAside(reason) => Next::End(JobState::Cancelled, Some(reason)),
        Kind::WorkerLost => Next::End(JobState::Dead, Some(ReasonCode::JobWorkerLost)),
        Kind::Retry(_) if cancel_requested => Next::End(JobState::Cancelled, None),
        Kind::Retry(_) if ctx.attempt >= ctx.max_attempts => Next::End(
            JobState::Dead,
            error.because.or(Some(ReasonCode::JobAttemptsUsedUp)),
        ),
        Kind::Retry(Some(time)) => Next::Again(time.min(ctx.portal.now() + LONGEST_WAIT)),
        Kind::Retry(None) => {
            let delay = handler
                .retry_policy()
                .delay(ctx.attempt, ctx.portal.entropy.as_ref());
            Next::Again(ctx.portal.now() + delay)
        }
    }
}

async fn succeed(tx: &mut Tx, ctx: &JobContext, done: JobDone) -> Result<(), StorageError> {
    let state = if done.partly_failed.is_some() {
        JobState::PartlyFailed
    } else {
        JobState::Succeeded
    };
    sql(
        "UPDATE jobs SET state = $2, result = $3, reason = $4, error = NULL, finished_at = $5,
                         lease_until = NULL, worker = NULL
         WHERE id = $1",
    )
    .bind(ctx.job_id)
    .bind(state.as_str())
    .bind(match done.result {
        // A result that cannot be written must not keep a job from being done.
        Value::NotJson(reason) => Value::json(&reason),
        result => result,
    })
    .bind(done.partly_failed.map(ReasonCode::as_str))
    .bind(ctx.portal.now())
    .execute(tx)
    .await?;
    Ok(())
}

async fn again(
    tx: &mut Tx,
    ctx: &JobContext,
    at: Timestamp,
    error: Option<&JobError>,
) -> Result<(), StorageError> {
    if let Some(error) = error {
        tracing::info!(job = %ctx.job_id, attempt = ctx.attempt, %error, "the job is tried again");
    }
    sql("UPDATE jobs SET state = 'queued', run_at = $2, error = COALESCE($3, error), reason = COALESCE($4, reason),
             lease_until = NULL, worker = NULL
         WHERE id = $1")
    .bind(ctx.job_id)
    .bind(at)
    .bind(error.map(shortened))
    .bind(error.and_then(|error| error.because).map(ReasonCode::as_str))
    .execute(tx)
    .await?;
    Ok(())
}

async fn abandon(
    tx: &mut Tx,
    ctx: &JobContext,
    state: JobState,
    reason: Option<ReasonCode>,
    error: &JobError,
) -> Result<(), StorageError> {
    if state != JobState::Cancelled {
        tracing::warn!(job = %ctx.job_id, state = state.as_str(), %error, "the job was given up");
    }
    sql("UPDATE jobs SET state = $2, reason = $3, error = $4, finished_at = $5, lease_until = NULL, worker = NULL
         WHERE id = $1")
    .bind(ctx.job_id)
    .bind(state.as_str())
    .bind(reason.map(ReasonCode::as_str))
    .bind((state != JobState::Cancelled).then(|| shortened(error)))
    .bind(ctx.portal.now())
    .execute(tx)
    .await?;
    Ok(())
}

fn shortened(error: &JobError) -> String {
    error.to_string().chars().take(ERROR_CHARACTERS).collect()
}
