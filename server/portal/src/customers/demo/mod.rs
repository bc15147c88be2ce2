//! A believable set of customers, for trying the portal out. No mails are sent: the addresses are invented.

mod companies;

use std::time::Duration;

use domain::id::{CustomerId, InvitationId, MembershipId, UserId};
use domain::{EmailAddress, InvitationState, PersonName, Problem};

use companies::{Admin, COMPANIES};

use super::{CreateForm, CustomerForm, create, row};
use crate::access::Operator;
use crate::demo::DemoClock;
use crate::invitations::{LINK_LIVES, NewPerson, find_or_create};
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// A customer of the demonstration.
#[derive(Clone, Debug)]
pub struct DemoCustomer {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: &'static str,
    /// Its client admin, where one has accepted: the customer can have stores and orders.
    pub admin: Option<UserId>,
}

/// Fills an empty portal with customers in every state of the invitation. Client admins who have accepted get
/// `password_hash`, so that whoever tries the portal out can log in as them.
///
/// # Errors
/// Only unexpected ones.
pub async fn fill(portal: &Portal, operator: &Operator, password_hash: &str) -> Outcome<Vec<DemoCustomer>> {
    let (clock, past) = DemoClock::of(portal);
    let mut customers = Vec::with_capacity(COMPANIES.len());
    for ((name, reference, description, admin), place) in COMPANIES.into_iter().zip(0..) {
        clock.set(portal.now() - Duration::from_hours(24 * days_since(admin, place)));
        let customer = CustomerForm {
            name: name.to_owned(),
            reference: reference.to_owned(),
            description: description.to_owned(),
        };
        let id = create(&past, operator, CreateForm { customer, key: None }).await?;
        let mut tx = portal.db.begin().await?;
        let admin = match admin {
            Some(admin) => add_admin(portal, &mut tx, operator, id, admin, password_hash).await?,
            None => None,
        };
        tx.commit().await?;
        customers.push(DemoCustomer { id, name, admin });
    }
    Ok(customers)
}

/// How many days ago the company at a place of the list became a customer: some days before somebody of it was invited.
fn days_since(admin: Option<Admin>, place: u64) -> u64 {
    admin.map_or(30, |(.., invited)| invited) + 3 + place
}

async fn add_admin(
    portal: &Portal,
    tx: &mut Tx,
    operator: &Operator,
    customer: CustomerId,
    (first_name, last_name, email, language, state, days_ago): Admin,
    password_hash: &str,
) -> Outcome<Option<UserId>> {
    let unusable = |problem: Problem| Refusal::Unexpected(anyhow::anyhow!("{email}: {problem}"));
    let person = NewPerson {
        email: EmailAddress::parse(email).map_err(unusable)?,
        first_name: PersonName::parse(first_name).map_err(unusable)?,
        last_name: PersonName::parse(last_name).map_err(unusable)?,
        language,
        operator_role: None,
    };
    let user = find_or_create(portal, tx, &person).await?.id;
    let active = state == InvitationState::Active;
    let invited_at = portal.now() - Duration::from_hours(days_ago * 24);
    let accepted_at = active.then(|| invited_at + Duration::from_hours(5));
    let revoked_at = (state == InvitationState::Revoked).then(|| invited_at + Duration::from_hours(30));
    sql(
        "INSERT INTO memberships (id, user_id, customer_id, role, accepted_at, removed_at, created_at) \
         VALUES ($1, $2, $3, 'account_admin', $4, $5, $6)",
    )
    .bind(MembershipId(portal.entropy.id()))
    .bind(user)
    .bind(customer)
    .bind(accepted_at)
    .bind(revoked_at)
    .bind(invited_at)
    .execute(tx)
    .await?;
    let failed = state == InvitationState::DeliveryFailed;
    sql("INSERT INTO invitations (id, user_id, customer_id, email, language, state, failure, expires_at, sent_at, \
         accepted_at, revoked_at, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(InvitationId(portal.entropy.id()))
    .bind(user)
    .bind(customer)
    .bind(email)
    .bind(language.as_str())
    .bind(state.as_str())
    .bind(failed.then_some("550 5.1.1 <samir@daralsharq.example>: Recipient address rejected: User unknown"))
    .bind(invited_at + LINK_LIVES)
    .bind((!failed).then_some(invited_at))
    .bind(accepted_at)
    .bind(revoked_at)
    .bind(invited_at)
    .bind(operator.user)
    .execute(tx)
    .await?;
    if active {
        sql("UPDATE users SET password_hash = $2, password_changed_at = $3 WHERE id = $1")
            .bind(user)
            .bind(password_hash)
            .bind(accepted_at)
            .execute(tx)
            .await?;
    }
    sql(
        "UPDATE customers SET storefronts_access = $2, invitation_state = $3, invitation_expires_at = $4 \
         WHERE id = $1",
    )
    .bind(customer)
    .bind(state != InvitationState::Revoked)
    .bind(state.as_str())
    .bind(invited_at + LINK_LIVES)
    .execute(tx)
    .await?;
    row::refresh_search(tx, customer).await?;
    Ok(active.then_some(user))
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;
    use crate::customers::counts;
    use crate::customers::tests::operator;
    use crate::testing::on_both;

    #[tokio::test]
    async fn the_demonstration_shows_every_state() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            let customers = fill(&portal, &operator, "hash").await.unwrap();
            assert_eq!(
                customers
                    .iter()
                    .filter(|customer| customer.admin.is_some())
                    .count(),
                7
            );
            let (newest, oldest): (Timestamp, Timestamp) =
                sql("SELECT MAX(created_at), MIN(created_at) FROM customers")
                    .fetch_one(&mut portal.db.read().await.unwrap())
                    .await
                    .unwrap();
            let ago = |days: u64| portal.now() - Duration::from_hours(24 * days);
            assert!(newest <= ago(3) && oldest <= ago(200), "{newest:?} {oldest:?}");
            let counts = counts(&portal, &operator).await.unwrap();
            assert_eq!(counts.all(), 14);
            for (state, expected) in [
                (InvitationState::Active, 7),
                (InvitationState::InvitationSent, 2),
                (InvitationState::NotInvited, 2),
                (InvitationState::Expired, 1),
                (InvitationState::Revoked, 1),
                (InvitationState::DeliveryFailed, 1),
            ] {
                assert_eq!(counts.of(state), expected, "{state}");
            }
        })
        .await;
    }
}
