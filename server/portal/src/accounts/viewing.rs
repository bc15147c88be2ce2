//! *View as customer*: an operator looks at a customer's Storefronts and changes nothing.
//!
//! Whoever looks is somebody of the customer with the role [`ClientRole::ViewOnly`]: policy gives them what can be read and
//! nothing else, whichever use case they reach.

use std::time::Duration;

use domain::id::{CustomerId, UserId, ViewingId};
use domain::{AuditAction, ClientRole, Permission, StoreScope, Timestamp};
use serde::{Deserialize, Serialize};

use super::current::Current;
use crate::access::{Client, Operator, Viewer};
use crate::audit::{self, Entry};
use crate::storage::{AsConn, Tx, sql};
use crate::{Actor, Outcome, Portal, Refusal};

/// How long an operator may look before they have to ask again.
pub const LIVES: Duration = Duration::from_mins(30);

/// Whose Storefronts an operator looks at, as their session keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewing {
    id: ViewingId,
    /// Whose.
    pub customer: CustomerId,
    /// Until when.
    pub until: Timestamp,
}

/// A look that was ended, and when its time would have been up.
#[derive(sqlx::FromRow)]
struct Ended {
    user_id: UserId,
    customer_id: CustomerId,
    ends_at: Timestamp,
}

/// Begins to look at a customer's Storefronts; recorded.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`] without [`Permission::ViewAsCustomer`].
pub async fn start(portal: &Portal, operator: &Operator, customer: CustomerId) -> Outcome<Viewing> {
    operator.require(Permission::ViewAsCustomer)?;
    let viewing = Viewing {
        id: ViewingId(portal.entropy.id()),
        customer,
        until: portal.now() + LIVES,
    };
    let mut tx = portal.db.begin().await?;
    let name = name_of(&mut tx, customer).await?.ok_or(Refusal::NotFound)?;
    sql("INSERT INTO viewings (id, user_id, customer_id, ends_at) VALUES ($1, $2, $3, $4)")
        .bind(viewing.id)
        .bind(operator.user)
        .bind(customer)
        .bind(viewing.until)
        .execute(&mut tx)
        .await?;
    let entry = Entry::new(AuditAction::ViewStarted)
        .of(customer)
        .about(customer, name);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(viewing)
}

/// Ends a look, if it has not ended yet; recorded.
///
/// # Errors
/// Only unexpected ones.
pub async fn end(portal: &Portal, viewing: Viewing) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    let ended: Option<Ended> =
        sql("DELETE FROM viewings WHERE id = $1 RETURNING user_id, customer_id, ends_at")
            .bind(viewing.id)
            .fetch_optional(&mut tx)
            .await?;
    if let Some(ended) = ended {
        record_end(portal, &mut tx, ended).await?;
    }
    Ok(tx.commit().await?)
}

/// Ends every look whose time is up, for nobody else does where the operator's session is gone. Gives how many.
///
/// # Errors
/// Only unexpected ones.
pub(crate) async fn end_forgotten(portal: &Portal, tx: &mut Tx) -> Outcome<usize> {
    let forgotten: Vec<Ended> =
        sql("DELETE FROM viewings WHERE ends_at <= $1 RETURNING user_id, customer_id, ends_at")
            .bind(portal.now())
            .fetch_all(tx)
            .await?;
    let count = forgotten.len();
    for ended in forgotten {
        record_end(portal, tx, ended).await?;
    }
    Ok(count)
}

async fn record_end(portal: &Portal, tx: &mut Tx, ended: Ended) -> Outcome<()> {
    let customer = ended.customer_id;
    let name = name_of(tx, customer).await?.unwrap_or_default();
    let actor = Actor::person(tx, ended.user_id).await?;
    let entry = Entry::new(AuditAction::ViewEnded)
        .of(customer)
        .about(customer, name)
        .at(ended.ends_at.min(portal.now()));
    Ok(audit::record(tx, portal, &actor, entry).await?)
}

/// What an operator is to the portal while they look; nothing once their time is up, it was ended, or they may not any
/// more.
///
/// # Errors
/// Only unexpected ones.
pub async fn look(portal: &Portal, current: &Current, viewing: Viewing) -> Outcome<Option<Current>> {
    let Viewer::Operator(operator) = &current.viewer else {
        return Ok(None);
    };
    if operator.require(Permission::ViewAsCustomer).is_err() {
        return Ok(None);
    }
    let found: Option<(String,)> = sql(
        "SELECT customers.name FROM viewings JOIN customers ON customers.id = viewings.customer_id \
         WHERE viewings.id = $1 AND viewings.user_id = $2 AND viewings.customer_id = $3 AND viewings.ends_at > $4",
    )
    .bind(viewing.id)
    .bind(operator.user)
    .bind(viewing.customer)
    .bind(portal.now())
    .fetch_optional(&mut portal.db.read().await?)
    .await?;
    Ok(found.map(|(customer_name,)| Current {
        viewer: Viewer::Client(Client {
            user: operator.user,
            name: operator.name.clone(),
            customer: viewing.customer,
            customer_name,
            role: ClientRole::ViewOnly,
            stores: StoreScope::All,
        }),
        viewing: Some(viewing),
        ..current.clone()
    }))
}

async fn name_of(conn: &mut impl AsConn, customer: CustomerId) -> Outcome<Option<String>> {
    let found: Option<(String,)> = sql("SELECT name FROM customers WHERE id = $1")
        .bind(customer)
        .fetch_optional(conn)
        .await?;
    Ok(found.map(|(name,)| name))
}

#[cfg(test)]
mod tests {
    use domain::{OperatorRole, Role, allows};

