//! What connections work with: the portal's time, randomness and event inspector.

use std::time::Duration;

use async_trait::async_trait;
use connectors::store::{Exchange, Surroundings};
use domain::id::{CustomerId, JobId, OrderId, StoreId};
use domain::{Platform, Timestamp};

use crate::Portal;
use crate::messages::Spoken;

/// What a shop is asked for, as the event inspector shows it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Errand {
    /// The job that asks.
    pub(crate) job: Option<JobId>,
    /// The order it is about.
    pub(crate) order: Option<OrderId>,
}

/// The surroundings of one connection.
#[derive(Clone)]
pub(crate) struct Around {
    portal: Portal,
    customer: CustomerId,
    store: Option<StoreId>,
    platform: Platform,
    errand: Errand,
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
            errand: Errand::default(),
        }
    }

    /// Says what for.
    pub(crate) fn on(self, errand: Errand) -> Self {
        Self { errand, ..self }
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
            job: self.errand.job,
            order: self.errand.order,
            exchange,
        };
        self.portal.recorder.keep(&self.portal, spoken).await;
    }
}

#[cfg(test)]
mod tests {
    use connectors::store::Outcome;

    use super::*;
    use crate::orders::testing;
    use crate::storage::sql;
    use crate::testing::on_both;

    #[tokio::test]
    async fn what_is_said_about_an_order_names_it() {
        on_both(async |portal| {
            let (client, _, order) = testing::stock_order(&portal).await;
            let errand = Errand {
                job: None,
                order: Some(order),
            };
            let around = Around::new(&portal, client.customer, None, Platform::Shopify).on(errand);
            let exchange = Exchange {
                operation: "shipments.create",
                method: "POST".to_owned(),
                url: "https://a.myshopify.com/graphql.json".to_owned(),
                request: "{}".to_owned(),
                outcome: Outcome::Failed("store-timed-out"),
                began_at: portal.now(),
                took: Duration::from_millis(120),
                attempt: 1,
            };
            around.record(exchange).await;
            portal.recorder.write(&portal).await.unwrap();
            let (named,): (Option<OrderId>,) = sql("SELECT order_id FROM messages")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
            assert_eq!(named, Some(order));
        })
        .await;
    }
}
