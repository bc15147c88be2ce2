//! Stopping a sync by hand.

use domain::Permission;
use domain::id::{JobId, StoreId};

use super::{SyncOrders, SyncProducts};
use crate::access::Viewer;
use crate::jobs::{self, Job};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal, stores};

/// Stops reading what a store sells: at once when it has not begun, otherwise before its next page. What was read
/// stays.
///
/// # Errors
/// [`Refusal::Conflict`] `job-finished` when nothing is being read; [`Refusal::NotFound`] outside of the viewer's
/// scope; [`Refusal::Forbidden`] without [`Permission::SyncStores`].
pub async fn cancel_products(portal: &Portal, viewer: &Viewer, store: StoreId) -> Outcome<()> {
    cancel(portal, viewer, store, SyncProducts::KIND).await
}

/// Stops reading a store's orders, as [`cancel_products`] does with its products.
///
/// # Errors
/// As [`cancel_products`].
pub async fn cancel_orders(portal: &Portal, viewer: &Viewer, store: StoreId) -> Outcome<()> {
    cancel(portal, viewer, store, SyncOrders::KIND).await
}

async fn cancel(portal: &Portal, viewer: &Viewer, store: StoreId, kind: &'static str) -> Outcome<()> {
    viewer.require(Permission::SyncStores)?;
    let mut tx = portal.db.begin().await?;
    let store = stores::find_in(&mut tx, &viewer.scope(), store).await?.id;
    let under_way: Option<(JobId,)> = sql(
        "SELECT id FROM jobs WHERE store_id = $1 AND kind = $2 AND state IN ('queued', 'running')
         ORDER BY id DESC LIMIT 1",
    )
    .bind(store)
    .bind(kind)
    .fetch_optional(&mut tx)
    .await?;
    let (job,) = under_way.ok_or_else(|| Refusal::conflict("job-finished"))?;
    jobs::cancel(&mut tx, portal, &viewer.scope(), job).await?;
    Ok(tx.commit().await?)
}
