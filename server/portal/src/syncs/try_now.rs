//! Not waiting for the next attempt.

use domain::Permission;
use domain::id::StoreId;

use super::SyncOrders;
use super::orders::Which;
use super::start::{asked_to_wait, readable};
use crate::access::Viewer;
use crate::jobs::{enqueue, hurry_store};
use crate::{Outcome, Portal};

/// Has a store that failed tried again at once: what waits for its next attempt runs now, and its orders are read.
///
/// # Errors
/// As [`sync_products`](super::sync_products).
pub async fn try_now(portal: &Portal, viewer: &Viewer, store: StoreId) -> Outcome<()> {
    viewer.require(Permission::SyncStores)?;
    let mut tx = portal.db.begin().await?;
    let store = readable(&mut tx, viewer, store).await?;
    // What waits for its next attempt runs now, but for a store that asked to be left alone for a while.
    if !asked_to_wait(&mut tx, store.id).await? {
        hurry_store(&mut tx, portal, store.id).await?;
    }
    let orders = SyncOrders {
        store: store.id,
        which: Which::Changed,
    };
    enqueue(&mut tx, portal, orders.new_job(store.customer_id)).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use connectors::OutboundError;
    use connectors::store::ConnectionError;
    use domain::{Platform, StoreState};

    use super::*;
    use crate::jobs::{Worker, registry};
    use crate::orders::testing;
    use crate::stores::{self, health};
    use crate::testing::{connect_store, on_both};

    #[tokio::test]
    async fn a_failing_store_says_since_when_and_is_tried_at_once_when_somebody_asks() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let viewer = Viewer::Client(client.clone());
            let (store, shop) = connect_store(&portal, client.customer, Platform::Etsy, "1").await;
            let failing = async || {
                let scope = client.scope();
                let summary = stores::summaries(&portal, &scope).await.unwrap()[&store]
                    .failing
                    .clone();
                let health = health::health(&portal, &scope, store).await.unwrap().unwrap();
                assert_eq!(health.failing(), summary, "the list and the page say the same");
                assert_eq!(health.state, StoreState::Connected);
                summary
            };
            assert_eq!(failing().await, None);

            let began = portal.now();
            let unreachable = || ConnectionError::Unreachable(OutboundError::TimedOut);
            for failures in 1..=3 {
                shop.fail_next(unreachable());
                try_now(&portal, &viewer, store).await.unwrap();
                Worker::new(&portal, registry()).run_until_idle().await.unwrap();
                let failing = failing().await.unwrap();
                assert_eq!(failing.failures, failures);
                assert_eq!(failing.lasts(), failures == 3);
                assert_eq!(failing.since, Some(began));
                assert_eq!(failing.reason, "store-timed-out");
                assert!(failing.next_try_at.unwrap() > portal.now());
                portal.clock.advance(Duration::from_millis(1));
            }
            try_now(&portal, &viewer, store).await.unwrap();
            Worker::new(&portal, registry()).run_until_idle().await.unwrap();
            assert_eq!(failing().await, None);
        })
        .await;
    }
}
