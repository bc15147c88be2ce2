//! Removing an operator.

use domain::id::UserId;
use domain::{AuditAction, Permission};

use super::guard;
use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::accounts::sessions;
use crate::storage::sql;
use crate::{Outcome, Portal, audit, invitations};

/// Removes an operator from the team: their sessions end, an open invitation is taken back, and their password is
/// forgotten. What they did keeps their name; whoever comes back is invited again.
///
/// # Errors
/// [`crate::Refusal::Conflict`] with `team-yourself` or `team-last-administrator`; [`crate::Refusal::NotFound`];
/// [`crate::Refusal::Forbidden`]; [`crate::Refusal::Unproved`].
pub async fn remove(portal: &Portal, operator: &Operator, proof: Proof, id: UserId) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    proof.require(portal.now())?;
    let mut tx = portal.db.begin().await?;
    let removed = guard::lock(&mut tx, id).await?;
    removed.require_dispensable(&mut tx, operator).await?;
    sql("UPDATE users SET operator_role = NULL, password_hash = NULL, blocked_at = NULL, updated_at = $2 WHERE id = $1")
        .bind(id)
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
    sessions::end_all(&mut tx, id, None).await?;
    invitations::revoke_open(&mut tx, id, None, portal.now()).await?;
    let entry = removed.entry(AuditAction::UserRemoved);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
