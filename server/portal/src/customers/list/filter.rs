//! Which customers the list shows.

use domain::{InvitationState, Timestamp, fold};

use crate::storage::search::{Searched, push_contains};
use crate::storage::{AsConn, Sql};

/// Which customers the list shows. The default: all that are not archived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// Words that name, reference, description or the client admin's address contain, as typed.
    pub search: String,
    /// Only with Storefronts access on, or off.
    pub access: Option<bool>,
    /// Only with the client admin's invitation in this state. An invitation on its way counts as sent.
    pub invitation: Option<InvitationState>,
    /// Those that are archived instead of those that are not.
    pub archived: bool,
}

impl CustomerFilter {
    /// Appends ` WHERE …`.
    pub(super) fn push(&self, query: &mut Sql, conn: &impl AsConn, now: Timestamp) {
        query.push(if self.archived {
            " WHERE archived_at IS NOT NULL"
        } else {
            " WHERE archived_at IS NULL"
        });
        if let Some(access) = self.access {
            query.push(" AND storefronts_access = ").push_bind(access);
        }
        match self.invitation {
            None => {}
            Some(InvitationState::Expired) => {
                query
                    .push(" AND invitation_state = 'invitation_sent' AND invitation_expires_at <= ")
                    .push_bind(now);
            }
            Some(InvitationState::InvitationSent | InvitationState::Sending) => {
                query
                    .push(" AND (invitation_state = 'sending' OR invitation_state = 'invitation_sent' ")
                    .push("AND invitation_expires_at > ")
                    .push_bind(now)
                    .push(")");
            }
            Some(state) => {
                query.push(" AND invitation_state = ").push_bind(state.as_str());
            }
        }
        push_contains(query, conn, Searched::Customers, &fold(&self.search));
    }
}
