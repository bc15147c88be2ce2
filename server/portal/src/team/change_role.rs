//! Giving an operator another role.

use domain::id::UserId;
use domain::{AuditAction, AuditField, OperatorRole, Permission};

use super::guard;
use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal, audit};

/// Gives an operator another role; it counts from their next click on.
///
/// # Errors
/// [`Refusal::Invalid`] for `role`; [`Refusal::Conflict`] with `team-yourself` or `team-last-administrator`;
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`]; [`Refusal::Unproved`].
pub async fn change_role(
    portal: &Portal,
    operator: &Operator,
    proof: Proof,
    id: UserId,
    role: &str,
) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    proof.require(portal.now())?;
    let role: OperatorRole = role.parse().map_err(|problem| Refusal::field("role", problem))?;
    let mut tx = portal.db.begin().await?;
    let changed = guard::lock(&mut tx, id).await?;
    if changed.role == role {
        return Ok(());
    }
    changed.require_dispensable(&mut tx, operator).await?;
    sql("UPDATE users SET operator_role = $2, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(role.as_str())
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
    let entry = changed.entry(AuditAction::UserRoleChanged).changed(
        AuditField::Role,
        changed.role.as_str(),
        role.as_str(),
    );
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
