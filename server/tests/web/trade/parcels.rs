//! Parcels that are hard to tell apart, told to a shop that keeps no name of ours with them.

use domain::id::OrderId;
use domain::{OrderStatus, Platform};
use portal::jobs::{Worker, registry};
use portal::testing::on_both;
use sandbox::faults::{Effect, Fault};
use sandbox::ledger::Filter;
use sandbox::shop::Shipment;

use super::acts::bought;
use super::{Trade, key};

/// An order of three pieces at Shopify, which is connected: its number there, and here.
async fn three_pieces(trade: &Trade) -> (u64, OrderId) {
    let sold = trade.for_sale(Platform::Shopify, 1);
    let placed = trade
        .world
        .change(&key(Platform::Shopify), |shop| shop.place_order(bought(&sold, 3)))
        .unwrap()
        .unwrap();
    trade.settle().await;
    let order = trade.orders().await.remove(0).id;
    trade.print(order).await;
    trade.settle().await;
    (placed, order)
}

fn shipments(trade: &Trade, placed: u64) -> Vec<Shipment> {
    trade
        .world
        .read(&key(Platform::Shopify), |shop| {
            shop.order(placed).unwrap().shipments.clone()
        })
        .unwrap()
}

fn mails_to_buyers(trade: &Trade) -> usize {
    let mailed = Filter {
        kind: Some("buyer_mailed".to_owned()),
        ..Filter::default()
    };
    trade.world.ledger.entries(&mailed).len()
}

fn fulfilling_goes_wrong(trade: &Trade, effect: Effect, times: Option<u32>) {
    trade.world.faults.inject(Fault {
        times,
        ..Fault::new("graphql.fulfillmentCreate", effect)
    });
}

#[tokio::test]
async fn each_parcel_is_told_once_with_or_without_a_number_whatever_answers_are_lost() {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        trade.connect_and_map(Platform::Shopify).await;
        for number in ["", "PALLET-1"] {
            let (placed, order) = three_pieces(&trade).await;
            let mailed = mails_to_buyers(&trade);
            for told in 1..=3 {
                fulfilling_goes_wrong(&trade, Effect::DropAnswer, Some(1));
                trade.send_pieces(order, number, "1").await;
                trade.settle().await;
                let sent = shipments(&trade, placed);
                assert_eq!(sent.len(), told, "{number:?}");
                assert!(sent.iter().all(|shipment| shipment.lines[0].1 == 1));
                assert_eq!(mails_to_buyers(&trade) - mailed, told, "{number:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_delivery_is_told_after_the_parcel_however_long_that_takes() {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        trade.connect_and_map(Platform::Shopify).await;
        let (placed, order) = three_pieces(&trade).await;
        fulfilling_goes_wrong(&trade, Effect::ServerError { status: 500 }, None);
        trade.send(order, "ES-1").await;
        Worker::new(&trade.portal, registry())
            .run_until_idle()
            .await
            .unwrap();
        for to in [OrderStatus::InTransit, OrderStatus::Delivered] {
            trade.advance(order, to).await;
        }
        Worker::new(&trade.portal, registry())
            .run_until_idle()
            .await
            .unwrap();
        assert!(shipments(&trade, placed).is_empty());
        trade.world.faults.clear();
        trade.settle().await;
        let sent = shipments(&trade, placed);
        assert_eq!(sent.len(), 1);
        assert!(sent[0].delivered_at.is_some());
    })
    .await;
}
