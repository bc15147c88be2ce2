//! What goes wrong between the portal and a platform, with the platform's ledger against the portal's: nothing lost,
//! nothing doubled, nothing claimed that is not there.

use std::time::Duration;

use domain::id::StoreId;
use domain::{OrderStatus, Platform, StoreState};
use portal::storage::sql;
use portal::testing::on_both;
use portal::{stores, syncs};
use sandbox::faults::{Effect, Fault};

use super::opening::PATIENCE_FOR_FILES;
use super::{PLATFORMS, Trade, key};

/// Orders of one round.
const ORDERS: usize = 4;

/// A shop is connected; then buyers order and the portal ships while `fault` is there, which ends some time later.
async fn trade_through(trade: &Trade, platform: Platform, fault: Fault) {
    let name = fault.effect.name();
    let sold = trade.for_sale(platform, 1);
    let before = trade.orders().await.len();
    let fault = Fault {
        platform: Some(key(platform).platform),
        ..fault
    };
    inject(trade, &fault);
    for _ in 0..ORDERS {
        trade.place(platform, &sold);
    }
    trade.settle().await;
    trade.poll().await;
    cleared(trade, &format!("{platform}, {name}, orders"));
    trade.poll().await;
    trade.poll().await;
    let (theirs, ours) = trade.both_books(platform).await;
    assert_eq!(theirs.into_iter().collect::<Vec<_>>(), ours, "{platform}, {name}");

    let new: Vec<_> = trade
        .orders()
        .await
        .into_iter()
        .filter(|order| order.status == OrderStatus::Created)
        .collect();
    let seen = (new.len(), trade.orders().await.len());
    assert_eq!(seen, (ORDERS, before + ORDERS), "{platform}, {name}");
    let mut expected = trade.shipped_at(platform);
    inject(trade, &fault);
    for order in new {
        let tracking = format!("{name}-{}", order.external_id);
        trade.make_and_ship(order.id, &tracking).await;
        expected.push(tracking);
    }
    cleared(trade, &format!("{platform}, {name}, parcels"));
    // What had been given up is told once the shop answers again.
    trade.poll().await;
    expected.sort();
    assert_eq!(trade.shipped_at(platform), expected, "{platform}, {name}");
}

/// Has a fault happen by chance, and once in any case.
fn inject(trade: &Trade, fault: &Fault) {
    let once = Fault {
        percent: 100,
        times: Some(1),
        ..fault.clone()
    };
    trade.world.faults.inject(once);
    trade.world.faults.inject(fault.clone());
}

/// Ends the faults, the first of which must have happened: else nothing was shown.
fn cleared(trade: &Trade, what: &str) {
    let happened = trade.world.faults.injected().first().map(|fault| fault.happened);
    assert!(happened > Some(0), "{what}");
    trade.world.faults.clear();
}

/// An effect in so many of a hundred requests.
fn often(percent: u8, effect: Effect) -> Fault {
    Fault {
        percent,
        ..Fault::new("*", effect)
    }
}

/// What each platform can get wrong, in so many of a hundred requests.
fn faults() -> Vec<Fault> {
    vec![
        often(30, Effect::ServerError { status: 500 }),
        often(40, Effect::TooManyRequests { retry_after: Some(7) }),
        often(40, Effect::TooManyRequests { retry_after: None }),
        often(30, Effect::DropAnswer),
        often(30, Effect::Malformed),
        often(30, Effect::Truncated),
        often(30, Effect::ErrorIn200),
        often(30, Effect::Html { status: 200 }),
    ]
}

