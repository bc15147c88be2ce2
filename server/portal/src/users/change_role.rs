//! Giving a user another role or other stores.

use domain::id::{CustomerId, UserId};
use domain::{AuditAction, AuditField, ClientRole, FieldProblems, Problem, StoreScope};

use super::form::RoleForm;
use super::place::invite_again;
use super::{guard, stores};
use crate::access::Viewer;
use crate::accounts::confirm::Proof;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal, audit, customers};

/// Gives a user another role, other stores, or both; it counts from their next click on.
///
/// Ownership is handed over with it: an account admin makes another active user account admin, and may step down then.
/// Whoever has not accepted yet is made account admin by operators only, and gets a new invitation that says so.
///
/// # Errors
/// [`Refusal::Invalid`] for `role`, with `account-admin-not-active`, or `stores`; [`Refusal::Conflict`] with
/// `users-last-account-admin`; [`Refusal::NotFound`]; [`Refusal::Forbidden`]; [`Refusal::Unproved`].
pub async fn change_role(
    portal: &Portal,
    viewer: &Viewer,
    proof: Proof,
    customer: CustomerId,
    user: UserId,
    form: RoleForm,
) -> Outcome<()> {
    guard::require(viewer, customer)?;
    proof.require(portal.now())?;
    let mut problems = FieldProblems::new();
    let at = form.parse(&mut problems).ok_or(Refusal::Invalid(problems))?;
    let mut tx = portal.db.begin().await?;
    let (customer, user) = guard::lock(portal, &mut tx, customer, user).await?;
    let (was_admin, is_admin) = (
        user.role == ClientRole::AccountAdmin,
        at.role == ClientRole::AccountAdmin,
    );
    if is_admin && !was_admin && !user.is_active() && matches!(viewer, Viewer::Client(_)) {
        return Err(Refusal::field("role", Problem::new("account-admin-not-active")));
    }
    if !is_admin {
        user.require_dispensable(&mut tx, &customer).await?;
    }
    let stores_before = stores::of(&mut tx, user.membership).await?;
    let entry = user
        .entry(AuditAction::UserRoleChanged, &customer)
        .changed(AuditField::Role, user.role.as_str(), at.role.as_str())
        .changed(
            AuditField::Stores,
            stores::named(&mut tx, &stores_before).await?,
            stores::named(&mut tx, &at.stores).await?,
        );
    sql("UPDATE memberships SET role = $2, all_stores = $3 WHERE id = $1")
        .bind(user.membership)
        .bind(at.role.as_str())
        .bind(at.stores == StoreScope::All)
        .execute(&mut tx)
        .await?;
    stores::give(&mut tx, customer.id, user.membership, &at.stores).await?;
    if was_admin != is_admin {
        if !user.accepted && !user.blocked && customer.storefronts_access {
            // The mail says whether it invites the account admin.
            invite_again(portal, &mut tx, viewer, &customer, &user, at.role).await?;
        }
        customers::refresh_admin(portal, &mut tx, &customer).await?;
    }
    if !entry.is_without_change() {
        audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    }
    tx.commit().await?;
    Ok(())
}
