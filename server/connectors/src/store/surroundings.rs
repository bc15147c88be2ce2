//! What a connection needs from around it, injected.

use std::time::Duration;

use async_trait::async_trait;
use domain::Timestamp;

use super::Exchange;

/// Time, randomness, waiting, and somebody who keeps a record.
#[async_trait]
pub trait Surroundings: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Fills `bytes` with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]);

    /// Waits; tests only move their clock.
    async fn wait(&self, duration: Duration);

    /// Keeps an exchange for the event inspector. Secrets are out of it already.
    async fn record(&self, exchange: Exchange);
}
