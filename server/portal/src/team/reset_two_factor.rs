//! Letting an operator in again who has lost their phone and their recovery codes.

use domain::Permission;
use domain::id::UserId;

use super::guard;
use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::accounts::two_factor;
use crate::{Outcome, Portal, Refusal};

/// Takes the second step of the log-in from an operator: all their sessions end, they are told by mail, and they log in with
/// their password alone until they set it up anew.
///
/// # Errors
/// [`Refusal::Conflict`] with `team-yourself` or `two-factor-is-off`; [`Refusal::NotFound`]; [`Refusal::Forbidden`];
/// [`Refusal::Unproved`].
pub async fn reset_two_factor(portal: &Portal, operator: &Operator, proof: Proof, id: UserId) -> Outcome<()> {
    operator.require(Permission::ManageTeam)?;
    proof.require(portal.now())?;
    let mut tx = portal.db.begin().await?;
    if guard::lock(&mut tx, id).await?.id == operator.user {
        return Err(Refusal::conflict("team-yourself"));
    }
    two_factor::reset(portal, &mut tx, &operator.into(), None, id).await?;
    Ok(tx.commit().await?)
}
