//! Taking an operator's invitation back.

use domain::id::UserId;
use domain::{AuditAction, Permission};

use super::guard;
use crate::access::Operator;
use crate::{Outcome, Portal, Refusal, audit, invitations};

/// Takes an operator's invitation back: its link stops working. Whoever accepted already can be blocked.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-accepted`; [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn revoke_invitation(portal: &Portal, operator: &Operator, id: UserId) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    let mut tx = portal.db.begin().await?;
    let invited = guard::lock(&mut tx, id).await?;
    if invited.has_password {
        return Err(Refusal::conflict("invitation-accepted"));
    }
    invitations::revoke_open(&mut tx, id, None, portal.now()).await?;
    let entry = invited.entry(AuditAction::InvitationRevoked);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
