//! Reading stores, on both engines.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use connectors::store::ConnectionError;
use domain::id::StoreId;
use domain::source::ExternalId;
use domain::{JobState, OrderStatus, Platform, Problem, StoreState};

use super::*;
use crate::access::{Client, Scope, Viewer};
use crate::jobs::{NewJob, Registry, Worker, enqueue};
use crate::mapping::{ConnectForm, Ignore, connect, ignore};
use crate::orders::intake::testing::{line, order};
use crate::orders::testing::{self, shop as customer_with_access};
use crate::orders::{OrderFilter, OrderRow, find, list};
use crate::paging::Turn;
use crate::storage::{Engine, sql};
use crate::store_products::testing::product;
use crate::store_products::{self, StoreProductFilter, mapping_counts};
use crate::stores::notices::HandleNotice;
use crate::testing::{FakeShop, TestPortal, connect_store, on_both};
use crate::{Refusal, stores};

struct Stage {
    client: Client,
    store: StoreId,
    shop: Arc<FakeShop>,
}

async fn stage(portal: &TestPortal) -> Stage {
    let (client, _) = customer_with_access(portal, "Estudio Garabato").await;
    let (store, shop) = connect_store(portal, client.customer, Platform::Shopify, "a.myshopify.com").await;
    testing::catalogue(portal).await;
    Stage { client, store, shop }
}

impl Stage {
    fn viewer(&self) -> Viewer {
        Viewer::Client(self.client.clone())
    }

    async fn orders(&self, portal: &TestPortal) -> Vec<OrderRow> {
        let filter = OrderFilter::default();
        let page = list(portal, &self.client.scope(), &filter, Turn::First, 50).await;
        page.unwrap().rows
    }

    async fn runs(&self, portal: &TestPortal) -> SyncRuns {
        runs(portal, &self.client.scope(), self.store).await.unwrap()
    }
}

/// Has the schedule look at what is due, and works.
async fn look(portal: &TestPortal) {
    let mut tx = portal.db.begin().await.unwrap();
    enqueue(&mut tx, portal, NewJob::of(&ScheduleStores {}))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    work(portal).await;
}

async fn work(portal: &TestPortal) {
    let registry = Registry::new()
        .register::<FetchOrder>()
        .register::<FetchProduct>()
        .register::<HandleNotice>()
        .register::<ScheduleStores>()
        .register::<SyncOrders>()
        .register::<SyncProducts>()
        .register::<crate::orders::ReconsiderOrders>();
    Worker::new(portal, registry).run_until_idle().await.unwrap();
}

#[tokio::test]
async fn a_sync_is_stopped_by_whoever_may_start_one() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let viewer = stage.viewer();
        let nothing = cancel_products(&portal, &viewer, stage.store).await;
        assert!(matches!(nothing, Err(Refusal::Conflict(_))), "{nothing:?}");
        sync_products(&portal, &viewer, stage.store).await.unwrap();
        let other = testing::client(&portal, "Nordlys Hotels").await;
        let stranger = cancel_products(&portal, &Viewer::Client(other), stage.store).await;
        assert!(matches!(stranger, Err(Refusal::NotFound)), "{stranger:?}");
        let looker = Client {
            role: domain::ClientRole::ViewOnly,
            ..stage.client.clone()
        };
        let refused = cancel_products(&portal, &Viewer::Client(looker), stage.store).await;
        assert!(matches!(refused, Err(Refusal::Forbidden)), "{refused:?}");

        cancel_products(&portal, &viewer, stage.store).await.unwrap();
        let run = stage.runs(&portal).await.products.unwrap();
        assert_eq!(run.state, JobState::Cancelled);
    })
    .await;
}

