//! A believable print company with customers, catalogue, stores and a month of orders, for trying the portal out.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::UserId;
use domain::{Language, Timestamp};

use crate::access::{Client, Operator, Viewer};
use crate::accounts::current::{Current, current};
use crate::accounts::first_operator::{self, FirstOperatorForm};
use crate::accounts::password;
use crate::clock::Clock;
use crate::customers::demo::DemoCustomer;
use crate::entropy::OsEntropy;
use crate::orders::demo::Shop;
use crate::storage::sql;
use crate::{Outcome, Portal, catalogue, customers, orders, stores};

/// How many orders there are: enough to turn pages.
const ORDERS: u32 = 90;
/// How many customers have a store; the others are still on their way.
const SHOPS: usize = 5;

/// How long there have been stores: longer than orders.
const STORES_SINCE: Duration = Duration::from_hours(35 * 24);

const OPERATOR_EMAIL: &str = "marta.soler@levantepress.example";

/// Somebody to log in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// Their log-in name.
    pub email: String,
    /// First and last name.
    pub name: String,
    /// The language they see the portal in.
    pub language: Language,
    /// The customer they work for; nothing for operators.
    pub customer: Option<String>,
}

/// What came about.
#[derive(Clone, Debug)]
pub struct Demo {
    /// An operator, unless the portal had one, and the client admins who have a store.
    pub people: Vec<DemoPerson>,
    /// The password of all of them, made for this portal.
    pub password: String,
}

/// A clock that is set: what the demonstration tells happened in the past.
#[derive(Debug)]
pub(crate) struct DemoClock(AtomicI64);

impl DemoClock {
    /// Such a clock, which shows the portal's time, and the portal that goes by it.
    pub(crate) fn of(portal: &Portal) -> (Arc<Self>, Portal) {
        let clock = Arc::new(Self(AtomicI64::new(portal.now().micros())));
        let past = Portal {
            clock: clock.clone(),
            entropy: Arc::new(OsEntropy::new(clock.clone())),
            ..portal.clone()
        };
        (clock, past)
    }

    /// Sets the clock.
    pub(crate) fn set(&self, time: Timestamp) {
        self.0.store(time.micros(), Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Whether the portal has no customers yet: only then [`fill`] may be called.
///
/// # Errors
/// Only unexpected ones.
pub async fn is_empty(portal: &Portal) -> Outcome<bool> {
    let (has_customers,): (bool,) = sql("SELECT EXISTS (SELECT 1 FROM customers)")
        .fetch_one(&mut portal.db.read().await?)
        .await?;
    Ok(!has_customers)
}

/// Fills an empty portal.
///
/// # Errors
/// Only unexpected ones.
pub async fn fill(portal: &Portal) -> Outcome<Demo> {
    let password = URL_SAFE_NO_PAD.encode(&portal.entropy.token()[..12]);
    let mut people = Vec::new();
    let operator = if let Some(operator) = existing_administrator(portal).await? {
        operator
    } else {
        let (operator, person) = new_administrator(portal, &password).await?;
        people.push(person);
        operator
    };
    catalogue::demo::fill(portal, &operator).await?;
    let hash = password::hash(password.clone(), portal.entropy.salt()).await?;
    let customers = customers::demo::fill(portal, &operator, &hash).await?;
    let (clock, past) = DemoClock::of(portal);
    clock.set(portal.now() - STORES_SINCE);
    let mut shops = Vec::new();
    for customer in customers {
        if let Some((client, person)) = client_admin(portal, &customer)
            .await?
            .filter(|_| shops.len() < SHOPS)
        {
            let name = match person.language {
                Language::Es => "Pedidos directos",
                Language::En => "Direct orders",
            };
            let store = stores::create_manual(&past, &client, name).await?;
            shops.push(Shop { client, store });
            people.push(person);
        }
    }
    orders::demo::fill(portal, &operator, &shops, ORDERS).await?;
    Ok(Demo { people, password })
}

async fn existing_administrator(portal: &Portal) -> Outcome<Option<Operator>> {
    let user: Option<(UserId,)> = sql("SELECT id FROM users WHERE operator_role = 'administrator' \
         AND password_hash IS NOT NULL AND blocked_at IS NULL ORDER BY id LIMIT 1")
    .fetch_optional(&mut portal.db.read().await?)
    .await?;
    let Some((user,)) = user else { return Ok(None) };
    Ok(current(portal, user, None)
        .await?
        .and_then(operator_of)
        .map(|(operator, _)| operator))
}

async fn new_administrator(portal: &Portal, password: &str) -> Outcome<(Operator, DemoPerson)> {
    let path = first_operator::issue(portal).await?.unwrap_or_default();
    let token = path.rsplit('/').next().unwrap_or_default();
    let form = FirstOperatorForm {
        email: OPERATOR_EMAIL.to_owned(),
        first_name: "Marta".to_owned(),
        last_name: "Soler".to_owned(),
        password: password.to_owned(),
        language: portal.settings.brand.default_language.as_str().to_owned(),
    };
    let user = first_operator::accept(portal, token, form).await?;
    let current = current(portal, user, None).await?;
    let created = current.and_then(operator_of);
    Ok(created.ok_or_else(|| anyhow::anyhow!("the operator just created cannot be found"))?)
}

fn operator_of(current: Current) -> Option<(Operator, DemoPerson)> {
    let person = person(&current, None);
    match current.viewer {
        Viewer::Operator(operator) => Some((operator, person)),
        Viewer::Client(_) => None,
    }
}

/// The client admin of a customer, once they have accepted.
async fn client_admin(portal: &Portal, customer: &DemoCustomer) -> Outcome<Option<(Client, DemoPerson)>> {
    let Some(admin) = customer.admin else {
        return Ok(None);
    };
    let Some(current) = current(portal, admin, Some(customer.id)).await? else {
        return Ok(None);
    };
    let person = person(&current, Some(customer.name));
    Ok(match current.viewer {
        Viewer::Client(client) => Some((client, person)),
        Viewer::Operator(_) => None,
    })
}

fn person(current: &Current, customer: Option<&str>) -> DemoPerson {
    DemoPerson {
        email: current.person.email.clone(),
        name: current.person.name(),
        language: current.person.language,
        customer: customer.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::log_in::log_in;
    use crate::testing::on_both;

    #[tokio::test]
    async fn everybody_who_is_named_can_log_in_in_their_language() {
        on_both(async |portal| {
            assert!(is_empty(&portal).await.unwrap());
            let demo = fill(&portal).await.unwrap();
            assert!(!is_empty(&portal).await.unwrap());
            assert_eq!(demo.people[0].customer, None);
            for language in [Language::En, Language::Es] {
                let client = |person: &&DemoPerson| person.language == language && person.customer.is_some();
                let person = demo.people.iter().find(client).unwrap();
                log_in(&portal, &person.email, &demo.password, [192, 0, 2, 1].into())
                    .await
                    .unwrap();
            }
            let (orders,): (i64,) = sql("SELECT COUNT(*) FROM orders")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
            assert_eq!(orders, i64::from(ORDERS));
        })
        .await;
    }
}
