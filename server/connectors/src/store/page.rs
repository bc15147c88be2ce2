//! Lists, page by page.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Where a list goes on: opaque to all but the connection that gave it. May be stored and used by another process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the list goes on; `None` on the last page.
    pub next: Option<Cursor>,
    /// How long to wait before asking for the next page: while the platform prepares it.
    pub wait: Option<Duration>,
    /// How many there are in all, when the platform says.
    pub total: Option<u64>,
    /// Things that could not be read, each with the platform's id and what was wrong: the rest is not held up.
    pub unreadable: Vec<(String, String)>,
}

impl<T> Page<T> {
    /// The last page.
    pub const fn last(items: Vec<T>) -> Self {
        Self {
            items,
            next: None,
            wait: None,
            total: None,
            unreadable: Vec::new(),
        }
    }
}