#[tokio::test]
async fn others_write_while_a_large_shop_is_read() {
    on_both(async |portal| {
        if portal.db.engine() == Engine::Postgres {
            // There nobody waits for anybody.
            return;
        }
        let stage = stage(&portal).await;
        for number in 0..120 {
            stage
                .shop
                .put_product(product(number, &format!("Product {number:03}"), &["S"; 20]));
        }
        sync_products(&portal, &stage.viewer(), stage.store)
            .await
            .unwrap();
        let mut reading = pin!(work(&portal));
        let (mut turns, mut written, mut most) = (0, 0, 0);
        loop {
            // Somebody who wants to write again as soon as they have written: those who wait take turns.
            let turn = async {
                let mut tx = portal.db.begin().await.unwrap();
                let rows: (i64,) = sql(
                    "SELECT (SELECT COUNT(*) FROM store_products) + (SELECT COUNT(*) FROM store_variants)",
                )
                .fetch_one(&mut tx)
                .await
                .unwrap();
                tx.commit().await.unwrap();
                rows.0
            };
            tokio::select! {
                biased;
                () = &mut reading => break,
                rows = turn => {
                    turns += 1;
                    most = most.max(rows - written);
                    written = rows;
                }
            }
        }
        assert_eq!(written, 120 * 21);
        assert!(
            (1..=250).contains(&most),
            "{most} rows between two of {turns} turns"
        );
    })
    .await;
}

#[tokio::test]
async fn a_sync_tells_what_it_found() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        for number in 0..250 {
            stage
                .shop
                .put_product(product(number, &format!("Product {number:03}"), &["A", "B"]));
        }
        sync_products(&portal, &stage.viewer(), stage.store)
            .await
            .unwrap();
        work(&portal).await;
        let found = stage.runs(&portal).await.products.unwrap();
        assert_eq!((found.state, found.done), (JobState::Succeeded, 250));
        let found = found.found.unwrap();
        assert_eq!((found.full, found.new, found.gone), (true, 250, 0));

        stage.shop.remove_product(&ExternalId::new("7"));
        stage.shop.put_product(product(8, "Another name", &["A"]));
        sync_products(&portal, &stage.viewer(), stage.store)
            .await
            .unwrap();
        work(&portal).await;
        let found = stage.runs(&portal).await.products.unwrap().found.unwrap();
        assert_eq!(
            (found.new, found.changed, found.unchanged, found.gone),
            (0, 1, 248, 1)
        );
        let counts = mapping_counts(&portal, &stage.client.scope(), Some(stage.store))
            .await
            .unwrap();
        assert_eq!(counts.not_connected, 249);

        let other = testing::client(&portal, "Nordlys Hotels").await;
        let refusal = sync_products(&portal, &Viewer::Client(other), stage.store)
            .await
            .unwrap_err();
        assert!(matches!(refusal, Refusal::NotFound));
    })
    .await;
}

#[tokio::test]
async fn an_order_waits_for_its_product_and_goes_on_by_itself() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let mut placed = order("1", 400_000);
        placed.lines = vec![line("l1", "cup", 2), line("l2", "vase", 1)];
        stage.shop.put_order(placed);
        work(&portal).await;
        sync_orders(&portal, &stage.viewer(), stage.store, None)
            .await
            .unwrap();
        work(&portal).await;
        let found = stage.orders(&portal).await;
        assert_eq!(found[0].status, OrderStatus::NotConnected);
        assert_eq!(found[0].external_id, "#1");

        let detail = find(&portal, &stage.client.scope(), found[0].id).await.unwrap();
        let [cup, vase] = [0, 1].map(|at: usize| detail.lines[at].store_variant.unwrap());
        let form = ConnectForm {
            product_uid: "pen".to_owned(),
            ..ConnectForm::default()
        };
        connect(&portal, &stage.viewer(), cup, &form).await.unwrap();
        work(&portal).await;
        let found = stage.orders(&portal).await;
        assert_eq!(found[0].status, OrderStatus::NotConnected, "the vase waits still");
        ignore(&portal, &stage.viewer(), Ignore::Variant(vase))
            .await
            .unwrap();
        work(&portal).await;
        let found = stage.orders(&portal).await;
        assert_eq!((found[0].status, found[0].item_count), (OrderStatus::Created, 2));
    })
    .await;
}

