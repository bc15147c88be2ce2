//! How people get in, on both engines: from the link in a mail to the log-in, and what stands in a stranger's way.

mod arrival;
mod first_operator;
mod invitations;
mod log_in;
mod own_sessions;
mod passwords;
mod profile;
mod two_factor;

use std::net::{IpAddr, Ipv4Addr};

use domain::id::{CustomerId, UserId};

use super::first_operator::{self as first, FirstOperatorForm};
use super::invitation::{AcceptForm, accept};
use super::sessions::{self, LogIn, SessionRecord};
use crate::access::{Operator, Viewer};
use crate::customers::{self, AccessForm, CreateForm, CustomerForm};
use crate::jobs::{self, Worker};
use crate::storage::sql;
use crate::testing::TestPortal;
use crate::{Portal, Refusal};

/// A password that everybody may have.
const PASSWORD: &str = "siete barcos de papel azul";
/// Another one.
const OTHER_PASSWORD: &str = "ocho trenes de madera verde";

/// Where people sit.
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

const MARTA: &str = "marta.soler@levante.example";
const LUCIA: &str = "lucia.ferrer@garabato.example";

fn form(email: &str, password: &str) -> FirstOperatorForm {
    FirstOperatorForm {
        email: email.to_owned(),
        first_name: "Marta".to_owned(),
        last_name: "Soler".to_owned(),
        password: password.to_owned(),
        language: "es".to_owned(),
    }
}

/// The portal's first operator, who logs in as [`MARTA`] with [`PASSWORD`].
pub(super) async fn administrator(portal: &Portal) -> Operator {
    let path = first::issue(portal).await.unwrap().unwrap();
    let user = first::accept(portal, token_of(&path), form(MARTA, PASSWORD))
        .await
        .unwrap();
    let current = super::current::current(portal, user, None)
        .await
        .unwrap()
        .unwrap();
    match current.viewer {
        Viewer::Operator(operator) => operator,
        Viewer::Client(_) => panic!("the first operator is one"),
    }
}

/// A customer whose client admin was invited at `email`; gives the token of the link in the mail.
async fn invited(portal: &TestPortal, operator: &Operator, name: &str, email: &str) -> (CustomerId, String) {
    let customer = CustomerForm {
        name: name.to_owned(),
        ..CustomerForm::default()
    };
    let form = CreateForm { customer, key: None };
    let id = customers::create(portal, operator, form).await.unwrap();
    let access = AccessForm {
        access: true,
        email: email.to_owned(),
        first_name: "Lucía".to_owned(),
        last_name: "Ferrer".to_owned(),
        language: "es".to_owned(),
    };
    customers::save_access(portal, operator, id, access)
        .await
        .unwrap();
    (id, last_token(portal).await)
}

/// Accepts an invitation with [`PASSWORD`].
async fn accepted(portal: &Portal, token: &str) -> UserId {
    let form = AcceptForm {
        password: PASSWORD.to_owned(),
        language: "es".to_owned(),
    };
    accept(portal, token, form, HOME).await.unwrap()
}

/// Keeps a session of somebody who has logged in, under an id.
async fn session(portal: &Portal, user: UserId, id: &[u8]) {
    let record = SessionRecord {
        user: Some(user),
        data: "{}".to_owned(),
        expires_at: portal.now() + std::time::Duration::from_hours(8),
        log_in: Some(LogIn::new(portal.now(), Some("Mozilla/5.0 Firefox/145.0"), HOME)),
    };
    assert!(sessions::create(portal, id, &record).await.unwrap());
}

async fn is_alive(portal: &Portal, id: &[u8]) -> bool {
    sessions::load(portal, id).await.unwrap().is_some()
}

/// Sends what waits and gives the token of the last mail's link.
async fn last_token(portal: &TestPortal) -> String {
    work(portal).await;
    let mail = portal.mailbox.sent().pop().expect("a mail");
    token_of(&mail.content.action.url).to_owned()
}

async fn work(portal: &TestPortal) {
    Worker::new(portal, jobs::registry())
        .run_until_idle()
        .await
        .unwrap();
}

fn token_of(link: &str) -> &str {
    link.rsplit('/').next().unwrap()
}

/// What was refused, by its codes.
fn code<T: std::fmt::Debug>(outcome: Result<T, Refusal>) -> String {
    match outcome.unwrap_err() {
        Refusal::Invalid(problems) => problems
            .iter()
            .map(|(field, problem)| format!("{field}: {}", problem.code))
            .collect::<Vec<_>>()
            .join(", "),
        Refusal::Conflict(problem) => problem.code.into_owned(),
        other => other.to_string(),
    }
}

async fn password_hash(portal: &Portal, user: UserId) -> Option<String> {
    let (hash,) = sql("SELECT password_hash FROM users WHERE id = $1")
        .bind(user)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    hash
}
