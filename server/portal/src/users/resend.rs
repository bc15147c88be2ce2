//! Sending a user's invitation again.

use domain::id::{CustomerId, UserId};
use domain::{AuditAction, InvitationState};

use super::guard;
use super::place::invite_again;
use crate::access::Viewer;
use crate::{Outcome, Portal, Refusal, audit, invitations};

/// Sends a user a new invitation, also after one was taken back; the link of the former one stops working.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-accepted`, `invitation-sending`, `users-blocked`, `customer-archived` or
/// `users-access-off`; [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn resend_invitation(
    portal: &Portal,
    viewer: &Viewer,
    customer: CustomerId,
    user: UserId,
) -> Outcome<()> {
    guard::require(viewer, customer)?;
    let mut tx = portal.db.begin().await?;
    let (customer, user) = guard::lock(portal, &mut tx, customer, user).await?;
    guard::require_open(&customer)?;
    if user.accepted {
        return Err(Refusal::conflict("invitation-accepted"));
    }
    if user.blocked {
        return Err(Refusal::conflict("users-blocked"));
    }
    let last = invitations::latest(portal, &mut tx, user.id, Some(customer.id)).await?;
    if last.is_some_and(|last| last.state == InvitationState::Sending) {
        return Err(Refusal::conflict("invitation-sending"));
    }
    invite_again(portal, &mut tx, viewer, &customer, &user, user.role).await?;
    let entry = user.entry(AuditAction::InvitationResent, &customer);
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