#[tokio::test]
async fn a_line_is_ignored_in_one_order_only() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        for id in ["1", "2"] {
            let mut placed = order(id, 400_000);
            placed.lines = vec![line("l1", "vase", 1)];
            stage.shop.put_order(placed);
        }
        sync_orders(&portal, &stage.viewer(), stage.store, None)
            .await
            .unwrap();
        work(&portal).await;
        let first = stage.orders(&portal).await.pop().unwrap();
        let detail = find(&portal, &stage.client.scope(), first.id).await.unwrap();
        let what = Ignore::Line(first.id, detail.lines[0].id);
        ignore(&portal, &stage.viewer(), what).await.unwrap();
        let statuses: Vec<_> = stage
            .orders(&portal)
            .await
            .iter()
            .map(|order| order.status)
            .collect();
        assert_eq!(statuses, [OrderStatus::NotConnected, OrderStatus::Cancelled]);
    })
    .await;
}

#[tokio::test]
async fn webhooks_only_tell_where_to_look() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.put_order(order("1", 1));
        stage.shop.put_product(product(1, "Gato", &["A"]));
        let fetch = async |order: &str, product: &str| {
            let mut tx = portal.db.begin().await.unwrap();
            let order = FetchOrder {
                store: stage.store,
                order: ExternalId::new(order),
                message: None,
                placed_before: false,
            };
            let product = FetchProduct {
                store: stage.store,
                product: ExternalId::new(product),
                message: None,
            };
            enqueue(&mut tx, &portal, order.new_job(stage.client.customer))
                .await
                .unwrap();
            enqueue(&mut tx, &portal, product.new_job(stage.client.customer))
                .await
                .unwrap();
            tx.commit().await.unwrap();
            work(&portal).await;
        };
        fetch("1", "1").await;
        fetch("1", "1").await;
        fetch("none", "none").await;
        let found = stage.orders(&portal).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].status, OrderStatus::NotConnected);
        let filter = StoreProductFilter::default();
        let page = store_products::list(&portal, &stage.client.scope(), &filter, Turn::First, 9).await;
        // One that was seen in the order, and one that was fetched.
        assert_eq!(page.unwrap().rows.len(), 2);
        stage.shop.remove_order(&ExternalId::new("1"));
        stage.shop.remove_product(&ExternalId::new("1"));
        fetch("1", "1").await;
        assert_eq!(stage.orders(&portal).await[0].status, OrderStatus::Cancelled);
        let gone = StoreProductFilter { gone: true, ..filter };
        let page = store_products::list(&portal, &stage.client.scope(), &gone, Turn::First, 9).await;
        assert_eq!(page.unwrap().rows.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn stores_are_read_when_they_are_due() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let mut cat = product(1, "Gato", &["A"]);
        cat.updated_at = Some(portal.now());
        stage.shop.put_product(cat);
        let look = async || look(&portal).await;
        look().await;
        let first = stage.runs(&portal).await;
        assert!(first.products.unwrap().found.unwrap().full);
        let (orders, calls) = (first.orders.unwrap().job, stage.shop.calls().0);
        look().await;
        assert_eq!(stage.shop.calls().0, calls, "nothing is due");
        portal.clock.advance(Duration::from_mins(6));
        look().await;
        assert_ne!(stage.runs(&portal).await.orders.unwrap().job, orders);
        portal.clock.advance(Duration::from_mins(40));
        look().await;
        assert!(!stage.runs(&portal).await.products.unwrap().found.unwrap().full);
    })
    .await;
}

#[tokio::test]
async fn what_changes_while_a_shop_is_read_is_among_the_next_changes() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let began_at = portal.now();
        let changed = |number, title, after| {
            let mut product = product(number, title, &["A"]);
            product.updated_at = Some(began_at + Duration::from_mins(after));
            product
        };
        stage.shop.put_product(changed(1, "Perro", 0));
        // On the last page of a list that takes an hour to read, an hour after the first.
        stage.shop.put_product(changed(2, "Gato", 60));
        look(&portal).await;
        assert!(stage.runs(&portal).await.products.unwrap().found.unwrap().full);
        // On the first page, behind the back of who reads the others.
        stage.shop.put_product(changed(1, "Perro grande", 30));
        portal.clock.advance(Duration::from_mins(46));
        look(&portal).await;
        let next = stage.runs(&portal).await.products.unwrap().found.unwrap();
        assert_eq!((next.full, next.changed), (false, 1));
    })
    .await;
}

