//! Webhooks that waited for their customer or store.

use domain::id::{CustomerId, MessageId, StoreId};

use super::HandleNotice;
use crate::Portal;
use crate::jobs::{self, JobContext, JobError};
use crate::storage::{Sql, StorageError, Tx, sql};
use crate::stores::lock;

/// How many are let go in one transaction.
const MOST: u16 = 500;

/// Has jobs work on the webhooks that a store kept back, as it is connected again: the first of them at once, others
/// within the minute. Gives how many at once.
///
/// # Errors
/// When the database fails.
pub async fn release_parked(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
) -> Result<u64, StorageError> {
    let parked: Vec<(MessageId,)> = first_parked(store).fetch_all(tx).await?;
    let mut update = sql("UPDATE messages SET state = 'received' WHERE state = 'parked' AND id IN ");
    update
        .push_list(parked.iter().map(|(message,)| *message))
        .push(" RETURNING id");
    // Others may have let some of them go meanwhile.
    let released: Vec<(MessageId,)> = update.fetch_all(tx).await?;
    let count = released.len() as u64;
    let work = released
        .into_iter()
        .map(|(message,)| HandleNotice { message }.new_job(customer, store));
    jobs::enqueue_all(tx, portal, &work.collect::<Vec<_>>()).await?;
    Ok(count)
}

fn first_parked(store: StoreId) -> Sql {
    let mut query = sql("SELECT id FROM messages WHERE state = 'parked' AND store_id = ");
    query.push_bind(store).push(" ORDER BY id LIMIT ").push_bind(MOST);
    query
}

/// The stores that keep webhooks back which nothing stands in the way of: they were too many to be let go at once, or
/// came in at the very moment.
fn left() -> Sql {
    sql(
        "SELECT stores.id, stores.customer_id FROM stores JOIN customers ON customers.id = stores.customer_id \
         WHERE stores.platform <> 'manual' AND stores.state IN ('connected', 'needs_attention') \
         AND customers.storefronts_access AND EXISTS \
         (SELECT 1 FROM messages WHERE messages.state = 'parked' AND messages.store_id = stores.id) ORDER BY stores.id",
    )
}

/// Has jobs work on all webhooks that are kept back for no reason any more.
///
/// # Errors
/// When the database fails, or the job belongs to another worker.
pub(crate) async fn release_left(ctx: &JobContext) -> Result<(), JobError> {
    let portal = &ctx.portal;
    let stores: Vec<(StoreId, CustomerId)> = left().fetch_all(&mut portal.db.read().await?).await?;
    for (store, customer) in stores {
        loop {
            let mut tx = portal.db.begin().await?;
            ctx.fence(&mut tx).await?;
            lock(&mut tx, store).await?;
            let released = release_parked(portal, &mut tx, customer, store).await?;
            tx.commit().await?;
            if released < u64::from(MOST) {
                break;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both;

    #[tokio::test]
    async fn what_is_kept_back_is_found_among_all_the_others() {
        on_both(async |portal| {
            let mut tx = portal.db.begin().await.unwrap();
            for query in [left(), first_parked(StoreId(portal.entropy.id()))] {
                let plan = query.plan(&mut tx).await;
                assert!(plan.contains("messages_parked"), "{plan}");
            }
        })
        .await;
    }
}
