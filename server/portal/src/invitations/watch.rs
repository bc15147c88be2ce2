//! Whether anything has happened to an invitation whose mail is on its way: what a page asks while it waits.

use domain::id::{CustomerId, InvitationId};
use domain::{InvitationState, Permission};

use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Whether an invitation is still being sent and the mail server has refused its mail for now as often as the page
/// says. When it is not, the page shows something that is not true any more. A client user is told of those to their
/// own customer.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn is_unchanged(
    portal: &Portal,
    viewer: &Viewer,
    invitation: InvitationId,
    refusals: i64,
) -> Outcome<bool> {
    let found: Option<(Option<CustomerId>, InvitationState, i64)> = sql(
        "SELECT i.customer_id, i.state, COALESCE(MAX(CASE WHEN m.server_answer IS NULL THEN 0 ELSE m.attempts END), 0) \
         FROM invitations i LEFT JOIN mails m ON m.invitation_id = i.id WHERE i.id = $1 \
         GROUP BY i.customer_id, i.state",
    )
    .bind(invitation)
    .fetch_optional(&mut portal.db.read().await?)
    .await?;
    // Who may not know of any invitation is not told either which there are.
    if matches!(viewer, Viewer::Client(_)) {
        viewer.require(Permission::ManageUsers)?;
    }
    let (customer, state, refused) = found.ok_or(Refusal::NotFound)?;
    match (viewer, customer) {
        (Viewer::Client(client), customer) if customer != Some(client.customer) => {
            return Err(Refusal::NotFound);
        }
        (_, Some(_)) => viewer.require(Permission::ManageUsers)?,
        (_, None) => viewer.require(Permission::ManageTeam)?,
    }
    Ok(state == InvitationState::Sending && refused == refusals)
}
