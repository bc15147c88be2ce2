//! Putting a job into the queue.

use domain::Timestamp;
use domain::id::{CustomerId, JobId, StoreId};

use super::Job;
use crate::Portal;
use crate::storage::{AsConn as _, Engine, StorageError, Tx, Value, sql};

/// The channel of PostgreSQL's `NOTIFY` that wakes the workers of all processes.
pub(super) const CHANNEL: &str = "portal_jobs";

/// A job about to be enqueued.
#[derive(Clone, Debug)]
#[must_use = "a job is queued by `enqueue`"]
pub struct NewJob {
    kind: &'static str,
    payload: Value,
    lane: Option<String>,
    unique: Option<String>,
    max_attempts: u32,
    run_at: Option<Timestamp>,
    customer: Option<CustomerId>,
    store: Option<StoreId>,
}

impl NewJob {
    /// A job with this payload, due at once.
    pub fn of<J: Job>(payload: &J) -> Self {
        Self::untyped(J::KIND, Value::json(payload), J::RETRY.attempts())
    }

    pub(super) fn untyped(kind: &'static str, payload: Value, max_attempts: u32) -> Self {
        Self {
            kind,
            payload,
            lane: None,
            unique: None,
            max_attempts,
            run_at: None,
            customer: None,
            store: None,
        }
    }

    /// Runs after the jobs that are in the lane already, one at a time.
    pub fn lane(mut self, lane: impl Into<String>) -> Self {
        self.lane = Some(lane.into());
        self
    }

    /// Nothing is enqueued while another job of this kind and key is unfinished.
    pub fn unique(mut self, key: impl Into<String>) -> Self {
        self.unique = Some(key.into());
        self
    }

    /// Attempts in all, other than the kind's policy says.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Not before `time`.
    pub fn run_at(mut self, time: Timestamp) -> Self {
        self.run_at = Some(time);
        self
    }

    /// Whose job it is: who may see it.
    pub fn customer(mut self, customer: CustomerId) -> Self {
        self.customer = Some(customer);
        self
    }

    /// The store it works for, one of the customer's.
    pub fn store(mut self, store: StoreId) -> Self {
        self.store = Some(store);
        self
    }
}

/// Enqueues `job` in the transaction of the change that calls for it. Gives its id, or that of the unfinished
/// job that stands in the way of a unique one.
///
/// # Errors
/// When the database fails, or the payload is no JSON.
pub async fn enqueue(tx: &mut Tx, portal: &Portal, job: NewJob) -> Result<JobId, StorageError> {
    let now = portal.now();
    loop {
        let id = JobId(portal.entropy.id());
        let queued = sql(
            "INSERT INTO jobs (id, kind, payload, lane, unique_key, state, max_attempts, run_at,
                                customer_id, store_id, created_at)
             VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9, $10)
             ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN ('queued', 'running')
             DO NOTHING",
        )
        .bind(id)
        .bind(job.kind)
        .bind(&job.payload)
        .bind(&job.lane)
        .bind(&job.unique)
        .bind(job.max_attempts)
        .bind(job.run_at.unwrap_or(now))
        .bind(job.customer)
        .bind(job.store)
        .bind(now)
        .execute(tx)
        .await?;
        if queued == 1 {
            wake(tx).await?;
            return Ok(id);
        }
        let unfinished: Option<(JobId,)> =
            sql("SELECT id FROM jobs WHERE kind = $1 AND unique_key = $2 AND state IN ('queued', 'running')")
                .bind(job.kind)
                .bind(&job.unique)
                .fetch_optional(tx)
                .await?;
        if let Some((id,)) = unfinished {
            return Ok(id);
        }
        // It finished between the two statements: nothing stands in the way any more.
    }
}

/// Has the workers of every process look for jobs once `tx` is committed.
pub(super) async fn wake(tx: &mut Tx) -> Result<(), StorageError> {
    tx.wake_workers_on_commit();
    if tx.engine() == Engine::Postgres {
        sql("SELECT pg_notify($1, '')").bind(CHANNEL).execute(tx).await?;
    }
    Ok(())
}
