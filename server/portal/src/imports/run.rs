//! Creating the orders of a file.

use std::sync::Arc;

use domain::csv_file::OrdersPlan;
use domain::id::{ImportId, StoreId, UserId};
use domain::{ActorKind, ImportState, OrderSource, ReasonCode, RowOutcome, StoreState};
use serde::{Deserialize, Serialize};

use super::Import;
use super::check::count;
use super::control::{self, end_unusable, unexpected};
use super::examine::{Examined, problems_of_differing};
use super::file::{Batch, OrdersFile};
use super::record::{self, RowRecord};
use crate::Refusal;
use crate::access::Scope;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, Revived};
use crate::orders::{self, Actor, Creation, Origin};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::{self, LockedStore, Store};

/// Orders created in one transaction: few enough that others can write in between, enough that the disk is not asked
/// for each.
const AT_ONCE: usize = 50;

/// Creates the orders of an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportOrders {
    /// The import.
    pub import: ImportId,
    /// Who started it.
    pub user: UserId,
    /// Their name, for the orders' timelines.
    pub user_name: String,
}

impl Job for ImportOrders {
    const KIND: &'static str = "import-orders";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let states = [ImportState::Queued, ImportState::Running];
        let Some(import) = control::load(ctx, self.import, &states).await? else {
            return Ok(JobDone::succeeded());
        };
        let store = open_store(ctx, &import).await?;
        let file = OrdersFile::open(&ctx.portal, &import).await.map_err(unexpected)?;
        let examined = match Examined::read(ctx, &file).await? {
            Ok(examined) => Arc::new(examined),
            Err(error) => return end_unusable(ctx, import.id, error).await,
        };
        begin(ctx, &import, &file, &examined).await?;
        let run = Run {
            ctx,
            import: import.id,
            store: store.id,
            actor: Actor {
                kind: ActorKind::Client,
                name: Some(self.user_name),
                user: Some(self.user),
            },
            file: &file,
            total: examined.ready_orders,
        };
        let after = u64::try_from(import.rows_done).unwrap_or_default();
        run.create_orders(Arc::clone(&examined.plan), after).await?;
        run.finish().await
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        control::abandoned(self.import, tx, abandoned).await
    }

    async fn revived(self, tx: &mut Tx, revived: &Revived<'_>) -> Result<(), StorageError> {
        control::revived(self.import, tx, revived.job_id, ImportState::Queued).await
    }
}

async fn open_store(ctx: &JobContext, import: &Import) -> Result<Store, JobError> {
    let gone = || {
        JobError::fail(
            ReasonCode::ImportStoreGone,
            anyhow::anyhow!("store {} is gone", import.store_id),
        )
    };
    match stores::find(&ctx.portal, &Scope::AllCustomers, import.store_id).await {
        Ok(store) if store.state == StoreState::Disconnected => Err(gone()),
        Ok(store) => Ok(store),
        Err(Refusal::NotFound) => Err(gone()),
        Err(other) => Err(unexpected(other)),
    }
}

