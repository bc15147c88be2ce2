//! Looking at the stores that are due.

use std::time::Duration;

use domain::id::{CustomerId, StoreId};
use domain::{Platform, Timestamp};
use serde::{Deserialize, Serialize};

use super::orders::Which;
use super::pace::{PRODUCTS_EVERY, Pace};
use super::{SyncOrders, SyncProducts, read_waiting_again};
use crate::Portal;
use crate::jobs::{Job, JobContext, JobDone, JobError, enqueue};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::notices::release_left;

/// How often everything is read once more: what was deleted does not show among changes.
const EVERYTHING_EVERY: Duration = Duration::from_hours(22);
/// At the latest, when no night has come.
const EVERYTHING_AT_LEAST_EVERY: Duration = Duration::from_hours(46);
/// The hours of the night, in UTC: shops sleep, and so do most of their platforms.
const NIGHT: std::ops::Range<i64> = 1..5;
/// Stores of one look: the next one comes in a minute.
const AT_ONCE: u32 = 500;

/// Looks at the stores that are due and has them read. Stores that are paused, disconnected or must be authorised
/// again are left alone, and so are those of customers without access to Storefronts, as archived ones are: they stay
/// due, and are read as soon as there is access again. Then what they told meanwhile is worked on as well, and so is
/// what was asked for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ScheduleStores {}

#[derive(sqlx::FromRow)]
struct Due {
    store_id: StoreId,
    customer_id: CustomerId,
    platform: Platform,
    products_reconciled_at: Option<Timestamp>,
    orders_asked_since: Option<Timestamp>,
    orders_read_again: bool,
}

impl Job for ScheduleStores {
    const KIND: &'static str = "schedule-stores";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let pace = Pace::find(portal).await?;
        let orders = due(
            portal,
            "SELECT c.store_id, s.customer_id, c.platform, c.products_reconciled_at, c.orders_asked_since,
                 c.orders_read_again
             FROM store_connections c JOIN stores s ON s.id = c.store_id JOIN customers u ON u.id = s.customer_id
             WHERE c.orders_due_at <= $1 AND s.state IN ('connected', 'needs_attention') AND u.storefronts_access
             ORDER BY c.orders_due_at LIMIT $2",
        )
        .await?;
        for due in &orders {
            poll_orders(ctx, due, pace.orders(due.platform)).await?;
        }
        let products = due(
            portal,
            "SELECT c.store_id, s.customer_id, c.platform, c.products_reconciled_at, c.orders_asked_since,
                 c.orders_read_again
             FROM store_connections c JOIN stores s ON s.id = c.store_id JOIN customers u ON u.id = s.customer_id
             WHERE c.products_due_at <= $1 AND s.state IN ('connected', 'needs_attention') AND u.storefronts_access
             ORDER BY c.products_due_at LIMIT $2",
        )
        .await?;
        for due in &products {
            read_products(ctx, due, pace.products(due.platform)).await?;
        }
        release_left(ctx).await?;
        Ok(JobDone::succeeded())
    }
}

async fn due(portal: &Portal, query: &'static str) -> Result<Vec<Due>, StorageError> {
    sql(query)
        .bind(portal.now())
        .bind(AT_ONCE)
        .fetch_all(&mut portal.db.read().await?)
        .await
}

