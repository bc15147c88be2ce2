//! Webhooks on their way into the database. Those that wait are committed together: a disk takes as long to make sixty
//! durable as one.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::id::{CustomerId, MessageId, StoreId};
use domain::{Direction, MessageKind, MessageState, Platform, Timestamp};
use tokio::sync::oneshot;

use super::HandleNotice;
use super::receive::{Arrival, NotAccepted};
use crate::Portal;
use crate::jobs;
use crate::storage::{AsConn as _, Engine, IntoValue as _, StorageError, Tx, Value, sql};

/// Webhooks of one transaction.
const AT_ONCE: usize = 64;

/// A webhook that is genuine, as it is stored.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) id: MessageId,
    pub(super) platform: Platform,
    pub(super) store: StoreId,
    pub(super) customer: CustomerId,
    pub(super) topic: String,
    /// What makes it the same as one that came before.
    pub(super) key: String,
    pub(super) state: MessageState,
    pub(super) headers: Value,
    pub(super) body: Vec<u8>,
    pub(super) subject: Value,
    pub(super) happened_at: Option<Timestamp>,
    pub(super) arrived_at: Timestamp,
}

/// A webhook whose sender waits for an answer.
#[derive(Debug)]
struct Waiting {
    delivery: Delivery,
    answer: oneshot::Sender<Result<Arrival, Arc<StorageError>>>,
}

/// The webhooks that wait to be committed.
#[derive(Debug, Default)]
pub struct Intake {
    waiting: Mutex<VecDeque<Waiting>>,
    /// Whoever has it writes; meanwhile the next ones gather.
    turn: tokio::sync::Mutex<()>,
}

impl Intake {
    fn waiting(&self) -> MutexGuard<'_, VecDeque<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting();
        let size = waiting.len().min(AT_ONCE);
        waiting.drain(..size).collect()
    }
}

/// Stores a webhook, with others that wait; it is committed when this gives an answer. A process that is told to stop
/// answers the requests it has, and so stores what waits.
pub(super) async fn store(portal: &Portal, delivery: Delivery) -> Result<Arrival, NotAccepted> {
    let (answer, answered) = oneshot::channel();
    portal.intake.waiting().push_back(Waiting { delivery, answer });
    // As a task: whoever posted this may hang up, and others wait for the same transaction.
    tokio::spawn(write_next(portal.clone()));
    match answered.await {
        Ok(stored) => stored.map_err(|error| NotAccepted::Unexpected(error.into())),
        Err(_) => Err(NotAccepted::Unexpected(anyhow::anyhow!("nobody stored it"))),
    }
}

/// Writes those that are first in line, if others have not done so already.
async fn write_next(portal: Portal) {
    let _turn = portal.intake.turn.lock().await;
    let (deliveries, answers): (Vec<_>, Vec<_>) = portal
        .intake
        .next()
        .into_iter()
        .map(|waiting| (waiting.delivery, waiting.answer))
        .unzip();
    let alone = deliveries.len() == 1;
    let stored = match write(&portal, &deliveries).await {
        Ok(arrivals) => arrivals.into_iter().map(Ok).collect(),
        // One that the database will not have must not keep out the others.
        Err(error) if error.is_of_statement() && !alone => each(&portal, &deliveries).await,
        Err(error) => {
            let error = Arc::new(error);
            deliveries.iter().map(|_| Err(Arc::clone(&error))).collect()
        }
    };
    for (answer, stored) in answers.into_iter().zip(stored) {
        // Whoever has hung up is not told.
        let _ = answer.send(stored);
    }
}

/// Writes each in a transaction of its own.
async fn each(portal: &Portal, deliveries: &[Delivery]) -> Vec<Result<Arrival, Arc<StorageError>>> {
    let mut stored = Vec::new();
    for delivery in deliveries.chunks(1) {
        let arrivals = write(portal, delivery).await;
        stored.push(match arrivals {
            Ok(arrivals) => arrivals.first().copied().ok_or_else(missing),
            Err(error) => Err(error),
        });
    }
    stored
        .into_iter()
        .map(|stored| stored.map_err(Arc::new))
        .collect()
}

