//! Starting a sync by hand.

use domain::id::{CustomerId, JobId, StoreId};
use domain::{Permission, Platform, StoreState, Timestamp};

use super::orders::Which;
use super::try_now::hurry;
use super::{SyncOrders, SyncProducts};
use crate::access::Viewer;
use crate::jobs::{NewJob, enqueue};
use crate::storage::{StorageError, Tx};
use crate::stores::{self, Store};
use crate::{Outcome, Portal, Refusal};

/// Has everything read that a store sells. Gives the job to watch, which is the one under way when there is one.
///
/// # Errors
/// [`Refusal::Conflict`] `store-not-online` for a manual store, `store-not-connected` for one that is paused,
/// disconnected or must be authorised again; [`Refusal::NotFound`] outside of the viewer's scope;
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
/// As [`sync_products`].
pub async fn sync_orders(
    portal: &Portal,
    viewer: &Viewer,
    store: StoreId,
    from: Option<Timestamp>,
) -> Outcome<JobId> {
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
    // The one under way may wait for its next attempt: whoever asks now does not want to wait for it.
    hurry(portal, &mut tx, store.id).await?;
    let id = enqueue(&mut tx, portal, job(&store)).await?;
    tx.commit().await?;
    Ok(id)
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
