//! Reading what a store sells.

use std::time::Duration;

use connectors::store::{Cursor, StoreConnection as _};
use domain::id::{CustomerId, StoreId, StoreProductId};
use domain::source::{ExternalId, StoreProduct};
use domain::{ReasonCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::health::{self, came_through, failed, open_for};
use super::store_of;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob};
use crate::storage::{StorageError, Tx, sql};
use crate::store_products::{self, mark_gone, missed};
use crate::stores::{OpenStore, Store};

/// How far a sync of changes reaches back behind what was seen: clocks differ, and lists lag.
const OVERLAP: Duration = Duration::from_mins(15);
/// So many of the products that a full sync missed are looked up one by one: a list whose pages shifted while it was
/// read must not take products away. Where more are missing, the next sync goes on with the others: a shop that has
/// really deleted very many comes to an end of it, and one whose list is not all there is loses none.
const LOOKED_UP: usize = 100;

/// Rows of products and variants that one transaction writes, but for a product that has more: on SQLite nobody else
/// writes meanwhile, neither the pages that people wait for nor the webhooks of other stores.
const ROWS_AT_ONCE: usize = 250;

/// Reads what a store sells: all of it, or what has changed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SyncProducts {
    /// The store.
    pub store: StoreId,
    /// Everything, and note what is gone.
    pub full: bool,
}

/// What a sync of products has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductsRead {
    /// Whether everything was read.
    pub full: bool,
    /// Products that were not known.
    pub new: u64,
    /// Products that have changed.
    pub changed: u64,
    /// Products that are as they were.
    pub unchanged: u64,
    /// Products that the store has no more.
    pub gone: u64,
    /// Products that could not be read.
    pub unreadable: u64,
    /// Products that were not in the list, and are to be looked up by the next sync. They stay until then.
    pub not_seen: u64,
}

impl SyncProducts {
    pub(super) fn new_job(self, customer: CustomerId) -> NewJob {
        NewJob::of(&self)
            .lane(format!("store:{}:products", self.store))
            .unique(self.key())
            .customer(customer)
            .store(self.store)
    }

    /// Whoever asks for everything must not be given a run that only looks at changes. The lane keeps the two apart.
    pub(super) fn key(self) -> String {
        if self.full {
            format!("{}:everything", self.store)
        } else {
            self.store.to_string()
        }
    }
}

impl Job for SyncProducts {
    const KIND: &'static str = "sync-products";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let store = store_of(ctx, self.store).await?;
        let shop = open_for(ctx, self.store).await?;
        let seen_until = seen_until(ctx, self.store).await?;
        let since = seen_until.filter(|_| !self.full).map(|seen| seen - OVERLAP);
        let mut run = Run {
            ctx,
            began_at: ctx.portal.now(),
            store: &store,
            shop: &shop,
            found: ProductsRead {
                full: since.is_none(),
                ..ProductsRead::default()
            },
            seen_until,
            unreadable: Vec::new(),
        };
        run.read(since).await?;
        if since.is_none() {
            run.note_gone().await?;
        }
        run.finish().await
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        health::given_up(tx, self.store, abandoned).await
    }
}

/// Parts of a page that are written one after the other.
fn batches(products: &[StoreProduct]) -> impl Iterator<Item = &[StoreProduct]> {
    let rows = |product: &StoreProduct| 1 + product.variants.len();
    let mut written = 0;
    products.chunk_by(move |one, next| {
        written += rows(one);
        let fits = written + rows(next) <= ROWS_AT_ONCE;
        if !fits {
            written = 0;
        }
        fits
    })
}

async fn seen_until(ctx: &JobContext, store: StoreId) -> Result<Option<Timestamp>, StorageError> {
    let seen: Option<(Option<Timestamp>,)> =
        sql("SELECT products_seen_until FROM store_connections WHERE store_id = $1")
            .bind(store)
            .fetch_optional(&mut ctx.portal.db.read().await?)
            .await?;
    Ok(seen.and_then(|(seen,)| seen))
}

/// A sync under way.
struct Run<'a> {
    ctx: &'a JobContext,
    /// By our clock.
    began_at: Timestamp,
    store: &'a Store,
    shop: &'a OpenStore,
    found: ProductsRead,
    /// The newest change that was seen, by the shop's clock.
    seen_until: Option<Timestamp>,
    unreadable: Vec<String>,
}

