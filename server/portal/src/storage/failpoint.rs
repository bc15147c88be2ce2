//! A process that dies between two steps, for tests: what it had committed stays, and it does nothing more. Or a database
//! that has no time.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use super::StorageError;

/// Which commit a process dies after. Every step of every job and request ends with one. And who waits in vain.
#[derive(Debug)]
pub struct Failpoint {
    commits: AtomicI64,
    readers_wait: AtomicBool,
    writers_wait: AtomicBool,
}

impl Default for Failpoint {
    fn default() -> Self {
        Self {
            commits: AtomicI64::new(i64::MAX),
            readers_wait: AtomicBool::new(false),
            writers_wait: AtomicBool::new(false),
        }
    }
}

impl Failpoint {
    /// Has the process die right after so many further commits: nobody is told of the last one any more.
    pub fn die_after(&self, commits: u32) {
        self.commits.store(commits.into(), Ordering::Relaxed);
    }

    /// Starts the process again; gives whether it had died.
    pub fn revive(&self) -> bool {
        self.commits.swap(i64::MAX, Ordering::Relaxed) <= 0
    }

    /// Has those who read, or want to write, wait in vain for as long as a request waits.
    pub fn be_busy(&self, for_readers: bool, for_writers: bool) {
        self.readers_wait.store(for_readers, Ordering::Relaxed);
        self.writers_wait.store(for_writers, Ordering::Relaxed);
    }

    /// Fails when the process is dead, or the database has no time for those who read.
    pub(super) fn may_read(&self) -> Result<(), StorageError> {
        in_time(&self.readers_wait)?;
        self.alive()
    }

    /// Fails when the process is dead, or the database has no time for those who write.
    pub(super) fn may_write(&self) -> Result<(), StorageError> {
        in_time(&self.writers_wait)?;
        self.alive()
    }

    fn alive(&self) -> Result<(), StorageError> {
        if self.commits.load(Ordering::Relaxed) > 0 {
            Ok(())
        } else {
            Err(died())
        }
    }

    /// Counts a commit that is about to happen; gives whether it is the last one. Fails when the process is dead.
    pub(super) fn is_last_commit(&self) -> Result<bool, StorageError> {
        match self.commits.fetch_sub(1, Ordering::Relaxed) {
            ..=0 => Err(died()),
            left => Ok(left == 1),
        }
    }
}

fn in_time(wait: &AtomicBool) -> Result<(), StorageError> {
    if wait.load(Ordering::Relaxed) {
        return Err(sqlx::Error::PoolTimedOut.into());
    }
    Ok(())
}

pub(super) fn died() -> StorageError {
    sqlx::Error::PoolClosed.into()
}
