//! How many of a process's slots one kind of work may have, so that what waits for somebody else's server leaves room for
//! everything that does not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::id::StoreId;

/// What the jobs under way in this process have of its slots.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    taken: Arc<Mutex<Taken>>,
    /// Slots for jobs that fetch from addresses of customers, all of them together.
    of_fetching: usize,
    /// Slots for all other jobs of one store.
    of_store: usize,
}

#[derive(Debug, Default)]
struct Taken {
    fetching: usize,
    stores: BTreeMap<StoreId, usize>,
}

/// Whose share is used up: no more of their jobs are taken until one ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UsedUp {
    pub(super) fetching: bool,
    pub(super) stores: Vec<StoreId>,
}

/// A slot that is counted against a share until this is dropped.
#[derive(Debug)]
pub(super) struct Share {
    taken: Arc<Mutex<Taken>>,
    of: Of,
}

#[derive(Clone, Copy, Debug)]
enum Of {
    Fetching,
    Store(StoreId),
    Everybody,
}

impl Shares {
    /// Of `slots`, half are for fetching and a quarter for each store, but never fewer than two: a store that is read
    /// for a long time still has its webhooks worked on.
    pub(super) fn of(slots: usize) -> Self {
        Self {
            taken: Arc::default(),
            of_fetching: (slots / 2).max(1),
            of_store: (slots / 4).max(2),
        }
    }

    /// Counts a job that begins.
    pub(super) fn take(&self, fetches: bool, store: Option<StoreId>) -> Share {
        let of = match store {
            _ if fetches => Of::Fetching,
            Some(store) => Of::Store(store),
            None => Of::Everybody,
        };
        let mut taken = lock(&self.taken);
        match of {
            Of::Fetching => taken.fetching += 1,
            Of::Store(store) => *taken.stores.entry(store).or_default() += 1,
            Of::Everybody => {}
        }
        Share {
            taken: Arc::clone(&self.taken),
            of,
        }
    }

    /// Who has their share.
    pub(super) fn used_up(&self) -> UsedUp {
        let taken = lock(&self.taken);
        let full = taken.stores.iter().filter(|(_, slots)| **slots >= self.of_store);
        UsedUp {
            fetching: taken.fetching >= self.of_fetching,
            stores: full.map(|(store, _)| *store).collect(),
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = lock(&self.taken);
        match self.of {
            Of::Fetching => taken.fetching = taken.fetching.saturating_sub(1),
            Of::Store(store) => {
                let left = taken.stores.remove(&store).unwrap_or_default().saturating_sub(1);
                if left > 0 {
                    taken.stores.insert(store, left);
                }
            }
            Of::Everybody => {}
        }
    }
}

fn lock(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_share_is_free_again_when_its_job_ends() {
        let (shares, store) = (Shares::of(8), StoreId(Uuid::nil()));
        let fetching: Vec<Share> = (0..4).map(|_| shares.take(true, Some(store))).collect();
        let reading: Vec<Share> = (0..2).map(|_| shares.take(false, Some(store))).collect();
        let _mail = shares.take(false, None);
        let used_up = UsedUp {
            fetching: true,
            stores: vec![store],
        };
        assert_eq!(shares.used_up(), used_up);
        drop((fetching, reading));
        assert_eq!(shares.used_up(), UsedUp::default());
    }
}
