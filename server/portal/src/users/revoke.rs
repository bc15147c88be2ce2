//! Taking a user's invitation back.

use domain::AuditAction;
use domain::id::{CustomerId, UserId};

use super::guard;
use crate::access::Viewer;
use crate::{Outcome, Portal, Refusal, audit, customers, invitations};

/// Takes a user's invitation back: its link stops working. Whoever accepted already can be blocked or removed.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-accepted`; [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn revoke_invitation(
    portal: &Portal,
    viewer: &Viewer,
    customer: CustomerId,
    user: UserId,
) -> Outcome<()> {
    guard::require(viewer, customer)?;
    let mut tx = portal.db.begin().await?;
    let (customer, user) = guard::lock(portal, &mut tx, customer, user).await?;
    if user.accepted {
        return Err(Refusal::conflict("invitation-accepted"));
    }
    invitations::revoke_open(&mut tx, user.id, Some(customer.id), portal.now()).await?;
    customers::refresh_admin(portal, &mut tx, &customer).await?;
    let entry = user.entry(AuditAction::InvitationRevoked, &customer);
    audit::record(&mut tx, portal, &viewer.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
