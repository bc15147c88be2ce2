//! How often stores are read.

use std::time::Duration;

use connectors::etsy::QuotaLeft;
use domain::{Platform, Timestamp};

use crate::Portal;
use crate::storage::{StorageError, sql};

/// How often orders are polled. Webhooks come between; a store without them waits no longer than this.
const ORDERS_EVERY: Duration = Duration::from_mins(5);
/// How often changes of products are read.
pub(super) const PRODUCTS_EVERY: Duration = Duration::from_mins(30);
/// How often orders are polled at Etsy while its webhooks come, which tell nothing of refunds and of changes: all shops
/// of the application share one quota, of as little as 10,000 requests a day.
const ETSY_ORDERS_WITH_WEBHOOKS_EVERY: Duration = Duration::from_mins(10);
/// How often products are read at Etsy, which cannot list what changed: each time costs a request for every state of
/// listings and for every hundred of them.
const ETSY_PRODUCTS_EVERY: Duration = Duration::from_hours(4);
/// How much rarer everything at Etsy is read while little of the quota is left.
const SAVING: u32 = 4;
/// Webhooks come for the whole application: none within this time, and Etsy sends none.
const WEBHOOKS_COME: Duration = Duration::from_hours(24);

/// How often stores are read, as things stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    etsy_webhooks: bool,
    etsy_quota: Option<QuotaLeft>,
}

impl Pace {
    pub(super) async fn find(portal: &Portal) -> Result<Self, StorageError> {
        let (last,): (Option<Timestamp>,) =
            sql("SELECT MAX(last_webhook_at) FROM store_connections WHERE platform = $1")
                .bind(Platform::Etsy.as_str())
                .fetch_one(&mut portal.db.read().await?)
                .await?;
        Ok(Self {
            etsy_webhooks: last.is_some_and(|last| portal.now().since(last) < WEBHOOKS_COME),
            etsy_quota: portal.platforms.quota_left(Platform::Etsy),
        })
    }

    /// How often the orders of a store are polled.
    pub(super) fn orders(self, platform: Platform) -> Duration {
        match platform {
            Platform::Etsy if self.etsy_webhooks => self.saving(ETSY_ORDERS_WITH_WEBHOOKS_EVERY),
            Platform::Etsy => self.saving(ORDERS_EVERY),
            _ => ORDERS_EVERY,
        }
    }

    /// How often the products of a store are read.
    pub(super) fn products(self, platform: Platform) -> Duration {
        match platform {
            Platform::Etsy => self.saving(ETSY_PRODUCTS_EVERY),
            _ => PRODUCTS_EVERY,
        }
    }

    fn saving(self, every: Duration) -> Duration {
        if self.etsy_quota.is_some_and(QuotaLeft::is_low) {
            every * SAVING
        } else {
            every
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::testing::{connect_store, on_both};

    #[tokio::test]
    async fn etsy_is_asked_as_often_as_its_quota_allows() {
        on_both(async |portal| {
            let minutes = async || {
                let pace = Pace::find(&portal).await.unwrap();
                let of = |platform| pace.orders(platform).as_secs() / 60;
                (
                    of(Platform::Etsy),
                    of(Platform::WooCommerce),
                    pace.products(Platform::Etsy).as_secs() / 60,
                )
            };
            let customer = testing::client(&portal, "Estudio Garabato").await.customer;
            let (store, _) = connect_store(&portal, customer, Platform::Etsy, "12345").await;
            assert_eq!(minutes().await, (5, 5, 240));

            let mut tx = portal.db.begin().await.unwrap();
            sql("UPDATE store_connections SET last_webhook_at = $2 WHERE store_id = $1")
                .bind(store)
                .bind(portal.now())
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            assert_eq!(minutes().await, (10, 5, 240));

            let limit = 10_000;
            portal.shops.leave_quota(QuotaLeft {
                remaining: 2_000,
                limit,
            });
            assert_eq!(minutes().await, (10, 5, 240));
            portal.shops.leave_quota(QuotaLeft {
                remaining: 1_999,
                limit,
            });
            assert_eq!(minutes().await, (40, 5, 960));
            portal.clock.advance(Duration::from_hours(25));
            assert_eq!(minutes().await, (20, 5, 960), "no webhook has come");
        })
        .await;
    }
}
