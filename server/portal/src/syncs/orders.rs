//! Reading a store's orders.

use std::time::Duration;

use connectors::store::{Cursor, Page, StoreConnection as _};
use domain::id::{CustomerId, StoreId};
use domain::source::SourceOrder;
use domain::{OrderSource, ReasonCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::health::{self, came_through, failed, open_for};
use super::order_filter::known_times;
use super::store_of;
use crate::Refusal;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob};
use crate::orders::intake::{Arrival, TakenIn, take_in};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::{OpenStore, Store};

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
        let times = Times::find(ctx, self.store).await?;
        let mut run = Run {
            ctx,
            store: &store,
            shop: &shop,
            found: OrdersRead::default(),
            placed_before: matches!(self.which, Which::PlacedSince(_)),
            seen_until: times.orders_seen_until,
            asked_at: ctx.portal.now(),
        };
        run.read(self.which, times).await?;
        run.finish(self.which).await
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        health::given_up(abandoned.portal, tx, self.store, abandoned.reason).await
    }
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
    found: OrdersRead,
    /// Whether a person asked for orders from before the store was connected.
    placed_before: bool,
    seen_until: Option<Timestamp>,
    /// When the page was asked for whose orders are taken in.
    asked_at: Timestamp,
}

impl Run<'_> {
    async fn read(&mut self, which: Which, times: Times) -> Result<(), JobError> {
        let mut cursor: Option<Cursor> = None;
        let mut done = 0;
        loop {
            self.asked_at = self.ctx.portal.now();
            let page = match self.page(which, times, cursor.as_ref()).await {
                Ok(page) => page,
                Err(error) => return Err(failed(self.ctx, self.store.id, error).await),
            };
            let total = page.total.unwrap_or(0);
            self.take_page(&page, &mut done, total).await?;
            self.found.unreadable += page.unreadable.len() as u64;
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

    async fn page(
        &self,
        which: Which,
        times: Times,
        cursor: Option<&Cursor>,
    ) -> connectors::store::Result<Page<SourceOrder>> {
        let since = match which {
            Which::PlacedSince(since) => return self.shop.orders_placed(since, cursor).await,
            Which::Changed => times.orders_seen_until.unwrap_or(times.connected_at) - OVERLAP,
            Which::Recent => times.connected_at.max(self.ctx.portal.now() - RECONCILED) - OVERLAP,
        };
        self.shop.orders(since, cursor).await
    }

    /// Takes in what is new on a page, each order in a transaction of its own: one that cannot be taken in does not
    /// hold up the others.
    async fn take_page(
        &mut self,
        page: &Page<SourceOrder>,
        done: &mut u64,
        total: u64,
    ) -> Result<(), JobError> {
        let portal = &self.ctx.portal;
        let known = known_times(&mut portal.db.read().await?, self.store.id, &page.items).await?;
        *done += page.items.len() as u64;
        self.ctx.progress(*done, total.max(*done)).await?;
        for order in &page.items {
            self.seen_until = self.seen_until.max(Some(order.updated_at));
            // Stores with clocks of whole seconds may have changed it once more within this one.
            let older = known
                .get(order.external_id.as_str())
                .is_some_and(|time| order.updated_at < *time);
            if older {
                self.found.unchanged += 1;
            } else {
                self.take(order).await?;
            }
        }
        Ok(())
    }

    async fn take(&mut self, order: &SourceOrder) -> Result<(), JobError> {
        let arrival = Arrival {
            store: self.store,
            source: OrderSource::Poll,
            unconnected: self.shop.settings.import_unconnected,
            placed_before: self.placed_before,
            asked_at: self.asked_at,
        };
        let mut tx = self.ctx.portal.db.begin().await?;
        self.ctx.fence(&mut tx).await?;
        match take_in(&self.ctx.portal, &mut tx, arrival, order).await {
            Ok(taken) => {
                tx.commit().await?;
                match taken {
                    TakenIn::Created(_) => self.found.new += 1,
                    TakenIn::Changed(_) => self.found.changed += 1,
                    TakenIn::Unchanged(_) | TakenIn::Older(_) | TakenIn::OutOfSight(_) => {
                        self.found.unchanged += 1;
                    }
                    TakenIn::NotWanted => self.found.not_wanted += 1,
                    TakenIn::PlacedBefore | TakenIn::OverAlready => self.found.passed_over += 1,
                }
                Ok(())
            }
            Err(Refusal::Unexpected(error)) => Err(JobError::retry(error)),
            Err(refusal) => {
                tracing::error!(store = %self.store.id, order = %order.external_id, %refusal, "an order was not taken in");
                self.found.unreadable += 1;
                Ok(())
            }
        }
    }

    async fn finish(&self, which: Which) -> Result<JobDone, JobError> {
        let portal = &self.ctx.portal;
        let mut tx = portal.db.begin().await?;
        self.ctx.fence(&mut tx).await?;
        came_through(portal, &mut tx, self.store).await?;
        // Orders placed since a moment say nothing about those that only changed.
        let seen = self
            .seen_until
            .filter(|_| !matches!(which, Which::PlacedSince(_)));
        sql("UPDATE store_connections SET orders_synced_at = $2, orders_seen_until = COALESCE($3, orders_seen_until)
             WHERE store_id = $1")
        .bind(self.store.id)
        .bind(portal.now())
        .bind(seen)
        .execute(&mut tx)
        .await?;
        tx.commit().await?;
        let done = JobDone::with(&self.found);
        Ok(if self.found.unreadable > 0 {
            done.partly_failed(ReasonCode::StoreSyncFailed)
        } else {
            done
        })
    }
}
