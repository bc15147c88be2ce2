//! The event inspector, in a browser without scripts.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose surroundings are missing has failed"
)]

use domain::id::{CustomerId, MessageId, StoreId};
use domain::{OperatorRole, Platform};
use portal::storage::{Value, sql};
use portal::testing::{TestPortal, connect_store, on_both};
use serde_json::json;

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

const EVENTS: &str = "/console/activity/events";

async fn case(portal: &TestPortal) -> (Browser, CustomerId, StoreId) {
    let email = people::operator(portal, OperatorRole::Operator).await;
    let customer = people::customer(portal, "Estudio Garabato").await;
    let (store, _) = connect_store(portal, customer, Platform::Shopify, "garabato.myshopify.com").await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    (browser, customer, store)
}

/// A webhook about an order in a state.
async fn webhook(portal: &TestPortal, customer: CustomerId, store: StoreId, state: &str) -> MessageId {
    let id = MessageId(portal.entropy.id());
    let reason = (state == "dead").then_some("store-unauthorized");
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, state, reason, headers, \
         body, subject, result, attempt, created_at) \
         VALUES ($1, 'in', 'webhook', 'shopify', $2, $3, 'orders/updated', $4, $5, $6, $7, $8, $9, 2, $10)",
    )
    .bind(id)
    .bind(store)
    .bind(customer)
    .bind(state)
    .bind(reason)
    .bind(Value::json(&json!([["x-shopify-topic", "orders/updated"]])))
    .bind(br#"{"id":1001,"note":"<b>"}"#.to_vec())
    .bind(Value::json(&json!({ "order": "1001" })))
    .bind(Value::json(&json!({ "order": "1001", "taken_in": "created" })))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_webhook_is_counted_shown_with_its_reason_and_retried() {
    on_both(async |portal| {
        let (mut browser, customer, store) = case(&portal).await;
        browser.open(EVENTS).await.says(&["No events yet"]);
        let dead = webhook(&portal, customer, store, "dead").await;
        webhook(&portal, customer, store, "done").await;

        let list = browser.open(EVENTS).await;
        list.says(&[
            "Estudio Garabato",
            "garabato.myshopify.com",
            "Incoming",
            "data-tone=\"danger\"",
        ]);
        let page = format!("{EVENTS}/{dead}");
        let shown = browser.open(&page).await;
        shown.says(&[
            "x-shopify-topic: orders/updated",
            "\"id\": 1001",
            "&lt;b&gt;",
            "The store refuses our credentials",
            "Connect the store again",
            "A new order",
            "Retry",
        ]);
        let id = dead.to_string();
        let done = browser
            .submit("/do/activity/retry-event", &[("message", &id)])
            .await;
        done.says(&["The event is worked on again", "data-status=\"received\""]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_retried_together_with_a_result_for_each() {
    on_both(async |portal| {
        let (mut browser, customer, store) = case(&portal).await;
        let parked = webhook(&portal, customer, store, "parked").await.to_string();
        let done = webhook(&portal, customer, store, "done").await.to_string();
        browser.open(EVENTS).await;
        let fields = [("messages[]", parked.as_str()), ("messages[]", done.as_str())];
        let shown = browser.submit("/do/activity/retry-events", &fields).await;
        shown.says(&["1 event is worked on again", "1 event was left as it is", &done]);
        browser
            .submit("/do/activity/retry-events", &[])
            .await
            .says(&["Select something first"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_says_which_events_are_listed() {
    on_both(async |portal| {
        let (mut browser, customer, store) = case(&portal).await;
        let dead = webhook(&portal, customer, store, "dead").await.to_string();
        let done = webhook(&portal, customer, store, "done").await.to_string();
        for (query, listed) in [
            ("state=stopped", vec![&dead]),
            ("state=done", vec![&done]),
            (
                "direction=in&kind=webhook&platform=shopify&topic=orders/updated",
                vec![&dead, &done],
            ),
            ("direction=out", vec![]),
            ("platform=etsy", vec![]),
        ] {
            let page = browser.open(&format!("{EVENTS}?{query}")).await;
            for id in [&dead, &done] {
                assert_eq!(page.main().contains(id.as_str()), listed.contains(&id), "{query}");
            }
        }
        let of_store = browser
            .open(&format!("{EVENTS}?store={store}&customer={customer}"))
            .await;
        of_store.says(&["Store: garabato.myshopify.com", "Customer: Estudio Garabato"]);
        let nothing = browser.open(&format!("{EVENTS}?from=2999-01-01")).await;
        nothing.says(&["No event matches"]);
    })
    .await;
}