fn missing() -> StorageError {
    sqlx::Error::RowNotFound.into()
}

/// Commits them all, or none; gives what became of each.
async fn write(portal: &Portal, deliveries: &[Delivery]) -> Result<Vec<Arrival>, StorageError> {
    if deliveries.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = portal.db.begin().await?;
    let new = insert(&mut tx, deliveries).await?;
    let stored = || deliveries.iter().filter(|delivery| new.contains(&delivery.id));
    let stores: BTreeSet<StoreId> = stored().map(|delivery| delivery.store).collect();
    note_life(&mut tx, &stores, portal.now()).await?;
    let work = stored()
        .filter(|delivery| delivery.state == MessageState::Received)
        .map(|delivery| HandleNotice { message: delivery.id }.new_job(delivery.customer, delivery.store));
    jobs::enqueue_all(&mut tx, portal, &work.collect::<Vec<_>>()).await?;
    tx.commit().await?;
    let arrival = |delivery: &Delivery| match delivery.state {
        _ if !new.contains(&delivery.id) => Arrival::Duplicate,
        MessageState::Received => Arrival::Stored,
        MessageState::Parked => Arrival::Parked,
        _ => Arrival::Nothing,
    };
    Ok(deliveries.iter().map(arrival).collect())
}

/// Writes those that are not here already; gives their ids.
async fn insert(tx: &mut Tx, deliveries: &[Delivery]) -> Result<BTreeSet<MessageId>, StorageError> {
    let mut insert = sql(
        "INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, dedupe_key, state, \
         headers, body, subject, happened_at, attempt, created_at) VALUES ",
    );
    for (place, delivery) in deliveries.iter().enumerate() {
        if place > 0 {
            insert.push(", ");
        }
        insert.push_list([
            delivery.id.into_value(),
            Direction::In.as_str().into_value(),
            MessageKind::Webhook.as_str().into_value(),
            delivery.platform.as_str().into_value(),
            delivery.store.into_value(),
            delivery.customer.into_value(),
            delivery.topic.as_str().into_value(),
            delivery.key.as_str().into_value(),
            delivery.state.as_str().into_value(),
            delivery.headers.clone(),
            delivery.body.as_slice().into_value(),
            delivery.subject.clone(),
            delivery.happened_at.into_value(),
            0_i64.into_value(),
            delivery.arrived_at.into_value(),
        ]);
    }
    insert.push(" ON CONFLICT (store_id, dedupe_key) DO NOTHING RETURNING id");
    let new: Vec<(MessageId,)> = insert.fetch_all(tx).await?;
    Ok(new.into_iter().map(|(id,)| id).collect())
}

