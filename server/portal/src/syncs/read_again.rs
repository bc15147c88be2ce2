//! Reading orders once more that have not changed at their store.

use std::time::Duration;

use domain::IgnoredBecause;
use domain::id::{CustomerId, StoreId};
use domain::source::ExternalId;

use super::FetchOrder;
use crate::Portal;
use crate::jobs::{NewJob, enqueue_all};
use crate::storage::{StorageError, Tx, sql};

/// How far back orders are looked at of which nothing was left to be made here.
const RECENT: Duration = Duration::from_hours(30 * 24);
/// Jobs of one statement.
const AT_ONCE: usize = 500;

/// Has the orders of a store fetched with which production has not begun: something was chosen by which its connection
/// reads them otherwise. Those of which nothing was made here may be ours now.
pub(crate) async fn read_waiting_again(
    portal: &Portal,
    tx: &mut Tx,
    store: StoreId,
    customer: CustomerId,
) -> Result<(), StorageError> {
    let waiting: Vec<(String,)> = sql(
        "SELECT external_id FROM orders WHERE store_id = $1 AND (
             status IN ('draft', 'received', 'not_connected', 'on_hold', 'pending_approval', 'passed', 'failed', 'created')
             OR (status = 'cancelled' AND created_at > $2 AND EXISTS (
                 SELECT 1 FROM order_lines l WHERE l.order_id = orders.id AND l.ignored_because = $3)))
         ORDER BY number",
    )
    .bind(store)
    .bind(portal.now() - RECENT)
    .bind(IgnoredBecause::NothingLeft.as_str())
    .fetch_all(tx)
    .await?;
    let jobs = waiting.into_iter().map(|(order,)| {
        let job = FetchOrder {
            store,
            order: ExternalId::new(order),
            message: None,
            placed_before: false,
        };
        job.new_job(customer)
    });
    let jobs: Vec<NewJob> = jobs.collect();
    for some in jobs.chunks(AT_ONCE) {
        enqueue_all(tx, portal, some).await?;
    }
    Ok(())
}

/// As [`read_waiting_again`], for a store that is not read now: the schedule has it done once it is.
pub(crate) async fn read_waiting_later(tx: &mut Tx, store: StoreId) -> Result<(), StorageError> {
    sql("UPDATE store_connections SET orders_read_again = TRUE WHERE store_id = $1")
        .bind(store)
        .execute(tx)
        .await?;
    Ok(())
}
