//! Adding a user.

use domain::id::{CustomerId, UserId};
use domain::{ClientRole, FieldProblems, Problem};

use super::form::RoleForm;
use super::guard;
use super::place::{Placed, place};
use crate::access::Viewer;
use crate::accounts::confirm::Proof;
use crate::invitations::PersonForm;
use crate::{Outcome, Portal, customers};

/// What the form asks for, as typed.
#[derive(Clone, Debug, Default)]
pub struct AddForm {
    /// Whom.
    pub person: PersonForm,
    /// As what.
    pub role: RoleForm,
}

/// Adds a user to a customer: person, membership, stores, invitation and mail come about together. Whoever has a
/// password already, for another customer, is invited and accepts with that one. Sent twice, it invites once.
///
/// # Errors
/// [`Invalid`](crate::Refusal::Invalid) by field, with `email-of-operator` or `email-of-user` for people who are known
/// already, and for `role` with `account-admin-by-operator`; [`Conflict`](crate::Refusal::Conflict) with
/// `customer-archived` or `users-access-off`; [`NotFound`](crate::Refusal::NotFound);
/// [`Forbidden`](crate::Refusal::Forbidden); [`Unproved`](crate::Refusal::Unproved).
pub async fn add(
    portal: &Portal,
    viewer: &Viewer,
    proof: Proof,
    customer: CustomerId,
    form: AddForm,
) -> Outcome<UserId> {
    guard::require(viewer, customer)?;
    proof.require(portal.now())?;
    let mut problems = FieldProblems::new();
    let person = form.person.parse(&mut problems);
    let role = form.role.parse(&mut problems);
    let of_client = matches!(viewer, Viewer::Client(_));
    if of_client
        && role
            .as_ref()
            .is_some_and(|at| at.role == ClientRole::AccountAdmin)
    {
        problems.add("role", Problem::new("account-admin-by-operator"));
    }
    let (Some(person), Some(role), true) = (person, role, problems.is_empty()) else {
        return Err(problems.into());
    };
    let mut tx = portal.db.begin().await?;
    let customer = customers::lock(portal, &mut tx, customer).await?;
    guard::require_open(&customer)?;
    match place(portal, &mut tx, viewer, &customer, &person, &role).await? {
        Placed::Invited(user) => {
            tx.commit().await?;
            Ok(user)
        }
        // Not committed: what was typed the second time changes nothing.
        Placed::Already(user) => Ok(user),
    }
}
