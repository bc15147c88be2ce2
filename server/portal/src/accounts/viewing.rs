//! *View as customer*: an operator looks at a customer's Storefronts and changes nothing.
//!
//! Whoever looks is somebody of the customer with the role [`ClientRole::ViewOnly`]: policy gives them what can be read and
//! nothing else, whichever use case they reach.

use std::time::Duration;

use domain::id::{CustomerId, UserId};
use domain::{AuditAction, ClientRole, Permission, StoreScope, Timestamp};
use serde::{Deserialize, Serialize};

use super::current::Current;
use crate::access::{Client, Operator, Viewer};
use crate::audit::{self, Entry};
use crate::storage::{AsConn, sql};
use crate::{Actor, Outcome, Portal, Refusal};

/// How long an operator may look before they have to ask again.
pub const LIVES: Duration = Duration::from_mins(30);

/// Whose Storefronts an operator looks at, as their session keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewing {
    /// Whose.
    pub customer: CustomerId,
    /// Until when, in microseconds.
    until: i64,
}

impl Viewing {
    /// Until when.
    pub const fn until(&self) -> Timestamp {
        Timestamp::from_micros(self.until)
    }
}

/// Begins to look at a customer's Storefronts; recorded.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`] without [`Permission::ViewAsCustomer`].
pub async fn start(portal: &Portal, operator: &Operator, customer: CustomerId) -> Outcome<Viewing> {
    operator.require(Permission::ViewAsCustomer)?;
    let mut tx = portal.db.begin().await?;
    let name = name_of(&mut tx, customer).await?.ok_or(Refusal::NotFound)?;
    let entry = Entry::new(AuditAction::ViewStarted)
        .of(customer)
        .about(customer, name);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    let until = portal.now() + LIVES;
    Ok(Viewing {
        customer,
        until: until.micros(),
    })
}

/// Records that the operator `user` looks no longer.
///
/// # Errors
/// Only unexpected ones.
pub async fn end(portal: &Portal, user: UserId, viewing: Viewing) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    let name = name_of(&mut tx, viewing.customer).await?.unwrap_or_default();
    let actor = Actor::person(&mut tx, user).await?;
    let entry = Entry::new(AuditAction::ViewEnded)
        .of(viewing.customer)
        .about(viewing.customer, name);
    audit::record(&mut tx, portal, &actor, entry).await?;
    Ok(tx.commit().await?)
}

/// What an operator is to the portal while they look; nothing once their time is up or they may not any more.
///
/// # Errors
/// Only unexpected ones.
pub async fn look(portal: &Portal, current: &Current, viewing: Viewing) -> Outcome<Option<Current>> {
    let Viewer::Operator(operator) = &current.viewer else {
        return Ok(None);
    };
    if operator.require(Permission::ViewAsCustomer).is_err() || viewing.until() <= portal.now() {
        return Ok(None);
    }
    let name = name_of(&mut portal.db.read().await?, viewing.customer).await?;
    Ok(name.map(|customer_name| Current {
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
    use crate::audit::{AuditFilter, list};
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
            end(&portal, operator.user, viewing).await.unwrap();
            let log = list(
                &portal,
                &Viewer::Operator(operator.clone()),
                &AuditFilter::default(),
                &Turn::First,
                5,
            )
            .await
            .unwrap();
            let actions: Vec<AuditAction> = log.rows.iter().map(|row| row.action).collect();
            assert_eq!(actions[..2], [AuditAction::ViewEnded, AuditAction::ViewStarted]);
            assert_eq!(log.rows[1].customer_id, Some(client.customer));
            let nobody = CustomerId(portal.entropy.id());
            assert!(matches!(
                start(&portal, &operator, nobody).await,
                Err(Refusal::NotFound)
            ));
        })
        .await;
    }
}
