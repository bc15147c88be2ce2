//! What an operator sees and does under Activity.

use domain::id::CustomerId;
use domain::{Language, OperatorRole};
use portal::jobs::{self, Worker};
use portal::mail::{MailKind, NewMail, SendFailure, queue};
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

const JOBS: &str = "/console/activity";
const MAILS: &str = "/console/activity/mails";

/// Somebody who looks after the portal, and a customer whose person waits for a mail.
async fn case(portal: &TestPortal) -> (Browser, CustomerId) {
    let email = people::operator(portal, OperatorRole::Operator).await;
    let customer = people::customer(portal, "Estudio Garabato").await;
    people::client(portal, customer, domain::ClientRole::Admin).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    (browser, customer)
}

async fn queue_mail(portal: &TestPortal, customer: CustomerId, recipient: &str) {
    let mut tx = portal.db.begin().await.unwrap();
    let (user,) = sql("SELECT user_id FROM memberships WHERE customer_id = $1")
        .bind(customer)
        .fetch_one(&mut tx)
        .await
        .unwrap();
    let mail = NewMail::new(MailKind::PasswordChanged, recipient, Language::En)
        .user(user)
        .customer(customer);
    queue(&mut tx, portal, mail).await.unwrap();
    tx.commit().await.unwrap();
}

/// The mail server refuses the next mail, and whatever is queued is worked on.
async fn work_in_vain(portal: &TestPortal, answer: &str) {
    portal.mailbox.fail_next(SendFailure {
        permanent: true,
        reason: domain::ReasonCode::MailRefused,
        answer: answer.to_owned(),
    });
    work(portal).await;
}

async fn work(portal: &TestPortal) {
    Worker::new(portal, jobs::registry())
        .run_until_idle()
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_at_rest_says_so() {
    on_both(async |portal| {
        let (mut browser, _) = case(&portal).await;
        browser.open(JOBS).await.says(&["No jobs"]);
        browser.open(MAILS).await.says(&["No mail yet"]);
        browser
            .open(&format!("{JOBS}?state=dead"))
            .await
            .says(&["No job matches"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_job_says_why_and_is_tried_again() {
    on_both(async |portal| {
        let (mut browser, customer) = case(&portal).await;
        queue_mail(&portal, customer, "lucia@garabato.example").await;
        work_in_vain(&portal, "550 no such mailbox").await;

        let list = browser.open(JOBS).await;
        list.says(&["Send mail", "Estudio Garabato", "data-status=\"failed\""]);
        assert!(!list.body.contains("lucia@garabato.example"));
        browser.open(MAILS).await.says(&[
            "lucia@garabato.example",
            "550 no such mailbox",
            "Password changed",
        ]);

        let job = link(&list.body, "row-link");
        let page = browser.open(&job).await;
        page.says(&[
            "1 of 60",
            "The mail server refused the address",
            "mail-refused",
            "Retry",
        ]);
        assert!(
            !page.main().contains("550 no such"),
            "nobody reads what a library says"
        );
        let id = job.rsplit('/').next().unwrap();
        let after = browser
            .submit("/do/activity/retry", &[("id", id), ("next", &job)])
            .await;
        assert_eq!(after.at, job);
        after.says(&["Job queued again", "data-status=\"queued\""]);
        work(&portal).await;
        browser.open(&job).await.says(&["data-status=\"succeeded\""]);
        assert_eq!(portal.mailbox.sent().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_job_can_be_cancelled() {
    on_both(async |portal| {
        let (mut browser, customer) = case(&portal).await;
        queue_mail(&portal, customer, "lucia@garabato.example").await;
        let job = link(&browser.open(JOBS).await.body, "row-link");
        let id = job.rsplit('/').next().unwrap().to_owned();
        let fields = [("id", id.as_str()), ("next", JOBS)];
        browser
            .submit("/do/activity/cancel", &fields)
            .await
            .says(&["Job cancelled", "data-status=\"cancelled\""]);
        // A second click comes too late and says so.
        let late = browser.post("/do/activity/cancel", &fields).await;
        assert_eq!(late.status, http::StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_jobs_are_counted_in_the_navigation_and_tried_again_together() {
    on_both(async |portal| {
        let (mut browser, customer) = case(&portal).await;
        for recipient in ["a@garabato.example", "b@garabato.example"] {
            queue_mail(&portal, customer, recipient).await;
        }
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE jobs SET state = 'dead', attempt = max_attempts, finished_at = $1")
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let list = browser.open(JOBS).await;
        list.says(&[
            "<span data-tone=\"danger\" class=\"count\">2</span>",
            "Retry 2 jobs that gave up",
        ]);
        let after = browser.submit("/do/activity/retry-dead", &[]).await;
        after.says(&["Jobs queued again: 2"]);
        assert!(!after.body.contains("data-tone=\"danger\""));
        work(&portal).await;
        assert_eq!(portal.mailbox.sent().len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_are_shown_and_missed() {
    on_both(async |portal| {
        let (mut browser, _) = case(&portal).await;
        let page = format!("{JOBS}/workers");
        browser.open(&page).await.says(&["No worker is running"]);
        let workers = jobs::Workers::start(&portal, jobs::registry(), 3);
        let mut shown = browser.open(&page).await;
        while !shown.body.contains("0 of 3") {
            tokio::task::yield_now().await;
            shown = browser.open(&page).await;
        }
        shown.says(&["Pages and jobs", "Ready", "Just now"]);
        // A worker that dies says nothing any more.
        portal.clock.advance(std::time::Duration::from_mins(2));
        let mut tx = portal.db.begin().await.unwrap();
        sql("INSERT INTO workers (name, serves_pages, slots, started_at, seen_at) VALUES ('b', FALSE, 4, $1, $1)")
            .bind(portal.now() - std::time::Duration::from_mins(2))
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        browser.open(&page).await.says(&["Not heard of", "Jobs only"]);
        workers.stop(std::time::Duration::from_secs(1)).await;
        let after = browser.open(&page).await;
        assert!(!after.body.contains("0 of 3"), "it left in good order");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_turned_by_key_and_keeps_its_filters() {
    on_both(async |portal| {
        let (mut browser, customer) = case(&portal).await;
        let other = people::customer(&portal, "Otro Estudio").await;
        for number in 0..30 {
            queue_mail(&portal, customer, &format!("n{number}@garabato.example")).await;
        }
        let first = format!("{JOBS}?kind=send-mail&customer={customer}");
        let page = browser.open(&first).await;
        page.says(&["25 rows", "Customer: Estudio Garabato"]);
        let next = link(&page.body, "rel=\"next\"");
        assert!(next.contains("kind=send-mail") && next.contains(&customer.to_string()));
        let page = browser.open(&next).await;
        page.says(&["5 rows"]);
        let previous = link(&page.body, "rel=\"prev\"");
        browser.open(&previous).await.says(&["25 rows"]);
        browser
            .open(&format!("{JOBS}?customer={other}"))
            .await
            .says(&["No job matches"]);
    })
    .await;
}

/// The address of the first link with this attribute.
fn link(body: &str, attribute: &str) -> String {
    let tag = body
        .split("<a ")
        .find(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(attribute)))
        .unwrap();
    let (_, rest) = tag.split_once("href=\"").unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&")
}
