//! Webhooks that are delivered again and again.

use std::time::Duration;

use domain::Platform;
use domain::id::StoreId;
use portal::storage::sql;
use portal::testing::on_both;
use sandbox::etsy;
use sandbox::outbox::Outbox;

use super::{PLATFORMS, Trade, key};

const TIMES: usize = 50;

async fn messages(trade: &Trade, store: StoreId) -> usize {
    let (messages,): (i64,) =
        sql("SELECT COUNT(*) FROM messages WHERE store_id = $1 AND kind = 'webhook' AND direction = 'in'")
            .bind(store)
            .fetch_one(&mut trade.portal.db.read().await.unwrap())
            .await
            .unwrap();
    usize::try_from(messages).unwrap()
}

#[tokio::test]
async fn fifty_deliveries_at_once_are_one_order() {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        for platform in PLATFORMS {
            let store = trade.connect_and_map(platform).await;
            if platform == Platform::Etsy {
                // Where they go is said at Etsy itself, once for the application.
                trade.world.change(&key(platform), |shop| {
                    let address = trade.portal.settings.link("/hooks/etsy");
                    shop.settings.insert(etsy::WEBHOOK_URL.to_owned(), address.into());
                });
            }
            let before = (trade.orders().await.len(), messages(&trade, store).await);
            trade.place(platform, &trade.for_sale(platform, 1));
            // WooCommerce's queue runs now and then.
            trade.clock.advance(Duration::from_mins(1));
            let answers = Outbox::run_due_often(&trade.world, TIMES).await;
            assert!(answers.len() >= TIMES, "{platform}");
            assert!(
                answers.iter().all(|answer| *answer == Ok(200)),
                "{platform}: {answers:?}"
            );
            let new = messages(&trade, store).await - before.1;
            assert_eq!(new * TIMES, answers.len(), "{platform}");
            trade.settle().await;
            assert_eq!(trade.orders().await.len(), before.0 + 1, "{platform}");
            let (theirs, ours) = trade.both_books(platform).await;
            assert_eq!(theirs.into_iter().collect::<Vec<_>>(), ours, "{platform}");
        }
    })
    .await;
}