/// Notes that webhooks of these stores come, for their health cards.
async fn note_life(tx: &mut Tx, stores: &BTreeSet<StoreId>, now: Timestamp) -> Result<(), StorageError> {
    let mut update = sql("UPDATE store_connections SET last_webhook_at = ");
    update
        .push_bind(now)
        .push(" WHERE store_id IN (SELECT store_id FROM store_connections WHERE store_id IN ")
        .push_list(stores.iter().copied());
    update.push(match tx.engine() {
        Engine::Sqlite => ")",
        // A store that somebody works on must not hold up the webhooks of the others; the next one notes it.
        Engine::Postgres => " FOR NO KEY UPDATE SKIP LOCKED)",
    });
    update.execute(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use super::*;
    use crate::orders::testing;
    use crate::testing::{TestPortal, connect_store, on_both};

    async fn stage(portal: &TestPortal) -> (CustomerId, StoreId) {
        let customer = testing::client(portal, "Estudio Garabato").await.customer;
        let (store, _) = connect_store(portal, customer, Platform::Shopify, "a.myshopify.com").await;
        (customer, store)
    }

    fn delivery(portal: &Portal, (customer, store): (CustomerId, StoreId), key: &str) -> Delivery {
        Delivery {
            id: MessageId(portal.entropy.id()),
            platform: Platform::Shopify,
            store,
            customer,
            topic: "orders/create".to_owned(),
            key: key.to_owned(),
            state: MessageState::Received,
            headers: Value::json(&[("x-topic", "orders/create")]),
            body: b"{}".to_vec(),
            subject: Value::json(&connectors::store::Subject::Nothing),
            happened_at: None,
            arrived_at: portal.now(),
        }
    }

    async fn count(portal: &Portal, statement: &'static str) -> i64 {
        let mut conn = portal.db.read().await.unwrap();
        let (count,): (i64,) = sql(statement).fetch_one(&mut conn).await.unwrap();
        count
    }

    #[tokio::test]
    async fn those_that_wait_are_committed_together_and_answered_after_it() {
        on_both(async |portal| {
            let owner = stage(&portal).await;
            // Nobody is answered while somebody else has the turn.
            let turn = portal.intake.turn.lock().await;
            let keys: Vec<String> = (0..AT_ONCE + 6)
                .map(|number| (number % AT_ONCE).to_string())
                .collect();
            let mut answers = Vec::new();
            for key in &keys {
                let (portal, delivery) = (Portal::clone(&portal), delivery(&portal, owner, key));
                answers.push(tokio::spawn(async move { store(&portal, delivery).await }));
            }
            while portal.intake.waiting().len() < keys.len() {
                tokio::task::yield_now().await;
            }
            assert!(answers.iter().all(|answer| !answer.is_finished()));
            assert_eq!(count(&portal, "SELECT COUNT(*) FROM messages").await, 0);
            drop(turn);
            let arrivals: Vec<_> = join_all(answers)
                .await
                .into_iter()
                .map(|answer| answer.unwrap().unwrap())
                .collect();
            let of = |wanted| arrivals.iter().filter(|arrival| **arrival == wanted).count();
            assert_eq!((of(Arrival::Stored), of(Arrival::Duplicate)), (AT_ONCE, 6));
            let stored = count(&portal, "SELECT COUNT(*) FROM messages WHERE state = 'received'").await;
            let jobs = count(&portal, "SELECT COUNT(*) FROM jobs WHERE kind = 'handle-notice'").await;
            assert_eq!((stored, jobs), (64, 64));
        })
        .await;
    }

    #[tokio::test]
    async fn one_that_cannot_be_stored_does_not_keep_out_the_others() {
        on_both(async |portal| {
            let owner = stage(&portal).await;
            let nobody = (owner.0, StoreId(portal.entropy.id()));
            let all = [
                store(&portal, delivery(&portal, owner, "1")),
                store(&portal, delivery(&portal, nobody, "2")),
                store(&portal, delivery(&portal, owner, "3")),
            ];
            let stored: Vec<bool> = join_all(all).await.iter().map(Result::is_ok).collect();
            assert_eq!(stored, [true, false, true]);
            assert_eq!(count(&portal, "SELECT COUNT(*) FROM messages").await, 2);
        })
        .await;
    }

    #[tokio::test]
    async fn whoever_hangs_up_takes_nobody_along() {
        on_both(async |portal| {
            let owner = stage(&portal).await;
            let turn = portal.intake.turn.lock().await;
            let first = tokio::spawn({
                let (portal, delivery) = (Portal::clone(&portal), delivery(&portal, owner, "1"));
                async move { store(&portal, delivery).await }
            });
            while portal.intake.waiting().is_empty() {
                tokio::task::yield_now().await;
            }
            let second = store(&portal, delivery(&portal, owner, "2"));
            first.abort();
            drop(turn);
            assert_eq!(second.await.unwrap(), Arrival::Stored);
            assert_eq!(count(&portal, "SELECT COUNT(*) FROM messages").await, 2);
        })
        .await;
    }
}
