//! Keeping a user out, and letting them in again.

use domain::AuditAction;
use domain::id::{CustomerId, UserId};

use super::guard::{self, LockedUser};
use crate::access::Viewer;
use crate::accounts::confirm::Proof;
use crate::accounts::sessions;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, audit, customers, invitations};

/// Keeps a user out of one customer's Storefronts: their sessions end, and an invitation that is still open is taken
/// back. What they are for other customers stays.
///
/// # Errors
/// [`crate::Refusal::Conflict`] with `users-yourself` or `users-last-account-admin`; [`crate::Refusal::NotFound`];
/// [`crate::Refusal::Forbidden`]; [`crate::Refusal::Unproved`].
pub async fn block(
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
    set_blocked(portal, &mut tx, &user, true).await?;
    sessions::end_all_at(&mut tx, user.id, customer.id).await?;
    invitations::revoke_open(&mut tx, user.id, Some(customer.id), portal.now()).await?;
    customers::refresh_admin(portal, &mut tx, &customer).await?;
    let entry = user.entry(AuditAction::UserBlocked, &customer);
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets a user in again.
///
/// # Errors
/// [`crate::Refusal::NotFound`]; [`crate::Refusal::Forbidden`].
pub async fn unblock(portal: &Portal, viewer: &Viewer, customer: CustomerId, user: UserId) -> Outcome<()> {
    guard::require(viewer, customer)?;
    let mut tx = portal.db.begin().await?;
    let (customer, user) = guard::lock(portal, &mut tx, customer, user).await?;
    set_blocked(portal, &mut tx, &user, false).await?;
    customers::refresh_admin(portal, &mut tx, &customer).await?;
    let entry = user.entry(AuditAction::UserUnblocked, &customer);
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn set_blocked(portal: &Portal, tx: &mut Tx, user: &LockedUser, blocked: bool) -> Outcome<()> {
    sql("UPDATE memberships SET blocked_at = $2 WHERE id = $1")
        .bind(user.membership)
        .bind(blocked.then(|| portal.now()))
        .execute(tx)
        .await?;
    Ok(())
}
