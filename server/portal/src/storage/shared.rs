//! What a database and its transactions have in common.

use tokio::sync::Notify;

#[cfg(any(test, feature = "testing"))]
use super::Failpoint;

/// What the clones of a database and their transactions have in common.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Rung when a transaction that enqueued jobs was committed.
    pub(super) jobs_added: Notify,
    /// Where a test has this process die.
    #[cfg(any(test, feature = "testing"))]
    pub(super) failpoint: Failpoint,
}
