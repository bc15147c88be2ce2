//! Starting a sync by hand.

use std::time::Duration;

use domain::id::{CustomerId, JobId, StoreId};
use domain::{Permission, Platform, Problem, StoreState, Timestamp};

use super::orders::Which;
use super::{SyncOrders, SyncProducts};
use crate::access::Viewer;
use crate::jobs::{NewJob, enqueue, hurry};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::{self, Store};
use crate::{Outcome, Portal, Refusal};

/// Has everything read that a store sells. Gives the job to watch, which is the one under way when there is one; one that
/// waits to be tried again begins now.
///
/// # Errors
/// [`Refusal::Conflict`] `store-not-online` for a manual store, `store-not-connected` for one that is paused,
/// disconnected or must be authorised again, `store-asked-to-wait` with the `minutes` while the job waits because the
/// platform has had enough requests for now; [`Refusal::NotFound`] outside of the viewer's scope;
/// [`Refusal::Forbidden`] without [`Permission::SyncStores`].
pub async fn sync_products(portal: &Portal, viewer: &Viewer, store: StoreId) -> Outcome<JobId> {
    start(portal, viewer, store, |store| {
        let job = SyncProducts {
            store: store.id,
            full: true,
        };
        job.new_job(store.customer_id)
    })
    .await
}

/// Has the orders of a store read: those that changed, or all that were placed since `from`.
///
/// # Errors
/// [`Refusal::Invalid`] in `from` for a time to come; otherwise as [`sync_products`].
pub async fn sync_orders(
    portal: &Portal,
    viewer: &Viewer,
    store: StoreId,
    from: Option<Timestamp>,
) -> Outcome<JobId> {
    viewer.require(Permission::SyncStores)?;
    if from.is_some_and(|from| from > portal.now()) {
        return Err(Refusal::field("from", Problem::new("date-ahead")));
    }
    start(portal, viewer, store, |store| {
        let job = SyncOrders {
            store: store.id,
            which: from.map_or(Which::Changed, Which::PlacedSince),
        };
        job.new_job(store.customer_id)
    })
    .await
}

/// Has everything read that a store sells which is connected in this transaction.
pub(crate) async fn first(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
) -> Result<JobId, StorageError> {
    let job = SyncProducts { store, full: true };
    enqueue(tx, portal, job.new_job(customer)).await
}

async fn start(
    portal: &Portal,
    viewer: &Viewer,
    store: StoreId,
    job: impl FnOnce(&Store) -> NewJob + Send,
) -> Outcome<JobId> {
    viewer.require(Permission::SyncStores)?;
    let mut tx = portal.db.begin().await?;
    let store = readable(&mut tx, viewer, store).await?;
    let id = enqueue(&mut tx, portal, job(&store)).await?;
    if asked_to_wait(&mut tx, store.id).await?
        && let Some(wait) = waits(portal, &mut tx, id).await?
    {
        let minutes = wait.as_secs().div_ceil(60);
        return Err(Refusal::Conflict(
            Problem::new("store-asked-to-wait").with("minutes", minutes.cast_signed()),
        ));
    }
    hurry(&mut tx, portal, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether the platform asked the store to slow down: asked again before the time that it named, it would only say so
/// once more.
pub(super) async fn asked_to_wait(tx: &mut Tx, store: StoreId) -> Result<bool, StorageError> {
    let (asked,): (bool,) = sql("SELECT EXISTS (SELECT 1 FROM store_connections
             WHERE store_id = $1 AND reason = 'store-throttled')")
    .bind(store)
    .fetch_one(tx)
    .await?;
    Ok(asked)
}

/// How long a job waits for its next attempt.
async fn waits(portal: &Portal, tx: &mut Tx, job: JobId) -> Result<Option<Duration>, StorageError> {
    let until: Option<(Timestamp,)> =
        sql("SELECT run_at FROM jobs WHERE id = $1 AND state = 'queued' AND run_at > $2")
            .bind(job)
            .bind(portal.now())
            .fetch_optional(tx)
            .await?;
    Ok(until.map(|(until,)| until.since(portal.now())))
}

pub(super) async fn readable(tx: &mut Tx, viewer: &Viewer, store: StoreId) -> Outcome<Store> {
    let store = stores::find_in(tx, &viewer.scope(), store).await?;
    if store.platform == Platform::Manual {
        return Err(Refusal::conflict("store-not-online"));
    }
    match store.state {
        StoreState::Connected | StoreState::NeedsAttention => Ok(store),
        _ => Err(Refusal::conflict("store-not-connected")),
    }
}
