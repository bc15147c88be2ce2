//! Checking a file for its preview.

use std::collections::HashMap;
use std::sync::Arc;

use domain::csv_file::{CsvError, ReadyOrder};
use domain::id::{ImportId, StoreId};
use domain::{ImportState, Problem};
use serde::{Deserialize, Serialize};

use super::control::{self, end_unusable, unexpected};
use super::examine::Examined;
use super::file::OrdersFile;
use super::{Import, record};
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError};
use crate::orders::content_hash;
use crate::storage::{StorageError, Tx, Value, sql};

/// Orders looked up by one statement.
const AT_ONCE: usize = 500;

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
        return Ok(Err(CsvError::Refused(Problem::new("file-only-header"))));
    }
    let unchanged = match compare(ctx, import.store_id, file, &mut examined).await? {
        Ok(unchanged) => unchanged,
        Err(error) => return Ok(Err(error)),
    };
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

/// Compares the orders of the file with those of the store. Gives how many are there already.
async fn compare(
    ctx: &JobContext,
    store: StoreId,
    file: &OrdersFile,
    examined: &mut Examined,
) -> Result<Result<u64, CsvError>, JobError> {
    let mut unchanged = 0;
    let mut batches = file.ready_orders(Arc::clone(&examined.plan), 0, AT_ONCE);
    while let Some(batch) = batches.recv().await {
        let orders = match batch {
            Ok(batch) => batch.orders,
            Err(error) => return Ok(Err(error)),
        };
        let known = known(ctx, store, &orders).await?;
        for ready in orders {
            let reference = ready.order.head.reference.as_str();
            match known.get(reference) {
                None => {}
                Some(hash) if *hash == content_hash(&ready.order) => {
                    unchanged += 1;
                    examined.note_unchanged(&ready.rows);
                }
                Some(_) => examined.note_differing(&ready.rows, reference),
            }
        }
    }
    Ok(Ok(unchanged))
}

/// The content hashes of those orders that the store has, by reference.
async fn known(
    ctx: &JobContext,
    store: StoreId,
    orders: &[ReadyOrder],
) -> Result<HashMap<String, Vec<u8>>, StorageError> {
    let mut query =
        sql("SELECT external_id, content_hash FROM orders WHERE store_id = $1 AND external_id IN ")
            .bind(store);
    query.push_list(orders.iter().map(|ready| ready.order.head.reference.as_str()));
    let known: Vec<(String, Vec<u8>)> = query.fetch_all(&mut ctx.portal.db.read().await?).await?;
    Ok(known.into_iter().collect())
}

pub(super) fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
