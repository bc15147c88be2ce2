//! Sending the client admin's invitation again.

use domain::id::CustomerId;
use domain::{AuditAction, AuditField, InvitationState, Permission};

use super::{admin, row};
use crate::access::Operator;
use crate::audit::{self, Entry};
use crate::{Outcome, Portal, Refusal, invitations};

/// Sends the client admin a new invitation; the link of the former one stops working.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-missing`, `invitation-accepted`, `invitation-sending` (the mail of the
/// last one has not left yet) or `customer-archived`; [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn resend_invitation(portal: &Portal, operator: &Operator, id: CustomerId) -> Outcome<()> {
    operator.require(Permission::ManageCustomers)?;
    let mut tx = portal.db.begin().await?;
    let customer = row::lock(portal, &mut tx, id).await?;
    customer.require_not_archived()?;
    let admin = admin::find(&mut tx, id)
        .await?
        .ok_or(Refusal::conflict("invitation-missing"))?;
    if admin.accepted_at.is_some() {
        return Err(Refusal::conflict("invitation-accepted"));
    }
    let last = invitations::latest(portal, &mut tx, admin.user_id, Some(id)).await?;
    if last.is_some_and(|last| last.state == InvitationState::Sending) {
        return Err(Refusal::conflict("invitation-sending"));
    }
    admin::invite(
        portal,
        &mut tx,
        operator,
        &customer,
        admin.user_id,
        &admin.email,
        admin.language,
    )
    .await?;
    let entry = Entry::new(AuditAction::InvitationResent)
        .of(id)
        .about(admin.user_id, admin.label())
        .with(AuditField::Email, admin.email);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
