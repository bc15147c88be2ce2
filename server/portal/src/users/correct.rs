//! Correcting what was typed about a user who has not accepted yet.

use domain::id::{CustomerId, UserId};

use domain::{AuditAction, AuditField, ClientRole, FieldProblems, Problem};

use super::form::RoleAt;
use super::guard::{self, LockedUser};
use super::place::{Placed, place};
use super::remove::take_away;
use super::stores;
use crate::access::Viewer;
use crate::accounts::confirm::Proof;
use crate::customers::{self, LockedCustomer};
use crate::invitations::{self, NewPerson, PersonForm};
use crate::storage::Tx;
use crate::{Outcome, Portal, Refusal, audit};

/// Corrects the address, the name or the language of a user who has not accepted yet. Another address is another person:
/// the former invitation is taken back, and the new address is invited to the same role and stores. Who becomes account
/// admin by that, operators decide, as when they [add](super::add()) one. Gives who is invited now.
///
/// # Errors
/// [`Refusal::Invalid`] by field, for `email` with `email-of-operator`, `email-of-user` or `account-admin-by-operator`;
/// [`Refusal::Conflict`] with `invitation-accepted`, `customer-archived` or `users-access-off`; [`Refusal::NotFound`];
/// [`Refusal::Forbidden`]; [`Refusal::Unproved`] where somebody else is invited.
pub async fn correct(
    portal: &Portal,
    viewer: &Viewer,
    proof: Proof,
    customer: CustomerId,
    user: UserId,
    form: PersonForm,
) -> Outcome<UserId> {
    guard::require(viewer, customer)?;
    let mut problems = FieldProblems::new();
    let person = form.parse(&mut problems).ok_or(Refusal::Invalid(problems))?;
    let mut tx = portal.db.begin().await?;
    let (customer, user) = guard::lock(portal, &mut tx, customer, user).await?;
    if user.accepted {
        return Err(Refusal::conflict("invitation-accepted"));
    }
    let now_invited = if user.email.to_lowercase() == person.email.key() {
        correct_name(portal, &mut tx, viewer, &customer, &user, &person).await?;
        user.id
    } else {
        proof.require(portal.now())?;
        guard::require_open(&customer)?;
        if user.role == ClientRole::AccountAdmin && matches!(viewer, Viewer::Client(_)) {
            return Err(Refusal::field("email", Problem::new("account-admin-by-operator")));
        }
        let at = RoleAt {
            role: user.role,
            stores: stores::of(&mut tx, user.membership).await?,
        };
        take_away(portal, &mut tx, &customer, &user).await?;
        let entry = user.entry(AuditAction::UserCorrected, &customer).changed(
            AuditField::Email,
            user.email.as_str(),
            person.email.as_str(),
        );
        audit::record(&mut tx, portal, &viewer.into(), entry).await?;
        let (Placed::Invited(id) | Placed::Already(id)) =
            place(portal, &mut tx, viewer, &customer, &person, &at).await?;
        id
    };
    customers::refresh_admin(portal, &mut tx, &customer).await?;
    tx.commit().await?;
    Ok(now_invited)
}

async fn correct_name(
    portal: &Portal,
    tx: &mut Tx,
    viewer: &Viewer,
    customer: &LockedCustomer,
    user: &LockedUser,
    person: &NewPerson,
) -> Outcome<()> {
    let entry = user
        .entry(AuditAction::UserCorrected, customer)
        .changed(
            AuditField::FirstName,
            user.first_name.as_str(),
            person.first_name.as_str(),
        )
        .changed(
            AuditField::LastName,
            user.last_name.as_str(),
            person.last_name.as_str(),
        )
        .changed(
            AuditField::Language,
            user.language.as_str(),
            person.language.as_str(),
        );
    if !entry.is_without_change() {
        audit::record(tx, portal, &viewer.into(), entry).await?;
    }
    invitations::correct(portal, tx, customer.id, user.id, person).await
}
