//! A database that has no time: people are told so, and that nothing was saved.

use domain::OperatorRole;
use http::StatusCode;
use portal::testing::on_both;

use crate::browser::{Answer, Browser};
use crate::people::{self, PASSWORD};

#[track_caller]
fn asks_to_come_back(answer: &Answer) {
    assert_eq!(
        answer.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        answer.main()
    );
    assert_eq!(answer.header("retry-after"), "10");
    answer.says(&["Nothing was saved"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_served_in_time_is_asked_to_try_again() {
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Administrator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await.says(&["Profile"]);
        browser.open("/console/customers").await;
        let busy = portal.db.failpoint();

        busy.be_busy(false, true);
        let form = [("customer", "018f0000-0000-7000-8000-000000000000")];
        asks_to_come_back(&browser.submit("/do/customers/archive", &form).await);
        busy.be_busy(true, true);
        asks_to_come_back(&browser.open("/console/customers").await);
        busy.be_busy(false, false);
        let page = browser.open("/console/customers").await;
        assert_eq!(
            (page.status, page.at.as_str()),
            (StatusCode::OK, "/console/customers")
        );
    })
    .await;
}
