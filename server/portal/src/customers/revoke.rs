//! Taking back the client admin's invitation, or their access.

use domain::Permission;
use domain::id::CustomerId;

use super::{admin, row};
use crate::access::Operator;
use crate::{Outcome, Portal, Refusal};

/// What was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// An invitation that was not accepted: its link stops working.
    Invitation,
    /// The access of a client admin who had accepted: the customer is switched off, everybody is logged out.
    Access,
}

/// Takes the client admin away. Before acceptance the link stops working; afterwards Storefronts access is
/// switched off too, for a customer must not go on without anybody who answers for its users.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-missing`; [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn revoke_invitation(portal: &Portal, operator: &Operator, id: CustomerId) -> Outcome<Revoked> {
    operator.require(Permission::ManageCustomers)?;
    let mut tx = portal.db.begin().await?;
    let customer = row::lock(portal, &mut tx, id).await?;
    let admin = admin::find(&mut tx, id)
        .await?
        .ok_or(Refusal::conflict("invitation-missing"))?;
    let revoked = if admin.accepted_at.is_some() {
        Revoked::Access
    } else {
        Revoked::Invitation
    };
    if revoked == Revoked::Access {
        customer.switch_off(&mut tx).await?;
    }
    admin::remove(portal, &mut tx, &customer, &admin).await?;
    tx.commit().await?;
    Ok(revoked)
}
