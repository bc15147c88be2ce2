//! Erasing every buyer of a store: what the platform asks for after a shop has left.

use domain::id::{CustomerId, MessageId, OrderId, StoreId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::erase::{AT_ONCE, erase_order};
use super::outcome;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::lock;

/// Erases every buyer of a store, and all that was said with it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EraseStore {
    /// The store.
    pub store: StoreId,
    /// The webhook that asks for it.
    pub message: MessageId,
}

impl EraseStore {
    /// The job, to be enqueued with what calls for it.
    pub(super) fn new_job(self, customer: CustomerId) -> NewJob {
        NewJob::of(&self)
            .lane(format!("notices:{}", self.store))
            .customer(customer)
            .store(self.store)
    }

    /// Erases the buyers of some orders behind the one with the number `after`; gives how many, and the last one's number.
    async fn orders(self, ctx: &JobContext, after: i64) -> Result<(usize, i64), JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        lock(&mut tx, self.store).await?;
        let some: Vec<(OrderId, i64)> =
            sql("SELECT id, number FROM orders WHERE store_id = $1 AND number > $2 ORDER BY number LIMIT $3")
                .bind(self.store)
                .bind(after)
                .bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
                .fetch_all(&mut tx)
                .await?;
        for (order, number) in &some {
            erase_order(&mut tx, *order, *number).await?;
        }
        tx.commit().await?;
        Ok((some.len(), some.last().map_or(after, |(_, number)| *number)))
    }

    /// Erases what some messages behind `after` say; gives the last one.
    async fn messages(
        self,
        ctx: &JobContext,
        after: Option<MessageId>,
    ) -> Result<Option<MessageId>, JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        lock(&mut tx, self.store).await?;
        let mut query = sql("SELECT id FROM messages WHERE store_id = ");
        query.push_bind(self.store);
        if let Some(after) = after {
            query.push(" AND id > ").push_bind(after);
        }
        query
            .push(" ORDER BY id LIMIT ")
            .push_bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX));
        let some: Vec<(MessageId,)> = query.fetch_all(&mut tx).await?;
        let mut update = sql("UPDATE messages SET body = NULL, answer = NULL, result = NULL WHERE id IN ");
        update.push_list(some.iter().map(|(id,)| *id));
        update.execute(&mut tx).await?;
        tx.commit().await?;
        Ok(some.last().map(|(id,)| *id))
    }
}

impl Job for EraseStore {
    const KIND: &'static str = "erase-store";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let (mut erased, mut after) = (0, 0);
        loop {
            let (some, last) = self.orders(ctx, after).await?;
            if some == 0 {
                break;
            }
            (erased, after) = (erased + some, last);
        }
        let mut last = self.messages(ctx, None).await?;
        while last.is_some() {
            last = self.messages(ctx, last).await?;
        }
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let result = json!({ "erased": erased });
        outcome::done(&ctx.portal, &mut tx, self.message, None, &result).await?;
        tx.commit().await?;
        Ok(JobDone::with(&result))
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        outcome::given_up(tx, Some(self.message), abandoned).await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        outcome::revived(tx, Some(self.message)).await
    }
}

#[cfg(test)]
mod tests {
    use connectors::store::Subject;
    use domain::OrderSource;

    use super::*;
    use crate::Portal;
    use crate::jobs::{Registry, Worker, enqueue};
    use crate::orders::intake::{self, Arrival, take_in};
    use crate::orders::testing;
    use crate::storage::Value;
    use crate::stores::Store;
    use crate::stores::notices::HandleNotice;
    use crate::testing::on_both;

    const ORDERS: i64 = 60;
    const _: () = assert!(AT_ONCE < 60, "more than one transaction erases");

    async fn take_some_in(portal: &Portal, store: &Store) {
        for number in 0..ORDERS {
            let arrival = Arrival {
                store,
                source: OrderSource::Poll,
                unconnected: true,
                placed_before: false,
                asked_at: portal.now(),
            };
            let order = intake::testing::order(&number.to_string(), 1);
            let mut tx = portal.db.begin().await.unwrap();
            take_in(portal, &mut tx, arrival, &order).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// The webhook that asks for it, with its job.
    async fn ask(portal: &Portal, store: &Store) {
        let message = MessageId(portal.entropy.id());
        let mut tx = portal.db.begin().await.unwrap();
        sql("INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, state, body, subject,
                 attempt, created_at)
             VALUES ($1, 'in', 'webhook', 'shopify', $2, $3, 'shop/redact', 'received', $4, $5, 0, $6)")
        .bind(message)
        .bind(store.id)
        .bind(store.customer_id)
        .bind(b"ana@example.com".to_vec())
        .bind(Value::json(&Subject::EraseStore))
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
        let job = HandleNotice { message }.new_job(store.customer_id, store.id);
        enqueue(&mut tx, portal, job).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn kept(portal: &Portal) -> (i64, i64, String) {
        sql(
            "SELECT (SELECT COUNT(*) FROM orders WHERE email IS NOT NULL OR recipient <> ''),
                 (SELECT COUNT(*) FROM messages WHERE body IS NOT NULL), (SELECT state FROM messages)",
        )
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn a_store_is_erased_some_orders_at_a_time() {
        on_both(async |portal| {
            let (_, store) = testing::shop(&portal, "Estudio Garabato").await;
            testing::connect(&portal, &store, "pen", "pen").await;
            take_some_in(&portal, &store).await;
            ask(&portal, &store).await;
            let handle = Registry::new().register::<HandleNotice>();
            Worker::new(&portal, handle).run_until_idle().await.unwrap();
            assert_eq!(
                kept(&portal).await,
                (ORDERS, 1, "received".to_owned()),
                "not at once"
            );
            let erase = Registry::new().register::<EraseStore>();
            Worker::new(&portal, erase).run_until_idle().await.unwrap();
            assert_eq!(kept(&portal).await, (0, 0, "done".to_owned()));
        })
        .await;
    }
}