/// Notes that the import is running. At its very beginning, what the preview kept gives way to what is wrong now:
/// the catalogue may have changed since.
async fn begin(
    ctx: &JobContext,
    import: &Import,
    file: &OrdersFile,
    examined: &Arc<Examined>,
) -> Result<(), JobError> {
    let refused = examined.kept_rows(file, false).await?.map_err(JobError::retry)?;
    let mut tx = ctx.portal.db.begin().await?;
    ctx.fence(&mut tx).await?;
    sql("UPDATE imports SET state = 'running', finished_at = NULL WHERE id = $1")
        .bind(import.id)
        .execute(&mut tx)
        .await?;
    if import.rows_done == 0 {
        record::clear(&mut tx, import.id).await?;
        record::insert(&mut tx, import.id, &refused).await?;
        sql(
            "UPDATE imports SET rows_total = $2, rows_bad = $3, rows_held = $4, ready = $5, created = 0, unchanged = 0
             WHERE id = $1",
        )
        .bind(import.id)
        .bind(count(examined.rows))
        .bind(count(examined.bad))
        .bind(count(examined.held_rows.len() as u64))
        .bind(count(examined.ready_orders))
        .execute(&mut tx)
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A run under way.
struct Run<'a> {
    ctx: &'a JobContext,
    import: ImportId,
    store: StoreId,
    actor: Actor,
    file: &'a OrdersFile,
    /// Orders in all.
    total: u64,
}

/// What became of the orders of a batch.
#[derive(Default)]
struct Tally {
    records: Vec<RowRecord>,
    created: i64,
    unchanged: i64,
    bad: i64,
    held: i64,
}

impl Run<'_> {
    /// Creates the orders behind the row `after`.
    async fn create_orders(&self, plan: Arc<OrdersPlan>, after: u64) -> Result<(), JobError> {
        let mut batches = self.file.ready_orders(plan, after, AT_ONCE);
        while let Some(batch) = batches.recv().await {
            self.create_batch(&batch.map_err(JobError::retry)?).await?;
        }
        Ok(())
    }

    /// Orders, results, counters and cursor: all of a batch, or nothing.
    async fn create_batch(&self, batch: &Batch) -> Result<(), JobError> {
        let portal = &self.ctx.portal;
        let mut tx = portal.db.begin().await?;
        let done = batch.before + batch.orders.len() as u64;
        self.ctx.progress_in(&mut tx, done, self.total).await?;
        let store = LockedStore::load(&mut tx, &Scope::AllCustomers, self.store)
            .await
            .map_err(unexpected)?;
        let origin = Origin {
            store: &store,
            source: OrderSource::Csv,
            actor: &self.actor,
            form_key: None,
        };
        let mut tally = Tally::default();
        for ready in &batch.orders {
            let creation =
                orders::create_in(portal, &mut tx, origin, &ready.order, &self.file.products).await?;
            tally.note(&ready.rows, ready.order.head.reference.as_str(), creation);
        }
        record::insert(&mut tx, self.import, &tally.records).await?;
        let last_row = batch
            .orders
            .last()
            .map_or(0, domain::csv_file::ReadyOrder::last_row);
        sql(
            "UPDATE imports SET rows_done = $2, created = created + $3, unchanged = unchanged + $4,
                 rows_bad = rows_bad + $5, rows_held = rows_held + $6
             WHERE id = $1",
        )
        .bind(self.import)
        .bind(count(last_row))
        .bind(tally.created)
        .bind(tally.unchanged)
        .bind(tally.bad)
        .bind(tally.held)
        .execute(&mut tx)
        .await?;
        Ok(tx.commit().await?)
    }

    async fn finish(&self) -> Result<JobDone, JobError> {
        let mut tx = self.ctx.portal.db.begin().await?;
        self.ctx.fence(&mut tx).await?;
        let (created, unchanged, refused): (i64, i64, i64) =
            sql("SELECT created, unchanged, rows_bad + rows_held FROM imports WHERE id = $1")
                .bind(self.import)
                .fetch_one(&mut tx)
                .await?;
        let (state, reason) = match (created + unchanged, refused) {
            (_, 0) => (ImportState::Succeeded, None),
            (0, _) => (ImportState::Failed, Some(ReasonCode::ImportNothingValid)),
            _ => (ImportState::PartlyFailed, Some(ReasonCode::ImportRowsRefused)),
        };
        sql("UPDATE imports SET state = $2, reason = $3, finished_at = $4 WHERE id = $1")
            .bind(self.import)
            .bind(state.as_str())
            .bind(reason.map(ReasonCode::as_str))
            .bind(self.ctx.portal.now())
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
        let done = JobDone::with(&serde_json::json!({
            "created": created, "unchanged": unchanged, "rows_refused": refused,
        }));
        Ok(match reason {
            Some(reason) => done.partly_failed(reason),
            None => done,
        })
    }
}

impl Tally {
    fn note(&mut self, rows: &[u64], reference: &str, creation: Creation) {
        let outcome = match creation {
            Creation::Created(_) => {
                self.created += 1;
                RowOutcome::Created
            }
            Creation::Repeated(_) | Creation::Unchanged(_) => {
                self.unchanged += 1;
                RowOutcome::Unchanged
            }
            Creation::Conflict(order) => {
                self.bad += 1;
                self.held += count(rows.len() as u64) - 1;
                let problems = problems_of_differing(rows, reference);
                let refused = problems.iter().map(|problem| RowRecord::refused(problem, 0));
                self.records
                    .extend(refused.map(|record| record.with_order(order)));
                return;
            }
        };
        let records = rows.iter().map(|line| RowRecord::of(*line, reference, outcome));
        self.records
            .extend(records.map(|record| record.with_order(creation.order())));
    }
}
