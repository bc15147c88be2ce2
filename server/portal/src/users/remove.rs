//! Removing a user.

use domain::AuditAction;
use domain::id::{CustomerId, UserId};

use super::guard::{self, LockedUser};
use crate::access::Viewer;
use crate::accounts::confirm::Proof;
use crate::accounts::sessions;
use crate::customers::{self, LockedCustomer};
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, audit, invitations};

/// Removes a user from a customer: their sessions end, and an invitation that is still open is taken back. What they
/// did keeps their name.
///
/// # Errors
/// [`crate::Refusal::Conflict`] with `users-yourself` or `users-last-account-admin`; [`crate::Refusal::NotFound`];
/// [`crate::Refusal::Forbidden`]; [`crate::Refusal::Unproved`].
pub async fn remove(
    portal: &Portal,
    viewer: &Viewer,
    proof: Proof,
    customer: CustomerId,
    user: UserId,
) -> Outcome<()> {
    guard::require(viewer, customer)?;
    proof.require(portal.now())?;
    let mut tx = portal.db.begin().await?;
    let (customer, user) = guard::lock(portal, &mut tx, customer, user).await?;
    user.require_another(viewer)?;
    user.require_dispensable(&mut tx, &customer).await?;
    take_away(portal, &mut tx, &customer, &user).await?;
    customers::refresh_admin(portal, &mut tx, &customer).await?;
    let entry = user.entry(AuditAction::UserRemoved, &customer);
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a membership with everything that hangs on it.
pub(super) async fn take_away(
    portal: &Portal,
    tx: &mut Tx,
    customer: &LockedCustomer,
    user: &LockedUser,
) -> Outcome<()> {
    sql("UPDATE memberships SET removed_at = $2 WHERE id = $1")
        .bind(user.membership)
        .bind(portal.now())
        .execute(tx)
        .await?;
    sql("DELETE FROM membership_stores WHERE membership_id = $1")
        .bind(user.membership)
        .execute(tx)
        .await?;
    sessions::end_all_at(tx, user.id, customer.id).await?;
    invitations::revoke_open(tx, user.id, Some(customer.id), portal.now()).await
}
