//! Writing the rows of an import into the catalogue.

use std::path::PathBuf;

use anyhow::anyhow;
use domain::csv_file::CsvError;
use domain::id::ImportId;
use domain::{ImportState, JobState, ReasonCode};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::compare::{Compared, Known};
use super::file::{path_of, rows};
use super::find::any_find;
use super::{Counts, Import, Verdict};
use crate::catalogue::archive::{archive_in, restore_in};
use crate::catalogue::{create_in, edit_in};
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, Revived};
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Refusal};

/// Rows written by one transaction.
const AT_ONCE: usize = 20;

/// Writes the rows of an import that are right into the catalogue.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ImportCatalogue {
    /// The import.
    pub import: ImportId,
}

impl ImportCatalogue {
    pub(super) const LANE: &str = "catalogue";
}

impl Job for ImportCatalogue {
    const KIND: &'static str = "import-catalogue";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let import = load(ctx, self.import).await?;
        if !import.state.is_under_way() {
            // An attempt before this one did the work and could not say so.
            return Ok(JobDone::succeeded());
        }
        let path = path_of(&ctx.portal, import.content).await.map_err(unexpected)?;
        let known = Known::read(&mut ctx.portal.db.read().await?)
            .await
            .map_err(unexpected)?;
        let mut batches = compared(path, known, import.rows_done);
        while let Some(batch) = batches.recv().await {
            write(ctx, import.id, batch.map_err(unreadable)?).await?;
        }
        finish(ctx, import.id).await
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        let state = if abandoned.state == JobState::Cancelled {
            ImportState::Cancelled
        } else {
            ImportState::Failed
        };
        sql("UPDATE imports SET state = $2, reason = $3, finished_at = $4
             WHERE id = $1 AND state IN ('queued', 'running')")
        .bind(self.import)
        .bind(state.as_str())
        .bind(abandoned.reason.map(ReasonCode::as_str))
        .bind(abandoned.portal.now())
        .execute(tx)
        .await?;
        Ok(())
    }

    async fn revived(self, tx: &mut Tx, revived: &Revived<'_>) -> Result<(), StorageError> {
        sql("UPDATE imports SET state = $2, reason = NULL, finished_at = NULL
             WHERE id = $1 AND job_id = $3 AND state IN ('failed', 'cancelled')")
        .bind(self.import)
        .bind(ImportState::Queued.as_str())
        .bind(revived.job_id)
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// What no use case should refuse to a job may be better at the next attempt.
fn unexpected(refusal: Refusal) -> JobError {
    JobError::retry(anyhow::Error::from(refusal))
}

fn unreadable(error: CsvError) -> JobError {
    match error {
        CsvError::Refused(problem) => JobError::fail(ReasonCode::ImportFileUnusable, problem),
        CsvError::Io(error) => JobError::retry(error),
    }
}

async fn load(ctx: &JobContext, id: ImportId) -> Result<Import, JobError> {
    match any_find(&mut ctx.portal.db.read().await?, id).await {
        Err(Refusal::NotFound) => {
            let gone = anyhow!("import {id} is gone");
            Err(JobError::fail(ReasonCode::JobSubjectGone, gone))
        }
        found => found.map_err(unexpected),
    }
}

/// Compares the rows behind the first `done` ones with the catalogue, some at a time. Reading waits for whoever
/// receives, and ends when nobody does.
fn compared(path: PathBuf, mut known: Known, done: i64) -> mpsc::Receiver<Result<Vec<Compared>, CsvError>> {
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut read = || -> Result<(), CsvError> {
            let mut rows = rows(&path)?;
            let mut batch = Vec::with_capacity(AT_ONCE);
            let mut number = 0;
            while let Some(row) = known.compare(&mut rows) {
                let row = row?;
                number += 1;
                if number > done {
                    batch.push(row);
                }
                if batch.len() == AT_ONCE && sender.blocking_send(Ok(std::mem::take(&mut batch))).is_err() {
                    return Ok(());
                }
            }
            if !batch.is_empty() {
                // Nobody to tell it to is nothing to worry about.
                let _ = sender.blocking_send(Ok(batch));
            }
            Ok(())
        };
        if let Err(error) = read() {
            let _ = sender.blocking_send(Err(error));
        }
    });
    receiver
}

/// Writes some rows and notes, in the same transaction, that they are done.
async fn write(ctx: &JobContext, id: ImportId, batch: Vec<Compared>) -> Result<(), JobError> {
    let mut tx = ctx.portal.db.begin().await?;
    ctx.fence(&mut tx).await?;
    let mut counts = Counts::default();
    for row in batch {
        counts.add(&row.verdict);
        write_row(ctx, &mut tx, row).await.map_err(unexpected)?;
    }
    let (done, total): (i64, i64) = sql(
        "UPDATE imports SET state = $2, created = created + $3, changed = changed + $4, unchanged = unchanged + $5,
             rows_bad = rows_bad + $6, rows_done = rows_done + $7
         WHERE id = $1 RETURNING rows_done, rows_total",
    )
    .bind(id)
    .bind(ImportState::Running.as_str())
    .bind(counts.new)
    .bind(counts.changed)
    .bind(counts.unchanged)
    .bind(counts.refused)
    .bind(counts.all())
    .fetch_one(&mut tx)
    .await?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    ctx.progress_in(&mut tx, count(done), count(total)).await?;
    Ok(tx.commit().await?)
}

async fn write_row(ctx: &JobContext, tx: &mut Tx, row: Compared) -> Outcome<()> {
    let portal = &ctx.portal;
    let (Some((entry, product)), Verdict::New | Verdict::Changed(_)) = (row.entry, &row.verdict) else {
        return Ok(());
    };
    let id = match product {
        Some(id) => {
            edit_in(portal, tx, id, &entry.product).await?;
            id
        }
        None => create_in(portal, tx, &entry.product).await?,
    };
    if entry.archived {
        archive_in(portal, tx, id).await
    } else {
        restore_in(portal, tx, id).await
    }
}

async fn finish(ctx: &JobContext, id: ImportId) -> Result<JobDone, JobError> {
    let mut tx = ctx.portal.db.begin().await?;
    ctx.fence(&mut tx).await?;
    let import = any_find(&mut tx, id).await.map_err(unexpected)?;
    let taken = import.created + import.changed + import.unchanged;
    let (state, reason) = match (import.rows_bad, taken) {
        (0, _) => (ImportState::Succeeded, None),
        (_, 0) => (ImportState::Failed, Some(ReasonCode::ImportNothingValid)),
        _ => (ImportState::PartlyFailed, Some(ReasonCode::ImportRowsRefused)),
    };
    sql("UPDATE imports SET state = $2, reason = $3, finished_at = $4 WHERE id = $1")
        .bind(id)
        .bind(state.as_str())
        .bind(reason.map(ReasonCode::as_str))
        .bind(ctx.portal.now())
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    let done = JobDone::succeeded();
    Ok(match reason {
        Some(reason) => done.partly_failed(reason),
        None => done,
    })
}
