//! Reading a store's orders.

use std::time::Duration;

use connectors::store::{ConnectionError, Page, StoreConnection as _};
use domain::id::{CustomerId, StoreId};
use domain::source::SourceOrder;
use domain::{OrderSource, ReasonCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::health::{self, came_through, failed, open_for};
use super::order_filter::known_times;
use super::order_place::OrderPlace;
use super::{store_of, unreadable};
use crate::Refusal;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob};
use crate::orders::intake::{Arrival, TakenIn, take_in};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::{OpenStore, Store, lock};

/// How far a poll reaches back behind what was seen: clocks differ, lists lag, and payments come late.
const OVERLAP: Duration = Duration::from_mins(15);
/// How far the nightly reconciliation reaches back.
const RECONCILED: Duration = Duration::from_hours(72);

/// Reads orders of a store.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SyncOrders {
    /// The store.
    pub store: StoreId,
    pub(super) which: Which,
}

/// Which orders to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Which {
    /// Those that changed since the last poll.
    Changed,
    /// Those that changed in the last days: what a poll may have missed.
    Recent,
    /// Those placed since a moment, also before the store was connected.
    PlacedSince(Timestamp),
}

/// What a sync of orders has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrdersRead {
    /// Orders that were not known.
    pub new: u64,
    /// Orders that have changed.
    pub changed: u64,
    /// Orders that are as they were.
    pub unchanged: u64,
    /// Orders without a connected product, which are not wanted.
    pub not_wanted: u64,
    /// Orders that were placed before the store was connected: nobody asked for them, or they are over.
    pub passed_over: u64,
    /// Orders that could not be read or taken in.
    pub unreadable: u64,
}

impl Which {
    const fn is_by_date(self) -> bool {
        matches!(self, Self::PlacedSince(_))
    }
}

impl SyncOrders {
    pub(super) fn new_job(self, customer: CustomerId) -> NewJob {
        let key = match self.which {
            Which::Changed => self.store.to_string(),
            Which::Recent => format!("{}:recent", self.store),
            Which::PlacedSince(_) => format!("{}:placed", self.store),
        };
        NewJob::of(&self)
            .lane(format!("store:{}:sync-orders", self.store))
            .unique(key)
            .customer(customer)
            .store(self.store)
    }
}

impl Job for SyncOrders {
    const KIND: &'static str = "sync-orders";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let store = store_of(ctx, self.store).await?;
        let shop = open_for(ctx, self.store).await?;
        let mut run = Run {
            ctx,
            store: &store,
            shop: &shop,
            which: self.which,
            place: OrderPlace::find(ctx, self.store, self.which).await?,
            asked_at: ctx.portal.now(),
        };
        run.read(Times::find(ctx, self.store).await?).await?;
        run.finish().await
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        if let Which::PlacedSince(since) = self.which
            && abandoned.reason == Some(ReasonCode::StorePaused)
        {
            set_aside(tx, self.store, since).await?;
        }
        health::given_up(tx, self.store, abandoned).await
    }
}

/// Keeps since when orders were asked for, the longest ago, until the store goes on: the schedule then has them read.
async fn set_aside(tx: &mut Tx, store: StoreId, since: Timestamp) -> Result<(), StorageError> {
    sql("UPDATE store_connections SET orders_asked_since =
             CASE WHEN orders_asked_since < $2 THEN orders_asked_since ELSE $2 END WHERE store_id = $1")
    .bind(store)
    .bind(since)
    .execute(tx)
    .await?;
    Ok(())
}

#[derive(Clone, Copy, sqlx::FromRow)]
struct Times {
    orders_seen_until: Option<Timestamp>,
    connected_at: Timestamp,
}

impl Times {
    async fn find(ctx: &JobContext, store: StoreId) -> Result<Self, StorageError> {
        sql("SELECT orders_seen_until, connected_at FROM store_connections WHERE store_id = $1")
            .bind(store)
            .fetch_one(&mut ctx.portal.db.read().await?)
            .await
    }
}

struct Run<'a> {
    ctx: &'a JobContext,
    store: &'a Store,
    shop: &'a OpenStore,
    which: Which,
    place: OrderPlace,
    /// When the page was asked for whose orders are taken in.
    asked_at: Timestamp,
}

