//! Telling stores, on both engines.

use std::sync::Arc;

use connectors::store::{ConnectionError, Progress, ProgressUpdate};
use domain::id::OrderId;
use domain::source::{SourceOrder, SourceOrderState};
use domain::{JobState, OrderSource, OrderStatus, Platform, WriteKind, WriteState};

use super::retry_write;
use crate::access::{Client, Operator, Scope, Viewer};
use crate::jobs::{Worker, registry};
use crate::orders::intake::testing::{line, order};
use crate::orders::intake::{Arrival, TakenIn, take_in};
use crate::orders::{
    Advance, LineEdit, OrderFilter, ShipmentForm, TrackingForm, advance, cancel, correct_tracking, edit_line,
    find, hold, list, release, ship, status_counts, testing,
};
use crate::paging::Turn;
use crate::storage::sql;
use crate::stores::connect::{again, finish};
use crate::stores::{self, Store};
use crate::testing::{FakeShop, Ledger, TestPortal, connect_store, on_both};

mod corrected;
mod limits;
mod parcels;

struct Stage {
    client: Client,
    operator: Operator,
    store: Store,
    shop: Arc<FakeShop>,
    order: OrderId,
}

/// An order of two lines of a connected shop.
async fn stage(portal: &TestPortal) -> Stage {
    let (client, _) = testing::shop(portal, "Estudio Garabato").await;
    let (id, shop) = connect_store(portal, client.customer, Platform::Shopify, "a.myshopify.com").await;
    let store = stores::find(portal, &Scope::AllCustomers, id).await.unwrap();
    testing::catalogue(portal).await;
    testing::connect(portal, &store, "pen", "pen").await;
    let mut placed = order("1", 1);
    placed.lines.push(line("l2", "pen", 2));
    let taken = take(portal, &store, &placed).await;
    Stage {
        client,
        operator: testing::operator(portal),
        store,
        shop,
        order: taken.order().unwrap(),
    }
}

fn arrival<'a>(portal: &TestPortal, store: &'a Store) -> Arrival<'a> {
    Arrival {
        store,
        source: OrderSource::Webhook,
        unconnected: true,
        placed_before: false,
        asked_at: portal.now(),
    }
}

async fn take(portal: &TestPortal, store: &Store, order: &SourceOrder) -> TakenIn {
    let mut tx = portal.db.begin().await.unwrap();
    let taken = take_in(portal, &mut tx, arrival(portal, store), order)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    taken
}

impl Stage {
    /// The parcels that left arrive.
    async fn deliver(&self, portal: &TestPortal) {
        for to in [OrderStatus::InTransit, OrderStatus::Delivered] {
            let step = Advance {
                to: Some(to),
                ..Advance::default()
            };
            advance(portal, &self.operator, self.order, &step).await.unwrap();
        }
    }

    async fn ship(&self, portal: &TestPortal, pieces: &[&str]) {
        self.ship_as(portal, "ES-778", pieces).await;
    }

    /// Ships a parcel with that number.
    async fn ship_as(&self, portal: &TestPortal, number: &str, pieces: &[&str]) {
        let before = find(portal, &Scope::AllCustomers, self.order).await.unwrap();
        let lines = before.lines.iter().zip(pieces);
        let form = ShipmentForm {
            carrier: "SEUR".to_owned(),
            tracking_number: number.to_owned(),
            quantities: lines
                .map(|(line, pieces)| (line.id, (*pieces).to_owned()))
                .collect(),
            seen: before.head.updated_at.micros(),
            ..ShipmentForm::default()
        };
        ship(portal, &self.operator, self.order, &form).await.unwrap();
    }

    /// Corrects the number of the first parcel.
    async fn correct(&self, portal: &TestPortal, number: &str) {
        self.correct_parcel(portal, 0, number).await;
    }

    async fn correct_parcel(&self, portal: &TestPortal, place: usize, number: &str) {
        let order = find(portal, &Scope::AllCustomers, self.order).await.unwrap();
        let form = TrackingForm {
            carrier: "SEUR".to_owned(),
            tracking_number: number.to_owned(),
            seen: order.head.updated_at.micros(),
            ..TrackingForm::default()
        };
        let parcel = order.shipments[place].id;
        correct_tracking(portal, &self.operator, self.order, parcel, &form)
            .await
            .unwrap();
    }

