//! Opening stores, and renewing what lets us in.

use std::time::Duration;

use connectors::store::{ConnectionError, StoreConnection as _};
use domain::id::{CustomerId, StoreId};
use domain::{Platform, StoreState};
use futures::future::join_all;

use super::*;
use crate::Portal;
use crate::access::Client;
use crate::orders::testing;
use crate::secrets::{check, rotate};
use crate::storage::sql;
use crate::stores::connect::{KeysForm, NewAuthorisation, begin, finish, woocommerce_keys};
use crate::testing::{TestPortal, connect_store, on_both};

const SHOP: &str = "print-test.myshopify.com";

async fn customer(portal: &TestPortal) -> CustomerId {
    testing::client(portal, "Estudio Garabato").await.customer
}

async fn state(portal: &Portal, store: StoreId) -> (StoreState, Option<String>, Option<String>) {
    sql(
        "SELECT stores.state, connections.reason, connections.words FROM stores \
         JOIN store_connections connections ON connections.store_id = stores.id WHERE stores.id = $1",
    )
    .bind(store)
    .fetch_one(&mut portal.db.read().await.unwrap())
    .await
    .unwrap()
}

#[tokio::test]
async fn an_open_store_talks_to_its_shop() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let (store, shop) =
            connect_store(&portal, customer, Platform::WooCommerce, "https://shop.example").await;
        let open = open(&portal, store).await.unwrap();
        assert_eq!((open.customer, open.platform), (customer, Platform::WooCommerce));
        assert_eq!(open.verify().await.unwrap().name, "https://shop.example");
        assert!(open.settings.import_unconnected);
        let target = open.webhook_target().unwrap();
        assert!(target.url.starts_with("http://127.0.0.1:3000/hooks/woocommerce/"));
        assert_eq!(target.secret.reveal().len(), 64);
        open.watch(&target).await.unwrap();
        assert_eq!(shop.watched(), [target.url]);
    })
    .await;
}

#[tokio::test]
async fn credentials_are_not_readable_in_the_database() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let (one, _) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        let (other, _) = connect_store(&portal, customer, Platform::Shopify, "other.myshopify.com").await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE store_connections SET credentials = \
             (SELECT credentials FROM store_connections WHERE store_id = $2) WHERE store_id = $1")
        .bind(one)
        .bind(other)
        .execute(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(open(&portal, one).await, Err(OpenError::Unexpected(_))));
        open(&portal, other).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rotation_seals_everything_anew_and_does_without_the_former_key() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let (store, _) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        let new_only = portal.with_keys("new", &[("new", 8)]);
        assert!(matches!(
            open(&new_only, store).await,
            Err(OpenError::Unexpected(_))
        ));
        let both = portal.with_keys("new", &[("new", 8), ("test", 7)]);
        assert_eq!(rotate(&both).await.unwrap(), 2);
        assert_eq!(rotate(&both).await.unwrap(), 0);
        open(&new_only, store).await.unwrap().verify().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rotation_beside_processes_that_renew_loses_nothing() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let mut stores = Vec::new();
        for n in 0..6 {
            let (platform, shop) = match n % 2 {
                0 => (Platform::Shopify, format!("shop-{n}.myshopify.com")),
                _ => (Platform::Etsy, format!("1234{n}")),
            };
            stores.push(connect_store(&portal, customer, platform, &shop).await.0);
        }
        // One process has been started again with the new key, one is about to be.
        let keys = [("new", 8), ("test", 7)];
        let renewing = [portal.with_keys("test", &keys), portal.with_keys("new", &keys)];
        let both = portal.with_keys("new", &keys);
        let traffic = async {
            for round in 0..4 {
                portal.clock.advance(Duration::from_hours(2));
                let opened = stores
                    .iter()
                    .enumerate()
                    .map(|(n, store)| open(&renewing[(n + round) % 2], *store));
                for opened in join_all(opened).await {
                    opened.unwrap().verify().await.unwrap();
                }
            }
        };
        let rotating = async {
            for _ in 0..4 {
                rotate(&both).await.unwrap();
            }
        };
        tokio::join!(traffic, rotating);

        rotate(&both).await.unwrap();
        assert_eq!(rotate(&both).await.unwrap(), 0);
        let new_only = portal.with_keys("new", &[("new", 8)]);
        check(&new_only).await.unwrap();
        portal.clock.advance(Duration::from_hours(2));
        for store in stores {
            open(&new_only, store).await.unwrap().verify().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn many_at_once_renew_credentials_once_across_processes() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let (store, shop) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        let other = portal.other_process().await;
        open(&portal, store).await.unwrap().verify().await.unwrap();
        assert_eq!(shop.calls().1, 0);

        portal.clock.advance(Duration::from_mins(56));
        let opened = join_all((0..20).map(|n| open(if n % 2 == 0 { &portal } else { &other }, store))).await;
        for open in opened {
            open.unwrap().verify().await.unwrap();
        }
        assert_eq!(shop.calls().1, 1);
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_with_the_same_pair() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let (store, shop) = connect_store(&portal, customer, Platform::Etsy, "12345").await;
        portal.clock.advance(Duration::from_hours(2));
        shop.lose_next_answer();
        open(&portal, store).await.unwrap().verify().await.unwrap();
        assert_eq!(shop.calls().1, 2);

        // Every answer lost: the store stays connected, and the next one to open it succeeds.
        portal.clock.advance(Duration::from_hours(2));
        for _ in 0..3 {
            shop.lose_next_answer();
        }
        let lost = open(&portal, store).await;
        assert!(matches!(
            lost,
            Err(OpenError::Connection(ConnectionError::Unreachable(_)))
        ));
        assert_eq!(state(&portal, store).await.0, StoreState::Connected);
        open(&portal, store).await.unwrap().verify().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_process_that_dies_while_it_renews_is_followed_by_another() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let (store, shop) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        portal.clock.advance(Duration::from_hours(2));
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE store_connections SET refreshing_until = $2, refresh_fence = 1 WHERE store_id = $1")
            .bind(store)
            .bind(portal.now() + Duration::from_secs(90))
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let waiting = open(&portal, store);
        let later = async { portal.clock.advance(Duration::from_secs(91)) };
        let (opened, ()) = tokio::join!(waiting, later);
        opened.unwrap().verify().await.unwrap();
        assert_eq!(shop.calls().1, 1);
    })
    .await;
}