impl Run<'_> {
    async fn read(&mut self, times: Times) -> Result<(), JobError> {
        loop {
            self.asked_at = self.ctx.portal.now();
            let mut page = match self.page(times).await {
                Ok(page) => page,
                Err(error) => return Err(self.stopped(error).await),
            };
            self.take_page(&mut page).await?;
            let next = page.next.take();
            let same = page.wait.is_none() && next.is_some() && self.place.cursor == next;
            self.place.cursor = next;
            self.end_page(&page).await?;
            health::wait_for_next(&self.ctx.portal, &page).await;
            if same {
                return Err(self.stopped(health::runs_in_circles()).await);
            }
            if self.place.cursor.is_none() {
                return Ok(());
            }
        }
    }

    /// Notes that the shop stopped this run; gives what becomes of the job.
    async fn stopped(&self, error: ConnectionError) -> JobError {
        let goes_on = error.passes() && !matches!(error, ConnectionError::Unreadable(_));
        if !goes_on && let Err(storage) = OrderPlace::forget(self.ctx, self.store.id).await {
            return storage.into();
        }
        failed(self.ctx, self.store.id, error).await
    }

    async fn page(&self, times: Times) -> connectors::store::Result<Page<SourceOrder>> {
        let cursor = self.place.cursor.as_ref();
        let since = match self.which {
            Which::PlacedSince(since) => return self.shop.orders_placed(since, cursor).await,
            Which::Changed => times.orders_seen_until.unwrap_or(times.connected_at),
            Which::Recent => times.connected_at.max(self.place.began_at - RECONCILED),
        };
        self.shop.orders(since - OVERLAP, cursor).await
    }

    /// Takes in what is new on a page, each order in a transaction of its own: one that cannot be taken in does not
    /// hold up the others, and is one that cannot be read.
    async fn take_page(&mut self, page: &mut Page<SourceOrder>) -> Result<(), JobError> {
        let portal = &self.ctx.portal;
        let known = known_times(&mut portal.db.read().await?, self.store.id, &page.items).await?;
        for order in &page.items {
            self.place.seen_until = self.place.seen_until.max(Some(order.updated_at));
            // Stores with clocks of whole seconds may have changed it once more within this one.
            let older = known
                .get(order.external_id.as_str())
                .is_some_and(|time| order.updated_at < *time);
            if older {
                self.place.found.unchanged += 1;
            } else if let Some(refusal) = self.take(order).await? {
                tracing::error!(store = %self.store.id, order = %order.external_id, %refusal, "an order was not taken in");
                page.unreadable
                    .push((order.external_id.to_string(), refusal.to_string()));
            }
        }
        self.place.done += page.items.len() as u64;
        self.place.found.unreadable += page.unreadable.len() as u64;
        Ok(())
    }

    /// Gives why an order was not taken in, when it was not.
    async fn take(&mut self, order: &SourceOrder) -> Result<Option<Refusal>, JobError> {
        let arrival = Arrival {
            store: self.store,
            source: OrderSource::Poll,
            unconnected: self.shop.settings.import_unconnected,
            // A person asked for orders from before the store was connected.
            placed_before: self.which.is_by_date(),
            asked_at: self.asked_at,
        };
        let mut tx = self.ctx.portal.db.begin().await?;
        self.ctx.fence(&mut tx).await?;
        let taken = match take_in(&self.ctx.portal, &mut tx, arrival, order).await {
            Ok(taken) => taken,
            Err(Refusal::Unexpected(error)) => return Err(JobError::retry(error)),
            Err(refusal) => return Ok(Some(refusal)),
        };
        tx.commit().await?;
        let found = &mut self.place.found;
        match taken {
            TakenIn::Created(_) => found.new += 1,
            TakenIn::Changed(_) => found.changed += 1,
            TakenIn::Unchanged(_) | TakenIn::Older(_) | TakenIn::OutOfSight(_) => found.unchanged += 1,
            TakenIn::NotWanted => found.not_wanted += 1,
            TakenIn::PlacedBefore | TakenIn::OverAlready => found.passed_over += 1,
        }
        Ok(None)
    }

    /// Keeps how far this run is, with what could not be read up to there.
    async fn end_page(&self, page: &Page<SourceOrder>) -> Result<(), JobError> {
        let (portal, store) = (&self.ctx.portal, self.store);
        let total = page.total.unwrap_or(0).max(self.place.done);
        let mut tx = portal.db.begin().await?;
        self.ctx.progress_in(&mut tx, self.place.done, total).await?;
        lock(&mut tx, store.id).await?;
        unreadable::note_read(portal, &mut tx, store, &page.items).await?;
        let by_date = self.which.is_by_date();
        unreadable::note(portal, &mut tx, store, self.ctx.job_id, by_date, &page.unreadable).await?;
        if self.place.cursor.is_some() {
            self.place.keep(&mut tx, store.id).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn finish(&self) -> Result<JobDone, JobError> {
        let portal = &self.ctx.portal;
        let mut tx = portal.db.begin().await?;
        self.ctx.fence(&mut tx).await?;
        came_through(portal, &mut tx, self.store).await?;
        sql(
            "UPDATE store_connections SET orders_synced_at = $2, orders_place = NULL,
                 orders_seen_until = COALESCE($3, orders_seen_until) WHERE store_id = $1",
        )
        .bind(self.store.id)
        .bind(portal.now())
        .bind(self.place.cursor_of_polls())
        .execute(&mut tx)
        .await?;
        tx.commit().await?;
        let found = &self.place.found;
        let done = JobDone::with(found);
        Ok(if found.unreadable > 0 {
            done.partly_failed(ReasonCode::StoreSyncFailed)
        } else {
            done
        })
    }
}
