//! A form that is sent after its session has ended: its person, and nobody else, finds it filled in again.

use std::time::Duration;

use domain::{ClientRole, OperatorRole};
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};

use crate::browser::{Answer, Browser};
use crate::people::{self, PASSWORD};

const FORM: &str = "/console/customers/new";
const NAME: &str = "Imprenta Ñandú & Co";

/// An operator who has filled in a form for longer than their session rests, and sends it.
async fn sent_too_late(portal: &TestPortal, description: &str) -> (Browser, String, Answer) {
    let email = people::operator(portal, OperatorRole::Administrator).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    browser.open(FORM).await;
    portal.clock.advance(Duration::from_mins(31));
    let fields = [
        ("name", NAME),
        ("description", description),
        ("password", "s3cret"),
    ];
    let asked = browser.submit("/do/customers/create", &fields).await;
    (browser, email, asked)
}

async fn log_in(browser: &mut Browser, email: &str) -> Answer {
    let fields = [("email", email), ("password", PASSWORD), ("next", FORM)];
    browser.submit("/do/account/log-in", &fields).await
}

async fn kept(portal: &TestPortal) -> String {
    let rows: Vec<(String,)> = sql("SELECT data FROM sessions")
        .fetch_all(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    rows.into_iter().map(|(data,)| data).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_logs_in_again_finds_the_form_as_it_was() {
    on_both(async |portal| {
        let (mut browser, email, asked) = sent_too_late(&portal, "Cliente desde 1998").await;
        assert_eq!(asked.at, "/login?next=/console/customers/new");
        asked.says(&["Your session had ended", "you find it as you filled it in"]);
        assert!(!kept(&portal).await.contains("s3cret"), "no secret is kept");
        // A wrong password loses nothing.
        let fields = [("email", email.as_str()), ("password", "wrong")];
        browser
            .submit("/do/account/log-in", &fields)
            .await
            .says(&["you find it"]);

        let form = log_in(&mut browser, &email).await;
        assert_eq!(form.at, FORM);
        form.says(&[
            "This form was not sent yet",
            "value=\"Imprenta Ñandú &amp; Co\"",
            "Cliente desde 1998",
        ]);
        let again = browser.open(FORM).await;
        assert!(!again.body.contains("Ñandú"), "it is shown once");
        assert!(!kept(&portal).await.contains("1998"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_logged_out_in_another_tab_finds_it_too() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Administrator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        browser.open(FORM).await;
        browser.post("/do/account/log-out", &[]).await;
        let asked = browser.submit("/do/customers/create", &[("name", NAME)]).await;
        asked.says(&["Your session had ended", "you find it as you filled it in"]);
        let form = log_in(&mut browser, &email).await;
        form.says(&["This form was not sent yet", "value=\"Imprenta Ñandú &amp; Co\""]);

        // With scripts it is the same: the answer leads to log-in, and the form waits.
        browser.post("/do/account/log-out", &[]).await;
        let fields = [("name", NAME), ("description", "Cliente desde 1998")];
        let answer = browser.post_enhanced("/do/customers/create", &fields).await;
        assert!(
            answer.body.contains("/login?next=/console/customers/new"),
            "{}",
            answer.body
        );
        browser
            .open("/login")
            .await
            .says(&["Your session had ended", "you find it as you filled it in"]);
        log_in(&mut browser, &email)
            .await
            .says(&["This form was not sent yet", "Cliente desde 1998"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_finds_it() {
    on_both(async |portal| {
        let (mut browser, email, _) = sent_too_late(&portal, "Confidential").await;
        let colleague = people::operator(&portal, OperatorRole::Operator).await;
        let form = log_in(&mut browser, &colleague).await;
        assert_eq!(form.at, FORM);
        assert!(!form.body.contains("Ñandú"));
        assert!(!kept(&portal).await.contains("Confidential"));
        // Nor does its person, once somebody else has been here.
        let form = log_in(&mut browser, &email).await;
        assert!(!form.body.contains("Ñandú"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_waits_for_an_hour_and_is_no_larger_than_what_people_type() {
    on_both(async |portal| {
        let (mut browser, email, _) = sent_too_late(&portal, "").await;
        portal.clock.advance(Duration::from_mins(59));
        assert!(log_in(&mut browser, &email).await.body.contains("Ñandú"));

        portal.clock.advance(Duration::from_mins(31));
        browser.submit("/do/customers/create", &[("name", NAME)]).await;
        portal.clock.advance(Duration::from_mins(61));
        let form = log_in(&mut browser, &email).await;
        assert!(!form.body.contains("Ñandú"), "too late");

        portal.clock.advance(Duration::from_mins(31));
        let long = "x".repeat(40_000);
        let asked = browser
            .submit("/do/customers/create", &[("name", NAME), ("description", &long)])
            .await;
        asked.says(&["too long to be kept"]);
        assert!(kept(&portal).await.len() < 2_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_not_kept_and_the_form_says_so() {
    on_both(async |portal| {
        let customer = people::customer(&portal, "Estudio Garabato").await;
        let email = people::client(&portal, customer, ClientRole::AccountAdmin).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        browser.open("/storefronts/stores/new/manual").await;
        browser
            .submit("/do/stores/create-manual", &[("name", "Directos")])
            .await;
        let page = "/storefronts/orders/import";
        browser.open(page).await;
        portal.clock.advance(Duration::from_mins(61));
        let store = [("store", "018f0000-0000-7000-8000-000000000000")];
        let file = [("csv", "pedidos.csv", b"orderReferenceId\nA-1\n".as_slice())];
        let asked = browser.submit_files("/do/imports/upload", &store, &file).await;
        asked.says(&["but for its files"]);
        let (files,): (i64,) = sql("SELECT COUNT(*) FROM files")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(files, 0);
        let fields = [("email", email.as_str()), ("password", PASSWORD), ("next", page)];
        let form = browser.submit("/do/account/log-in", &fields).await;
        form.says(&["This form was not sent yet", "Choose this file again"]);
    })
    .await;
}
