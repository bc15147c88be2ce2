//! User management, by the account admin and by operators, and what each role meets after it.
#![expect(clippy::unwrap_used, reason = "a test whose mails do not leave has failed")]

use domain::id::CustomerId;
use domain::{ClientRole, OperatorRole};
use http::StatusCode;
use portal::jobs::{self, Worker};
use portal::testing::{TestPortal, on_both};

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

const USERS: &str = "/storefronts/settings/users";

/// An account admin at work, with two manual stores.
async fn account_admin(portal: &TestPortal) -> (Browser, CustomerId, [String; 2]) {
    let customer = people::customer(portal, "Estudio Garabato").await;
    let email = people::client(portal, customer, ClientRole::AccountAdmin).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    let mut stores = Vec::new();
    for name in ["Directos", "Ferias"] {
        let page = browser
            .submit("/do/stores/create-manual", &[("name", name)])
            .await;
        let path = page.at.split('?').next().unwrap();
        stores.push(path.rsplit('/').next().unwrap().to_owned());
    }
    (browser, customer, stores.try_into().unwrap())
}

/// Sends what waits and gives the path behind the link of the last mail.
async fn last_link(portal: &TestPortal) -> String {
    Worker::new(portal, jobs::registry())
        .run_until_idle()
        .await
        .unwrap();
    let link = portal.mailbox.sent().pop().unwrap().content.action.url;
    link[link.find("/invitation/").unwrap()..].to_owned()
}

