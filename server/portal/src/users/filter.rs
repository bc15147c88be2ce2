//! What a list of users is narrowed to, and how it is sorted.

use domain::id::MembershipId;
use domain::{ClientRole, Timestamp, UserState, fold};

use crate::paging::Turn;
use crate::storage::search::{Searched, push_contains};
use crate::storage::{AsConn, Sql};

/// How a statement calls the membership and the user of a row of the list.
const LISTED: (&str, &str) = ("m", "users");
/// How it calls those of the row that a page begins after, or ends before.
const OTHER: (&str, &str) = ("m2", "u2");

/// Which users to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Words of name and address.
    pub search: String,
    /// In this role.
    pub role: Option<ClientRole>,
    /// Who have come so far.
    pub state: Option<UserState>,
    /// The order of the list.
    pub sort: UserSort,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UserSort {
    /// By what.
    pub column: UserColumn,
    /// Whether the last comes first.
    pub descending: bool,
}

/// What the list can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserColumn {
    /// When they were added.
    #[default]
    Added,
    /// First name, then last name.
    Name,
    /// When they last logged in; who never has comes first.
    LastLogin,
}

impl UserFilter {
    /// Appends the conditions; the statement calls memberships `m` and the last invitation `i`.
    pub(super) fn push(&self, query: &mut Sql, conn: &impl AsConn, now: Timestamp) {
        push_contains(query, conn, Searched::CustomerUsers, &fold(&self.search));
        if let Some(role) = self.role {
            query.push(" AND m.role = ").push_bind(role.as_str());
        }
        let Some(state) = self.state else {
            return;
        };
        query.push(match state {
            UserState::Blocked => " AND (m.blocked_at IS NOT NULL OR users.blocked_at IS NOT NULL)",
            _ => " AND m.blocked_at IS NULL AND users.blocked_at IS NULL",
        });
        match state {
            UserState::Blocked => {}
            UserState::Active => {
                query.push(" AND m.accepted_at IS NOT NULL");
            }
            UserState::Invited => {
                query
                    .push(
                        " AND m.accepted_at IS NULL AND (i.state = 'sending' \
                         OR i.state = 'invitation_sent' AND i.expires_at > ",
                    )
                    .push_bind(now)
                    .push(")");
            }
            UserState::Lapsed => {
                query
                    .push(
                        " AND m.accepted_at IS NULL AND (i.state IS NULL OR i.state NOT IN ('sending', \
                         'invitation_sent') OR i.state = 'invitation_sent' AND i.expires_at <= ",
                    )
                    .push_bind(now)
                    .push(")");
            }
        }
    }

    /// Appends which page, and its order: what people are sorted by, and among equals who was there first.
    pub(super) fn push_page(&self, query: &mut Sql, turn: Turn<MembershipId>, limit: u32) {
        let (descending, other) = match turn {
            Turn::First => (self.sort.descending, None),
            Turn::After(other) => (self.sort.descending, Some(other)),
            Turn::Before(other) => (!self.sort.descending, Some(other)),
        };
        let column = self.sort.column;
        if let Some(other) = other {
            query.push(" AND (");
            column.push(query, LISTED);
            query.push(if descending {
                ", m.id) < (SELECT "
            } else {
                ", m.id) > (SELECT "
            });
            column.push(query, OTHER);
            query
                .push(", m2.id FROM memberships m2 JOIN users u2 ON u2.id = m2.user_id WHERE m2.id = ")
                .push_bind(other)
                .push(")");
        }
        query.push(" ORDER BY ");
        column.push(query, LISTED);
        query
            .push(if descending { " DESC, m.id DESC" } else { ", m.id" })
            .push(" LIMIT ")
            .push_bind(i64::from(limit) + 1);
    }
}

impl UserColumn {
    /// Appends what is sorted by, of the `membership` and `user` that the statement calls so.
    fn push(self, query: &mut Sql, (membership, user): (&'static str, &'static str)) {
        match self {
            Self::Added => query.push(membership).push(".created_at"),
            Self::Name => query
                .push("COALESCE(")
                .push(membership)
                .push(".invited_search, ")
                .push(user)
                .push(".search)"),
            // Of who has accepted, up to what stands for never: what they do elsewhere is nothing to a customer that has
            // only invited them.
            Self::LastLogin => query
                .push("COALESCE(CASE WHEN ")
                .push(membership)
                .push(".accepted_at IS NOT NULL THEN ")
                .push(user)
                .push(".last_login_at END, ")
                .push_bind(Timestamp::EPOCH)
                .push(")"),
        };
    }
}
