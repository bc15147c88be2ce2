//! Who is on the team.

use domain::id::UserId;
use domain::{InvitationState, OperatorRole, Permission, Timestamp};

use crate::access::Operator;
use crate::invitations::{InvitationStatus, latest, state_at};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// An operator as the team's list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// The person.
    pub id: UserId,
    /// First and last name.
    pub name: String,
    /// The log-in name.
    pub email: String,
    /// What they may do.
    pub role: OperatorRole,
    /// How far their invitation has come; active for whoever has a password.
    pub state: InvitationState,
    /// What the mail server said when it refused the invitation.
    pub failure: Option<String>,
    /// When the link of their invitation stops working.
    pub expires_at: Option<Timestamp>,
    /// Whether they are kept out.
    pub blocked: bool,
    /// Whether they log in with a second step.
    pub two_factor: bool,
    /// When they last logged in.
    pub last_login_at: Option<Timestamp>,
}

/// One operator, with the last invitation of whoever has not accepted one yet.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn find(
    portal: &Portal,
    operator: &Operator,
    id: UserId,
) -> Outcome<(TeamMember, Option<InvitationStatus>)> {
    let team = list(portal, operator).await?;
    let member = team
        .into_iter()
        .find(|member| member.id == id)
        .ok_or(Refusal::NotFound)?;
    let invitation = match member.state {
        InvitationState::Active => None,
        _ => latest(portal, &mut portal.db.read().await?, id, None).await?,
    };
    Ok((member, invitation))
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: UserId,
    first_name: String,
    last_name: String,
    email: String,
    role: OperatorRole,
    has_password: bool,
    blocked: bool,
    two_factor: bool,
    last_login_at: Option<Timestamp>,
    state: Option<InvitationState>,
    failure: Option<String>,
    expires_at: Option<Timestamp>,
}

/// The team: those who were there first come first.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn list(portal: &Portal, operator: &Operator) -> Outcome<Vec<TeamMember>> {
    operator.require(Permission::ManageTeam)?;
    let rows: Vec<Stored> = sql(
        "SELECT u.id, u.first_name, u.last_name, u.email, u.operator_role AS role, \
         u.password_hash IS NOT NULL AS has_password, u.blocked_at IS NOT NULL AS blocked, u.last_login_at, \
         EXISTS (SELECT 1 FROM two_factors t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS two_factor, \
         i.state, i.failure, i.expires_at FROM users u \
         LEFT JOIN invitations i ON i.id = (SELECT last.id FROM invitations last \
         WHERE last.user_id = u.id AND last.customer_id IS NULL ORDER BY last.id DESC LIMIT 1) \
         WHERE u.operator_role IS NOT NULL ORDER BY u.id",
    )
    .fetch_all(&mut portal.db.read().await?)
    .await?;
    let now = portal.now();
    Ok(rows.into_iter().map(|row| row.into_member(now)).collect())
}

impl Stored {
    fn into_member(self, now: Timestamp) -> TeamMember {
        let state = match self.state {
            _ if self.has_password => InvitationState::Active,
            Some(state) => state_at(state, self.expires_at, now),
            None => InvitationState::NotInvited,
        };
        TeamMember {
            id: self.id,
            name: format!("{} {}", self.first_name, self.last_name),
            email: self.email,
            role: self.role,
            state,
            failure: self.failure,
            expires_at: self.expires_at,
            blocked: self.blocked,
            two_factor: self.two_factor,
            last_login_at: self.last_login_at,
        }
    }
}
