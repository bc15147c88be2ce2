//! A process that dies between two steps, for tests: what it had committed stays, and it does nothing more.

use std::sync::atomic::{AtomicI64, Ordering};

use super::StorageError;

/// Which commit a process dies after. Every step of every job and request ends with one.
#[derive(Debug)]
pub struct Failpoint(AtomicI64);

impl Default for Failpoint {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MAX))
    }
}

impl Failpoint {
    /// Has the process die right after so many further commits: nobody is told of the last one any more.
    pub fn die_after(&self, commits: u32) {
        self.0.store(commits.into(), Ordering::Relaxed);
    }

    /// Starts the process again; gives whether it had died.
    pub fn revive(&self) -> bool {
        self.0.swap(i64::MAX, Ordering::Relaxed) <= 0
    }

    /// Fails when the process is dead.
    pub(super) fn alive(&self) -> Result<(), StorageError> {
        if self.0.load(Ordering::Relaxed) > 0 {
            Ok(())
        } else {
            Err(died())
        }
    }

    /// Counts a commit that is about to happen; gives whether it is the last one. Fails when the process is dead.
    pub(super) fn is_last_commit(&self) -> Result<bool, StorageError> {
        match self.0.fetch_sub(1, Ordering::Relaxed) {
            ..=0 => Err(died()),
            left => Ok(left == 1),
        }
    }
}

pub(super) fn died() -> StorageError {
    sqlx::Error::PoolClosed.into()
}
