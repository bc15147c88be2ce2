//! Who works for a customer.

use std::collections::HashMap;

use domain::id::{CustomerId, MembershipId, StoreId, UserId};
use domain::{ClientRole, InvitationState, Language, Timestamp};

use super::filter::UserFilter;
use super::guard;
use crate::access::Viewer;
use crate::invitations::{InvitationStatus, latest, state_at};
use crate::paging::{Slice, Turn};
use crate::storage::{AsConn, Sql, sql};
use crate::{Outcome, Portal, Refusal};

/// Somebody of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerUser {
    /// Their place at the customer: the key of the list.
    pub membership: MembershipId,
    /// The person.
    pub id: UserId,
    /// First name: as it was typed, until they accept.
    pub first_name: String,
    /// Last name, likewise.
    pub last_name: String,
    /// The log-in name.
    pub email: String,
    /// The language of the invitation, then of the interface.
    pub language: Language,
    /// What they may do.
    pub role: ClientRole,
    /// The stores they are limited to, with their names; nothing for all.
    pub stores: Option<Vec<(StoreId, String)>>,
    /// How far their invitation has come; active for whoever has accepted.
    pub state: InvitationState,
    /// Whether they are kept out.
    pub blocked: bool,
    /// Whether they log in with a second step; told of those who have accepted.
    pub two_factor: bool,
    /// When they last logged in; told of those who have accepted.
    pub last_login_at: Option<Timestamp>,
}

impl CustomerUser {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

#[derive(sqlx::FromRow)]
struct Stored {
    membership: MembershipId,
    id: UserId,
    first_name: String,
    last_name: String,
    email: String,
    language: Language,
    role: ClientRole,
    all_stores: bool,
    accepted_at: Option<Timestamp>,
    blocked: bool,
    two_factor: bool,
    last_login_at: Option<Timestamp>,
    state: Option<InvitationState>,
    expires_at: Option<Timestamp>,
}

/// What [`Stored`] is read from, up to the conditions.
const SELECT: &str = "SELECT m.id AS membership, users.id, \
     COALESCE(m.invited_first_name, users.first_name) AS first_name, \
     COALESCE(m.invited_last_name, users.last_name) AS last_name, users.email, \
     COALESCE(m.invited_language, users.language) AS language, \
     m.role, m.all_stores, m.accepted_at, \
     users.blocked_at IS NOT NULL OR m.blocked_at IS NOT NULL AS blocked, users.last_login_at, i.state, i.expires_at, \
     EXISTS (SELECT 1 FROM two_factors t WHERE t.user_id = users.id AND t.confirmed_at IS NOT NULL) AS two_factor \
     FROM memberships m JOIN users ON users.id = m.user_id \
     LEFT JOIN invitations i ON i.id = (SELECT last.id FROM invitations last \
     WHERE last.user_id = m.user_id AND last.customer_id = m.customer_id ORDER BY last.id DESC LIMIT 1) \
     WHERE m.removed_at IS NULL AND m.customer_id = ";

/// A page of a customer's users.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn list(
    portal: &Portal,
    viewer: &Viewer,
    customer: CustomerId,
    filter: &UserFilter,
    turn: Turn<MembershipId>,
    limit: u32,
) -> Outcome<Slice<CustomerUser>> {
    guard::require(viewer, customer)?;
    let mut conn = portal.db.read().await?;
    let mut query = sql(SELECT);
    query.push_bind(customer);
    filter.push(&mut query, &conn, portal.now());
    filter.push_page(&mut query, turn, limit);
    Ok(Slice::cut(read(portal, &mut conn, query).await?, &turn, limit))
}

/// How many users a customer has, with those who are only invited.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn count(portal: &Portal, viewer: &Viewer, customer: CustomerId) -> Outcome<i64> {
    guard::require(viewer, customer)?;
    let (users,) = sql("SELECT COUNT(*) FROM memberships WHERE customer_id = $1 AND removed_at IS NULL")
        .bind(customer)
        .fetch_one(&mut portal.db.read().await?)
        .await?;
    Ok(users)
}

/// One user.
#[derive(Clone, Debug)]
pub struct UserProfile {
    /// What the list says of them.
    pub user: CustomerUser,
    /// The last invitation of whoever has not accepted one yet.
    pub invitation: Option<InvitationStatus>,
    /// Whether they are the last account admin who can log in: then they stay so.
    pub is_last_admin: bool,
}

/// One user of a customer.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`].
pub async fn find(
    portal: &Portal,
    viewer: &Viewer,
    customer: CustomerId,
    user: UserId,
) -> Outcome<UserProfile> {
    guard::require(viewer, customer)?;
    let mut query = sql(SELECT);
    query
        .push_bind(customer)
        .push(" AND m.user_id = ")
        .push_bind(user);
    let mut conn = portal.db.read().await?;
    let found = read(portal, &mut conn, query).await?;
    let user = found.into_iter().next().ok_or(Refusal::NotFound)?;
    let invitation = match user.state {
        InvitationState::Active => None,
        _ => latest(portal, &mut conn, user.id, Some(customer)).await?,
    };
    let is_admin =
        user.role == ClientRole::AccountAdmin && user.state == InvitationState::Active && !user.blocked;
    let is_last_admin = is_admin && !guard::has_another_admin(&mut conn, customer, user.membership).await?;
    Ok(UserProfile {
        user,
        invitation,
        is_last_admin,
    })
}

async fn read(portal: &Portal, conn: &mut impl AsConn, query: Sql) -> Outcome<Vec<CustomerUser>> {
    let rows: Vec<Stored> = query.fetch_all(conn).await?;
    let mut chosen = chosen_stores(conn, &rows).await?;
    let now = portal.now();
    Ok(rows
        .into_iter()
        .map(|row| {
            let stores = chosen.remove(&row.membership);
            row.into_user(stores, now)
        })
        .collect())
}

async fn chosen_stores(
    conn: &mut impl AsConn,
    rows: &[Stored],
) -> Outcome<HashMap<MembershipId, Vec<(StoreId, String)>>> {
    let limited = rows.iter().filter(|row| !row.all_stores);
    let mut query = sql("SELECT ms.membership_id, s.id, s.name FROM membership_stores ms \
                         JOIN stores s ON s.id = ms.store_id WHERE ms.membership_id IN ");
    query.push_list(limited.map(|row| row.membership));
    query.push(" ORDER BY s.name_key, s.id");
    let rows: Vec<(MembershipId, StoreId, String)> = query.fetch_all(conn).await?;
    let mut chosen: HashMap<_, Vec<_>> = HashMap::new();
    for (membership, store, name) in rows {
        chosen.entry(membership).or_default().push((store, name));
    }
    Ok(chosen)
}

impl Stored {
    fn into_user(self, chosen: Option<Vec<(StoreId, String)>>, now: Timestamp) -> CustomerUser {
        let state = match self.state {
            _ if self.accepted_at.is_some() => InvitationState::Active,
            Some(state) => state_at(state, self.expires_at, now),
            None => InvitationState::NotInvited,
        };
        // What somebody who is only invited does at another customer is nothing to this one.
        let has_come = self.accepted_at.is_some();
        CustomerUser {
            membership: self.membership,
            id: self.id,
            first_name: self.first_name,
            last_name: self.last_name,
            email: self.email,
            language: self.language,
            role: self.role,
            stores: (!self.all_stores).then(|| chosen.unwrap_or_default()),
            state,
            blocked: self.blocked,
            two_factor: self.two_factor && has_come,
            last_login_at: self.last_login_at.filter(|_| has_come),
        }
    }
}
