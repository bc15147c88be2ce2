//! What a server function says: to the form enhancer in words, to everybody where to go on.

use domain::Problem;
use serde::{Deserialize, Serialize};

/// The answer of a server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Reply {
    /// It is done: where to go next.
    Done {
        /// A path of the portal.
        location: String,
    },
    /// It was refused.
    Refused {
        /// Names of fields with what is wrong, in the visitor's language.
        fields: Vec<(String, String)>,
        /// What is wrong with the whole, in the visitor's language.
        message: Option<String>,
    },
}

/// What a server function leads to when it is done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Done {
    pub(super) location: String,
    pub(super) said: Option<Problem>,
}

impl Done {
    /// Go to a path of the portal.
    pub fn to(location: impl Into<String>) -> Self {
        Self {
            location: location.into(),
            said: None,
        }
    }

    /// Where it goes on.
    pub(crate) fn location(&self) -> &str {
        &self.location
    }

    /// Says `done-<code>` on the page that follows.
    #[must_use]
    pub fn saying(mut self, code: &'static str) -> Self {
        self.said = Some(Problem::new(code));
        self
    }

    /// Says `done-<code>` with a value on the page that follows.
    #[must_use]
    pub fn saying_with(mut self, done: Problem) -> Self {
        self.said = Some(done);
        self
    }
}