    /// The numbers of the parcels that the shop knows.
    fn told_numbers(&self) -> Vec<String> {
        let ledger = self.shop.ledger();
        let numbers = ledger.iter().filter_map(|entry| match entry {
            Ledger::Shipment(shipment) => shipment.tracking_number.clone(),
            _ => None,
        });
        numbers.collect()
    }

    /// What the shop was told last, which was not of a parcel.
    fn last_update(&self) -> ProgressUpdate {
        match self.shop.ledger().pop() {
            Some(Ledger::Progress(update)) => update,
            other => panic!("{other:?}"),
        }
    }

    async fn writes(&self, portal: &TestPortal) -> Vec<(WriteKind, WriteState)> {
        let detail = find(portal, &Scope::AllCustomers, self.order).await.unwrap();
        detail
            .writes
            .iter()
            .map(|write| (write.kind, write.state))
            .collect()
    }
}

/// Works on write backs only; stores are not polled.
async fn work(portal: &TestPortal) {
    let registry = crate::jobs::Registry::new()
        .register::<super::WriteBack>()
        .register::<super::TellAgain>();
    Worker::new(portal, registry).run_until_idle().await.unwrap();
}

#[tokio::test]
async fn a_store_is_told_the_whole_way_once() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let next = Advance::default();
        advance(&portal, &stage.operator, stage.order, &next)
            .await
            .unwrap();
        advance(&portal, &stage.operator, stage.order, &next)
            .await
            .unwrap();
        stage.ship(&portal, &["3", "1"]).await;
        stage.ship(&portal, &["", "1"]).await;
        work(&portal).await;
        stage.deliver(&portal).await;
        work(&portal).await;
        assert_eq!(
            stage.writes(&portal).await,
            [
                (WriteKind::InProduction, WriteState::Done),
                (WriteKind::Shipped, WriteState::Done),
                (WriteKind::Shipped, WriteState::Done),
                (WriteKind::Delivered, WriteState::Done),
                (WriteKind::Delivered, WriteState::Done),
            ]
        );
        let ledger = stage.shop.ledger();
        let shipments: Vec<_> = ledger
            .iter()
            .filter_map(|entry| match entry {
                Ledger::Shipment(shipment) => Some((
                    shipment
                        .items
                        .iter()
                        .map(|item| (item.line.as_str(), item.quantity))
                        .collect::<Vec<_>>(),
                    shipment.completes_order,
                )),
                _ => None,
            })
            .collect();
        assert_eq!(
            shipments,
            [(vec![("l1", 3), ("l2", 1)], false), (vec![("l2", 1)], true)]
        );
        let delivered = ledger.iter().filter_map(|entry| match entry {
            Ledger::Progress(update) if update.progress == Progress::Delivered => update.shipment.as_ref(),
            _ => None,
        });
        assert_eq!(delivered.count(), 2, "each by the name the shop gave its parcel");
    })
    .await;
}

#[tokio::test]
async fn our_own_words_coming_back_change_nothing() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.ship(&portal, &["3", "2"]).await;
        work(&portal).await;
        let before = find(&portal, &Scope::AllCustomers, stage.order).await.unwrap();
        let mut echo = order("1", 9);
        echo.lines.push(line("l2", "pen", 2));
        echo.state = SourceOrderState::Fulfilled;
        let taken = take(&portal, &stage.store, &echo).await;
        assert_eq!(taken, TakenIn::Unchanged(stage.order));
        let after = find(&portal, &Scope::AllCustomers, stage.order).await.unwrap();
        assert_eq!(after.head.status, OrderStatus::Shipped);
        assert_eq!(after.timeline.len(), before.timeline.len());
    })
    .await;
}

