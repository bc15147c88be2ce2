//! Taking an operator's invitation back.

use domain::Permission;
use domain::id::UserId;

use super::guard;
use crate::access::Operator;
use crate::{Outcome, Portal, Refusal, invitations};

/// Takes an operator's invitation back: its link stops working. Whoever accepted already can be blocked.
///
/// # Errors
/// [`Refusal::Conflict`] with `invitation-accepted`; [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn revoke_invitation(portal: &Portal, operator: &Operator, id: UserId) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    let mut tx = portal.db.begin().await?;
    if guard::lock(&mut tx, id).await?.has_password {
        return Err(Refusal::conflict("invitation-accepted"));
    }
    invitations::revoke_open(&mut tx, id, None, portal.now()).await?;
    tx.commit().await?;
    Ok(())
}
