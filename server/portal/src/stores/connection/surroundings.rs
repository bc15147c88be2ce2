//! What connections work with: the portal's time, randomness and event inspector.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use connectors::store::{Exchange, Surroundings};
use domain::Timestamp;

use crate::Portal;

/// The surroundings of one connection.
#[derive(Clone)]
pub(super) struct Around {
    portal: Portal,
}

impl fmt::Debug for Around {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Around")
    }
}

impl Around {
    pub(super) fn new(portal: &Portal) -> Self {
        Self {
            portal: portal.clone(),
        }
    }
}

#[async_trait]
impl Surroundings for Around {
    fn now(&self) -> Timestamp {
        self.portal.now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.portal.entropy.fill(bytes);
    }

    async fn wait(&self, duration: Duration) {
        self.portal.clock.sleep(duration).await;
    }

    async fn record(&self, exchange: Exchange) {
        tracing::debug!(
            operation = exchange.operation,
            attempt = exchange.attempt,
            "asked a store"
        );
    }
}
