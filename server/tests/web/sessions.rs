//! How long somebody stays logged in.

use std::sync::Arc;
use std::time::Duration;

use domain::id::UserId;
use domain::{ClientRole, OperatorRole};
use http::StatusCode;
use portal::Portal;
use portal::settings::{SessionSettings, Settings};
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
        // Whatever its person does keeps it awake …
        for _ in 0..3 {
            portal.clock.advance(29 * MINUTE);
            assert!(is_logged_in(&mut browser).await);
        }
        // … and without it ends for good, whatever an open page asks meanwhile.
        let job = portal.entropy.id();
        for _ in 0..3 {
            portal.clock.advance(9 * MINUTE);
            let progress = browser.get(&format!("/api/jobs/{job}/progress")).await;
            assert_eq!(progress.status, StatusCode::NOT_FOUND);
        }
        portal.clock.advance(3 * MINUTE);
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
async fn client_users_stay_longer_than_operators() {
    on_both(async |portal| {
        let customer = people::customer(&portal, "Estudio Garabato").await;
        let email = people::client(&portal, customer, ClientRole::OrderManager).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        for _ in 0..12 {
            portal.clock.advance(59 * MINUTE);
            assert!(is_logged_in(&mut browser).await);
        }
        portal.clock.advance(12 * MINUTE);
        assert!(!is_logged_in(&mut browser).await, "12 hours are over");
        browser.log_in(&email, PASSWORD).await;
        portal.clock.advance(60 * MINUTE);
        assert!(!is_logged_in(&mut browser).await, "an hour without a request");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_decides_how_long_sessions_live() {
    on_both(async |portal| {
        let sessions = SessionSettings {
            operator_hours: 1,
            operator_idle_minutes: 5,
            ..SessionSettings::default()
        };
        let hasty = Portal {
            settings: Arc::new(Settings {
                sessions,
                ..Settings::clone(&portal.settings)
            }),
            ..Portal::clone(&portal)
        };
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&hasty);
        browser.log_in(&email, PASSWORD).await;
        for _ in 0..14 {
            portal.clock.advance(4 * MINUTE);
            assert!(is_logged_in(&mut browser).await);
        }
        portal.clock.advance(4 * MINUTE);
        assert!(!is_logged_in(&mut browser).await, "an hour is over");
        browser.log_in(&email, PASSWORD).await;
        portal.clock.advance(5 * MINUTE);
        assert!(
            !is_logged_in(&mut browser).await,
            "five minutes without a request"
        );
    })
    .await;
}

/// Nothing but the use case happens between two requests: no time passes.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_blocked_is_out_with_their_next_click() {
    on_both(async |portal| {
        let mut browser = logged_in(&portal).await;
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut theirs = browser.other();
        theirs.log_in(&email, PASSWORD).await;
        let (member,): (UserId,) = sql("SELECT id FROM users WHERE email_key = $1")
            .bind(email.as_str())
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let member = member.to_string();
        theirs.open("/console/customers").await.says(&["Customers"]);

        let fields = [("member", member.as_str()), ("role", "production")];
        browser.submit("/do/team/role", &fields).await;
        let refused = theirs.open("/console/customers").await;
        assert_eq!(
            refused.status,
            StatusCode::FORBIDDEN,
            "the new role counts at once"
        );

        browser.submit("/do/team/block", &fields).await;
        assert!(!is_logged_in(&mut theirs).await);
        browser.submit("/do/team/unblock", &fields).await;
        assert!(!is_logged_in(&mut theirs).await, "what was ended stays ended");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn switching_access_off_ends_the_sessions_of_a_customers_people() {
    on_both(async |portal| {
        let customer = people::customer(&portal, "Estudio Garabato").await;
        let other = people::customer(&portal, "Nordlys Hotels").await;
        let email = people::client(&portal, customer, ClientRole::Admin).await;
        let elsewhere = people::client(&portal, other, ClientRole::Admin).await;
        let mut operator = logged_in(&portal).await;
        let mut theirs = operator.other();
        theirs.log_in(&email, PASSWORD).await;
        let mut others = operator.other();
        others.log_in(&elsewhere, PASSWORD).await;
        let off = [("customer", customer.to_string())];
        let off: Vec<(&str, &str)> = off.iter().map(|(name, value)| (*name, value.as_str())).collect();
        operator.submit("/do/customers/access", &off).await;
        assert!(!is_logged_in(&mut theirs).await);
        assert!(is_logged_in(&mut others).await);
        let (left,): (i64,) =
            sql("SELECT COUNT(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email_key = $1")
                .bind(email.as_str())
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
        assert_eq!(left, 0);
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
