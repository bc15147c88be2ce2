//! Sending an operator's invitation again.

use domain::id::UserId;
use domain::{AuditAction, InvitationState, Permission};

use super::guard;
use crate::access::Operator;
use crate::invitations::{self, NewInvitation};
use crate::mail::MailKind;
use crate::{Outcome, Portal, Refusal, audit};

/// Sends an operator a new invitation, also after one was taken back; the link of the former one stops working.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-accepted` or `invitation-sending`; [`Refusal::NotFound`];
/// [`Refusal::Forbidden`].
pub async fn resend_invitation(portal: &Portal, operator: &Operator, id: UserId) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    let mut tx = portal.db.begin().await?;
    let invited = guard::lock(&mut tx, id).await?;
    if invited.has_password {
        return Err(Refusal::conflict("invitation-accepted"));
    }
    let last = invitations::latest(portal, &mut tx, id, None).await?;
    if last.is_some_and(|last| last.state == InvitationState::Sending) {
        return Err(Refusal::conflict("invitation-sending"));
    }
    let invitation = NewInvitation {
        kind: MailKind::InvitationOperator,
        user: id,
        email: &invited.email,
        language: invited.language,
        customer: None,
        by: operator.into(),
    };
    invitations::issue(portal, &mut tx, invitation).await?;
    let entry = invited.entry(AuditAction::InvitationResent);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
