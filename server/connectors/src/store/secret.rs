//! Text that must not be seen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A token, key or password. It never shows in logs; it is serialised to be encrypted and stored, nothing else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Text that must not be seen.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to be sent where it belongs.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it: an empty secret must never verify anything.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
