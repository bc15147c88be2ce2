//! Connecting stores, from the first click to the last.

use std::time::Duration;

use connectors::store::{ConnectionError, StoreConnection as _};
use domain::id::StoreId;
use domain::{Platform, StoreState};

use super::settle::{For, settle};
use super::*;
use crate::access::Client;
use crate::mail::MailKind;
use crate::orders::testing;
use crate::storage::sql;
use crate::stores::{self, Shop, StoreSettings};
use crate::testing::{TestPortal, connect_store, on_both};
use crate::{Portal, Refusal};

const SHOP: &str = "print-test.myshopify.com";
const SITE: &str = "https://one.example";

async fn client(portal: &Portal) -> Client {
    testing::client(portal, "Estudio Garabato").await
}

/// The state in the address a person is sent to.
fn state_of(page: &str) -> String {
    page.rsplit('=').next().unwrap().to_owned()
}

fn query(state: &str, code: &str) -> Vec<(String, String)> {
    vec![
        ("state".to_owned(), state.to_owned()),
        ("code".to_owned(), code.to_owned()),
    ]
}

const fn authorisation(platform: Platform, shop: &str) -> NewAuthorisation<'_> {
    NewAuthorisation {
        platform,
        shop,
        plain_http: false,
    }
}

async fn shopify_state(portal: &Portal, client: &Client) -> String {
    let new = authorisation(Platform::Shopify, SHOP);
    state_of(&begin(portal, client, &new).await.unwrap())
}

async fn woocommerce_state(portal: &Portal, client: &Client) -> String {
    let new = authorisation(Platform::WooCommerce, SITE);
    state_of(&begin(portal, client, &new).await.unwrap())
}

/// Makes sure that a store's shop answers us.
async fn assert_answers(portal: &Portal, store: StoreId) {
    let open = stores::open(portal, store).await.unwrap();
    open.verify().await.unwrap();
}

async fn connect(portal: &Portal, client: &Client) -> Result<Connected, ConnectRefused> {
    let state = shopify_state(portal, client).await;
    finish(portal, client, Platform::Shopify, &query(&state, SHOP)).await
}

fn code_of(outcome: Result<Connected, ConnectRefused>) -> &'static str {
    match outcome {
        Err(ConnectRefused::Shop(why)) => why.code,
        other => panic!("not refused by the shop: {other:?}"),
    }
}

#[test]
fn the_codes_are_in_order_and_unique() {
    assert!(CODES.windows(2).all(|pair| pair[0] < pair[1]));
}

#[tokio::test]
async fn a_person_agrees_and_the_store_is_connected() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::Shopify, SHOP);
        let client = client(&portal).await;
        let connected = connect(&portal, &client).await.unwrap();
        assert!(!connected.again);
        let store = stores::find(&portal, &client.scope(), connected.store)
            .await
            .unwrap();
        assert_eq!((store.name.as_str(), store.state), (SHOP, StoreState::Connected));
        let health = stores::health::health(&portal, &client.scope(), store.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((health.shop.as_str(), health.reason), (SHOP, None));
        assert_eq!(health.orders_due_at, Some(portal.now()));
        assert_answers(&portal, store.id).await;
    })
    .await;
}

#[tokio::test]
async fn a_callback_counts_once_in_time_and_for_whom_it_was_begun() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::Shopify, SHOP);
        let client = client(&portal).await;
        let other = testing::client(&portal, "Nordlys Hotels").await;
        let back = |state: String, client: Client| {
            let portal = Portal::clone(&portal);
            async move { finish(&portal, &client, Platform::Shopify, &query(&state, SHOP)).await }
        };
        assert_eq!(
            code_of(back("made-up".to_owned(), client.clone()).await),
            "authorisation-forged"
        );
        let state = shopify_state(&portal, &client).await;
        assert_eq!(code_of(back(state.clone(), other).await), "authorisation-forged");
        back(state.clone(), client.clone()).await.unwrap();
        assert_eq!(
            code_of(back(state, client.clone()).await),
            "authorisation-expired"
        );

        let state = shopify_state(&portal, &client).await;
        portal.clock.advance(Duration::from_mins(10));
        assert_eq!(
            code_of(back(state, client.clone()).await),
            "authorisation-expired"
        );

        let state = shopify_state(&portal, &client).await;
        let denied = [
            ("state".to_owned(), state),
            ("error".to_owned(), "access_denied".to_owned()),
        ];
        let denied = finish(&portal, &client, Platform::Shopify, &denied).await;
        assert_eq!(code_of(denied), "authorisation-denied");
        let nothing = finish(&portal, &client, Platform::Shopify, &[]).await;
        assert_eq!(code_of(nothing), "authorisation-forged");
    })
    .await;
}

