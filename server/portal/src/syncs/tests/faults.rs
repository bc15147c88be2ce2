//! What goes wrong while stores are read.

use domain::{MessageState, ReasonCode};

use super::*;
use crate::messages::{self, MessageFilter, MessageRow, RetriedMessage};
use crate::syncs::orders::Which;

impl Stage {
    async fn sync_orders(&self, portal: &TestPortal) {
        sync_orders(portal, &self.viewer(), self.store, None)
            .await
            .unwrap();
        work(portal).await;
    }

    /// How often the shop was asked since it was connected.
    fn asked(&self) -> u32 {
        self.shop.calls().0 - 1
    }

    async fn found_orders(&self, portal: &TestPortal) -> OrdersRead {
        self.runs(portal).await.orders.unwrap().found.unwrap()
    }

    async fn found_products(&self, portal: &TestPortal) -> SyncRun<ProductsRead> {
        self.runs(portal).await.products.unwrap()
    }

    async fn switch_access(&self, portal: &TestPortal, on: bool) {
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE customers SET storefronts_access = $2 WHERE id = $1")
            .bind(self.client.customer)
            .bind(on)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// What the store told about its orders while nobody was to work on it.
    async fn park(&self, portal: &TestPortal, messages: usize) {
        let mut tx = portal.db.begin().await.unwrap();
        for number in 0..messages {
            sql("INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, dedupe_key, state,
                     subject, attempt, created_at)
                 VALUES ($1, 'in', 'webhook', 'shopify', $2, $3, 'orders/create', $4, 'parked', $5, 0, $6)")
            .bind(portal.entropy.id())
            .bind(self.store)
            .bind(self.client.customer)
            .bind(number.to_string())
            .bind(crate::storage::Value::json(&connectors::store::Subject::Ping))
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
    }
}

async fn inspected(portal: &TestPortal) -> Vec<MessageRow> {
    let mut conn = portal.db.read().await.unwrap();
    let filter = MessageFilter::default();
    messages::list(&mut conn, &Scope::AllCustomers, &filter, &Turn::First, 50)
        .await
        .unwrap()
        .rows
}

#[tokio::test]
async fn an_order_that_cannot_be_read_waits_in_the_inspector() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let garbled = ExternalId::new("2");
        for number in ["1", "2", "3"] {
            stage.shop.put_order(order(number, 1));
        }
        stage.shop.garble_order(&garbled, true);
        stage.sync_orders(&portal).await;
        stage.sync_orders(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 2, "the others came in");
        let [message] = &inspected(&portal).await[..] else {
            panic!("one message for one order");
        };
        assert_eq!((message.state, message.attempt), (MessageState::Failed, 2));
        assert_eq!(message.reason.as_deref(), Some("store-unreadable"));
        let mut conn = portal.db.read().await.unwrap();
        let kept = messages::find(&mut conn, &Scope::AllCustomers, message.id)
            .await
            .unwrap()
            .unwrap();
        drop(conn);
        let why = kept.result.unwrap().0;
        assert_eq!(
            (&why["order"], &why["unreadable"]),
            (&"2".into(), &"no status".into())
        );

        stage.shop.garble_order(&garbled, false);
        let retried = messages::retry(&portal, &testing::operator(&portal), &[message.id]).await;
        assert_eq!(retried.unwrap(), [(message.id, RetriedMessage::Queued)]);
        work(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 3);
        let message = inspected(&portal).await.remove(0);
        assert_eq!(
            (message.state, message.order_id.is_some()),
            (MessageState::Done, true)
        );
    })
    .await;
}

#[tokio::test]
async fn an_order_that_can_be_read_after_all_waits_no_more() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.put_order(order("1", 1));
        stage.shop.garble_order(&ExternalId::new("1"), true);
        stage.sync_orders(&portal).await;
        stage.shop.garble_order(&ExternalId::new("1"), false);
        stage.sync_orders(&portal).await;
        assert_eq!(inspected(&portal).await[0].state, MessageState::Done);
        assert_eq!(stage.orders(&portal).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_old_order_that_a_person_asked_for_is_fetched_again_all_the_same() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let mut old = order("1", 1);
        old.placed_at = portal.now() - Duration::from_hours(24 * 30);
        stage.shop.put_order(old.clone());
        stage.shop.garble_order(&old.external_id, true);
        sync_orders(&portal, &stage.viewer(), stage.store, Some(old.placed_at))
            .await
            .unwrap();
        work(&portal).await;
        stage.shop.garble_order(&old.external_id, false);
        let message = inspected(&portal).await.remove(0);
        messages::retry(&portal, &testing::operator(&portal), &[message.id])
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_run_over_orders_that_stops_midway_goes_on_where_it_was() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        for number in 0..250 {
            stage.shop.put_order(order(&number.to_string(), number));
        }
        stage.shop.answer_next();
        stage.shop.answer_next();
        stage
            .shop
            .fail_next(ConnectionError::Interrupted("the third page".to_owned()));
        stage.sync_orders(&portal).await;
        assert_eq!(stage.asked(), 3);
        assert_eq!(stage.runs(&portal).await.orders.unwrap().state, JobState::Queued);
        portal.clock.advance(Duration::from_mins(1));
        work(&portal).await;
        assert_eq!(stage.asked(), 4, "not from the start");
        let found = stage.found_orders(&portal).await;
        assert_eq!((found.new, found.unchanged), (250, 0));
        stage.sync_orders(&portal).await;
        assert_eq!(stage.asked(), 7, "the next run begins at its start");
    })
    .await;
}

