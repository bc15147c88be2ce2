//! Customers and team as operators see and change them.
#![expect(clippy::unwrap_used, reason = "a test whose mails do not leave has failed")]

use domain::{ClientRole, OperatorRole};
use http::StatusCode;
use portal::jobs::{self, Worker};
use portal::testing::{TestPortal, on_both};

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

const CUSTOMERS: &str = "/console/customers";

async fn browser(portal: &TestPortal, role: OperatorRole) -> Browser {
    let email = people::operator(portal, role).await;
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    browser
}

async fn mails_leave(portal: &TestPortal) {
    Worker::new(portal, jobs::registry())
        .run_until_idle()
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_created_invited_and_archived_without_scripts() {
    on_both(async |portal| {
        let mut browser = browser(&portal, OperatorRole::Operator).await;
        browser
            .open(CUSTOMERS)
            .await
            .says(&["Create your first customer"]);
        let fields = [("name", "Clínica Dental Ruzafa"), ("reference", "CR-0188")];
        let page = browser.submit("/do/customers/create", &fields).await;
        page.says(&[
            "Clínica Dental Ruzafa created",
            "Nobody of this customer can log in yet",
        ]);
        let id = page.at.rsplit('/').next().unwrap().to_owned();

        browser.open(&format!("{CUSTOMERS}/new")).await;
        let nameless = browser.submit("/do/customers/create", &[("name", " ")]).await;
        nameless.says(&[
            "1 field needs a look",
            "role=\"alert\"",
            "href=\"#create-customer-name\"",
            "id=\"create-customer-name\"",
        ]);
        browser.open(&format!("{CUSTOMERS}?dialog=create")).await;
        let twice = [
            ("name", "Other"),
            ("reference", "cr-0188"),
            ("description", "kept"),
        ];
        let refused = browser.submit("/do/customers/create", &twice).await;
        refused.says(&["Clínica Dental Ruzafa has this reference ID already", "kept"]);

        let settings = format!("{CUSTOMERS}/{id}/settings");
        browser.open(&settings).await.says(&["Not invited"]);
        let admin = [
            ("customer", id.as_str()),
            ("access", "true"),
            ("email", "amparo@clinica.example"),
            ("first_name", "Amparo"),
            ("last_name", "Llorens"),
            ("language", "es"),
        ];
        let switched_off: Vec<_> = admin.into_iter().filter(|(name, _)| *name != "access").collect();
        let kept = browser.submit("/do/customers/access", &switched_off).await;
        kept.says(&[
            "Nobody can be invited while access is off",
            "value=\"amparo@clinica.example\"",
            "value=\"Llorens\"",
        ]);
        let sending = browser.submit("/do/customers/access", &admin).await;
        sending.says(&[
            "Inviting amparo@clinica.example",
            "data-progress=\"/api/invitations/",
        ]);
        mails_leave(&portal).await;
        browser.open(&settings).await.says(&[
            "Invitation sent to amparo@clinica.example",
            "Resend",
            "Revoke",
        ]);
        assert_eq!(portal.mailbox.sent().len(), 1);

        let archived = browser
            .submit("/do/customers/archive", &[("customer", &id)])
            .await;
        archived.says(&["Customer archived", "No customer matches these filters"]);
        browser.open(&settings).await.says(&["Restore"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_may_see_customers_and_the_team_do() {
    on_both(async |portal| {
        let customer = people::customer(&portal, "Estudio Garabato").await;
        let profile = format!("{CUSTOMERS}/{customer}");
        let export = format!("{CUSTOMERS}/export.csv");
        let client = people::client(&portal, customer, ClientRole::AccountAdmin).await;
        let mut client_browser = Browser::new(&portal);
        client_browser.log_in(&client, PASSWORD).await;
        let mut production = browser(&portal, OperatorRole::Production).await;
        let mut operator = browser(&portal, OperatorRole::Operator).await;
        for path in [CUSTOMERS, &profile, &export, "/console/team"] {
            assert_eq!(
                client_browser.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
            assert_eq!(production.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
            let expected = if path == "/console/team" {
                StatusCode::FORBIDDEN
            } else {
                StatusCode::OK
            };
            assert_eq!(operator.get(path).await.status, expected, "{path}");
        }
        for section in ["stores", "orders", "users", "settings"] {
            let page = operator.get(&format!("{profile}/{section}")).await;
            assert_eq!(page.status, StatusCode::OK, "{section}");
        }
        let nobody = format!("{CUSTOMERS}/{}", portal.entropy.id());
        assert_eq!(operator.get(&nobody).await.status, StatusCode::NOT_FOUND);
        let file = operator.get(&export).await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        file.says(&["\"Estudio Garabato\""]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_invites_changes_and_blocks_operators() {
    on_both(async |portal| {
        let mut browser = browser(&portal, OperatorRole::Administrator).await;
        browser.open("/console/team").await.says(&["Invite operator"]);
        let form = [
            ("email", "pau@levante.example"),
            ("first_name", "Pau"),
            ("last_name", "Giménez"),
            ("role", "production"),
            ("language", "es"),
        ];
        let page = browser.submit("/do/team/invite", &form).await;
        page.says(&["Pau Giménez", "Inviting pau@levante.example"]);
        let id = page.at.rsplit('/').next().unwrap().to_owned();
        mails_leave(&portal).await;
        let role = [("member", id.as_str()), ("role", "operator")];
        browser
            .submit("/do/team/role", &role)
            .await
            .says(&["Role changed", "Invitation sent"]);
        let blocked = browser.submit("/do/team/block", &[("member", &id)]).await;
        blocked.says(&["This operator is blocked", "Unblock"]);
        browser.open("/console/team").await.says(&["Blocked"]);
    })
    .await;
}
