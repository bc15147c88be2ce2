//! What was said to a store and answered, as the event inspector shows it.

use std::time::Duration;

use domain::Timestamp;

/// A request to a store with what came of it. Secrets and tokens are removed; bodies are cut.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What it was for: `orders.list`.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The address without secrets.
    pub url: String,
    /// The request's body, without secrets.
    pub request: String,
    /// What came of it.
    pub outcome: Outcome,
    /// When it began.
    pub began_at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// Which attempt it was, from 1.
    pub attempt: u32,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An answer, whatever its status.
    Answered {
        /// The status code.
        status: u16,
        /// The body, cut and without secrets.
        body: String,
    },
    /// No answer that could be read: the code of the [`ConnectionError`](super::ConnectionError).
    Failed(&'static str),
}