#[tokio::test]
async fn a_line_that_takes_more_pieces_here_is_told_as_the_store_counts_it() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let viewer = Viewer::Client(stage.client.clone());
        let line_id = find(&portal, &Scope::AllCustomers, stage.order)
            .await
            .unwrap()
            .lines[1]
            .id;
        let edit = LineEdit {
            product_uid: "pen".to_owned(),
            quantity: "500".to_owned(),
            ..LineEdit::default()
        };
        hold(&portal, &viewer, stage.order).await.unwrap();
        edit_line(&portal, &viewer, stage.order, line_id, &edit)
            .await
            .unwrap();
        release(&portal, &viewer, stage.order).await.unwrap();
        for parcel in [["3", "100"], ["", "100"]] {
            stage.ship(&portal, &parcel).await;
            work(&portal).await;
        }

        // What the store makes of it is not somebody's change.
        let mut echo = order("1", 9);
        echo.lines.push(line("l2", "pen", 2));
        echo.lines[0].sent = 3;
        let taken = take(&portal, &stage.store, &echo).await;
        assert_eq!(taken, TakenIn::Unchanged(stage.order));

        stage.ship(&portal, &["", "300"]).await;
        work(&portal).await;
        let told: Vec<_> = stage.shop.ledger().iter().filter_map(told_pieces).collect();
        assert_eq!(told, [(vec![3], false), (vec![2], true)]);
        let writes: Vec<WriteState> = stage
            .writes(&portal)
            .await
            .into_iter()
            .map(|(_, state)| state)
            .collect();
        assert_eq!(
            writes,
            [WriteState::Done, WriteState::Superseded, WriteState::Done]
        );
    })
    .await;
}

#[tokio::test]
async fn a_pack_is_told_as_the_store_counts_it() {
    on_both(async |portal| {
        let mut stage = stage(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE store_variants SET pieces_per_unit = 10")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let packs = |second| {
            let mut packs = order("2", second);
            packs.lines.push(line("l2", "pen", 2));
            packs
        };
        stage.order = take(&portal, &stage.store, &packs(1)).await.order().unwrap();
        stage.ship(&portal, &["30", "10"]).await;
        work(&portal).await;
        let mut echo = packs(9);
        (echo.lines[0].sent, echo.lines[1].sent) = (3, 1);
        let taken = take(&portal, &stage.store, &echo).await;
        assert_eq!(taken, TakenIn::Unchanged(stage.order));
        stage.ship(&portal, &["", "10"]).await;
        work(&portal).await;
        let told: Vec<_> = stage.shop.ledger().iter().filter_map(told_pieces).collect();
        assert_eq!(told, [(vec![3, 1], false), (vec![1], true)]);
    })
    .await;
}

/// The pieces of a parcel's lines, and whether it was told as the last.
fn told_pieces(entry: &Ledger) -> Option<(Vec<u32>, bool)> {
    let Ledger::Shipment(shipment) = entry else {
        return None;
    };
    let pieces = shipment.items.iter().map(|item| item.quantity).collect();
    Some((pieces, shipment.completes_order))
}

#[tokio::test]
async fn an_answer_that_got_lost_is_not_a_second_parcel() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.ship(&portal, &["3", "2"]).await;
        stage.shop.lose_next_answer();
        work(&portal).await;
        portal.clock.advance(std::time::Duration::from_mins(1));
        work(&portal).await;
        assert_eq!(
            stage.writes(&portal).await,
            [(WriteKind::Shipped, WriteState::AlreadyThere)]
        );
        assert_eq!(stage.shop.ledger().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn parcels_that_look_the_same_are_told_once_each_whatever_answers_get_lost() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        for told in 1..=3 {
            stage.shop.lose_next_answer();
            stage.ship(&portal, &["1", ""]).await;
            work(&portal).await;
            portal.clock.advance(std::time::Duration::from_mins(1));
            work(&portal).await;
            assert_eq!(stage.shop.ledger().len(), told);
        }
        let writes = stage.writes(&portal).await;
        assert_eq!(writes, [(WriteKind::Shipped, WriteState::AlreadyThere); 3]);
    })
    .await;
}

