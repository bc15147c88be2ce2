//! Large shops: that they come through whole, and what that costs in requests.

use std::time::Duration;

use portal::syncs;
use portal::testing::on_both;
use sandbox::ledger::Filter;

use super::{PLATFORMS, Trade, key};

const PRODUCTS: usize = 10_000;
const ORDERS: usize = 5_000;

#[tokio::test]
#[ignore = "takes minutes: make test-volume"]
async fn ten_thousand_products_and_five_thousand_orders_come_through() {
    on_both(async |test| {
        let trade = Trade::open(&test, PRODUCTS).await;
        for platform in PLATFORMS {
            let store = trade.connect(platform).await;
            // One order a minute up to now: all of them after the shop was connected.
            let minutes = u64::try_from(ORDERS).unwrap();
            trade.clock.advance(Duration::from_mins(minutes));
            trade.world.stock(&key(platform), 0, ORDERS).unwrap();
            trade.settle().await;
            syncs::sync_products(&trade.portal, &trade.viewer(), store)
                .await
                .unwrap();
            let beginning = domain::Timestamp::from_seconds(0);
            syncs::sync_orders(&trade.portal, &trade.viewer(), store, Some(beginning))
                .await
                .unwrap();
            trade.settle().await;
            assert_eq!(trade.products(store).await, PRODUCTS, "{platform}");
            let (theirs, ours) = trade.both_books(platform).await;
            assert_eq!(theirs.len(), ORDERS);
            assert_eq!(theirs.into_iter().collect::<Vec<_>>(), ours, "{platform}");
            println!("{platform}: {PRODUCTS} products and {ORDERS} orders took these requests:");
            let of_platform = Filter {
                platform: Some(key(platform).platform),
                ..Filter::default()
            };
            for asked in trade.world.ledger.requests(&of_platform) {
                println!("  {:>6} {}", asked.count, asked.operation);
            }
        }
    })
    .await;
}
