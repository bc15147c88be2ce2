//! Taking back the client admin's invitation, or their access.

use domain::id::CustomerId;
use domain::{AuditAction, AuditField, Permission};

use super::{admin, row};
use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::accounts::sessions;
use crate::audit::{self, Entry};
use crate::{Outcome, Portal, Refusal};

/// What was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// An invitation that was not accepted: its link stops working.
    Invitation,
    /// The access of a client admin who had accepted: they are logged out.
    Access,
}

/// Takes the client admin away. Before acceptance the link stops working; afterwards they cannot log in here any more.
/// Everybody else of the customer goes on: the customer's switch is another matter. Without an account admin nobody of it
/// manages its users until operators invite one.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-missing`; [`Refusal::NotFound`]; [`Refusal::Forbidden`]; for an access
/// [`Refusal::Unproved`].
pub async fn revoke_invitation(
    portal: &Portal,
    operator: &Operator,
    proof: Proof,
    id: CustomerId,
) -> Outcome<Revoked> {
    operator.require(Permission::ManageCustomers)?;
    let mut tx = portal.db.begin().await?;
    let customer = row::lock(portal, &mut tx, id).await?;
    let admin = admin::find(&mut tx, id)
        .await?
        .ok_or(Refusal::conflict("invitation-missing"))?;
    let revoked = if admin.accepted_at.is_some() {
        proof.require(portal.now())?;
        sessions::end_all_at(&mut tx, admin.user_id, id).await?;
        Revoked::Access
    } else {
        Revoked::Invitation
    };
    admin::remove(portal, &mut tx, &customer, &admin).await?;
    row::refresh_admin(portal, &mut tx, &customer).await?;
    let action = match revoked {
        Revoked::Invitation => AuditAction::InvitationRevoked,
        Revoked::Access => AuditAction::UserRemoved,
    };
    let entry = Entry::new(action)
        .of(id)
        .about(admin.user_id, admin.label())
        .with(AuditField::Email, admin.email.as_str());
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(revoked)
}