#[tokio::test]
async fn a_delivery_waits_until_the_store_knows_the_parcel() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.ship(&portal, &["3", "2"]).await;
        stage.shop.fail_next(ConnectionError::Failing {
            status: 500,
            retry_after: Some(std::time::Duration::from_mins(30)),
        });
        work(&portal).await;
        stage.deliver(&portal).await;
        work(&portal).await;
        assert_eq!(
            stage.writes(&portal).await,
            [
                (WriteKind::Shipped, WriteState::Queued),
                (WriteKind::Delivered, WriteState::Queued),
            ]
        );
        assert!(stage.shop.ledger().is_empty());
        portal.clock.advance(std::time::Duration::from_hours(1));
        work(&portal).await;
        portal.clock.advance(std::time::Duration::from_hours(1));
        work(&portal).await;
        assert_eq!(
            stage.writes(&portal).await,
            [
                (WriteKind::Shipped, WriteState::Done),
                (WriteKind::Delivered, WriteState::Done),
            ]
        );
    })
    .await;
}

/// How many orders wait for a person, and whether those listed do because their store could not be told.
async fn waiting(portal: &TestPortal, stage: &Stage) -> (i64, Vec<bool>) {
    let scope = stage.client.scope();
    let filter = OrderFilter {
        attention: true,
        ..OrderFilter::default()
    };
    let listed = list(portal, &scope, &filter, Turn::First, 9).await.unwrap();
    let mut conn = portal.db.read().await.unwrap();
    let counts = status_counts(&mut conn, &scope, None).await.unwrap();
    let untold = listed.rows.iter().map(|row| row.untold).collect();
    (counts.needing_attention(), untold)
}

#[tokio::test]
async fn what_a_store_refuses_is_told_and_tried_again_by_hand() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.fail_next(ConnectionError::Refused {
            status: 422,
            message: "The order is closed".to_owned(),
        });
        cancel(&portal, &Viewer::Client(stage.client.clone()), stage.order)
            .await
            .unwrap();
        work(&portal).await;
        let detail = find(&portal, &Scope::AllCustomers, stage.order).await.unwrap();
        let write = detail.writes[0].clone();
        assert_eq!(
            (write.kind, write.state),
            (WriteKind::Cancelled, WriteState::Failed)
        );
        assert_eq!(write.reason.as_deref(), Some("store-refused"));
        assert_eq!(write.words.as_deref(), Some("The order is closed"));
        assert_eq!(waiting(&portal, &stage).await, (1, vec![true]));
        let viewer = Viewer::Client(stage.client.clone());
        retry_write(&portal, &viewer, stage.order, write.id)
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(waiting(&portal, &stage).await, (0, vec![]));
        assert_eq!(
            stage.writes(&portal).await,
            [(WriteKind::Cancelled, WriteState::Done)]
        );
        let refusal = retry_write(&portal, &viewer, stage.order, write.id)
            .await
            .unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "write-not-failed");
    })
    .await;
}

#[tokio::test]
async fn orders_that_no_store_gave_have_nobody_to_tell() {
    on_both(async |portal| {
        let (_, operator, id) = testing::stock_order(&portal).await;
        advance(&portal, &operator, id, &Advance::default())
            .await
            .unwrap();
        assert!(
            find(&portal, &Scope::AllCustomers, id)
                .await
                .unwrap()
                .writes
                .is_empty()
        );
        assert!(registry().kinds().any(|kind| kind == "write-back"));
    })
    .await;
}

/// A cancelled order of the same shop, which it is to be told.
async fn cancel_another(portal: &TestPortal, stage: &Stage, id: &str) -> OrderId {
    let mut tx = portal.db.begin().await.unwrap();
    let taken = take_in(portal, &mut tx, arrival(portal, &stage.store), &order(id, 1))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let order = taken.order().unwrap();
    cancel(portal, &Viewer::Client(stage.client.clone()), order)
        .await
        .unwrap();
    order
}

async fn write_states(portal: &TestPortal) -> Vec<(WriteState, Option<String>)> {
    sql("SELECT state, reason FROM order_writes ORDER BY id")
        .fetch_all(&mut portal.db.read().await.unwrap())
        .await
        .unwrap()
}

