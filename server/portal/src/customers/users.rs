//! The people of a customer.

use domain::id::{CustomerId, UserId};
use domain::{ClientRole, InvitationState, Permission, Timestamp};

use crate::access::Operator;
use crate::invitations::state_at;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// Somebody of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerUser {
    /// The person.
    pub id: UserId,
    /// First and last name.
    pub name: String,
    /// The log-in name.
    pub email: String,
    /// What they may do.
    pub role: ClientRole,
    /// How far their invitation has come.
    pub state: InvitationState,
    /// Whether they are kept out.
    pub blocked: bool,
    /// When they last logged in.
    pub last_login_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: UserId,
    email: String,
    first_name: String,
    last_name: String,
    role: ClientRole,
    accepted_at: Option<Timestamp>,
    blocked: bool,
    last_login_at: Option<Timestamp>,
    invitation_state: Option<InvitationState>,
    invitation_expires_at: Option<Timestamp>,
}

/// The people of a customer: those who were there first come first.
///
/// # Errors
/// [`crate::Refusal::Forbidden`].
pub async fn users(portal: &Portal, operator: &Operator, customer: CustomerId) -> Outcome<Vec<CustomerUser>> {
    operator.require(Permission::SeeCustomers)?;
    let rows: Vec<Stored> = sql(
        "SELECT u.id, u.email, u.first_name, u.last_name, m.role, m.accepted_at, u.last_login_at, \
         u.blocked_at IS NOT NULL OR m.blocked_at IS NOT NULL AS blocked, \
         i.state AS invitation_state, i.expires_at AS invitation_expires_at \
         FROM memberships m JOIN users u ON u.id = m.user_id \
         LEFT JOIN invitations i ON i.id = (SELECT last.id FROM invitations last \
         WHERE last.user_id = m.user_id AND last.customer_id = m.customer_id ORDER BY last.id DESC LIMIT 1) \
         WHERE m.customer_id = $1 AND m.removed_at IS NULL ORDER BY m.id",
    )
    .bind(customer)
    .fetch_all(&mut portal.db.read().await?)
    .await?;
    let now = portal.now();
    Ok(rows.into_iter().map(|row| row.into_user(now)).collect())
}

impl Stored {
    fn into_user(self, now: Timestamp) -> CustomerUser {
        let state = match (self.accepted_at, self.invitation_state) {
            (Some(_), _) => InvitationState::Active,
            (None, Some(state)) => state_at(state, self.invitation_expires_at, now),
            (None, None) => InvitationState::NotInvited,
        };
        CustomerUser {
            id: self.id,
            name: format!("{} {}", self.first_name, self.last_name),
            email: self.email,
            role: self.role,
            state,
            blocked: self.blocked,
            last_login_at: self.last_login_at,
        }
    }
}
