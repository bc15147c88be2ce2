//! The portal dies after each step from the buyer's order to the shipment at the platform, one after the other, and is
//! started again: every order is there once, and every parcel is told once.

use std::time::Duration;

use domain::{OrderStatus, Platform};
use portal::jobs::{Worker, registry};
use portal::orders;
use portal::orders::OrderRow;
use portal::testing::on_both;
use sandbox::outbox::Outbox;

use super::Trade;

impl Trade {
    /// Works and takes webhooks until there is nothing to do at this moment, or the portal is dead.
    async fn live(&self) {
        let worker = Worker::new(&self.portal, registry());
        while let (delivered, Ok(done)) = (Outbox::run_due(&self.world).await, worker.run_until_idle().await)
        {
            if delivered + done == 0 {
                return;
            }
        }
    }

    /// Has the portal die after so many commits of `deeds` and all that follows at once; then starts it again and lets
    /// it recover. Gives whether it died.
    async fn dies(&self, after: u32, deeds: impl AsyncFnOnce()) -> bool {
        let failpoint = self.portal.db.failpoint();
        failpoint.die_after(after);
        deeds().await;
        self.live().await;
        let died = failpoint.revive();
        self.poll().await;
        died
    }

    /// The newest order, after as many as there should be.
    async fn newest(&self, orders: u32) -> OrderRow {
        let mut all = self.orders().await;
        assert_eq!(all.len(), orders as usize, "each order once");
        all.remove(0)
    }
}

async fn dies_after_each_step(platform: Platform) {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        trade.connect_and_map(platform).await;
        let sold = trade.for_sale(platform, 1);
        // The last one of each goes through alive.
        let mut steps = 0;
        let mut died = true;
        while died {
            steps += 1;
            died = trade
                .dies(steps, async || {
                    trade.place(platform, &sold);
                    // Its webhook is due, and the next poll.
                    trade.clock.advance(Duration::from_mins(20));
                    let _ = trade.look_at_stores().await;
                })
                .await;
            assert_eq!(
                trade.newest(steps).await.status,
                OrderStatus::Created,
                "step {steps}"
            );
        }
        let (theirs, ours) = trade.both_books(platform).await;
        assert_eq!(theirs.into_iter().collect::<Vec<_>>(), ours, "{platform}");
        assert!(steps > 5, "an order takes more than {steps} steps");

        let mut waiting = trade.orders().await.into_iter();
        let mut expected = Vec::new();
        let mut steps = 0;
        let mut died = true;
        while died {
            steps += 1;
            let order = if let Some(order) = waiting.next() {
                order.id
            } else {
                trade.place(platform, &sold);
                trade.poll().await;
                trade.orders().await.remove(0).id
            };
            let tracking = format!("STEP-{steps:03}");
            died = trade
                .dies(steps, async || {
                    trade.try_to_make_and_ship(order, &tracking).await;
                })
                .await;
            // Whoever was told that it failed looks how far it is, and goes on from there.
            trade.try_to_make_and_ship(order, &tracking).await;
            trade.poll().await;
            let detail = orders::find(&trade.portal, &trade.scope(), order).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::Shipped, "step {steps}");
            assert_eq!(detail.shipments.len(), 1, "step {steps}");
            expected.push(tracking);
            assert_eq!(trade.shipped_at(platform), expected, "{platform}, step {steps}");
        }
        assert!(steps > 5, "a shipment takes more than {steps} steps");
    })
    .await;
}

#[tokio::test]
async fn shopify_survives_a_death_after_each_step() {
    dies_after_each_step(Platform::Shopify).await;
}

#[tokio::test]
async fn etsy_survives_a_death_after_each_step() {
    dies_after_each_step(Platform::Etsy).await;
}

#[tokio::test]
async fn woocommerce_survives_a_death_after_each_step() {
    dies_after_each_step(Platform::WooCommerce).await;
}