#[tokio::test]
async fn a_run_begins_anew_when_the_shop_does_not_go_on() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        for number in 0..150 {
            stage.shop.put_order(order(&number.to_string(), number));
        }
        stage.shop.answer_next();
        let message = "no such cursor".to_owned();
        stage
            .shop
            .fail_next(ConnectionError::Refused { status: 400, message });
        stage.sync_orders(&portal).await;
        assert_eq!(stage.runs(&portal).await.orders.unwrap().state, JobState::Failed);
        stage.sync_orders(&portal).await;
        assert_eq!(stage.asked(), 4);
        assert_eq!(stage.orders(&portal).await.len(), 50, "a page of them");
        let found = stage.found_orders(&portal).await;
        assert_eq!((found.new, found.unchanged), (50, 100));
    })
    .await;
}

#[tokio::test]
async fn a_fast_clock_of_a_shop_hides_no_orders() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.put_order(order("1", 7200));
        stage.sync_orders(&portal).await;
        portal.clock.advance(Duration::from_mins(20));
        stage.shop.put_order(order("2", 60));
        stage.sync_orders(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_looked_at_once_more_in_the_night_is_not_taken_for_all_there_is() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.sync_orders(&portal).await;
        stage.shop.put_order(order("1", 60));
        // Nobody could poll for days.
        portal.clock.advance(Duration::from_hours(24 * 5));
        let mut newest = order("2", 0);
        newest.updated_at = portal.now();
        stage.shop.put_order(newest);
        let recent = SyncOrders {
            store: stage.store,
            which: Which::Recent,
        };
        let mut tx = portal.db.begin().await.unwrap();
        enqueue(&mut tx, &portal, recent.new_job(stage.client.customer))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        work(&portal).await;
        stage.sync_orders(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn stores_of_customers_without_access_are_left_alone_until_there_is_access_again() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.shop.put_order(order("1", 1));
        stage.switch_access(&portal, false).await;
        stage.park(&portal, 1).await;
        look(&portal).await;
        assert_eq!(stage.asked(), 0);
        assert_eq!(inspected(&portal).await[0].state, MessageState::Parked);
        stage.switch_access(&portal, true).await;
        look(&portal).await;
        assert_eq!(stage.orders(&portal).await.len(), 1);
        assert_eq!(inspected(&portal).await[0].state, MessageState::Done);
    })
    .await;
}

#[tokio::test]
async fn however_much_was_kept_back_none_of_it_stays() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        stage.park(&portal, 1001).await;
        look(&portal).await;
        let (left,): (i64,) = sql("SELECT COUNT(*) FROM messages WHERE state <> 'done'")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(left, 0);
    })
    .await;
}

#[tokio::test]
async fn very_many_products_that_are_gone_are_looked_up_in_several_syncs() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let sync = async || {
            sync_products(&portal, &stage.viewer(), stage.store)
                .await
                .unwrap();
            work(&portal).await;
            stage.found_products(&portal).await
        };
        for number in 0..150 {
            stage.shop.put_product(product(number, "Gato", &["A"]));
        }
        sync().await;
        for number in 0..101 {
            stage.shop.remove_product(&ExternalId::new(number.to_string()));
        }
        let run = sync().await;
        assert_eq!(run.state, JobState::PartlyFailed);
        assert_eq!(run.reason, Some(ReasonCode::StoreSyncIncomplete));
        let found = run.found.unwrap();
        assert_eq!((found.not_seen, found.gone), (1, 100));

        let run = sync().await;
        let found = run.found.unwrap();
        assert_eq!(
            (run.state, found.not_seen, found.gone),
            (JobState::Succeeded, 0, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_everything_gets_everything() {
    on_both(async |portal| {
        let stage = stage(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        let changes = SyncProducts {
            store: stage.store,
            full: false,
        };
        let changes = enqueue(&mut tx, &portal, changes.new_job(stage.client.customer))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let everything = sync_products(&portal, &stage.viewer(), stage.store)
            .await
            .unwrap();
        assert_ne!(changes, everything);
        let again = sync_products(&portal, &stage.viewer(), stage.store)
            .await
            .unwrap();
        assert_eq!(again, everything);
        let (lanes,): (i64,) = sql("SELECT COUNT(DISTINCT lane) FROM jobs WHERE kind = 'sync-products'")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(lanes, 1, "never one beside the other");
    })
    .await;
}