impl Run<'_> {
    async fn read(&mut self, since: Option<Timestamp>) -> Result<(), JobError> {
        let mut cursor: Option<Cursor> = None;
        let mut done = 0;
        loop {
            let page = match self.shop.products(since, cursor.as_ref()).await {
                Ok(page) => page,
                Err(error) => return Err(failed(self.ctx, self.store.id, error).await),
            };
            let read = done + (page.items.len() + page.unreadable.len()) as u64;
            let total = page.total.unwrap_or(read).max(read);
            for some in batches(&page.items) {
                done += some.len() as u64;
                self.write(some, done, total).await?;
            }
            done = read;
            self.ctx.progress(done, total).await?;
            self.found.unreadable += page.unreadable.len() as u64;
            self.unreadable
                .extend(page.unreadable.iter().map(|(id, _)| id.clone()));
            health::wait_for_next(&self.ctx.portal, &page).await;
            match page.next {
                None => return Ok(()),
                Some(next) if page.wait.is_none() && cursor.as_ref() == Some(&next) => {
                    return Err(failed(self.ctx, self.store.id, health::runs_in_circles()).await);
                }
                next => cursor = next,
            }
        }
    }

    async fn write(&mut self, products: &[StoreProduct], done: u64, total: u64) -> Result<(), JobError> {
        let portal = &self.ctx.portal;
        let mut tx = portal.db.begin().await?;
        self.ctx.progress_in(&mut tx, done, total).await?;
        let sync = self.ctx.job_id.0;
        let written = store_products::upsert(portal, &mut tx, self.store, sync, products).await?;
        tx.commit().await?;
        self.found.new += written.new;
        self.found.changed += written.changed;
        self.found.unchanged += written.unchanged;
        let newest = products.iter().filter_map(|product| product.updated_at).max();
        self.seen_until = self.seen_until.max(newest);
        Ok(())
    }

    /// Notes what the store has no more: what this sync has not seen, and could have.
    async fn note_gone(&mut self) -> Result<(), JobError> {
        let portal = &self.ctx.portal;
        let sync = self.ctx.job_id.0;
        let mut missing = missed(&mut portal.db.read().await?, self.store.id, sync, u32::MAX).await?;
        missing.retain(|(_, external_id)| !self.unreadable.contains(external_id));
        self.found.not_seen = missing.len().saturating_sub(LOOKED_UP) as u64;
        let mut gone: Vec<StoreProductId> = Vec::new();
        for (id, external_id) in missing.into_iter().take(LOOKED_UP) {
            match self.shop.product(&ExternalId::new(external_id)).await {
                Ok(None) => gone.push(id),
                Ok(Some(product)) => self.write(&[product], 1, 1).await?,
                Err(error) => return Err(failed(self.ctx, self.store.id, error).await),
            }
        }
        let mut tx = portal.db.begin().await?;
        self.ctx.fence(&mut tx).await?;
        self.found.gone = mark_gone(portal, &mut tx, self.store.id, &gone).await?;
        Ok(tx.commit().await?)
    }

    async fn finish(&self) -> Result<JobDone, JobError> {
        let portal = &self.ctx.portal;
        let now = portal.now();
        // Never later than the beginning: what changed while the list was read may be on a page that was read before.
        let seen_until = self.seen_until.map(|seen| seen.min(self.began_at));
        let mut tx = portal.db.begin().await?;
        self.ctx.fence(&mut tx).await?;
        came_through(portal, &mut tx, self.store).await?;
        sql("UPDATE store_connections SET products_synced_at = $2, products_seen_until = COALESCE($3, products_seen_until),
                 products_reconciled_at = COALESCE($4, products_reconciled_at) WHERE store_id = $1")
        .bind(self.store.id)
        .bind(now)
        .bind(seen_until)
        .bind(self.found.full.then_some(now))
        .execute(&mut tx)
        .await?;
        tx.commit().await?;
        let done = JobDone::with(&self.found);
        Ok(if self.found.not_seen > 0 {
            done.partly_failed(ReasonCode::StoreSyncIncomplete)
        } else if self.found.unreadable > 0 {
            done.partly_failed(ReasonCode::StoreSyncFailed)
        } else {
            done
        })
    }
}
