//! Telling a store everything again that it could not be told, once it can be told.

use connectors::store::ConnectionError;
use domain::id::{CustomerId, OrderWriteId, StoreId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::WriteBack;
use super::retry::requeue;
use crate::Portal;
use crate::jobs::{Job, JobContext, JobDone, JobError, NewJob, enqueue};
use crate::storage::{StorageError, Tx, sql};
use crate::syncs::store_of;

/// Things told in one transaction: few enough that others can write in between.
const AT_ONCE: usize = 100;
/// Attempts after which nothing is told again by itself, three times what a job has: it waits for a person.
const MOST_ATTEMPTS: i64 = 30;

/// Has a store told again what it could not be told: it answers again, goes on after a pause or was connected again.
/// What its platform decided waits for a person, and so does what failed too often: it would only fail once more.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellAgain {
    store: StoreId,
    /// Whether there are new credentials: what the platform decided about the former ones is no longer true.
    new_credentials: bool,
}

impl TellAgain {
    /// For a store that can be told things again, in the transaction that says so.
    pub(crate) async fn after_recovery(
        portal: &Portal,
        tx: &mut Tx,
        store: StoreId,
        customer: CustomerId,
    ) -> Result<(), StorageError> {
        let new_credentials = false;
        Self {
            store,
            new_credentials,
        }
        .enqueue(portal, tx, customer)
        .await
    }

    /// For a store that was connected again, in the transaction that does so.
    pub(crate) async fn after_reconnection(
        portal: &Portal,
        tx: &mut Tx,
        store: StoreId,
        customer: CustomerId,
    ) -> Result<(), StorageError> {
        let new_credentials = true;
        Self {
            store,
            new_credentials,
        }
        .enqueue(portal, tx, customer)
        .await
    }

    async fn enqueue(self, portal: &Portal, tx: &mut Tx, customer: CustomerId) -> Result<(), StorageError> {
        let job = NewJob::of(&self)
            .lane(format!("store:{}:tell-again", self.store))
            .customer(customer)
            .store(self.store);
        enqueue(tx, portal, job).await?;
        Ok(())
    }

    /// Why something stays untold.
    fn decided(self) -> impl Iterator<Item = &'static str> {
        let changed = move |code: &&str| {
            self.new_credentials && ConnectionError::DECIDED_ABOUT_CREDENTIALS.contains(code)
        };
        ConnectionError::DECIDED
            .into_iter()
            .filter(move |code| !changed(code))
    }

    /// The next things after `last`, in the order in which they came to be told.
    async fn some(self, tx: &mut Tx, last: OrderWriteId) -> Result<Vec<WriteBack>, StorageError> {
        let mut query = sql("SELECT id, version FROM order_writes
             WHERE state IN ('queued', 'failed') AND (state = 'failed' OR reason = 'store-paused') AND store_id = ");
        query.push_bind(self.store);
        query.push(" AND id > ").push_bind(last);
        query
            .push(" AND COALESCE(reason, '') NOT IN ")
            .push_list(self.decided());
        if !self.new_credentials {
            query.push(" AND attempts < ").push_bind(MOST_ATTEMPTS);
        }
        query
            .push(" ORDER BY id LIMIT ")
            .push_bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX));
        let rows: Vec<(OrderWriteId, i64)> = query.fetch_all(tx).await?;
        let some = rows
            .into_iter()
            .map(|(write, version)| WriteBack { write, version });
        Ok(some.collect())
    }
}

impl Job for TellAgain {
    const KIND: &'static str = "tell-again";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let customer = store_of(ctx, self.store).await?.customer_id;
        let (mut last, mut told) = (OrderWriteId(Uuid::nil()), 0);
        loop {
            let mut tx = portal.db.begin().await?;
            ctx.fence(&mut tx).await?;
            let some = self.some(&mut tx, last).await?;
            for write in &some {
                requeue(portal, &mut tx, *write, self.store, customer).await?;
            }
            tx.commit().await?;
            told += some.len();
            match some.last() {
                Some(newest) if some.len() == AT_ONCE => last = newest.write,
                _ => return Ok(JobDone::with(&serde_json::json!({ "writes": told }))),
            }
        }
    }
}
