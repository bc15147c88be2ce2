//! People of several customers: they choose one, switch, and act for no other.

use domain::ClientRole;
use domain::id::{CustomerId, UserId};
use http::StatusCode;
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

const CHOOSE: &str = "/do/account/choose-customer";

/// Somebody who manages the account of one customer and only looks at another.
async fn person_of_two(portal: &TestPortal) -> (CustomerId, CustomerId, String) {
    let garabato = people::customer(portal, "Estudio Garabato").await;
    let nordlys = people::customer(portal, "Nordlys Hotels").await;
    let email = "lucia@garabato.example".to_owned();
    let user: UserId = people::person(portal, &email, None).await;
    people::member(portal, user, garabato, ClientRole::AccountAdmin).await;
    people::member(portal, user, nordlys, ClientRole::ViewOnly).await;
    (garabato, nordlys, email)
}

async fn end_membership(portal: &TestPortal, customer: CustomerId) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE memberships SET removed_at = $1 WHERE customer_id = $2")
        .bind(portal.now())
        .bind(customer)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_several_customers_chooses_one_and_switches() {
    on_both(async |portal| {
        let (garabato, nordlys, email) = person_of_two(&portal).await;
        let (garabato, nordlys) = (garabato.to_string(), nordlys.to_string());
        let mut browser = Browser::new(&portal);
        let asked = browser.log_in(&email, PASSWORD).await;
        assert_eq!(asked.at, "/choose-customer?next=/account");
        asked.says(&[
            "Whom do you work for now?",
            "Estudio Garabato",
            "Nordlys Hotels",
            "View only",
        ]);
        for page in ["/", "/login", "/storefronts"] {
            let asked = browser.open(page).await;
            assert!(
                asked.at.starts_with("/choose-customer"),
                "{page} leads to {}",
                asked.at
            );
        }

        let unchosen = browser.cookie("session").unwrap().to_owned();
        let chosen = browser
            .submit(CHOOSE, &[("customer", &nordlys), ("next", "/storefronts")])
            .await;
        assert_eq!(chosen.at, "/storefronts");
        chosen.says(&["Nordlys Hotels", "Switch customer", &garabato]);
        assert_ne!(browser.cookie("session"), Some(unchosen.as_str()), "a new id");
        let refused = browser.get("/storefronts/orders/new").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "they only look there");

        browser.submit(CHOOSE, &[("customer", &garabato)]).await;
        let page = browser.open("/storefronts/orders/new").await;
        assert_eq!(page.status, StatusCode::OK);
        page.says(&["Estudio Garabato"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_membership_that_ends_hands_its_session_to_no_other() {
    on_both(async |portal| {
        let (garabato, nordlys, email) = person_of_two(&portal).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let choice = [
            ("customer", garabato.to_string()),
            ("next", "/storefronts/stores/new".to_owned()),
        ];
        let choice: Vec<(&str, &str)> = choice
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(
            browser.submit(CHOOSE, &choice).await.at,
            "/storefronts/stores/new"
        );

        // Their role is read afresh with each request.
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE memberships SET role = 'admin' WHERE customer_id = $1")
            .bind(nordlys)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        end_membership(&portal, garabato).await;
        let asked = browser
            .submit("/do/stores/create-manual", &[("name", "Directos")])
            .await;
        assert_eq!(asked.at, "/choose-customer?next=/storefronts/stores/new");
        assert!(!asked.body.contains("Estudio Garabato"));
        let (stores,): (i64,) = sql("SELECT COUNT(*) FROM stores")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(
            stores, 0,
            "what was meant for one customer is not done for another"
        );
        let gone = browser.submit(CHOOSE, &choice).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        let nordlys = nordlys.to_string();
        let chosen = browser
            .submit(
                CHOOSE,
                &[("customer", &nordlys), ("next", "/storefronts/stores/new")],
            )
            .await;
        assert_eq!(
            (chosen.status, chosen.at.as_str()),
            (StatusCode::OK, "/storefronts/stores/new")
        );
        assert!(!chosen.body.contains("Switch customer"), "there is no other");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_chooses_a_customer_that_is_not_theirs() {
    on_both(async |portal| {
        let (_, _, email) = person_of_two(&portal).await;
        let stranger = people::customer(&portal, "Otro Estudio").await.to_string();
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let other = browser.submit(CHOOSE, &[("customer", &stranger)]).await;
        let nothing = browser
            .submit(CHOOSE, &[("customer", "018f0000-0000-7000-8000-000000000000")])
            .await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
        assert_eq!((other.status, other.main()), (nothing.status, nothing.main()));
        let elsewhere = browser.open("/storefronts").await;
        assert!(
            elsewhere.at.starts_with("/choose-customer"),
            "still nothing is chosen"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_to_the_shop_leads_over_the_choice_of_a_customer() {
    on_both(async |portal| {
        let (garabato, _, email) = person_of_two(&portal).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        let asked = browser.open("/login?next=/storefronts/stores/new/shopify").await;
        assert_eq!(asked.at, "/choose-customer?next=/storefronts/stores/new/shopify");
        let opened = browser
            .open("/connect/shopify?shop=print-test.myshopify.com")
            .await;
        assert!(
            opened
                .at
                .starts_with("/choose-customer?next=/storefronts/stores/new/shopify"),
            "{}",
            opened.at
        );
        let next = opened
            .at
            .split_once("next=")
            .unwrap()
            .1
            .replace("%3F", "?")
            .replace("%3D", "=");
        let customer = garabato.to_string();
        let chosen = browser
            .submit(CHOOSE, &[("customer", &customer), ("next", &next)])
            .await;
        assert_eq!(chosen.at, next);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_shown_for_one_customer_does_nothing_for_another() {
    on_both(async |portal| {
        let (garabato, nordlys, email) = person_of_two(&portal).await;
        let (garabato, nordlys) = (garabato.to_string(), nordlys.to_string());
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, PASSWORD).await;
        browser.submit(CHOOSE, &[("customer", &nordlys)]).await;
        browser.submit(CHOOSE, &[("customer", &garabato)]).await;
        let shown = browser.open("/storefronts/stores/new/manual").await;
        shown.says(&[&format!("name=\"shown-for\" value=\"{garabato}\"")]);
        let form = [("name", "Directos"), ("shown-for", nordlys.as_str())];
        let refused = browser.submit("/do/stores/create-manual", &form).await;
        refused.says(&["shown for Nordlys Hotels", "you work for Estudio Garabato now"]);
        let (stores,): (i64,) = sql("SELECT COUNT(*) FROM stores")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(stores, 0);
        // Where they may not send the form at all, that it was shown for another customer is still what is wrong with it.
        browser.submit(CHOOSE, &[("customer", &nordlys)]).await;
        let form = [("shown-for", garabato.as_str())];
        let refused = browser
            .submit_files(
                "/do/orders/place",
                &form,
                &[("design", "a.png", b"png".as_slice())],
            )
            .await;
        refused.says(&["shown for Estudio Garabato", "you work for Nordlys Hotels now"]);
        browser.submit(CHOOSE, &[("customer", &garabato)]).await;
        let form = [("name", "Directos"), ("shown-for", garabato.as_str())];
        let done = browser.submit("/do/stores/create-manual", &form).await;
        done.says(&["Directos"]);
    })
    .await;
}
