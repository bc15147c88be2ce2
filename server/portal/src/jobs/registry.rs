//! Which kinds of jobs a worker can do.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::time::Duration;

use domain::ReasonCode;
use futures::future::BoxFuture;
use serde_json::Value as Json;

use super::{Abandoned, Job, JobContext, JobDone, JobError, RetryPolicy, Revived};
use crate::storage::{StorageError, Tx, Value};

/// The kinds of jobs a worker can do, and those it does on a schedule. Jobs of other kinds stay queued, for
/// a newer version of the program.
#[derive(Default)]
pub struct Registry {
    handlers: BTreeMap<&'static str, Box<dyn Handler>>,
    pub(super) schedules: Vec<Scheduled>,
}

/// A job that comes round.
pub(super) struct Scheduled {
    pub(super) kind: &'static str,
    pub(super) payload: Value,
    pub(super) max_attempts: u32,
    pub(super) every: Duration,
    pub(super) jitter: Duration,
}

impl Registry {
    /// One that can do nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Can do jobs of kind `J`.
    #[must_use]
    pub fn register<J: Job>(mut self) -> Self {
        self.handlers.insert(J::KIND, Box::new(Typed::<J>(PhantomData)));
        self
    }

    /// Can do jobs of kind `J`, and does `job` every so often, each time up to `jitter` later, so that
    /// deployments do not strike all together. A run is left out while the one before is unfinished.
    #[must_use]
    pub fn every<J: Job>(mut self, every: Duration, jitter: Duration, job: &J) -> Self {
        self.schedules.push(Scheduled {
            kind: J::KIND,
            payload: Value::json(job),
            max_attempts: J::RETRY.attempts(),
            every,
            jitter,
        });
        self.register::<J>()
    }

    /// The names of the kinds it can do.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.keys().copied()
    }

    /// The names of those that wait for what lies at an address of a customer.
    pub(super) fn fetching_kinds(&self) -> impl Iterator<Item = &'static str> {
        let fetching = self.handlers.iter().filter(|(_, handler)| handler.fetches());
        fetching.map(|(kind, _)| *kind)
    }

    pub(super) fn get(&self, kind: &str) -> Option<&dyn Handler> {
        self.handlers.get(kind).map(AsRef::as_ref)
    }
}

/// A kind of job whose payload type is forgotten.
pub(super) trait Handler: Send + Sync {
    fn run<'a>(&'a self, payload: Json, ctx: &'a JobContext) -> BoxFuture<'a, Result<JobDone, JobError>>;

    fn abandoned<'a>(
        &'a self,
        payload: Json,
        tx: &'a mut Tx,
        abandoned: &'a Abandoned<'a>,
    ) -> BoxFuture<'a, Result<(), StorageError>>;

    fn revived<'a>(
        &'a self,
        payload: Json,
        tx: &'a mut Tx,
        revived: &'a Revived<'a>,
    ) -> BoxFuture<'a, Result<(), StorageError>>;

    fn retry_policy(&self) -> RetryPolicy;

    fn fetches(&self) -> bool;
}

struct Typed<J>(PhantomData<fn() -> J>);

impl<J: Job> Handler for Typed<J> {
    fn run<'a>(&'a self, payload: Json, ctx: &'a JobContext) -> BoxFuture<'a, Result<JobDone, JobError>> {
        Box::pin(async move {
            let job: J =
                serde_json::from_value(payload).map_err(|e| JobError::fail(ReasonCode::JobUnexpected, e))?;
            job.run(ctx).await
        })
    }

    fn abandoned<'a>(
        &'a self,
        payload: Json,
        tx: &'a mut Tx,
        abandoned: &'a Abandoned<'a>,
    ) -> BoxFuture<'a, Result<(), StorageError>> {
        Box::pin(async move {
            match serde_json::from_value::<J>(payload) {
                Ok(job) => job.abandoned(tx, abandoned).await,
                // Nobody can say what it was about; it must end all the same.
                Err(_) => Ok(()),
            }
        })
    }

    fn revived<'a>(
        &'a self,
        payload: Json,
        tx: &'a mut Tx,
        revived: &'a Revived<'a>,
    ) -> BoxFuture<'a, Result<(), StorageError>> {
        Box::pin(async move {
            match serde_json::from_value::<J>(payload) {
                Ok(job) => job.revived(tx, revived).await,
                // The next attempt will say what is wrong with it.
                Err(_) => Ok(()),
            }
        })
    }

    fn retry_policy(&self) -> RetryPolicy {
        J::RETRY
    }

    fn fetches(&self) -> bool {
        J::FETCHES
    }
}
