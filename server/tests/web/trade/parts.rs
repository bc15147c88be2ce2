//! Orders of which a part is not ours to make: sent by the merchant, held at the shop, or sent from elsewhere.

use domain::id::{OrderId, StoreId};
use domain::source::ExternalId;
use domain::{OrderStatus, Platform};
use portal::orders;
use portal::stores::{self, StoreSettings};
use portal::testing::on_both;
use sandbox::shop::{NewShipment, Shop};
use sandbox::shopify::{LOCATIONS, PartAction, act_on_part};

use super::acts::bought;
use super::{Trade, key};

/// Where the shop's own warehouse is, beside the location of ours.
const WAREHOUSE: u64 = 72;

/// A buyer orders three different things at Shopify, and the merchant does something with the order at once: gives the
/// order's number and those of its lines.
fn order_of_three(trade: &Trade, then: impl FnOnce(&mut Shop, u64, &[u64])) -> (u64, Vec<u64>) {
    let sold = trade.for_sale(Platform::Shopify, 3);
    trade
        .world
        .change(&key(Platform::Shopify), |shop| {
            let placed = shop.place_order(bought(&sold, 1)).unwrap();
            let lines: Vec<u64> = shop
                .order(placed)
                .unwrap()
                .lines
                .iter()
                .map(|line| line.id)
                .collect();
            then(shop, placed, &lines);
            (placed, lines)
        })
        .unwrap()
}

fn act(trade: &Trade, order: u64, line: u64, action: PartAction) {
    trade
        .world
        .change(&key(Platform::Shopify), |shop| {
            act_on_part(shop, order, line, action)
        })
        .unwrap()
        .unwrap();
}

async fn ours(trade: &Trade) -> OrderId {
    trade.orders().await.remove(0).id
}

/// How far the lines of an order are, in the buyer's order.
async fn lines(trade: &Trade, order: OrderId) -> Vec<OrderStatus> {
    let detail = orders::find(&trade.portal, &trade.scope(), order).await.unwrap();
    detail.lines.iter().map(|line| line.status).collect()
}

/// The pieces of each line that the shop has as sent.
fn sent(trade: &Trade, order: u64, lines: &[u64]) -> Vec<u32> {
    trade
        .world
        .read(&key(Platform::Shopify), |shop| {
            let order = shop.order(order).unwrap();
            lines.iter().map(|line| order.shipped_quantity(*line)).collect()
        })
        .unwrap()
}

async fn make_for(trade: &Trade, store: StoreId, location: u64) {
    let settings = StoreSettings {
        location: Some(ExternalId::new(format!("gid://shopify/Location/{location}"))),
        ..StoreSettings::default()
    };
    stores::change_settings(&trade.portal, &trade.client, store, &settings)
        .await
        .unwrap();
}

#[tokio::test]
async fn what_the_merchant_sent_or_holds_is_not_made() {
    use OrderStatus::{Cancelled, Created, Draft};
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        trade.connect_and_map(Platform::Shopify).await;
        let (placed, at_shop) = order_of_three(&trade, |shop, order, lines| {
            let own_stock = NewShipment {
                lines: vec![(lines[0], 1)],
                ..NewShipment::default()
            };
            shop.ship(order, own_stock).unwrap();
            act_on_part(shop, order, lines[1], PartAction::Hold).unwrap();
        });
        trade.settle().await;
        let order = ours(&trade).await;
        assert_eq!(lines(&trade, order).await, [Cancelled, Draft, Created]);

        act(&trade, placed, at_shop[1], PartAction::Release);
        trade.settle().await;
        assert_eq!(lines(&trade, order).await, [Cancelled, Created, Created]);

        trade.make_and_ship(order, "ES-1").await;
        trade.poll().await;
        assert_eq!(sent(&trade, placed, &at_shop), [1, 1, 1]);
        let status = orders::find(&trade.portal, &trade.scope(), order)
            .await
            .unwrap()
            .head
            .status;
        assert_eq!(
            status,
            OrderStatus::Shipped,
            "what we sent comes back as nothing new"
        );
    })
    .await;
}

#[tokio::test]
async fn pieces_that_we_sent_ourselves_are_not_somebody_elses() {
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        trade.connect_and_map(Platform::Shopify).await;
        let sold = trade.for_sale(Platform::Shopify, 1);
        let placed = trade
            .world
            .change(&key(Platform::Shopify), |shop| {
                shop.place_order(bought(&sold, 3)).unwrap()
            })
            .unwrap();
        trade.settle().await;
        let order = ours(&trade).await;
        trade.print(order).await;
        trade.send_pieces(order, "ES-1", "1").await;
        trade.settle().await;
        trade.poll().await;
        let line = &orders::find(&trade.portal, &trade.scope(), order)
            .await
            .unwrap()
            .lines[0];
        assert_eq!((line.quantity, line.status), (3, OrderStatus::InProduction));
        trade.send(order, "ES-2").await;
        trade.settle().await;
        let line = trade
            .world
            .read(&key(Platform::Shopify), |shop| {
                shop.order(placed).unwrap().lines[0].id
            })
            .unwrap();
        assert_eq!(sent(&trade, placed, &[line]), [3]);
    })
    .await;
}

#[tokio::test]
async fn only_what_is_sent_from_our_location_is_made_and_told() {
    use OrderStatus::{Cancelled, Created, Shipped};
    on_both(async |test| {
        let trade = Trade::open(&test, 5).await;
        trade.world.change(&key(Platform::Shopify), |shop| {
            shop.settings.insert(LOCATIONS.to_owned(), 2.into());
        });
        let store = trade.connect_and_map(Platform::Shopify).await;
        make_for(&trade, store, 71).await;
        // The lines are sent from here, from the warehouse, and from here.
        let (placed, at_shop) = order_of_three(&trade, |_, _, _| ());
        trade.settle().await;
        let order = ours(&trade).await;
        assert_eq!(lines(&trade, order).await, [Created, Cancelled, Created]);

        let location = WAREHOUSE;
        act(&trade, placed, at_shop[0], PartAction::Move { location });
        trade.settle().await;
        assert_eq!(lines(&trade, order).await, [Cancelled, Cancelled, Created]);

        trade.make_and_ship(order, "ES-1").await;
        assert_eq!(lines(&trade, order).await, [Cancelled, Cancelled, Shipped]);
        assert_eq!(sent(&trade, placed, &at_shop), [0, 0, 1]);
    })
    .await;
}
