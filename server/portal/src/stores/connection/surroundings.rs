//! What connections work with: the portal's time, randomness and event inspector.

use std::time::Duration;

use async_trait::async_trait;
use connectors::store::{Exchange, Surroundings};
use domain::id::{CustomerId, JobId, StoreId};
use domain::{Platform, Timestamp};

use crate::Portal;
use crate::messages::Spoken;

/// The surroundings of one connection.
#[derive(Clone)]
pub(crate) struct Around {
    portal: Portal,
    customer: CustomerId,
    store: Option<StoreId>,
    platform: Platform,
    job: Option<JobId>,
}

impl Around {
    /// For the shop of a customer, and the store it is or is to become.
    pub(crate) fn new(
        portal: &Portal,
        customer: CustomerId,
        store: Option<StoreId>,
        platform: Platform,
    ) -> Self {
        Self {
            portal: portal.clone(),
            customer,
            store,
            platform,
            job: None,
        }
    }

    /// Names the job that asks.
    pub(crate) fn job(self, job: Option<JobId>) -> Self {
        Self { job, ..self }
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
        let spoken = Spoken {
            store: self.store,
            customer: self.customer,
            platform: self.platform,
            job: self.job,
            exchange,
        };
        self.portal.recorder.keep(&self.portal, spoken).await;
    }
}