/// How the job that was enqueued last ended.
async fn newest_job(portal: &TestPortal) -> (JobState, Option<String>) {
    sql("SELECT state, reason FROM jobs WHERE kind = 'write-back' ORDER BY id DESC LIMIT 1")
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_was_untold_while_the_permission_was_gone_is_told_after_the_store_is_connected_again() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.revoke();
        for id in ["2", "3"] {
            cancel_another(&portal, &stage, id).await;
            work(&portal).await;
        }
        let failed = write_states(&portal).await;
        assert!(
            failed.iter().all(|(state, _)| *state == WriteState::Failed),
            "{failed:?}"
        );

        let page = again(&portal, &stage.client, stage.store.id).await.unwrap();
        let query = [
            ("state", page.rsplit('=').next().unwrap()),
            ("code", "a.myshopify.com"),
        ];
        let query: Vec<_> = query
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        finish(&portal, &stage.client, Platform::Shopify, &query)
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(
            write_states(&portal).await,
            [(WriteState::Done, None), (WriteState::Done, None)]
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_untold_during_a_pause_is_told_after_it_but_for_what_the_platform_decided() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.fail_next(ConnectionError::Withheld);
        cancel_another(&portal, &stage, "2").await;
        work(&portal).await;
        stores::pause(&portal, &stage.client, stage.store.id)
            .await
            .unwrap();
        cancel_another(&portal, &stage, "3").await;
        work(&portal).await;
        let withheld = || (WriteState::Failed, Some("store-withheld".to_owned()));
        let waits = (WriteState::Queued, Some("store-paused".to_owned()));
        assert_eq!(write_states(&portal).await, [withheld(), waits]);
        assert_eq!(
            newest_job(&portal).await,
            (JobState::Cancelled, Some("store-paused".to_owned())),
            "it waits, and has not failed"
        );
        let calls = stage.shop.calls().0;
        stores::resume(&portal, &stage.client, stage.store.id)
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(
            write_states(&portal).await,
            [withheld(), (WriteState::Done, None)]
        );
        assert_eq!(stage.shop.calls().0, calls + 1);
    })
    .await;
}

#[tokio::test]
async fn what_waited_for_the_end_of_a_pause_waits_for_the_store_to_be_connected_once_it_is_disconnected() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stores::pause(&portal, &stage.client, stage.store.id)
            .await
            .unwrap();
        cancel_another(&portal, &stage, "2").await;
        work(&portal).await;
        stores::disconnect(&portal, &stage.client, stage.store.id)
            .await
            .unwrap();
        let disconnected = Some("store-disconnected".to_owned());
        assert_eq!(write_states(&portal).await, [(WriteState::Failed, disconnected)]);
    })
    .await;
}

#[tokio::test]
async fn much_that_was_untold_is_told_in_small_parts() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stores::pause(&portal, &stage.client, stage.store.id)
            .await
            .unwrap();
        cancel_another(&portal, &stage, "2").await;
        work(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        for n in 0..220 {
            sql(
                "INSERT INTO order_writes (id, order_id, store_id, kind, state, created_at, updated_at)
                 SELECT $1, order_id, store_id, $2, 'failed', created_at, updated_at
                 FROM order_writes WHERE kind = 'cancelled'",
            )
            .bind(portal.entropy.id())
            .bind(format!("another-{n}"))
            .execute(&mut tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        stores::resume(&portal, &stage.client, stage.store.id)
            .await
            .unwrap();
        let registry = crate::jobs::Registry::new().register::<super::TellAgain>();
        Worker::new(&portal, registry).run_until_idle().await.unwrap();
        let states = write_states(&portal).await;
        assert_eq!(states.len(), 221);
        assert!(states.iter().all(|(state, _)| *state == WriteState::Queued));
    })
    .await;
}

#[tokio::test]
async fn that_a_platform_withholds_tracking_is_known_of_the_store_until_it_does_no_more() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let scope = Scope::AllCustomers;
        let writes = async || {
            let card = stores::health::health(&portal, &scope, stage.store.id).await;
            card.unwrap().unwrap().facts.capabilities.writes_shipments
        };
        let withhold = |withheld: bool| {
            stage
                .shop
                .change_facts(|facts| facts.capabilities.writes_shipments = !withheld);
        };
        withhold(true);
        stage.ship(&portal, &["3", "1"]).await;
        work(&portal).await;
        assert!(!writes().await);
        withhold(false);
        stage.ship(&portal, &["", "1"]).await;
        work(&portal).await;
        assert!(writes().await);
    })
    .await;
}