#[tokio::test]
async fn a_shop_that_cannot_be_used_leaves_no_store() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::Shopify, SHOP);
        let client = client(&portal).await;
        let state = shopify_state(&portal, &client).await;
        let message = "read_orders".to_owned();
        shop.fail_next(ConnectionError::PermissionMissing { message });
        let refused = finish(&portal, &client, Platform::Shopify, &query(&state, SHOP)).await;
        let Err(ConnectRefused::Shop(why)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(
            (why.code, why.words.as_deref()),
            ("store-permission-missing", Some("read_orders"))
        );
        assert!(stores::list(&portal, &client.scope()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_shop_has_one_connection_and_comes_back_with_its_history() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::Shopify, SHOP);
        let client = client(&portal).await;
        let other = testing::client(&portal, "Nordlys Hotels").await;
        // Begun before the shop was somebody's store, and only then agreed to.
        let late = shopify_state(&portal, &other).await;
        let first = connect(&portal, &client).await.unwrap();
        let late = finish(&portal, &other, Platform::Shopify, &query(&late, SHOP)).await;
        assert_eq!(code_of(late), "store-already-connected");
        let new = authorisation(Platform::Shopify, SHOP);
        let Err(ConnectRefused::Shop(why)) = begin(&portal, &other, &new).await else {
            panic!("another customer was sent to the shop");
        };
        assert_eq!(why.code, "store-already-connected");
        // What the first customer agreed to still holds.
        assert_answers(&portal, first.store).await;
        let again = connect(&portal, &client).await.unwrap();
        assert_eq!((again.store, again.again), (first.store, true));

        stores::disconnect(&portal, &client, first.store).await.unwrap();
        assert!(stores::open(&portal, first.store).await.is_err());
        let secrets: (bool, bool) = sql(
            "SELECT credentials IS NULL, LENGTH(hook_secret) = 0 FROM store_connections WHERE store_id = $1",
        )
        .bind(first.store)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
        assert_eq!(secrets, (true, true));
        let back = connect(&portal, &client).await.unwrap();
        assert_eq!((back.store, back.again), (first.store, true));
        stores::open(&portal, back.store)
            .await
            .unwrap()
            .webhook_target()
            .unwrap();

        stores::disconnect(&portal, &client, first.store).await.unwrap();
        let theirs = connect(&portal, &other).await.unwrap();
        assert_ne!(theirs.store, first.store);
    })
    .await;
}

#[tokio::test]
async fn connecting_a_store_again_keeps_to_its_shop() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        portal
            .shops
            .open_shop(Platform::WooCommerce, "https://two.example");
        let client = client(&portal).await;
        let form = |shop: &str, store| KeysForm {
            shop: shop.to_owned(),
            consumer_key: "ck_1".to_owned(),
            consumer_secret: "cs_1".to_owned(),
            store,
            ..KeysForm::default()
        };
        let one = woocommerce_keys(&portal, &client, &form(SITE, None))
            .await
            .unwrap();
        let other = woocommerce_keys(&portal, &client, &form("https://two.example", Some(one.store))).await;
        assert_eq!(code_of(other), "store-other-shop");
        let nowhere = woocommerce_keys(&portal, &client, &form("https://three.example", None)).await;
        assert_eq!(code_of(nowhere), "store-not-this-platform");
        let empty = woocommerce_keys(&portal, &client, &KeysForm::default()).await;
        assert!(matches!(empty, Err(ConnectRefused::Refused(Refusal::Invalid(_)))));
    })
    .await;
}

