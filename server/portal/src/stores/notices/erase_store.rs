//! Erasing every buyer of a store: what the platform asks for after a shop has left.

use domain::id::{CustomerId, MessageId, OrderId, StoreId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::erase::{AT_ONCE, ATTEMPTS, erase_orders, is_due, put_off};
use super::outcome;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived};
use crate::storage::{StorageError, Tx, sql};
use crate::stores::lock;

/// Erases every buyer of a store, and all that was said with it. What is still to be sent comes last.
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
            .max_attempts(ATTEMPTS)
            .customer(customer)
            .store(self.store)
    }

    /// Erases the buyers of some orders behind the one with the number `after`; gives how many were looked at, how many
    /// of them were put off, and the last one's number.
    async fn orders(self, ctx: &JobContext, after: i64, due: bool) -> Result<(usize, usize, i64), JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        lock(&mut tx, self.store).await?;
        let some: Vec<(i64, OrderId)> =
            sql("SELECT number, id FROM orders WHERE store_id = $1 AND number > $2 ORDER BY number LIMIT $3")
                .bind(self.store)
                .bind(after)
                .bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
                .fetch_all(&mut tx)
                .await?;
        let left = some.len() - erase_orders(&ctx.portal, &mut tx, &some, due).await?.len();
        tx.commit().await?;
        Ok((some.len(), left, some.last().map_or(after, |(number, _)| *number)))
    }

    /// Whether the shop that had left is connected again, which is noted then: the request to forget it comes two days
    /// after it left, and may be put off for longer.
    async fn is_not_wanted_any_more(self, ctx: &JobContext) -> Result<bool, JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let in_use = is_in_use(&mut tx, self.store).await?;
        if in_use {
            let result = json!({ "ignored": "connected_again" });
            outcome::done(&ctx.portal, &mut tx, self.message, None, &result).await?;
            tx.commit().await?;
        }
        Ok(in_use)
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

/// Whether a store is connected.
async fn is_in_use(tx: &mut Tx, store: StoreId) -> Result<bool, StorageError> {
    let (in_use,): (bool,) = sql("SELECT EXISTS (SELECT 1 FROM store_connections connections
             JOIN stores ON stores.id = connections.store_id WHERE stores.id = $1 AND connections.credentials IS NOT NULL
             AND stores.state IN ('connected', 'needs_attention', 'paused'))")
    .bind(store)
    .fetch_one(tx)
    .await?;
    Ok(in_use)
}

impl Job for EraseStore {
    const KIND: &'static str = "erase-store";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        if self.is_not_wanted_any_more(ctx).await? {
            return Ok(JobDone::succeeded());
        }
        let due = is_due(ctx, self.message).await?;
        let (mut erased, mut left, mut after) = (0, 0, 0);
        loop {
            let (some, under_way, last) = self.orders(ctx, after, due).await?;
            if some == 0 {
                break;
            }
            (erased, left, after) = (erased + some - under_way, left + under_way, last);
        }
        let mut last = self.messages(ctx, None).await?;
        while last.is_some() {
            last = self.messages(ctx, last).await?;
        }
        if left > 0 {
            return Err(put_off(&ctx.portal, left));
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
    use std::time::Duration;

    use connectors::store::Subject;
    use domain::{OrderSource, OrderStatus, ReasonCode};

    use super::*;
    use crate::Portal;
    use crate::access::{Scope, Viewer};
    use crate::jobs::{Registry, Worker, enqueue};
    use crate::orders::intake::{self, Arrival, take_in};
    use crate::orders::{AddressForm, Advance, advance, edit_address, find, release, testing};
    use crate::storage::Value;
    use crate::stores::Store;
    use crate::stores::notices::HandleNotice;
    use crate::testing::on_both;

    const ORDERS: i64 = 60;
    const _: () = assert!(AT_ONCE < 60, "more than one transaction erases");

    async fn take_some_in(portal: &Portal, store: &Store, orders: i64) {
        for number in 0..orders {
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

    /// All orders have arrived but so many, the last ones.
    async fn all_but_the_last_arrived(portal: &Portal, last: i64) {
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE orders SET status = 'delivered' WHERE number <= (SELECT MAX(number) FROM orders) - $1")
            .bind(last)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn work(portal: &Portal) {
        let registry = Registry::new()
            .register::<HandleNotice>()
            .register::<EraseStore>();
        Worker::new(portal, registry).run_until_idle().await.unwrap();
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
            take_some_in(&portal, &store, ORDERS).await;
            all_but_the_last_arrived(&portal, 0).await;
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

    #[tokio::test]
    async fn what_is_still_to_be_sent_keeps_its_address_until_the_request_is_due() {
        on_both(async |portal| {
            let (client, store) = testing::shop(&portal, "Estudio Garabato").await;
            let operator = testing::operator(&portal);
            testing::catalogue(&portal).await;
            testing::connect(&portal, &store, "pen", "pen").await;
            take_some_in(&portal, &store, 2).await;
            all_but_the_last_arrived(&portal, 1).await;
            let (id,): (OrderId,) = sql("SELECT id FROM orders WHERE status <> 'delivered'")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
            advance(&portal, &operator, id, &Advance::default())
                .await
                .unwrap();
            ask(&portal, &store).await;
            for _ in 0..2 {
                work(&portal).await;
                assert_eq!(kept(&portal).await, (1, 0, "received".to_owned()));
                let (state, reason): (String, ReasonCode) =
                    sql("SELECT state, reason FROM jobs WHERE kind = 'erase-store'")
                        .fetch_one(&mut portal.db.read().await.unwrap())
                        .await
                        .unwrap();
                assert_eq!((state.as_str(), reason), ("queued", ReasonCode::OrdersUnderWay));
                portal.clock.advance(Duration::from_hours(24));
            }
            let found = find(&portal, &Scope::AllCustomers, id).await.unwrap();
            assert_eq!(found.head.status, OrderStatus::InProduction);
            assert_eq!(found.head.recipient, "Ana Ruiz");

            portal.clock.advance(Duration::from_hours(24 * 24));
            work(&portal).await;
            assert_eq!(kept(&portal).await, (0, 0, "done".to_owned()));
            let found = find(&portal, &Scope::AllCustomers, id).await.unwrap();
            assert_eq!(
                (found.head.status, found.head.reason),
                (OrderStatus::OnHold, Some(ReasonCode::AddressErased)),
                "it has nowhere to go"
            );
            assert_eq!(found.head.address_problem, Some(ReasonCode::AddressIncomplete));
            let viewer = Viewer::Operator(operator);
            let refusal = release(&portal, &viewer, id).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "address-missing");
            let seen = AddressForm::of(&found.head).version();
            let client = Viewer::Client(client);
            edit_address(&portal, &client, id, &testing::address_form(), &seen)
                .await
                .unwrap();
            release(&portal, &viewer, id).await.unwrap();
            let found = find(&portal, &Scope::AllCustomers, id).await.unwrap();
            assert_eq!(found.head.status, OrderStatus::InProduction);
        })
        .await;
    }
}