#[tokio::test]
async fn credentials_refused_in_the_middle_are_renewed_once() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        let (store, shop) = connect_store(&portal, customer, Platform::Shopify, SHOP).await;
        let open = open(&portal, store).await.unwrap();
        let message = "expired".to_owned();
        shop.fail_next(ConnectionError::Unauthorized { message });
        open.verify().await.unwrap();
        assert_eq!(shop.calls().1, 1);
        assert_eq!(state(&portal, store).await.0, StoreState::Connected);
    })
    .await;
}

#[tokio::test]
async fn a_revoked_store_needs_reauthorisation_and_is_not_called_any_more() {
    on_both(async |portal| {
        let customer = customer(&portal).await;
        for (platform, address) in [
            (Platform::Shopify, SHOP),
            (Platform::WooCommerce, "https://shop.example"),
        ] {
            let (store, shop) = connect_store(&portal, customer, platform, address).await;
            let opened = open(&portal, store).await.unwrap();
            shop.revoke();
            let refused = opened.verify().await.unwrap_err();
            assert!(matches!(refused, ConnectionError::Unauthorized { .. }));
            let (state, reason, words) = state(&portal, store).await;
            assert_eq!(state, StoreState::NeedsReauthorisation);
            assert_eq!(reason.as_deref(), Some("store-unauthorized"));
            assert!(words.is_some());
            let calls = shop.calls();
            let closed = open(&portal, store).await;
            assert!(matches!(
                closed,
                Err(OpenError::NotConnected(StoreState::NeedsReauthorisation))
            ));
            assert_eq!(shop.calls(), calls);
        }
    })
    .await;
}

/// Lets a renewal begin that waits at the shop; `meanwhile` happens before it arrives there.
async fn renew_while(portal: &TestPortal, meanwhile: impl AsyncFnOnce(StoreId, &Client)) -> (StoreId, bool) {
    let client = testing::client(portal, "Estudio Garabato").await;
    let (store, shop) = connect_store(portal, client.customer, Platform::Etsy, "12345").await;
    portal.clock.advance(Duration::from_hours(2));
    let held = shop.hold_renewal();
    let opening = open(portal, store);
    let meanwhile = async {
        held.asked.notified().await;
        meanwhile(store, &client).await;
        held.arrive.notify_one();
    };
    let (opened, ()) = tokio::join!(opening, meanwhile);
    let works = match opened {
        Ok(open) => open.verify().await.is_ok(),
        Err(_) => false,
    };
    (store, works)
}

#[tokio::test]
async fn a_pair_that_comes_late_is_kept() {
    on_both(async |portal| {
        let (store, works) = renew_while(&portal, async |store, _| {
            // Another process has taken the lease over, and has died.
            portal.clock.advance(Duration::from_secs(91));
            let mut tx = portal.db.begin().await.unwrap();
            sql("UPDATE store_connections SET refresh_fence = refresh_fence + 1, refreshing_until = $2 WHERE store_id = $1")
                .bind(store)
                .bind(portal.now())
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        })
        .await;
        assert!(works);
        open(&portal, store).await.unwrap().verify().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_renewal_that_is_refused_says_nothing_about_a_store_that_was_connected_again() {
    on_both(async |portal| {
        let (store, works) = renew_while(&portal, async |_, client| {
            let new = NewAuthorisation {
                platform: Platform::Etsy,
                shop: "",
                plain_http: false,
            };
            let page = begin(&portal, client, &new).await.unwrap();
            let query = [("state", page.rsplit('=').next().unwrap()), ("code", "12345")];
            let query: Vec<_> = query
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into();
            // Twice: what was valid before the first time does not renew any more.
            portal.shops.authorise(Platform::Etsy, "12345");
            finish(&portal, client, Platform::Etsy, &query).await.unwrap();
        })
        .await;
        assert!(works);
        assert_eq!(state(&portal, store).await.0, StoreState::Connected);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_of_old_keys_says_nothing_about_new_ones() {
    on_both(async |portal| {
        let client = testing::client(&portal, "Estudio Garabato").await;
        let address = "https://shop.example";
        let (store, _) = connect_store(&portal, client.customer, Platform::WooCommerce, address).await;
        let opened_before = open(&portal, store).await.unwrap();
        let form = KeysForm {
            consumer_key: "ck_1".to_owned(),
            consumer_secret: "cs_1".to_owned(),
            store: Some(store),
            ..KeysForm::default()
        };
        woocommerce_keys(&portal, &client, &form).await.unwrap();
        opened_before.verify().await.unwrap();
        assert_eq!(state(&portal, store).await.0, StoreState::Connected);
    })
    .await;
}
