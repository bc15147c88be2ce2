//! Keeping an operator out, and letting them in again.

use domain::id::UserId;
use domain::{AuditAction, Permission};

use super::guard;
use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::accounts::sessions;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, audit, invitations};

/// Keeps an operator out: all their sessions end, and an invitation that is still open is taken back.
///
/// # Errors
/// [`crate::Refusal::Conflict`] with `team-yourself` or `team-last-administrator`; [`crate::Refusal::NotFound`];
/// [`crate::Refusal::Forbidden`]; [`crate::Refusal::Unproved`].
pub async fn block(portal: &Portal, operator: &Operator, proof: Proof, id: UserId) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    proof.require(portal.now())?;
    let mut tx = portal.db.begin().await?;
    let blocked = guard::lock(&mut tx, id).await?;
    blocked.require_dispensable(&mut tx, operator).await?;
    set_blocked(portal, &mut tx, id, true).await?;
    sessions::end_all(&mut tx, id, None).await?;
    invitations::revoke_open(&mut tx, id, None, portal.now()).await?;
    let entry = blocked.entry(AuditAction::UserBlocked);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets an operator in again.
///
/// # Errors
/// [`crate::Refusal::NotFound`]; [`crate::Refusal::Forbidden`].
pub async fn unblock(portal: &Portal, operator: &Operator, id: UserId) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    let mut tx = portal.db.begin().await?;
    let unblocked = guard::lock(&mut tx, id).await?;
    set_blocked(portal, &mut tx, id, false).await?;
    let entry = unblocked.entry(AuditAction::UserUnblocked);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn set_blocked(portal: &Portal, tx: &mut Tx, id: UserId, blocked: bool) -> Outcome<()> {
    let now = portal.now();
    sql("UPDATE users SET blocked_at = $2, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(blocked.then_some(now))
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}