#[tokio::test]
async fn whoever_returns_by_themselves_reads_why_the_keys_were_refused() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::WooCommerce, SITE);
        let client = client(&portal).await;
        add_admin(&portal, &client).await;
        let state = woocommerce_state(&portal, &client).await;
        shop.fail_next(ConnectionError::PlainPermalinks);
        let keys = format!("{state} {SITE}");
        let answer = keys_arrived(&portal, keys.as_bytes()).await.unwrap();
        assert_eq!(answer, KeysAnswer::NotTaken);
        let why = refused_keys(&portal, &client).await.unwrap();
        assert_eq!(why.unwrap().code, "store-plain-permalinks");

        let other = testing::client(&portal, "Nordlys Hotels").await;
        assert_eq!(refused_keys(&portal, &other).await.unwrap(), None);
        portal.clock.advance(Duration::from_secs(1));
        woocommerce_state(&portal, &client).await;
        assert_eq!(refused_keys(&portal, &client).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn woocommerce_posts_its_keys_before_the_person_is_back() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        let client = client(&portal).await;
        add_admin(&portal, &client).await;
        let state = woocommerce_state(&portal, &client).await;
        assert_eq!(
            code_of(returned(&portal, &client, &state, true).await),
            "authorisation-keys-missing"
        );
        assert_eq!(
            code_of(returned(&portal, &client, &state, false).await),
            "authorisation-denied"
        );
        let forged = keys_arrived(&portal, b"made-up https://one.example")
            .await
            .unwrap();
        assert_eq!(forged, KeysAnswer::NotTaken);
        let keys = format!("{state} {SITE}");
        assert_eq!(
            keys_arrived(&portal, keys.as_bytes()).await.unwrap(),
            KeysAnswer::Taken
        );
        let connected = returned(&portal, &client, &state, true).await.unwrap();
        assert_answers(&portal, connected.store).await;
        assert_eq!(
            keys_arrived(&portal, keys.as_bytes()).await.unwrap(),
            KeysAnswer::NotTaken
        );
        let other = testing::client(&portal, "Nordlys Hotels").await;
        assert_eq!(
            code_of(returned(&portal, &other, &state, true).await),
            "authorisation-forged"
        );
    })
    .await;
}

#[tokio::test]
async fn keys_count_for_nothing_once_who_began_may_not_connect_any_more() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        let client = client(&portal).await;
        add_admin(&portal, &client).await;
        for (gone, back) in [
            (
                "UPDATE users SET blocked_at = created_at",
                "UPDATE users SET blocked_at = NULL",
            ),
            (
                "UPDATE memberships SET removed_at = created_at",
                "UPDATE memberships SET removed_at = NULL",
            ),
            (
                "UPDATE memberships SET role = 'store_manager'",
                "UPDATE memberships SET role = 'account_admin'",
            ),
            (
                "UPDATE customers SET storefronts_access = FALSE",
                "UPDATE customers SET storefronts_access = TRUE",
            ),
        ] {
            let state = woocommerce_state(&portal, &client).await;
            execute(&portal, gone).await;
            let keys = format!("{state} {SITE}");
            let answer = keys_arrived(&portal, keys.as_bytes()).await.unwrap();
            assert_eq!(answer, KeysAnswer::NotTaken, "{gone}");
            assert!(
                stores::list(&portal, &client.scope()).await.unwrap().is_empty(),
                "{gone}"
            );
            execute(&portal, back).await;
        }
        let state = woocommerce_state(&portal, &client).await;
        let keys = format!("{state} {SITE}");
        let answer = keys_arrived(&portal, keys.as_bytes()).await.unwrap();
        assert_eq!(answer, KeysAnswer::Taken);
    })
    .await;
}

#[tokio::test]
async fn a_store_is_paused_and_goes_on() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::Shopify, SHOP);
        let client = client(&portal).await;
        let store = connect(&portal, &client).await.unwrap().store;
        stores::pause(&portal, &client, store).await.unwrap();
        assert!(stores::open(&portal, store).await.is_err());
        let twice = stores::pause(&portal, &client, store).await.unwrap_err();
        assert_eq!(testing::conflict_of(&twice), "store-not-connected");
        stores::resume(&portal, &client, store).await.unwrap();
        stores::open(&portal, store).await.unwrap();
        let settings = StoreSettings {
            import_unconnected: false,
            ..StoreSettings::default()
        };
        stores::change_settings(&portal, &client, store, &settings)
            .await
            .unwrap();
        assert!(
            !stores::open(&portal, store)
                .await
                .unwrap()
                .settings
                .import_unconnected
        );
        let manual = stores::create_manual(&portal, &client, "Directos").await.unwrap();
        let refusal = stores::disconnect(&portal, &client, manual).await.unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "store-not-online");
    })
    .await;
}

