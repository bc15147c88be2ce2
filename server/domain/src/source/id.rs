//! Ids that platforms give.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An id as its platform gives it. Never a number here: Shopify's exceed what a browser counts exactly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExternalId(String);

impl ExternalId {
    /// An id as it came.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<i64> for ExternalId {
    fn from(id: i64) -> Self {
        Self(id.to_string())
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
