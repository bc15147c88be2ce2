//! A store that cannot be read, although nobody has stopped it.

use domain::{StoreState, Timestamp};

/// When a store is tried next, of a row of `store_connections connections`: by the sync that waits for its next
/// attempt, or else by the schedule.
pub(super) const NEXT_TRY: &str = "COALESCE((SELECT MIN(jobs.run_at) FROM jobs \
     WHERE jobs.store_id = connections.store_id AND jobs.kind IN ('sync-orders', 'sync-products') \
     AND jobs.state = 'queued'), connections.orders_due_at, connections.products_due_at)";

/// From this many failures in a row on nobody should count on it to pass by itself.
const SEVERAL: i64 = 3;

/// The reason of a store that asks for fewer requests: it answers, and says when to come back.
const THROTTLED: &str = "store-throttled";

/// What keeps a store from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Why: translated as `connection-<reason>`, the remedy as `connection-<reason>-fix`.
    pub reason: String,
    /// The platform's own words.
    pub words: Option<String>,
    /// How often in a row.
    pub failures: i64,
    /// Since when.
    pub since: Option<Timestamp>,
    /// When it is tried next.
    pub next_try_at: Option<Timestamp>,
}

impl Failing {
    /// Of what is known about a store; `None` when it is stopped, fine, or only asks for fewer requests.
    pub(super) fn of(
        state: StoreState,
        reason: String,
        words: Option<String>,
        failures: i64,
        since: Option<Timestamp>,
        next_try_at: Option<Timestamp>,
    ) -> Option<Self> {
        let is_read = matches!(state, StoreState::Connected | StoreState::NeedsAttention);
        (is_read && failures > 0 && reason != THROTTLED).then_some(Self {
            reason,
            words,
            failures,
            since,
            next_try_at,
        })
    }

    /// Whether it has failed several times by now.
    pub const fn lasts(&self) -> bool {
        self.failures >= SEVERAL
    }
}
