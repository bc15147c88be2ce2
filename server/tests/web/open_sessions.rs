//! What is decided about a person reaches the sessions they have open: with their next request, and without throwing out
//! requests that were on their way.
#![expect(clippy::unwrap_used, reason = "a test without its people has failed")]

use std::time::Duration;

use domain::id::UserId;
use domain::{ClientRole, OperatorRole};
use http::StatusCode;
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

/// A page that an order manager may open, and somebody who only looks may not.
const PLACE_ORDER: &str = "/storefronts/orders/new";

async fn id_of(portal: &TestPortal, email: &str) -> String {
    let (id,): (UserId,) = sql("SELECT id FROM users WHERE email_key = $1")
        .bind(email)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    id.to_string()
}

async fn logged_in(portal: &TestPortal, email: &str) -> Browser {
    let mut browser = Browser::new(portal);
    browser.log_in(email, PASSWORD).await;
    browser
}

/// Gives an operator another role, as an administrator does.
async fn make_operator(portal: &TestPortal, email: &str, role: &str) {
    let administrator = people::operator(portal, OperatorRole::Administrator).await;
    let member = id_of(portal, email).await;
    let done = logged_in(portal, &administrator)
        .await
        .submit("/do/team/role", &[("member", &member), ("role", role)])
        .await;
    done.says(&["Role changed"]);
}

/// The clock of the portal stands still: no time passes between the act and the next request.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_decided_holds_with_the_next_request() {
    on_both(async |portal| {
        let administrator = people::operator(&portal, OperatorRole::Administrator).await;
        for (act, fields) in [
            ("users/remove", &[][..]),
            ("users/block", &[]),
            ("users/change-role", &[("role", "view-only"), ("reach", "all")]),
            // The switch of the form is off: it is not among the fields.
            ("customers/access", &[]),
        ] {
            let customer = people::customer(&portal, act).await;
            people::client(&portal, customer, ClientRole::AccountAdmin).await;
            let email = people::client(&portal, customer, ClientRole::OrderManager).await;
            let mut theirs = logged_in(&portal, &email).await;
            assert_eq!(theirs.get(PLACE_ORDER).await.status, StatusCode::OK);

            let (customer, user) = (customer.to_string(), id_of(&portal, &email).await);
            let subject = [("customer", customer.as_str()), ("user", user.as_str())];
            let mut operator = logged_in(&portal, &administrator).await;
            operator.at = format!("/console/customers/{customer}/users/{user}");
            let now = portal.now();
            let done = operator
                .post(&format!("/do/{act}"), &[&subject[..], fields].concat())
                .await;
            assert!(
                done.location().starts_with("/console/customers/"),
                "{act}: {}",
                done.location()
            );

            let next = theirs.get(PLACE_ORDER).await;
            if act == "users/change-role" {
                assert_eq!(next.status, StatusCode::FORBIDDEN, "{act}");
                assert_eq!(
                    theirs.get("/storefronts/orders").await.status,
                    StatusCode::OK,
                    "{act}"
                );
            } else {
                assert!(
                    next.location().starts_with("/login"),
                    "{act}: {} {}",
                    next.status,
                    next.location()
                );
                assert!(theirs.open("/account").await.at.starts_with("/login"), "{act}");
            }
            assert_eq!(portal.now(), now, "at the same moment");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_on_their_way_go_on_when_the_role_changes() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut theirs = logged_in(&portal, &email).await;
        let first = theirs.get("/console/orders").await;
        assert_eq!(first.status, StatusCode::OK);
        assert_eq!(
            first.header("set-cookie"),
            "",
            "the browser has this cookie: an answer that comes late brings it back to no other"
        );
        let former = theirs.clone();
        make_operator(&portal, &email, "production").await;

        // All were sent with the former id.
        let [mut one, mut two, mut late] = [former.clone(), former.clone(), former.clone()];
        let (first, second) = tokio::join!(one.get("/console/orders"), two.get("/account"));
        assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(late.get("/console/orders").await.status, StatusCode::OK);
        let session = one.cookie("session").unwrap();
        assert_ne!(
            Some(session),
            former.cookie("session"),
            "another role, another id"
        );
        assert_eq!(
            (two.cookie("session"), late.cookie("session")),
            (Some(session), Some(session))
        );
        assert_eq!(one.get("/console/customers").await.status, StatusCode::FORBIDDEN);
        let page = one.get("/account/security").await;
        assert_eq!(
            page.main().matches("Firefox").count(),
            1,
            "it is one session: {}",
            page.main()
        );

        // The former id is soon worth nothing.
        portal.clock.advance(Duration::from_secs(10));
        let mut overheard = former.clone();
        assert!(overheard.open("/account").await.at.starts_with("/login"));
        assert_eq!(one.open("/account").await.at, "/account");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_takes_its_former_id_with_it() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut theirs = logged_in(&portal, &email).await;
        theirs.open("/account").await;
        let mut former = theirs.clone();
        make_operator(&portal, &email, "production").await;
        assert_eq!(theirs.open("/account").await.at, "/account");
        theirs.submit("/do/account/log-out", &[]).await;
        assert!(former.open("/account").await.at.starts_with("/login"));
    })
    .await;
}
