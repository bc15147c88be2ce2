//! *View as customer*, as an operator does it.

use std::time::Duration;

use domain::OperatorRole;
use http::StatusCode;
use portal::access::Scope;
use portal::accounts::confirm::Proof;
use portal::accounts::two_factor;
use portal::storage::sql;
use portal::stores;
use portal::testing::on_both;

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_looks_at_a_customers_storefronts_and_changes_nothing() {
    on_both(async |portal| {
        let customer = people::customer(&portal, "Estudio Garabato").await;
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let page = format!("/console/customers/{customer}");
        browser.open(&page).await.says(&["View as customer"]);
        let id = customer.to_string();
        let fields = [("customer", id.as_str())];
        let home = browser.submit("/do/customers/view-as", &fields).await;
        assert_eq!(home.at, "/storefronts");
        home.says(&["You see Storefronts as", "Estudio Garabato", "Stop"]);
        assert!(
            !home.body.contains("/account/security"),
            "what is their own is not there"
        );
        assert_eq!(
            browser.get("/account/security").await.status,
            StatusCode::FORBIDDEN
        );
        let other_tab = browser.get(&page).await;
        assert_eq!(other_tab.status, StatusCode::FORBIDDEN);
        other_tab.says(&["You are viewing as the customer", "Stop viewing and go on"]);
        let orders = browser.get("/storefronts/orders").await;
        assert!(
            !orders.body.contains("Your account admin"),
            "it is said once, and rightly"
        );

        // A form of a page that was open before is refused with its own sentence.
        browser.open("/storefronts").await;
        browser
            .submit("/do/stores/create-manual", &[("name", "Mine")])
            .await;
        let stores = stores::list(&portal, &Scope::AllCustomers).await.unwrap();
        assert!(stores.is_empty(), "{stores:?}");

        let stopped = browser.submit("/do/customers/stop-viewing", &[]).await;
        assert_eq!(
            (stopped.at.as_str(), stopped.status),
            (page.as_str(), StatusCode::OK)
        );

        // A page of the console that was asked for meanwhile is where they go on.
        browser.submit("/do/customers/view-as", &fields).await;
        assert_eq!(browser.get("/console/orders").await.status, StatusCode::FORBIDDEN);
        let went_on = browser
            .submit("/do/customers/stop-viewing", &[("next", "/console/orders")])
            .await;
        assert_eq!(
            (went_on.at.as_str(), went_on.status),
            ("/console/orders", StatusCode::OK)
        );

        // What is forgotten ends by itself.
        browser.open(&page).await;
        browser.submit("/do/customers/view-as", &fields).await;
        portal.clock.advance(Duration::from_mins(20));
        assert_eq!(browser.get("/storefronts").await.status, StatusCode::OK);
        portal.clock.advance(Duration::from_mins(10));
        assert_eq!(browser.get("/storefronts").await.status, StatusCode::NOT_FOUND);
        let log = browser
            .get(&format!("/console/audit?kind=customer&customer={customer}"))
            .await;
        // Three times in the list, and once among the filters.
        for words in ["View as customer started", "View as customer ended"] {
            assert_eq!(log.body.matches(words).count(), 4, "{words}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_logs_in_looks_no_longer_not_even_before_their_code() {
    on_both(async |portal| {
        let customer = people::customer(&portal, "Estudio Garabato").await.to_string();
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        browser.open(&format!("/console/customers/{customer}")).await;
        let view_as = [("customer", customer.as_str())];
        browser.submit("/do/customers/view-as", &view_as).await;

        // Links of mails are for who is there, not for who looks.
        browser.open("/forgot").await;
        let form = [("email", email.as_str())];
        let asked = browser.submit("/do/account/request-reset", &form).await;
        assert_eq!(asked.at, "/forgot");
        asked.says(&["You only look at"]);

        let colleague = people::operator(&portal, OperatorRole::Administrator).await;
        let (user,) = sql("SELECT id FROM users WHERE email_key = $1")
            .bind(colleague.as_str())
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let proof = Proof::given(Some(portal.now()));
        two_factor::start(&portal, user, proof).await.unwrap();
        let app = two_factor::pending(&portal, user).await.unwrap().unwrap();
        let code = app.code_at(portal.now());
        two_factor::switch_on(&portal, user, &code).await.unwrap();
        let half = browser.log_in(&colleague, PASSWORD).await;
        assert!(half.at.starts_with("/login/code"), "{}", half.at);

        let mut other = browser.other();
        other.log_in(&email, PASSWORD).await;
        let log = other
            .get(&format!("/console/audit?kind=customer&customer={customer}"))
            .await;
        // In the list, and among the filters.
        assert_eq!(log.body.matches("View as customer ended").count(), 2);
    })
    .await;
}
