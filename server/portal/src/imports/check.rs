//! Checking a file for its preview.

use std::sync::Arc;

use domain::csv_file::CsvError;
use domain::id::ImportId;
use domain::{ImportState, Problem};
use serde::{Deserialize, Serialize};

use super::compare::{There, compare};
use super::control::{self, end_unusable, unexpected};
use super::examine::Examined;
use super::file::OrdersFile;
use super::{Import, record};
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, Revived};
use crate::storage::{StorageError, Tx, Value, sql};

/// Reads the file of an import, counts what can be created and keeps what is wrong. Creates nothing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CheckImport {
    /// The import.
    pub import: ImportId,
}

impl Job for CheckImport {
    const KIND: &'static str = "check-import";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let Some(import) = control::load(ctx, self.import, &[ImportState::Checking]).await? else {
            return Ok(JobDone::succeeded());
        };
        let file = OrdersFile::open(&ctx.portal, &import).await.map_err(unexpected)?;
        match check(ctx, &import, &file).await? {
            Ok(()) => Ok(JobDone::succeeded()),
            Err(error) => end_unusable(ctx, import.id, error).await,
        }
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        control::abandoned(self.import, tx, abandoned).await
    }

    async fn revived(self, tx: &mut Tx, revived: &Revived<'_>) -> Result<(), StorageError> {
        control::revived(self.import, tx, revived.job_id, ImportState::Checking).await
    }
}

async fn check(
    ctx: &JobContext,
    import: &Import,
    file: &OrdersFile,
) -> Result<Result<(), CsvError>, JobError> {
    let mut examined = match Examined::read(ctx, file).await? {
        Ok(examined) => examined,
        Err(error) => return Ok(Err(error)),
    };
    if examined.rows == 0 {
        // Nothing but the template's example.
        return Ok(Err(CsvError::Refused(Problem::new("file-only-example"))));
    }
    let (plan, mut unchanged) = (Arc::clone(&examined.plan), 0);
    let compared = compare(
        &ctx.portal,
        import.store_id,
        file,
        plan,
        |ready, there| match there {
            There::Same => {
                unchanged += 1;
                examined.note_unchanged(&ready.rows);
            }
            There::Other => examined.note_differing(&ready.rows, ready.order.head.reference.as_str()),
        },
    );
    if let Err(error) = compared.await? {
        return Ok(Err(error));
    }
    let examined = Arc::new(examined);
    let records = match examined.kept_rows(file, true).await? {
        Ok(records) => records,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = ctx.portal.db.begin().await?;
    ctx.progress_in(&mut tx, 100, 100).await?;
    record::clear(&mut tx, import.id).await?;
    record::insert(&mut tx, import.id, &records).await?;
    sql(
        "UPDATE imports SET state = 'ready', dialect = $2, rows_total = $3, rows_bad = $4, rows_held = $5, ready = $6,
             unchanged = $7, created = 0, rows_done = 0
         WHERE id = $1",
    )
    .bind(import.id)
    .bind(Value::json(&examined.read_as))
    .bind(count(examined.rows))
    .bind(count(examined.bad))
    .bind(count(examined.held_rows.len() as u64))
    .bind(count(examined.ready_orders))
    .bind(count(unchanged))
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

pub(super) fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