async fn trade_through_all(platform: Platform) {
    on_both(async |test| {
        let mut trade = Trade::open(&test, 5).await;
        trade.connect_and_map(platform).await;
        for fault in faults() {
            trade_through(&trade, platform, fault).await;
        }
        // Every silence costs that much time.
        trade.waits(Duration::from_millis(250), PATIENCE_FOR_FILES);
        for effect in [
            Effect::Hang { seconds: 45.0 },
            Effect::HangAfter { seconds: 45.0 },
        ] {
            trade_through(&trade, platform, often(15, effect)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn whatever_goes_wrong_at_shopify_both_ledgers_agree_in_the_end() {
    trade_through_all(Platform::Shopify).await;
}

#[tokio::test]
async fn whatever_goes_wrong_at_etsy_both_ledgers_agree_in_the_end() {
    trade_through_all(Platform::Etsy).await;
}

#[tokio::test]
async fn whatever_goes_wrong_at_woocommerce_both_ledgers_agree_in_the_end() {
    trade_through_all(Platform::WooCommerce).await;
}

#[tokio::test]
async fn a_shop_that_takes_its_permission_back_is_left_alone_until_it_is_connected_again() {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        for platform in PLATFORMS {
            let store = trade.connect_and_map(platform).await;
            let sold = trade.for_sale(platform, 1);
            trade.world.faults.inject(Fault {
                platform: Some(key(platform).platform),
                ..Fault::new("*", Effect::TokenRevoked)
            });
            trade.place(platform, &sold);
            trade.poll().await;
            let state = async || {
                stores::find(&trade.portal, &trade.scope(), store)
                    .await
                    .unwrap()
                    .state
            };
            assert_eq!(state().await, StoreState::NeedsReauthorisation, "{platform}");
            let mails = mails_about(&trade, store).await;
            assert_eq!(mails, 1, "{platform}");

            let asked = trade.requests(platform);
            trade.place(platform, &sold);
            trade.poll().await;
            trade.poll().await;
            assert_eq!(trade.requests(platform), asked, "{platform} is left alone");
            assert_eq!(mails_about(&trade, store).await, 1, "{platform}");

            cleared(&trade, &platform.to_string());
            assert_eq!(
                trade.connect(platform).await,
                store,
                "{platform}: the same store again"
            );
            trade.poll().await;
            assert_eq!(state().await, StoreState::Connected, "{platform}");
            let (theirs, ours) = trade.both_books(platform).await;
            assert_eq!(theirs.into_iter().collect::<Vec<_>>(), ours, "{platform}");
            assert_eq!(ours.len(), 2);
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_that_has_expired_is_renewed_and_nobody_need_know() {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        for platform in [Platform::Shopify, Platform::Etsy] {
            let store = trade.connect_and_map(platform).await;
            let sold = trade.for_sale(platform, 1);
            for number in 0..3 {
                // Each time at another request.
                trade.world.faults.inject(Fault {
                    platform: Some(key(platform).platform),
                    skip: number,
                    times: Some(1),
                    ..Fault::new("*", Effect::TokenExpired)
                });
                trade.place(platform, &sold);
                trade.poll().await;
                let order = trade.orders().await.remove(0).id;
                trade.make_and_ship(order, &format!("{platform}-{number}")).await;
            }
            let happened: u64 = trade
                .world
                .faults
                .injected()
                .iter()
                .map(|fault| fault.happened)
                .sum();
            assert_eq!(happened, 3);
            trade.world.faults.clear();
            let (theirs, ours) = trade.both_books(platform).await;
            assert_eq!(theirs.into_iter().collect::<Vec<_>>(), ours, "{platform}");
            let expected: Vec<String> = (0..3).map(|number| format!("{platform}-{number}")).collect();
            assert_eq!(trade.shipped_at(platform), expected);
            let state = stores::find(&trade.portal, &trade.scope(), store)
                .await
                .unwrap()
                .state;
            assert_eq!(state, StoreState::Connected, "{platform}");
            assert_eq!(mails_about(&trade, store).await, 0, "{platform}");
        }
    })
    .await;
}

async fn mails_about(trade: &Trade, store: StoreId) -> i64 {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM mails WHERE store_id = $1")
        .bind(store)
        .fetch_one(&mut trade.portal.db.read().await.unwrap())
        .await
        .unwrap();
    count
}

#[tokio::test]
async fn lists_that_shift_or_repeat_add_and_take_away_nothing() {
    on_both(async |test| {
        let trade = Trade::open(&test, 260).await;
        for platform in PLATFORMS {
            let begin = |effect| {
                trade.world.faults.inject(Fault {
                    platform: Some(key(platform).platform),
                    ..Fault::new("*", effect)
                });
            };
            let sync = async |store| {
                syncs::sync_products(&trade.portal, &trade.viewer(), store)
                    .await
                    .unwrap();
                trade.settle().await;
            };
            begin(Effect::RepeatPage);
            begin(Effect::ShiftPage);
            let store = trade.connect(platform).await;
            trade.poll().await;
            let seen = trade.products(store).await;
            assert!((1..=260).contains(&seen), "{platform}: {seen} of 260");
            cleared(&trade, &platform.to_string());
            sync(store).await;
            assert_eq!(trade.products(store).await, 260, "{platform}, in the end");
            for effect in [Effect::RepeatPage, Effect::ShiftPage] {
                let name = effect.name();
                begin(effect);
                sync(store).await;
                // As the fault leaves it.
                assert_eq!(trade.products(store).await, 260, "{platform}, {name}");
                cleared(&trade, name);
            }
        }
    })
    .await;
}