#[tokio::test]
async fn a_store_that_fails_needs_attention_until_it_comes_through() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let state = async || {
            stores::find(&portal, &Scope::AllCustomers, stage.store)
                .await
                .unwrap()
                .state
        };
        stage.shop.fail_next(ConnectionError::PlanWithoutApi {
            message: "Unavailable Shop".to_owned(),
        });
        sync_orders(&portal, &stage.viewer(), stage.store, None)
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(state().await, StoreState::NeedsAttention);
        assert_eq!(stage.runs(&portal).await.orders.unwrap().state, JobState::Failed);
        sync_orders(&portal, &stage.viewer(), stage.store, None)
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(state().await, StoreState::Connected);
    })
    .await;
}

#[tokio::test]
async fn a_sync_that_waits_to_be_tried_again_begins_when_somebody_asks() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.put_order(order("1", 1));
        let ask = async || sync_orders(&portal, &stage.viewer(), stage.store, None).await;
        let waits = ConnectionError::Failing {
            status: 503,
            retry_after: Some(Duration::from_mins(50)),
        };
        stage.shop.fail_next(waits);
        let waiting = ask().await.unwrap();
        work(&portal).await;
        assert!(stage.orders(&portal).await.is_empty());
        assert_eq!(ask().await.unwrap(), waiting);
        work(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 1);

        // A platform that has had enough is left alone, and says until when.
        let throttled = ConnectionError::Throttled {
            retry_after: Some(Duration::from_mins(50)),
        };
        stage.shop.fail_next(throttled);
        let waiting = ask().await.unwrap();
        work(&portal).await;
        let refusal = ask().await.unwrap_err();
        assert!(
            matches!(&refusal, Refusal::Conflict(problem)
                if *problem == Problem::new("store-asked-to-wait").with("minutes", 50_i64)),
            "{refusal:?}"
        );
        portal.clock.advance(Duration::from_mins(50));
        assert_eq!(ask().await.unwrap(), waiting);
        work(&portal).await;
        assert_eq!(
            stage.runs(&portal).await.orders.unwrap().state,
            JobState::Succeeded
        );
    })
    .await;
}

#[tokio::test]
async fn orders_can_be_brought_in_from_a_day_on() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let mut old = order("1", 1);
        old.placed_at = portal.now() - Duration::from_hours(24 * 30);
        old.updated_at = old.placed_at;
        stage.shop.put_order(old.clone());
        sync_orders(&portal, &stage.viewer(), stage.store, None)
            .await
            .unwrap();
        work(&portal).await;
        assert!(
            stage.orders(&portal).await.is_empty(),
            "from before it was connected"
        );
        sync_orders(&portal, &stage.viewer(), stage.store, Some(old.placed_at))
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 1);
        assert_eq!(stage.runs(&portal).await.orders.unwrap().found.unwrap().new, 1);
    })
    .await;
}

#[tokio::test]
async fn orders_from_a_day_on_that_were_asked_for_before_a_pause_are_brought_in_after_it() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let mut old = order("1", 1);
        old.placed_at = portal.now() - Duration::from_hours(24 * 30);
        old.updated_at = old.placed_at;
        stage.shop.put_order(old.clone());
        let begun = portal.now() - Duration::from_hours(24);
        for since in [old.placed_at, begun] {
            sync_orders(&portal, &stage.viewer(), stage.store, Some(since))
                .await
                .unwrap();
            stores::pause(&portal, &stage.client, stage.store).await.unwrap();
            work(&portal).await;
            let run = stage.runs(&portal).await.orders.unwrap();
            assert_eq!(run.state, JobState::Cancelled);
            // The second time nothing looks at what is due before the store is paused once more.
            stores::resume(&portal, &stage.client, stage.store).await.unwrap();
        }
        assert!(stage.orders(&portal).await.is_empty());
        look(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 1, "of the longest time");
        let left: (i64,) = sql("SELECT COUNT(*) FROM store_connections WHERE orders_asked_since IS NOT NULL")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(left.0, 0, "it is done once");
    })
    .await;
}

mod faults;
