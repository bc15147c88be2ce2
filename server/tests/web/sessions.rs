//! How long somebody stays logged in.

use std::time::Duration;

use domain::OperatorRole;
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

const MINUTE: Duration = Duration::from_mins(1);

async fn logged_in(portal: &TestPortal) -> Browser {
    let email = people::operator(portal, OperatorRole::Administrator).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await.says(&["Profile"]);
    browser
}

async fn is_logged_in(browser: &mut Browser) -> bool {
    browser.open("/account").await.at == "/account"
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_rests_too_long_ends() {
    on_both(async |portal| {
        let mut browser = logged_in(&portal).await;
        // Every request keeps it awake …
        for _ in 0..3 {
            portal.clock.advance(29 * MINUTE);
            assert!(is_logged_in(&mut browser).await);
        }
        // … and without one it ends, for good.
        portal.clock.advance(30 * MINUTE);
        assert!(!is_logged_in(&mut browser).await);
        let (sessions,): (i64,) = sql("SELECT COUNT(*) FROM sessions WHERE user_id IS NOT NULL")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(sessions, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_its_hours_however_busy() {
    on_both(async |portal| {
        let mut browser = logged_in(&portal).await;
        for _ in 0..23 {
            portal.clock.advance(20 * MINUTE);
            assert!(is_logged_in(&mut browser).await);
        }
        portal.clock.advance(20 * MINUTE);
        assert!(!is_logged_in(&mut browser).await, "8 hours are over");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ended_meanwhile_stays_ended() {
    on_both(async |portal| {
        let mut browser = logged_in(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("DELETE FROM sessions").execute(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        // This request would note when it was made; it must not bring the session back.
        portal.clock.advance(5 * MINUTE);
        assert!(!is_logged_in(&mut browser).await);
        assert!(!is_logged_in(&mut browser).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_blocked_is_out_with_their_next_click() {
    on_both(async |portal| {
        let mut browser = logged_in(&portal).await;
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE users SET blocked_at = $1")
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(!is_logged_in(&mut browser).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_in_gives_a_new_id_and_logging_out_ends_the_session() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        // A refused form leaves a session behind: what was typed.
        browser.log_in(&email, "nothing of the kind").await;
        let before = browser.cookie("session").unwrap().to_owned();
        let mut thief = browser.clone();
        browser.log_in(&email, PASSWORD).await;
        assert_ne!(browser.cookie("session"), Some(before.as_str()));
        assert!(
            !is_logged_in(&mut thief).await,
            "an id planted before log-in is worth nothing"
        );

        let mut copy = browser.clone();
        browser.submit("/do/account/log-out", &[]).await;
        assert!(!is_logged_in(&mut browser).await);
        assert!(!is_logged_in(&mut copy).await, "a copied cookie is worth nothing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_does_not_hold_the_ids_that_let_people_in() {
    on_both(async |portal| {
        let browser = logged_in(&portal).await;
        let id = browser.cookie("session").unwrap();
        let rows: Vec<(Vec<u8>, String)> = sql("SELECT id_hash, data FROM sessions")
            .fetch_all(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].0.len(), 32, "a SHA-256");
        assert!(!rows[0].1.contains(id));
    })
    .await;
}