async fn accept(portal: &TestPortal) -> Browser {
    let link = last_link(portal).await;
    let mut browser = Browser::new(portal);
    browser.open(&link).await;
    let token = link.rsplit('/').next().unwrap();
    let fields = [("token", token), ("password", PASSWORD), ("language", "en")];
    let page = browser.submit("/do/account/accept-invitation", &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_admin_adds_a_store_manager_who_sees_one_store() {
    on_both(async |portal| {
        let (mut lucia, customer, [direct, fairs]) = account_admin(&portal).await;
        let customer = customer.to_string();
        let page = lucia.open(USERS).await;
        page.says(&[
            "User management",
            "Only you work here so far",
            "What each role may do",
        ]);
        let person = |email: &'static str| {
            vec![
                ("customer", customer.clone()),
                ("email", email.to_owned()),
                ("first_name", "Pau".to_owned()),
                ("last_name", "Giménez".to_owned()),
                ("language", "en".to_owned()),
                ("role", "store-manager".to_owned()),
            ]
        };
        let send = async |browser: &mut Browser, fields: &[(&'static str, String)]| {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            browser.submit("/do/users/add", &fields).await
        };
        lucia.open(&format!("{USERS}/new")).await;
        let refused = send(&mut lucia, &person("pau@")).await;
        refused.says(&["Write an address such as name@example.com", "Giménez", "pau@"]);
        let refused = send(&mut lucia, &person("pau@garabato.example")).await;
        refused.says(&["Choose the stores for this role"]);
        let mut fields = person("pau@garabato.example");
        fields.push(("stores[]", direct.clone()));
        let page = send(&mut lucia, &fields).await;
        page.says(&[
            "Inviting pau@garabato.example",
            "Sending the invitation to pau@garabato.example",
        ]);
        let pau_page = page.at.clone();
        assert!(pau_page.starts_with(USERS), "{pau_page}");

        let mut pau = accept(&portal).await;
        lucia
            .open(USERS)
            .await
            .says(&["Pau Giménez", "Store Manager", "Directos", "Active"]);
        let page = pau.open("/storefronts/stores").await;
        page.says(&["Directos"]);
        assert!(
            !page.body.contains("Ferias") && !page.body.contains(USERS),
            "not theirs"
        );
        let store = format!("/storefronts/stores/{direct}");
        for theirs in ["/storefronts", "/storefronts/stores", store.as_str()] {
            let page = pau.open(theirs).await;
            assert!(
                !page.body.contains("You can only look"),
                "{theirs}: they change its settings"
            );
        }
        assert_eq!(
            pau.get(&format!("/storefronts/stores/{fairs}")).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(pau.get(USERS).await.status, StatusCode::FORBIDDEN);

        // What the account admin changes holds with the next click.
        let id = pau_page.rsplit('/').next().unwrap().to_owned();
        let subject = [("customer", customer.as_str()), ("user", id.as_str())];
        lucia.open(&pau_page).await;
        let view_only = [&subject[..], &[("role", "view-only"), ("reach", "all")]].concat();
        lucia
            .submit("/do/users/change-role", &view_only)
            .await
            .says(&["Role changed"]);
        let before = pau.cookie("session").unwrap().to_owned();
        let page = pau.open("/storefronts/stores").await;
        page.says(&["Ferias", "You can only look"]);
        assert_ne!(
            pau.cookie("session"),
            Some(before.as_str()),
            "another role, another session id"
        );
        let settings = pau.get(&format!("/storefronts/stores/{direct}/settings")).await;
        assert_eq!(settings.status, StatusCode::FORBIDDEN);
        settings.says(&["Your account admin can give you another one"]);
        lucia
            .submit("/do/users/block", &subject)
            .await
            .says(&["User blocked and logged out"]);
        assert!(pau.open("/storefronts").await.at.starts_with("/login"));
        lucia
            .submit("/do/users/unblock", &subject)
            .await
            .says(&["User unblocked"]);
        assert_eq!(pau.log_in("pau@garabato.example", PASSWORD).await.at, "/account");
        lucia
            .submit("/do/users/remove", &subject)
            .await
            .says(&["User removed"]);
        assert!(pau.open("/storefronts").await.at.starts_with("/login"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_has_an_account_accepts_and_creates_none() {
    on_both(async |portal| {
        let (mut lucia, customer, _) = account_admin(&portal).await;
        let nordlys = people::customer(&portal, "Nordlys Hotels").await;
        let email = people::client(&portal, nordlys, ClientRole::AccountAdmin).await;
        let customer = customer.to_string();
        let fields = [
            ("customer", customer.as_str()),
            ("email", email.as_str()),
            ("first_name", "Pau"),
            ("last_name", "Giménez"),
            ("language", "en"),
            ("role", "view-only"),
            ("reach", "all"),
        ];
        lucia.open(&format!("{USERS}/new")).await;
        let added = lucia.submit("/do/users/add", &fields).await;
        added.says(&["Pau Giménez", &email, "Revoke the invitation of Pau Giménez?"]);
        assert!(
            !added.body.contains("account already"),
            "nobody is told whether they have one"
        );
        let mut stranger = Browser::new(&portal);
        let page = stranger.open(&last_link(&portal).await).await;
        page.says(&[
            "Accept your access",
            "Accept access",
            "You have an account already",
        ]);
        assert!(!page.body.contains("Create account"), "they have one");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ownership_is_handed_over_and_the_last_account_admin_is_told_why_not() {
    on_both(async |portal| {
        let (mut lucia, customer, _) = account_admin(&portal).await;
        let ines = people::client(&portal, customer, ClientRole::OrderManager).await;
        let page = lucia.open(USERS).await;
        let own = href_of(&page.body, "account_admin@");
        lucia
            .open(&own)
            .await
            .says(&["You are the last account admin who can log in"]);

        let hers = href_of(&page.body, "order_manager@");
        lucia.open(&hers).await;
        let customer = customer.to_string();
        let role = async |browser: &mut Browser, page: &str, role: &str| {
            let user = page.rsplit('/').next().unwrap();
            let fields = [
                ("customer", customer.as_str()),
                ("user", user),
                ("role", role),
                ("reach", "all"),
            ];
            browser.submit("/do/users/change-role", &fields).await
        };
        role(&mut lucia, &hers, "account-admin")
            .await
            .says(&["Role changed"]);
        let stepped_down = role(&mut lucia, &own, "admin").await;
        assert_eq!(stepped_down.at, "/storefronts");
        assert_eq!(lucia.get(USERS).await.status, StatusCode::FORBIDDEN);
        let mut browser = Browser::new(&portal);
        browser.log_in(&ines, PASSWORD).await;
        assert_eq!(browser.get(USERS).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_manage_the_users_of_a_customer() {
    on_both(async |portal| {
        let customer = people::customer(&portal, "Estudio Garabato").await.to_string();
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut operator = Browser::new(&portal);
        operator.log_in(&email, PASSWORD).await;
        let users = format!("/console/customers/{customer}/users");
        operator.open(&users).await.says(&["Nobody yet", "Add user"]);
        operator.open(&format!("{users}/new")).await;
        let fields = [
            ("customer", customer.as_str()),
            ("email", "lucia@garabato.example"),
            ("first_name", "Lucía"),
            ("last_name", "Ferrer"),
            ("language", "en"),
            ("role", "account-admin"),
        ];
        let page = operator.submit("/do/users/add", &fields).await;
        assert!(page.at.starts_with(&users), "{}", page.at);
        page.says(&["Inviting lucia@garabato.example", "Account admin"]);
        let mut lucia = accept(&portal).await;
        assert_eq!(lucia.get(USERS).await.status, StatusCode::OK);
        operator.open(&page.at).await.says(&["keeps this role"]);
        operator.open(&users).await.says(&["Lucía Ferrer", "Active"]);
    })
    .await;
}

/// The link to the user whose address begins so.
fn href_of(page: &str, email: &str) -> String {
    let before = &page[..page.find(email).unwrap()];
    let link = &before[before.rfind(USERS).unwrap()..];
    link[..link.find('"').unwrap()].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_an_invited_account_admin_is_for_the_print_company_to_change() {
    on_both(async |portal| {
        let (mut lucia, customer, _) = account_admin(&portal).await;
        let email = people::operator(&portal, OperatorRole::Operator).await;
        let mut operator = Browser::new(&portal);
        operator.log_in(&email, PASSWORD).await;
        let users = format!("/console/customers/{customer}/users");
        operator.open(&format!("{users}/new")).await;
        let customer = customer.to_string();
        let fields = [
            ("customer", customer.as_str()),
            ("email", "pau@garabato.example"),
            ("first_name", "Pau"),
            ("last_name", "Giménez"),
            ("language", "en"),
            ("role", "account-admin"),
        ];
        let page = operator.submit("/do/users/add", &fields).await;
        page.says(&["Another address gets a new invitation"]);
        let path = page.at.split('?').next().unwrap();
        let pau = path.rsplit('/').next().unwrap();
        let page = lucia.open(&format!("{USERS}/{pau}")).await;
        page.says(&["The print company invites account admins"]);
        assert!(!page.body.contains("Another address gets a new invitation"));
    })
    .await;
}
