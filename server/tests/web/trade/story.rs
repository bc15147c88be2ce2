//! Connect, sync, an order from the buyer to the shipment at the platform.

use domain::{OrderStatus, Platform, StoreState};
use portal::access::Scope;
use portal::stores::connect::{self, ConnectRefused};
use portal::testing::on_both;
use portal::{orders, stores};
use sandbox::{etsy, shopify};

use super::{PLATFORMS, Trade, key};
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

/// Etsy knows only whole orders: told of the first parcel, it says that everything was sent.
#[tokio::test]
async fn the_rest_of_an_order_at_etsy_is_made_after_its_first_parcel_has_left() {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        trade.connect_and_map(Platform::Etsy).await;
        // Of one the rest has not been begun, of the other it is in production.
        for begun in [false, true] {
            trade.place(Platform::Etsy, &trade.for_sale(Platform::Etsy, 2));
            trade.poll().await;
            let order = trade.orders().await.remove(0).id;
            let lines = async || {
                let detail = orders::find(&trade.portal, &Scope::AllCustomers, order).await;
                detail.unwrap().lines
            };
            if begun {
                trade.print(order).await;
                trade.settle().await;
            }
            let left = lines().await[1].status;
            let first = lines().await[0].id;
            trade.send_line(order, &format!("FIRST-{begun}"), first).await;
            trade.settle().await;
            trade.poll().await;
            trade.poll().await;
            assert_eq!(lines().await[1].status, left, "{:?}", lines().await[1].reason);

            trade.send(order, &format!("SECOND-{begun}")).await;
            trade.settle().await;
            trade.poll().await;
            let all: Vec<_> = lines().await.iter().map(|line| line.status).collect();
            assert_eq!(all, [OrderStatus::Shipped, OrderStatus::Shipped]);
        }
        let told = ["FIRST-false", "FIRST-true", "SECOND-false", "SECOND-true"];
        assert_eq!(trade.shipped_at(Platform::Etsy), told);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_only_reads_is_known_as_such_whatever_the_language_of_the_shop() {
    on_both(async |test| {
        let trade = Trade::open(&test, 1).await;
        for spanish in [false, true] {
            trade
                .world
                .change(&key(Platform::WooCommerce), |shop| {
                    shop.settings.insert("spanish".to_owned(), spanish.into())
                })
                .unwrap();
            let refused = connect::woocommerce_keys(&trade.portal, &trade.client, &trade.keys(1)).await;
            match refused {
                Err(ConnectRefused::Shop(why)) => assert_eq!(why.code, "store-read-only"),
                other => panic!("not refused by the shop: {other:?}"),
            }
        }
        let store = trade.connect(Platform::WooCommerce).await;
        assert!(stores::open(&trade.portal, store).await.is_ok());
    })
    .await;
}