async fn poll_orders(ctx: &JobContext, due: &Due, every: Duration) -> Result<(), JobError> {
    let portal = &ctx.portal;
    let mut tx = portal.db.begin().await?;
    ctx.fence(&mut tx).await?;
    let job = SyncOrders {
        store: due.store_id,
        which: Which::Changed,
    };
    // First: this may wait for the sync that ends, which then writes the same row.
    enqueue(&mut tx, portal, job.new_job(due.customer_id)).await?;
    if let Some(since) = due.orders_asked_since {
        let job = SyncOrders {
            which: Which::PlacedSince(since),
            ..job
        };
        enqueue(&mut tx, portal, job.new_job(due.customer_id)).await?;
    }
    if due.orders_read_again {
        read_waiting_again(portal, &mut tx, due.store_id, due.customer_id).await?;
    }
    // What was asked for since the store was looked at stays.
    sql("UPDATE store_connections SET orders_due_at = $2, orders_asked_since = NULLIF(orders_asked_since, $3),
             orders_read_again = (orders_read_again AND NOT $4) WHERE store_id = $1")
    .bind(due.store_id)
    .bind(soon(portal, every))
    .bind(due.orders_asked_since)
    .bind(due.orders_read_again)
    .execute(&mut tx)
    .await?;
    Ok(tx.commit().await?)
}

async fn read_products(ctx: &JobContext, due: &Due, every: Duration) -> Result<(), JobError> {
    let portal = &ctx.portal;
    let mut tx = portal.db.begin().await?;
    ctx.fence(&mut tx).await?;
    let full = wants_everything(portal.now(), due.products_reconciled_at);
    // Whoever reads everything finds what has changed.
    if full || !everything_is_read(&mut tx, due.store_id).await? {
        let job = SyncProducts {
            store: due.store_id,
            full,
        };
        enqueue(&mut tx, portal, job.new_job(due.customer_id)).await?;
    }
    if full {
        let job = SyncOrders {
            store: due.store_id,
            which: Which::Recent,
        };
        enqueue(&mut tx, portal, job.new_job(due.customer_id)).await?;
    }
    read_again(portal, &mut tx, due.store_id, every).await?;
    Ok(tx.commit().await?)
}

/// Whether a run that reads everything is under way or waits for its turn.
async fn everything_is_read(tx: &mut Tx, store: StoreId) -> Result<bool, StorageError> {
    let (read,): (bool,) = sql("SELECT EXISTS (SELECT 1 FROM jobs
             WHERE kind = $1 AND unique_key = $2 AND state IN ('queued', 'running'))")
    .bind(SyncProducts::KIND)
    .bind(SyncProducts { store, full: true }.key())
    .fetch_one(tx)
    .await?;
    Ok(read)
}

/// Lets the schedule pass over a store's products once: they are being read already.
pub(crate) async fn products_later(portal: &Portal, tx: &mut Tx, store: StoreId) -> Result<(), StorageError> {
    read_again(portal, tx, store, PRODUCTS_EVERY).await
}

async fn read_again(
    portal: &Portal,
    tx: &mut Tx,
    store: StoreId,
    every: Duration,
) -> Result<(), StorageError> {
    sql("UPDATE store_connections SET products_due_at = $2 WHERE store_id = $1")
        .bind(store)
        .bind(soon(portal, every))
        .execute(tx)
        .await?;
    Ok(())
}

/// Whether everything is to be read again: once a night.
fn wants_everything(now: Timestamp, last: Option<Timestamp>) -> bool {
    let Some(last) = last else { return true };
    let hour = now.seconds().div_euclid(3600).rem_euclid(24);
    let since = now.since(last);
    since >= EVERYTHING_AT_LEAST_EVERY || (since >= EVERYTHING_EVERY && NIGHT.contains(&hour))
}

/// After `every`, give or take a tenth: stores connected together do not stay together.
fn soon(portal: &Portal, every: Duration) -> Timestamp {
    portal.now() + every.mul_f64(0.9 + 0.2 * portal.entropy.fraction())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_once_a_night() {
        let at = |hours: i64| Timestamp::from_seconds(1_795_219_200 + hours * 3600);
        assert!(wants_everything(at(12), None));
        assert!(!wants_everything(at(12), Some(at(2))), "in the same day");
        assert!(!wants_everything(at(24), Some(at(2))), "before the hour");
        assert!(wants_everything(at(26), Some(at(2))));
        assert!(!wants_everything(at(36), Some(at(2))), "not in the night");
        assert!(wants_everything(at(48), Some(at(2))), "a night was missed");
    }
}
