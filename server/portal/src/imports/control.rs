//! What both jobs of an import have in common.

use anyhow::anyhow;
use domain::csv_file::CsvError;
use domain::id::{ImportId, JobId};
use domain::{ImportState, JobState, Problem, ReasonCode};

use super::Import;
use super::find::find_in;
use crate::Refusal;
use crate::access::Scope;
use crate::jobs::{Abandoned, JobContext, JobDone, JobError};
use crate::storage::{StorageError, Tx, Value, sql};

/// The import a job works for; nothing when it is not in one of `states`: the work was done by an attempt that could
/// not say so.
pub(super) async fn load(
    ctx: &JobContext,
    id: ImportId,
    states: &[ImportState],
) -> Result<Option<Import>, JobError> {
    let mut conn = ctx.portal.db.read().await?;
    match find_in(&mut conn, &Scope::AllCustomers, id).await {
        Ok(import) => Ok(states.contains(&import.state).then_some(import)),
        Err(Refusal::NotFound) => Err(JobError::fail(
            ReasonCode::JobSubjectGone,
            anyhow!("import {id} is gone"),
        )),
        Err(other) => Err(unexpected(other)),
    }
}

/// What no use case should refuse to a job may be better at the next attempt.
pub(super) fn unexpected(refusal: Refusal) -> JobError {
    JobError::retry(anyhow::Error::from(refusal))
}

/// Ends an import whose file is wrong as a whole: its owner has to choose another one, and nobody else need look.
pub(super) async fn end_unusable(
    ctx: &JobContext,
    id: ImportId,
    error: CsvError,
) -> Result<JobDone, JobError> {
    let problem = match error {
        CsvError::Refused(problem) => problem,
        CsvError::Io(error) => return Err(JobError::retry(error)),
    };
    let mut tx = ctx.portal.db.begin().await?;
    ctx.fence(&mut tx).await?;
    let reason = ReasonCode::ImportFileUnusable;
    fail(&mut tx, ctx, id, reason, &problem).await?;
    tx.commit().await?;
    Ok(JobDone::with(&problem).partly_failed(reason))
}

async fn fail(
    tx: &mut Tx,
    ctx: &JobContext,
    id: ImportId,
    reason: ReasonCode,
    problem: &Problem,
) -> Result<(), StorageError> {
    sql("UPDATE imports SET state = $2, reason = $3, problem = $4, finished_at = $5 WHERE id = $1")
        .bind(id)
        .bind(ImportState::Failed.as_str())
        .bind(reason.as_str())
        .bind(Value::json(problem))
        .bind(ctx.portal.now())
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes, in the transaction that ends the job, that the import stopped. What it created stays.
pub(super) async fn abandoned(
    id: ImportId,
    tx: &mut Tx,
    abandoned: &Abandoned<'_>,
) -> Result<(), StorageError> {
    let state = if abandoned.state == JobState::Cancelled {
        ImportState::Cancelled
    } else {
        ImportState::Failed
    };
    sql("UPDATE imports SET state = $2, reason = $3, finished_at = $4
         WHERE id = $1 AND state IN ('checking', 'queued', 'running')")
    .bind(id)
    .bind(state.as_str())
    .bind(abandoned.reason.map(ReasonCode::as_str))
    .bind(abandoned.portal.now())
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes, in the transaction that puts its job into the queue once more, that the import goes on in `state`. An import
/// that its owner has taken up by another job meanwhile stays as it is, and the old job finds nothing to do.
pub(super) async fn revived(
    id: ImportId,
    tx: &mut Tx,
    job: JobId,
    state: ImportState,
) -> Result<(), StorageError> {
    sql(
        "UPDATE imports SET state = $3, reason = NULL, problem = NULL, finished_at = NULL
         WHERE id = $1 AND job_id = $2 AND state IN ('failed', 'cancelled')",
    )
    .bind(id)
    .bind(job)
    .bind(state.as_str())
    .execute(tx)
    .await?;
    Ok(())
}
