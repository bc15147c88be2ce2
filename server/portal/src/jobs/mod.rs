//! Work that happens after the request that caused it: never lost, never made up.
//!
//! A use case [`enqueue()`]s a job in the transaction of the change that calls for it; both happen or neither.
//! [`Workers`] claim due jobs under a lease that a heartbeat renews. A worker that dies stops renewing, and
//! another one takes the job over once [its lease](crate::settings::Roles::worker_lease) has run out. Every claim grows the job's fence, and every write of
//! a worker checks it, so that one that was only thought dead cannot write any more: see [`JobContext::fence`].
//!
//! - A **lane** runs one job at a time, in order; lanes are served in turns, so a long one delays no other.
//! - A **unique** job is enqueued once for as long as it is unfinished.
//! - A handler decides at the place of a failure whether another attempt makes sense: [`JobError::retry`] or
//!   [`JobError::fail`]. Attempts used up leave the job *dead*, for a person to look at.
//! - **Schedules** are rows; whichever process comes first enqueues the job.

mod claim;
mod context;
mod control;
mod enqueue;
mod error;
mod finish;
mod job;
mod kinds;
mod list;
mod presence;
mod registry;
mod retention;
mod retry;
mod retry_dead;
mod schedule;
mod shares;
#[cfg(test)]
mod tests;
mod worker;
mod workers;

/// How long a job belongs to a silent worker where nobody has set anything else.
#[cfg(test)]
pub(crate) const LEASE: std::time::Duration = std::time::Duration::from_secs(30);

pub use context::JobContext;
pub use control::{cancel, retry};
pub(crate) use control::{hurry, hurry_store};
pub(crate) use enqueue::enqueue_all;
pub use enqueue::{NewJob, enqueue};
pub use error::JobError;
pub use job::{Abandoned, Job, JobDone, Revived};
pub use kinds::registry;
pub use list::{JobFilter, JobRow, StoppedJobs, find, list, stopped};
pub use presence::{SILENT_AFTER, WorkerRow, workers};
pub use registry::Registry;
pub use retention::Retention;
pub use retry::RetryPolicy;
pub use retry_dead::{RetriedJobs, retry_dead};
pub use worker::Worker;
pub use workers::Workers;
