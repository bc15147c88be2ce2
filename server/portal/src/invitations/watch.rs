//! Whether anything has happened to an invitation whose mail is on its way: what a page asks while it waits.

use domain::id::{CustomerId, InvitationId};
use domain::{InvitationState, Permission};

use crate::access::Operator;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Whether an invitation is still being sent and the mail server has refused its mail for now as often as the page
/// says. When it is not, the page shows something that is not true any more.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn is_unchanged(
    portal: &Portal,
    operator: &Operator,
    invitation: InvitationId,
    refusals: i64,
) -> Outcome<bool> {
    let found: Option<(Option<CustomerId>, InvitationState, i64)> = sql(
        "SELECT i.customer_id, i.state, COALESCE(MAX(CASE WHEN m.server_answer IS NULL THEN 0 ELSE m.attempts END), 0) FROM invitations i \
         LEFT JOIN mails m ON m.invitation_id = i.id WHERE i.id = $1 GROUP BY i.customer_id, i.state",
    )
    .bind(invitation)
    .fetch_optional(&mut portal.db.read().await?)
    .await?;
    let (customer, state, refused) = found.ok_or(Refusal::NotFound)?;
    operator.require(match customer {
        Some(_) => Permission::SeeCustomers,
        None => Permission::ManageTeam,
    })?;
    Ok(state == InvitationState::Sending && refused == refusals)
}
