//! Connect, sync, an order from the buyer to the shipment at the platform.

use domain::{OrderStatus, StoreState};
use portal::stores;
use portal::testing::on_both;

use sandbox::{etsy, shopify};

use super::{PLATFORMS, Trade};
use crate::logs::Lines;

#[tokio::test]
async fn an_order_goes_from_the_shop_to_production_and_back() {
    let logs = Lines::captured();
    on_both(async |test| {
        let trade = Trade::open(&test, 25).await;
        for platform in PLATFORMS {
            let store = trade.connect(platform).await;
            trade.settle().await;
            trade.poll().await;
            assert_eq!(trade.products(store).await, 25, "{platform}");

            let sold = trade.for_sale(platform, 2);
            let one = trade.place(platform, &sold);
            trade.settle().await;
            trade.poll().await;
            let found = trade.orders().await.remove(0);
            assert_eq!(
                (found.platform, found.status),
                (platform, OrderStatus::NotConnected),
                "{one}"
            );
            for variant in trade.waited_for(found.id).await {
                trade.map(variant).await;
            }
            trade.settle().await;
            let found = trade.orders().await.remove(0);
            assert_eq!(
                found.status,
                OrderStatus::Created,
                "{platform}: {:?}",
                found.reason
            );

            let tracking = format!("TRACK-{platform}");
            trade.make_and_ship(found.id, &tracking).await;
            assert_eq!(trade.shipped_at(platform), [tracking], "{platform}");
            let store = stores::find(&trade.portal, &trade.scope(), store).await.unwrap();
            assert_eq!(store.state, StoreState::Connected);
        }
        assert_eq!(trade.orders().await.len(), PLATFORMS.len());
        // The buyer, the applications' secrets, and how the platforms' tokens begin.
        logs.say_nothing_of([
            "ana@example.com",
            "Ruiz",
            "Calle Mayor",
            shopify::CLIENT_SECRET,
            etsy::SHARED_SECRET,
            etsy::WEBHOOK_SECRET,
            "shpat_",
            "shprt_",
            "Bearer ",
            "Basic ",
        ]);
    })
    .await;
}
