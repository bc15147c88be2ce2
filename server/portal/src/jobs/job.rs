//! What a job is.

use domain::id::JobId;
use domain::{JobState, ReasonCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{JobContext, JobError, RetryPolicy};
use crate::Portal;
use crate::storage::{StorageError, Tx, Value};

/// A kind of job: its payload, which is stored, and what is done with it.
///
/// A job may run more than once: its worker can die after the work and before the note that it is done.
/// `run` must therefore find out what is done already, or do its work in a transaction that holds
/// [`JobContext::fence`].
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The stored name of the kind: kebab case, never changed once released.
    const KIND: &'static str;

    /// When and how often it is tried again.
    const RETRY: RetryPolicy = RetryPolicy::DEFAULT;

    /// Whether it waits for what lies at an address that a customer gave. One slow host must not delay everybody: such
    /// jobs have at most half of a process's slots.
    const FETCHES: bool = false;

    /// Does the work. Holds no database connection of the queue while it runs; a panic counts as a failure
    /// that another attempt may mend. Long computations belong on a blocking thread: the heartbeat runs beside
    /// this and needs its turn.
    ///
    /// # Errors
    /// What [`JobError`] was made at the place of the failure.
    fn run(self, ctx: &JobContext) -> impl Future<Output = Result<JobDone, JobError>> + Send;

    /// Notes, in the transaction that ends the job, that it will not be tried again: it failed, is dead, or was
    /// cancelled.
    ///
    /// # Errors
    /// When the database fails; the job is then ended without it.
    fn abandoned(
        self,
        tx: &mut Tx,
        abandoned: &Abandoned<'_>,
    ) -> impl Future<Output = Result<(), StorageError>> + Send {
        let _ = (tx, abandoned);
        async { Ok(()) }
    }

    /// Takes back what [`Self::abandoned`] noted, in the transaction that puts the job into the queue once more
    /// because a person asked for it.
    ///
    /// # Errors
    /// When the database fails; the job then stays as it is.
    fn revived(
        self,
        tx: &mut Tx,
        revived: &Revived<'_>,
    ) -> impl Future<Output = Result<(), StorageError>> + Send {
        let _ = (tx, revived);
        async { Ok(()) }
    }
}

/// A job that a person put into the queue once more.
#[derive(Clone, Copy, Debug)]
pub struct Revived<'a> {
    /// What every use case works with.
    pub portal: &'a Portal,
    /// Which job.
    pub job_id: JobId,
}

/// How a job ended without being done.
#[derive(Clone, Copy, Debug)]
pub struct Abandoned<'a> {
    /// What every use case works with.
    pub portal: &'a Portal,
    /// Which job.
    pub job_id: JobId,
    /// Failed, dead or cancelled.
    pub state: JobState,
    /// Why; none when a person cancelled it.
    pub reason: Option<ReasonCode>,
}

/// A job that was done.
#[derive(Clone, Debug)]
#[must_use]
pub struct JobDone {
    pub(super) result: Value,
    pub(super) partly_failed: Option<ReasonCode>,
}

impl JobDone {
    /// Everything was done; there is nothing to tell.
    pub fn succeeded() -> Self {
        Self {
            result: Value::Json(None),
            partly_failed: None,
        }
    }

    /// Everything was done, with a result for the page that shows the job.
    pub fn with(result: &impl Serialize) -> Self {
        Self {
            result: Value::json(result),
            partly_failed: None,
        }
    }

    /// Some of it could not be done, and another attempt would not change that.
    pub fn partly_failed(mut self, reason: ReasonCode) -> Self {
        self.partly_failed = Some(reason);
        self
    }
}
