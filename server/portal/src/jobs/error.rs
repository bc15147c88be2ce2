//! Why an attempt did not do the job.

use std::fmt;

use domain::{ReasonCode, Timestamp};

use crate::Refusal;
use crate::storage::StorageError;

/// Why an attempt did not do the job, and what follows from it.
///
/// The decision is made where the failure happens: only there it is known whether another attempt can help.
/// [`StorageError`] and [`Refusal`] convert by `?`: the database may be back by then.
#[derive(Debug)]
pub struct JobError {
    pub(super) kind: Kind,
    pub(super) because: Option<ReasonCode>,
    pub(super) error: anyhow::Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Again, when the policy says or at that time.
    Retry(Option<Timestamp>),
    /// Not again.
    Fail(ReasonCode),
    /// Not now: what lets it be done has it begun anew.
    SetAside(ReasonCode),
    /// A person asked for the end.
    Cancelled,
    /// Another worker has the job.
    LeaseLost,
    /// Earlier attempts ended without a word, and there are no more.
    WorkerLost,
}

impl JobError {
    /// Another attempt may do it, at a time that the job's policy gives.
    pub fn retry(error: impl Into<anyhow::Error>) -> Self {
        Self {
            kind: Kind::Retry(None),
            because: None,
            error: error.into(),
        }
    }

    /// Another attempt may do it, but not before `time`: what `Retry-After` asked for, within a day.
    pub fn retry_at(time: Timestamp, error: impl Into<anyhow::Error>) -> Self {
        Self {
            kind: Kind::Retry(Some(time)),
            because: None,
            error: error.into(),
        }
    }

    /// No other attempt would do it.
    pub fn fail(reason: ReasonCode, error: impl Into<anyhow::Error>) -> Self {
        Self {
            kind: Kind::Fail(reason),
            because: Some(reason),
            error: error.into(),
        }
    }

    /// It cannot be done as things stand, and nothing went wrong: the job ends as cancelled, with the reason, and what
    /// changes how things stand enqueues another one. [`super::Job::abandoned`] notes what waits.
    pub fn set_aside(reason: ReasonCode, error: impl Into<anyhow::Error>) -> Self {
        Self {
            kind: Kind::SetAside(reason),
            because: Some(reason),
            error: error.into(),
        }
    }

    /// Says in a word that people can be told what another attempt has to overcome.
    #[must_use]
    pub const fn because(mut self, reason: ReasonCode) -> Self {
        self.because = Some(reason);
        self
    }

    pub(super) fn cancelled() -> Self {
        Self {
            kind: Kind::Cancelled,
            because: None,
            error: anyhow::anyhow!("cancelled"),
        }
    }

    pub(super) fn lease_lost() -> Self {
        Self {
            kind: Kind::LeaseLost,
            because: None,
            error: anyhow::anyhow!("another worker has the job"),
        }
    }

    pub(super) fn worker_lost() -> Self {
        Self {
            kind: Kind::WorkerLost,
            because: Some(ReasonCode::JobWorkerLost),
            error: anyhow::anyhow!("the worker stopped without a word"),
        }
    }
}

impl fmt::Display for JobError {
    /// The error and its causes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.error)
    }
}

impl From<Refusal> for JobError {
    /// What a use case refuses a job, it refuses every further attempt.
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unexpected(error) => Self::retry(error),
            Refusal::NotFound => Self::fail(ReasonCode::JobSubjectGone, Refusal::NotFound),
            other => Self::fail(ReasonCode::JobUnexpected, other),
        }
    }
}

impl From<StorageError> for JobError {
    fn from(error: StorageError) -> Self {
        Self::retry(error)
    }
}
