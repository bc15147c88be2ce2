//! Putting a job into the queue.

use domain::Timestamp;
use domain::id::{CustomerId, JobId, StoreId};

use super::Job;
use crate::Portal;
use crate::storage::{AsConn as _, Engine, IntoValue as _, StorageError, Tx, Value, sql};

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
        let queued = insert(tx, now, [(id, &job)]).await?;
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

/// Enqueues jobs whose ids nobody needs, in one statement. Unique ones that an unfinished job stands in the way of are
/// left out.
///
/// # Errors
/// As [`enqueue`].
pub(crate) async fn enqueue_all(tx: &mut Tx, portal: &Portal, jobs: &[NewJob]) -> Result<(), StorageError> {
    if jobs.is_empty() {
        return Ok(());
    }
    let jobs = jobs.iter().map(|job| (JobId(portal.entropy.id()), job));
    insert(tx, portal.now(), jobs).await?;
    wake(tx).await
}

/// Gives how many were new.
async fn insert<'j>(
    tx: &mut Tx,
    now: Timestamp,
    jobs: impl IntoIterator<Item = (JobId, &'j NewJob)>,
) -> Result<u64, StorageError> {
    let mut insert = sql(
        "INSERT INTO jobs (id, kind, payload, lane, unique_key, state, max_attempts, run_at,
             customer_id, store_id, created_at) VALUES ",
    );
    for (place, (id, job)) in jobs.into_iter().enumerate() {
        if place > 0 {
            insert.push(", ");
        }
        insert.push_list([
            id.into_value(),
            job.kind.into_value(),
            job.payload.clone(),
            job.lane.as_deref().into_value(),
            job.unique.as_deref().into_value(),
            "queued".into_value(),
            job.max_attempts.into_value(),
            job.run_at.unwrap_or(now).into_value(),
            job.customer.into_value(),
            job.store.into_value(),
            now.into_value(),
        ]);
    }
    insert.push(
        " ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN ('queued', 'running')
          DO NOTHING",
    );
    insert.execute(tx).await
}

/// Has the workers of every process look for jobs once `tx` is committed.
pub(super) async fn wake(tx: &mut Tx) -> Result<(), StorageError> {
    tx.wake_workers_on_commit();
    if tx.engine() == Engine::Postgres {
        sql("SELECT pg_notify($1, '')").bind(CHANNEL).execute(tx).await?;
    }
    Ok(())
}
