//! Webhooks, from their arrival to what came of them.

use connectors::store::{Arrived, ConnectionError, NoticeRefused};
use domain::id::{CustomerId, MessageId, StoreId};
use domain::source::LineProperty;
use domain::{Language, MessageState, Platform, StoreState};
use futures::future::join_all;
use sqlx::types::Json;

use super::*;
use crate::Portal;
use crate::access::Scope;
use crate::customers::{AccessForm, save_access};
use crate::jobs::{NewJob, Registry, Worker, enqueue};
use crate::mail::MailKind;
use crate::messages::{self, MessageFilter, MessageRow, RetriedMessage};
use crate::orders::intake::testing::order;
use crate::orders::testing;
use crate::paging::Turn;
use crate::storage::{Engine, sql};
use crate::syncs::{FetchOrder, FetchProduct, ScheduleStores};
use crate::testing::{TestPortal, connect_store, on_both};

mod forgotten;

const SHOP: &str = "print-test.myshopify.com";

fn headers(secret: &str, topic: &str, key: &str) -> Vec<(String, String)> {
    let headers = [
        ("x-secret", secret),
        ("x-topic", topic),
        ("x-key", key),
        ("x-shop", SHOP),
        ("x-id", "1001"),
    ];
    headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

async fn deliver(
    portal: &Portal,
    token: Option<&str>,
    headers: &[(String, String)],
) -> Result<Arrival, NotAccepted> {
    let platform = if token.is_some() {
        Platform::WooCommerce
    } else {
        Platform::Shopify
    };
    let arrived = Arrived {
        headers,
        body: b"{\"id\":1001}",
        at: portal.now(),
    };
    receive(portal, platform, token, &arrived).await
}

async fn shop(portal: &TestPortal) -> (CustomerId, StoreId) {
    let customer = testing::client(portal, "Estudio Garabato").await.customer;
    switch_access(portal, customer, true).await;
    let (store, _) = connect_store(portal, customer, Platform::Shopify, SHOP).await;
    (customer, store)
}

async fn switch_access(portal: &Portal, customer: CustomerId, on: bool) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE customers SET storefronts_access = $2 WHERE id = $1")
        .bind(customer)
        .bind(on)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn all(portal: &Portal) -> Vec<MessageRow> {
    let mut conn = portal.db.read().await.unwrap();
    let filter = MessageFilter::default();
    messages::list(&mut conn, &Scope::AllCustomers, &filter, &Turn::First, 100)
        .await
        .unwrap()
        .rows
}

/// Every order has arrived: nothing needs its address any more.
async fn all_arrived(portal: &Portal) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE orders SET status = 'delivered'")
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn work(portal: &Portal) {
    let registry = Registry::new()
        .register::<HandleNotice>()
        .register::<FetchOrder>()
        .register::<FetchProduct>()
        .register::<EraseBuyer>()
        .register::<EraseStore>();
    Worker::new(portal, registry).run_until_idle().await.unwrap();
}

#[tokio::test]
async fn fifty_deliveries_at_once_are_one_message() {
    on_both(async |portal| {
        shop(&portal).await;
        let headers = headers("app-secret", "orders/create", "w-1");
        let arrivals = join_all((0..50).map(|_| deliver(&portal, None, &headers))).await;
        let stored = arrivals
            .iter()
            .filter(|arrival| matches!(arrival, Ok(Arrival::Stored)))
            .count();
        let again = arrivals
            .iter()
            .filter(|arrival| matches!(arrival, Ok(Arrival::Duplicate)))
            .count();
        assert_eq!((stored, again), (1, 49));
        work(&portal).await;
        let messages = all(&portal).await;
        assert_eq!(messages.len(), 1);
        assert_eq!((messages[0].state, messages[0].attempt), (MessageState::Done, 1));
    })
    .await;
}

#[tokio::test]
async fn a_forged_webhook_leaves_nothing() {
    on_both(async |portal| {
        shop(&portal).await;
        let forged = deliver(&portal, None, &headers("guess", "orders/create", "w-1")).await;
        assert!(matches!(
            forged,
            Err(NotAccepted::Refused(NoticeRefused::BadSignature))
        ));
        let lost = deliver(
            &portal,
            Some("no-such-token"),
            &headers("x", "orders/create", "w-1"),
        )
        .await;
        assert!(matches!(lost, Err(NotAccepted::UnknownStore)));
        assert!(all(&portal).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_store_verifies_with_its_own_secret() {
    on_both(async |portal| {
        let (customer, _) = shop(&portal).await;
        let (one, _) = connect_store(&portal, customer, Platform::WooCommerce, "https://one.example").await;
        let (other, _) =
            connect_store(&portal, customer, Platform::WooCommerce, "https://other.example").await;
        let target = crate::stores::open(&portal, one)
            .await
            .unwrap()
            .webhook_target()
            .unwrap();
        let secret_of_other = crate::stores::open(&portal, other)
            .await
            .unwrap()
            .webhook_target()
            .unwrap()
            .secret;
        let token = target.url.rsplit('/').next();
        let wrong = headers(secret_of_other.reveal(), "orders/create", "w-1");
        let refused = deliver(&portal, token, &wrong).await;
        assert!(matches!(
            refused,
            Err(NotAccepted::Refused(NoticeRefused::BadSignature))
        ));
        let right = headers(target.secret.reveal(), "orders/create", "w-1");
        assert_eq!(deliver(&portal, token, &right).await.unwrap(), Arrival::Stored);
        let message = &all(&portal).await[0];
        assert_eq!(message.store_id, Some(one));
        let mut conn = portal.db.read().await.unwrap();
        let message = messages::find(&mut conn, &Scope::AllCustomers, message.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(message.body_text().as_deref(), Some("{\"id\":1001}"));
        let kept = message.headers.unwrap().0;
        assert!(kept.iter().all(|(_, value)| value != target.secret.reveal()));
    })
    .await;
}

#[tokio::test]
async fn without_access_webhooks_wait_until_the_store_is_back() {
    on_both(async |portal| {
        let (customer, _) = shop(&portal).await;
        switch_access(&portal, customer, false).await;
        let order = headers("app-secret", "orders/create", "w-1");
        assert_eq!(deliver(&portal, None, &order).await.unwrap(), Arrival::Parked);
        work(&portal).await;
        assert_eq!(all(&portal).await[0].state, MessageState::Parked);

        switch_access(&portal, customer, true).await;
        look_at_stores(&portal).await;
        work(&portal).await;
        assert_eq!(all(&portal).await[0].state, MessageState::Done);
    })
    .await;
}

async fn look_at_stores(portal: &Portal) {
    let mut tx = portal.db.begin().await.unwrap();
    enqueue(&mut tx, portal, NewJob::of(&ScheduleStores {}))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let schedule = Registry::new().register::<ScheduleStores>();
    Worker::new(portal, schedule).run_until_idle().await.unwrap();
}

#[tokio::test]
async fn access_is_given_while_somebody_works_on_a_store() {
    on_both(async |portal| {
        if portal.db.engine() == Engine::Sqlite {
            // One transaction writes at a time: nobody waits for another in a circle.
            return;
        }
        let (customer, _) = shop(&portal).await;
        switch_access(&portal, customer, false).await;
        let order = headers("app-secret", "orders/create", "w-1");
        assert_eq!(deliver(&portal, None, &order).await.unwrap(), Arrival::Parked);
        // As whoever holds the store may do, and then want its customer.
        let mut working = portal.db.begin().await.unwrap();
        sql("UPDATE messages SET attempt = 1")
            .execute(&mut working)
            .await
            .unwrap();
        let form = AccessForm {
            access: true,
            email: "amparo@clinica.example".to_owned(),
            first_name: "Amparo".to_owned(),
            last_name: "Llorens".to_owned(),
            language: "es".to_owned(),
        };
        let operator = testing::operator(&portal);
        let given = save_access(&portal, &operator, customer, form);
        let given = tokio::time::timeout(std::time::Duration::from_secs(10), given).await;
        given.expect("it waits for nobody").unwrap();
        working.commit().await.unwrap();
        look_at_stores(&portal).await;
        work(&portal).await;
        assert_eq!(all(&portal).await[0].state, MessageState::Done);
    })
    .await;
}

async fn set_state(portal: &Portal, state: &'static str) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE stores SET state = $1")
        .bind(state)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// The state of a store, whether it has credentials, and why it is not connected.
async fn standing(portal: &Portal, store: StoreId) -> (StoreState, bool, Option<String>) {
    sql(
        "SELECT stores.state, credentials IS NOT NULL, reason FROM stores \
         JOIN store_connections ON store_id = id WHERE id = $1",
    )
    .bind(store)
    .fetch_one(&mut portal.db.read().await.unwrap())
    .await
    .unwrap()
}

#[tokio::test]
async fn an_uninstalled_store_needs_reauthorisation_and_forgets_its_credentials() {
    on_both(async |portal| {
        let (_, store) = shop(&portal).await;
        for state in ["connected", "paused"] {
            set_state(&portal, state).await;
            let gone = headers("app-secret", "app/uninstalled", state);
            assert_eq!(deliver(&portal, None, &gone).await.unwrap(), Arrival::Stored);
            work(&portal).await;
            let reason = Some(uninstalled::CODE.to_owned());
            let expected = (StoreState::NeedsReauthorisation, false, reason);
            assert_eq!(standing(&portal, store).await, expected, "{state}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_shop_said_when_it_left_does_not_touch_one_that_is_back() {
    on_both(async |portal| {
        let (_, store) = shop(&portal).await;
        let mut late = headers("app-secret", "app/uninstalled", "w-1");
        late.push(("x-at".to_owned(), (portal.now().seconds() - 60).to_string()));
        deliver(&portal, None, &late).await.unwrap();
        deliver(&portal, None, &headers("app-secret", "shop/redact", "w-2"))
            .await
            .unwrap();
        work(&portal).await;
        assert_eq!(
            standing(&portal, store).await,
            (StoreState::Connected, true, None)
        );
        let messages = all(&portal).await;
        assert!(messages.iter().all(|message| message.state == MessageState::Done));
        assert!(messages.iter().all(|message| message.job_id.is_some()));
    })
    .await;
}

#[tokio::test]
async fn a_webhook_brings_its_order_in() {
    on_both(async |portal| {
        let customer = testing::client(&portal, "Estudio Garabato").await.customer;
        switch_access(&portal, customer, true).await;
        let (_, fake) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        fake.put_order(order("1001", 1));
        let first = headers("app-secret", "orders/create", "w-1");
        deliver(&portal, None, &first).await.unwrap();
        work(&portal).await;
        let message = all(&portal).await.remove(0);
        assert_eq!(message.state, MessageState::Done);
        let external: (Option<String>,) = sql("SELECT external_id FROM orders WHERE id = $1")
            .bind(message.order_id.unwrap())
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(external.0.as_deref(), Some("1001"));
    })
    .await;
}

#[tokio::test]
async fn a_webhook_whose_shop_does_not_answer_waits_for_another_try() {
    on_both(async |portal| {
        let customer = testing::client(&portal, "Estudio Garabato").await.customer;
        switch_access(&portal, customer, true).await;
        let (_, fake) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        fake.put_order(order("1001", 1));
        fake.fail_next(ConnectionError::TooOld);
        deliver(&portal, None, &headers("app-secret", "orders/create", "w-1"))
            .await
            .unwrap();
        work(&portal).await;
        let message = all(&portal).await.remove(0);
        assert_eq!(message.state, MessageState::Failed);
        assert!(message.reason.is_some());

        let operator = testing::operator(&portal);
        let retried = messages::retry(&portal, &operator, &[message.id]).await.unwrap();
        assert_eq!(retried, [(message.id, RetriedMessage::Queued)]);
        work(&portal).await;
        let message = all(&portal).await.remove(0);
        assert_eq!(
            (message.state, message.order_id.is_some()),
            (MessageState::Done, true)
        );
    })
    .await;
}

#[tokio::test]
async fn erasing_a_store_leaves_orders_without_people() {
    on_both(async |portal| {
        let customer = testing::client(&portal, "Nordlys Hotels").await.customer;
        switch_access(&portal, customer, true).await;
        let (_, fake) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        let mut placed = order("1001", 1);
        placed.lines[0].properties = vec![LineProperty {
            name: "Engraving".to_owned(),
            value: "For Ana".to_owned(),
        }];
        fake.put_order(placed);
        for (state, topic, key) in [
            ("connected", "orders/create", "w-1"),
            ("needs_reauthorisation", "shop/redact", "w-2"),
            ("connected", "orders/updated", "w-3"),
        ] {
            set_state(&portal, state).await;
            deliver(&portal, None, &headers("app-secret", topic, key))
                .await
                .unwrap();
            work(&portal).await;
            all_arrived(&portal).await;
        }
        let row: (Option<String>, String, String) = sql("SELECT email, recipient, country FROM orders")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(row, (None, String::new(), "ES".to_owned()));
        let kept: (Json<serde_json::Value>, Option<Json<serde_json::Value>>) = sql(
            "SELECT snapshot, properties FROM order_sources s JOIN order_lines l ON l.order_id = s.order_id",
        )
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
        let kept = format!("{kept:?}");
        for personal in ["ana@example.com", "Ana", "Madrid"] {
            assert!(!kept.contains(personal), "{personal}: {kept}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_buyer_who_is_erased_is_in_no_message_either() {
    on_both(async |portal| {
        let customer = testing::client(&portal, "Nordlys Hotels").await.customer;
        switch_access(&portal, customer, true).await;
        let (store, fake) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        fake.put_order(order("1001", 1));
        deliver(&portal, None, &headers("app-secret", "orders/create", "w-1"))
            .await
            .unwrap();
        work(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        // Lists as the store gave them: they name no order. More than are emptied at once.
        for _ in 0..60 {
        sql("INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, state, answer, created_at)
             VALUES ($1, 'out', 'poll', 'shopify', $2, $3, 'orders.list', 'done', $4, $5)")
        .bind(MessageId(portal.entropy.id()))
        .bind(store)
        .bind(customer)
        .bind(b"ana@example.com".to_vec())
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
        }
        tx.commit().await.unwrap();
        all_arrived(&portal).await;
        deliver(&portal, None, &headers("app-secret", "customers/redact", "w-2"))
            .await
            .unwrap();
        let handle = Registry::new().register::<HandleNotice>();
        Worker::new(&portal, handle).run_until_idle().await.unwrap();
        let (said,): (i64,) = sql("SELECT COUNT(*) FROM messages WHERE answer IS NOT NULL")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(said, 60, "not in the transaction that takes the request in");
        work(&portal).await;
        let mut conn = portal.db.read().await.unwrap();
        let (recipient,): (String,) = sql("SELECT recipient FROM orders").fetch_one(&mut conn).await.unwrap();
        assert_eq!(recipient, "");
        let kept: Vec<(bool, Option<Json<serde_json::Value>>)> =
            sql("SELECT body IS NOT NULL OR answer IS NOT NULL, subject FROM messages")
                .fetch_all(&mut conn)
                .await
                .unwrap();
        assert_eq!(kept.len(), 62);
        for (said, subject) in kept {
            assert!(!said);
            assert!(!format!("{subject:?}").contains("example.com"), "{subject:?}");
        }
        assert!(all(&portal).await.iter().all(|message| message.state == MessageState::Done));
    })
    .await;
}

#[tokio::test]
async fn a_request_that_was_put_off_tells_of_every_order_that_it_erased() {
    on_both(async |portal| {
        let customer = testing::client(&portal, "Nordlys Hotels").await.customer;
        switch_access(&portal, customer, true).await;
        let (_, fake) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        let bring = async |id: &str, key: &str| {
            fake.put_order(order(id, 1));
            let mut headers = headers("app-secret", "orders/create", key);
            headers.retain(|(name, _)| name != "x-id");
            headers.push(("x-id".to_owned(), id.to_owned()));
            deliver(&portal, None, &headers).await.unwrap();
            work(&portal).await;
        };
        bring("1001", "w-1").await;
        all_arrived(&portal).await;
        bring("1002", "w-2").await;
        deliver(&portal, None, &headers("app-secret", "customers/redact", "w-3"))
            .await
            .unwrap();
        let erased = async || {
            let result: (Json<serde_json::Value>,) =
                sql("SELECT result FROM messages WHERE topic = 'customers/redact'")
                    .fetch_one(&mut portal.db.read().await.unwrap())
                    .await
                    .unwrap();
            result.0.0["erased"].clone()
        };
        work(&portal).await;
        assert_eq!(
            erased().await,
            serde_json::json!([1]),
            "the other has not left yet"
        );
        all_arrived(&portal).await;
        portal.clock.advance(std::time::Duration::from_hours(24));
        work(&portal).await;
        assert_eq!(erased().await, serde_json::json!([1, 2]));
        let request = &all(&portal).await[0];
        assert_eq!(request.state, MessageState::Done);
    })
    .await;
}

#[tokio::test]
async fn failed_webhooks_are_retried_with_a_result_each() {
    on_both(async |portal| {
        shop(&portal).await;
        deliver(&portal, None, &headers("app-secret", "orders/create", "w-1"))
            .await
            .unwrap();
        let id = all(&portal).await[0].id;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE messages SET state = 'dead' WHERE id = $1")
            .bind(id)
            .execute(&mut tx)
            .await
            .unwrap();
        sql("DELETE FROM jobs WHERE kind = 'handle-notice'")
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut conn = portal.db.read().await.unwrap();
        assert_eq!(
            messages::dead_count(&mut conn, &Scope::AllCustomers)
                .await
                .unwrap(),
            1
        );
        drop(conn);

        let operator = testing::operator(&portal);
        let unknown = domain::id::MessageId(portal.entropy.id());
        let results = messages::retry(&portal, &operator, &[id, unknown, id])
            .await
            .unwrap();
        assert_eq!(
            results,
            [
                (id, RetriedMessage::Queued),
                (unknown, RetriedMessage::NotFound),
                (id, RetriedMessage::NotStopped)
            ]
        );
        work(&portal).await;
        assert_eq!(all(&portal).await[0].state, MessageState::Done);
    })
    .await;
}

/// What a mail is about, to whom it goes and in which language, with its store and orders.
type Sent = (MailKind, String, Language, Option<StoreId>, Json<Vec<i64>>);

#[tokio::test]
async fn a_buyer_who_asks_for_their_data_is_passed_on_to_those_responsible() {
    on_both(async |portal| {
        let customer = testing::client(&portal, "Nordlys Hotels").await.customer;
        switch_access(&portal, customer, true).await;
        let (store, fake) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        fake.put_order(order("1001", 1));
        add_person(&portal, "root@levante.example", "en", true, None).await;
        deliver(&portal, None, &headers("app-secret", "orders/create", "w-1"))
            .await
            .unwrap();
        work(&portal).await;
        let mails = async || {
            let mails = sql("SELECT kind, recipient, language, store_id, orders FROM mails ORDER BY id");
            let mut conn = portal.db.read().await.unwrap();
            mails.fetch_all::<Sent>(&mut conn).await.unwrap()
        };
        for twice in ["w-2", "w-2"] {
            deliver(
                &portal,
                None,
                &headers("app-secret", "customers/data_request", twice),
            )
            .await
            .unwrap();
            work(&portal).await;
        }
        let (number,): (i64,) = sql("SELECT number FROM orders")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let to = |email: &str, language| {
            let kind = MailKind::DataRequested;
            (kind, email.to_owned(), language, Some(store), Json(vec![number]))
        };
        assert_eq!(mails().await, [to("root@levante.example", Language::En)]);

        add_person(&portal, "lucia@example.com", "es", false, Some(customer)).await;
        deliver(
            &portal,
            None,
            &headers("app-secret", "customers/data_request", "w-3"),
        )
        .await
        .unwrap();
        work(&portal).await;
        assert_eq!(mails().await[1..], [to("lucia@example.com", Language::Es)]);
    })
    .await;
}

/// An administrator of the print company, or an account admin of `customer`.
async fn add_person(
    portal: &Portal,
    email: &str,
    language: &str,
    operator: bool,
    customer: Option<CustomerId>,
) {
    let id = portal.entropy.id();
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, operator_role,
             password_hash, created_at, updated_at)
         VALUES ($1, $2, $2, 'Lucía', 'Ferrer', $3, 'Europe/Madrid', $4, 'hash', $5, $5)",
    )
    .bind(id)
    .bind(email)
    .bind(language)
    .bind(operator.then_some("administrator"))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    if let Some(customer) = customer {
        sql(
            "INSERT INTO memberships (id, user_id, customer_id, role, accepted_at, created_at)
             VALUES ($1, $2, $3, 'account_admin', $4, $4)",
        )
        .bind(portal.entropy.id())
        .bind(id)
        .bind(customer)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}
