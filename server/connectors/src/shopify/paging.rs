//! Lists ordered by time, further than Shopify pages them.

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::moment;

/// Shopify stops paging a list after 25,000 objects; a new window opens before that.
const WINDOW: u64 = 20_000;

/// Where a list ordered by time is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Window {
    /// The list begins here.
    pub(super) since: Option<Timestamp>,
    /// Where it goes on.
    pub(super) after: Option<String>,
    /// How many were read of this window.
    seen: u64,
}

impl Window {
    pub(super) const fn since(since: Option<Timestamp>) -> Self {
        Self {
            since,
            after: None,
            seen: 0,
        }
    }

    /// The search for it by a field of time.
    pub(super) fn query(&self, field: &str) -> Option<String> {
        self.since
            .map(|since| format!("{field}:>='{}'", moment::rfc3339(since)))
    }

    /// Where it goes on after a page of `read` things, the last of which has the time `latest`; `after` is Shopify's
    /// own cursor.
    pub(super) fn next(&self, after: Option<String>, read: usize, latest: Option<Timestamp>) -> Option<Self> {
        let after = after?;
        let seen = self.seen + read as u64;
        match latest.filter(|latest| seen >= WINDOW && self.since.is_none_or(|since| *latest > since)) {
            Some(latest) => Some(Self::since(Some(latest))),
            None => Some(Self {
                since: self.since,
                after: Some(after),
                seen,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_read_in_windows() {
        let latest = Some(Timestamp::from_seconds(100));
        let mut window = Window::since(Some(Timestamp::EPOCH));
        let after = Some("x".to_owned());
        window = window.next(after.clone(), 2, latest).unwrap();
        assert_eq!(window.after.as_deref(), Some("x"));
        window.seen = WINDOW - 1;
        assert_eq!(window.next(after, 2, latest).unwrap(), Window::since(latest));
        assert_eq!(window.next(None, 2, latest), None);
    }
}
