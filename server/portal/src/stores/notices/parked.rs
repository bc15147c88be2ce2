//! Webhooks that waited for their customer or store.

use domain::id::{CustomerId, MessageId, StoreId};

use super::HandleNotice;
use crate::Portal;
use crate::jobs;
use crate::storage::{StorageError, Tx, sql};

/// How many are let go in one transaction; the poll that follows finds whatever the others were about.
const MOST: i64 = 500;

/// Has jobs work on the webhooks that a store kept back, as it is connected again. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn release_parked(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
) -> Result<u64, StorageError> {
    let mut query = sql("SELECT id FROM messages WHERE state = 'parked' AND store_id = ");
    query.push_bind(store).push(" ORDER BY id LIMIT ").push_bind(MOST);
    let parked: Vec<(MessageId,)> = query.fetch_all(tx).await?;
    let mut update = sql("UPDATE messages SET state = 'received' WHERE id IN ");
    update.push_list(parked.iter().map(|(message,)| *message));
    let released = update.execute(tx).await?;
    let work = parked
        .into_iter()
        .map(|(message,)| HandleNotice { message }.new_job(customer, store));
    jobs::enqueue_all(tx, portal, &work.collect::<Vec<_>>()).await?;
    Ok(released)
}

/// As [`release_parked`], for all connected stores of a customer who has access again.
///
/// # Errors
/// When the database fails.
pub async fn release_parked_of(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
) -> Result<u64, StorageError> {
    let stores: Vec<(StoreId,)> = sql("SELECT id FROM stores \
         WHERE customer_id = $1 AND platform <> 'manual' AND state IN ('connected', 'needs_attention') ORDER BY id")
    .bind(customer)
    .fetch_all(tx)
    .await?;
    let mut released = 0;
    for (store,) in stores {
        released += release_parked(portal, tx, customer, store).await?;
    }
    Ok(released)
}