async fn execute(portal: &Portal, statement: &'static str) {
    let mut tx = portal.db.begin().await.unwrap();
    sql(statement).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// An account admin who can be mailed, and can log in.
async fn add_admin(portal: &TestPortal, client: &Client) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, created_at, updated_at)
         VALUES ($1, 'lucia@example.com', 'lucia@example.com', 'Lucía', 'Ferrer', 'es', 'Europe/Madrid', $2, $2)")
    .bind(client.user)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    sql(
        "INSERT INTO memberships (id, user_id, customer_id, role, accepted_at, created_at)
         VALUES ($1, $2, $3, 'account_admin', $4, $4)",
    )
    .bind(portal.entropy.id())
    .bind(client.user)
    .bind(client.customer)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    sql("UPDATE customers SET storefronts_access = TRUE WHERE id = $1")
        .bind(client.customer)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn account_admins_get_one_mail_when_a_store_needs_reauthorisation() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::Shopify, SHOP);
        let client = client(&portal).await;
        add_admin(&portal, &client).await;
        let store = connect(&portal, &client).await.unwrap().store;
        let (one, other) = (
            stores::open(&portal, store).await.unwrap(),
            stores::open(&portal, store).await.unwrap(),
        );
        shop.revoke();
        one.verify().await.unwrap_err();
        other.verify().await.unwrap_err();
        let mails: Vec<(MailKind, String)> = sql("SELECT kind, recipient FROM mails")
            .fetch_all(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let expected = (
            MailKind::StoreNeedsReauthorisation,
            "lucia@example.com".to_owned(),
        );
        assert_eq!(mails, [expected]);
        let health = stores::health::health(&portal, &client.scope(), store)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(health.state, StoreState::NeedsReauthorisation);

        let state = state_of(&again(&portal, &client, store).await.unwrap());
        let back = finish(&portal, &client, Platform::Shopify, &query(&state, SHOP))
            .await
            .unwrap();
        assert_eq!((back.store, back.again), (store, true));
        assert_answers(&portal, store).await;
    })
    .await;
}

#[tokio::test]
async fn a_store_is_connected_again_while_a_sync_of_it_ends() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::Shopify, SHOP);
        let client = client(&portal).await;
        let store = connect(&portal, &client).await.unwrap().store;
        let state = shopify_state(&portal, &client).await;
        // As a running job does: it holds its own row, and then wants its store.
        let mut job = portal.db.begin().await.unwrap();
        sql("UPDATE jobs SET state = 'running' WHERE kind = 'sync-products'")
            .execute(&mut job)
            .await
            .unwrap();
        let connecting = {
            let (portal, client) = (Portal::clone(&portal), client.clone());
            tokio::spawn(
                async move { finish(&portal, &client, Platform::Shopify, &query(&state, SHOP)).await },
            )
        };
        portal.somebody_waits().await;
        stores::lock(&mut job, store).await.unwrap();
        job.commit().await.unwrap();
        let connected = connecting.await.unwrap().unwrap();
        assert_eq!((connected.store, connected.again), (store, true));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_to_authorise_a_store_that_was_disconnected() {
    on_both(async |portal| {
        let client = client(&portal).await;
        add_admin(&portal, &client).await;
        let (store, shop) = connect_store(&portal, client.customer, Platform::WooCommerce, SITE).await;
        shop.revoke();
        stores::disconnect(&portal, &client, store).await.unwrap();
        let state = stores::find(&portal, &client.scope(), store).await.unwrap().state;
        assert_eq!(state, StoreState::Disconnected);
        let (mails,): (i64,) = sql("SELECT COUNT(*) FROM mails")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(mails, 0);
    })
    .await;
}

#[tokio::test]
async fn a_shop_that_hangs_is_given_up_with_a_sentence_of_its_own() {
    let hangs = std::future::pending::<connectors::store::Result<Connected>>();
    let given_up = within(Duration::from_millis(1), hangs).await;
    assert_eq!(code_of(given_up), "store-too-slow");
    assert!(
        2 * ANSWERS_WITHIN < Duration::from_mins(1),
        "two questions, and an answer to the person"
    );
}

#[tokio::test]
async fn a_store_and_that_the_keys_brought_it_are_written_together() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        let client = client(&portal).await;
        let state = woocommerce_state(&portal, &client).await;
        let shop = Shop {
            platform: Platform::WooCommerce,
            address: SITE.to_owned(),
            external_id: None,
        };
        let whom = For {
            customer: client.customer,
            user: client.user,
            store: None,
            authorisation: Some(&state),
        };
        let granted = portal.shops.authorise(Platform::WooCommerce, SITE);
        let store = settle(&portal, &whom, &shop, &granted).await.unwrap().store;
        // The process may end here: the person who comes back is told all the same.
        let back = returned(&portal, &client, &state, true).await.unwrap();
        assert_eq!(back.store, store);
    })
    .await;
}
