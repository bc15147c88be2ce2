//! An answer read piece by piece.

use std::time::Duration;

use bytes::Bytes;

use super::Outbound;
use super::error::OutboundError;
use super::exchange::{Answer, Request};
use super::retry_after::retry_after;

/// An answer whose body is read piece by piece, as far as it is wanted. Dropping it closes the connection.
pub struct Reading(Answer);

impl Outbound {
    /// Sends `request` and stops before the body of the answer.
    ///
    /// # Errors
    /// Like [`Outbound::send`]. An answer with any status is an answer.
    pub async fn read(&self, request: Request) -> Result<Reading, OutboundError> {
        let open = self.open(&request);
        tokio::time::timeout(self.settings().total_timeout, open)
            .await
            .map_err(|_| OutboundError::TimedOut)?
            .map(Reading)
    }
}

impl Reading {
    /// The status code.
    pub fn status(&self) -> u16 {
        self.0.response.status().as_u16()
    }

    /// How long the server asks us to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.0.response.headers())
    }

    /// The next piece of the body; nothing after the last. A server that stops sending is noticed.
    ///
    /// # Errors
    /// When the body breaks off or exceeds the request's limit.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, OutboundError> {
        self.0.chunk().await
    }
}