    use super::*;
    use crate::accounts::current::current;
    use crate::accounts::tests::administrator;
    use crate::audit::{AuditFilter, AuditRow, list};
    use crate::jobs::{self, NewJob, Registry, Retention, Worker};
    use crate::orders::testing;
    use crate::paging::Turn;
    use crate::testing::on_both;

    #[test]
    fn who_looks_may_read_and_nothing_else() {
        for permission in Permission::ALL {
            let reads = matches!(
                permission,
                Permission::SeeStores | Permission::SeeProducts | Permission::SeeOrders
            );
            let allowed = allows(Role::Client(ClientRole::ViewOnly), *permission).is_some();
            assert_eq!(allowed, reads, "{permission}");
        }
    }

    async fn log(portal: &Portal, operator: &Operator) -> Vec<AuditRow> {
        let (viewer, all) = (Viewer::Operator(operator.clone()), AuditFilter::default());
        list(portal, &viewer, &all, &Turn::First, 5).await.unwrap().rows
    }

    #[tokio::test]
    async fn looking_ends_after_half_an_hour_and_is_recorded() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Cafe").await;
            let operator = administrator(&portal).await;
            let mut person = current(&portal, operator.user, None).await.unwrap().unwrap();
            let viewing = start(&portal, &operator, client.customer).await.unwrap();
            let seen = look(&portal, &person, viewing).await.unwrap().unwrap();
            assert_eq!(seen.viewer.scope().customer(), Some(client.customer));
            assert!(seen.viewer.require(Permission::SeeOrders).is_ok());
            assert!(seen.viewer.require(Permission::CancelOrders).is_err());
            person.viewer = Viewer::Operator(Operator {
                role: OperatorRole::Production,
                ..operator.clone()
            });
            assert!(
                look(&portal, &person, viewing).await.unwrap().is_none(),
                "their role has changed"
            );
            person.viewer = Viewer::Operator(operator.clone());
            portal.clock.advance(LIVES);
            assert!(look(&portal, &person, viewing).await.unwrap().is_none());
            end(&portal, viewing).await.unwrap();
            end(&portal, viewing).await.unwrap();
            let log = log(&portal, &operator).await;
            let actions: Vec<AuditAction> = log.iter().map(|row| row.action).collect();
            assert_eq!(actions[..2], [AuditAction::ViewEnded, AuditAction::ViewStarted]);
            assert_eq!(log[1].customer_id, Some(client.customer));
            let nobody = CustomerId(portal.entropy.id());
            assert!(matches!(
                start(&portal, &operator, nobody).await,
                Err(Refusal::NotFound)
            ));
        })
        .await;
    }

    #[tokio::test]
    async fn a_look_that_was_ended_elsewhere_is_over() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Cafe").await;
            let operator = administrator(&portal).await;
            let person = current(&portal, operator.user, None).await.unwrap().unwrap();
            let viewing = start(&portal, &operator, client.customer).await.unwrap();
            end(&portal, viewing).await.unwrap();
            // As where a request that was on its way has written the session anew.
            assert!(look(&portal, &person, viewing).await.unwrap().is_none());
        })
        .await;
    }

    #[tokio::test]
    async fn a_look_that_nobody_ends_is_recorded_as_ended_when_its_time_was_up() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Cafe").await;
            let operator = administrator(&portal).await;
            let viewing = start(&portal, &operator, client.customer).await.unwrap();
            portal.clock.advance(LIVES * 2);
            for _ in 0..2 {
                let mut tx = portal.db.begin().await.unwrap();
                jobs::enqueue(&mut tx, &portal, NewJob::of(&Retention {}))
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                Worker::new(&portal, Registry::new().register::<Retention>())
                    .run_until_idle()
                    .await
                    .unwrap();
            }
            let log = log(&portal, &operator).await;
            let ends: Vec<&AuditRow> = log
                .iter()
                .filter(|row| row.action == AuditAction::ViewEnded)
                .collect();
            assert_eq!(ends.len(), 1);
            assert_eq!(ends[0].at, viewing.until);
            assert_eq!(ends[0].actor_id, Some(operator.user));
            assert_eq!(ends[0].customer_id, Some(client.customer));
            let until_then = AuditFilter {
                action: Some(AuditAction::ViewEnded),
                until: Some(viewing.until + Duration::from_secs(1)),
                ..AuditFilter::default()
            };
            let viewer = Viewer::Operator(operator);
            let found = list(&portal, &viewer, &until_then, &Turn::First, 5).await;
            assert_eq!(found.unwrap().rows.len(), 1, "and found by that time");
        })
        .await;
    }

    #[tokio::test]
    async fn an_end_that_is_noticed_after_days_is_found_by_its_date() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Cafe").await;
            let operator = administrator(&portal).await;
            start(&portal, &operator, client.customer).await.unwrap();
            portal.clock.advance(Duration::from_hours(3 * 24));
            let mut tx = portal.db.begin().await.unwrap();
            assert_eq!(end_forgotten(&portal, &mut tx).await.unwrap(), 1);
            tx.commit().await.unwrap();
            let log = log(&portal, &operator).await;
            let ended = log
                .iter()
                .find(|row| row.action == AuditAction::ViewEnded)
                .unwrap()
                .at;
            let by_date = AuditFilter {
                action: Some(AuditAction::ViewEnded),
                since: Some(ended),
                until: Some(ended + Duration::from_secs(1)),
                ..AuditFilter::default()
            };
            let viewer = Viewer::Operator(operator);
            let found = list(&portal, &viewer, &by_date, &Turn::First, 5).await;
            assert_eq!(found.unwrap().rows.len(), 1);
        })
        .await;
    }
}
