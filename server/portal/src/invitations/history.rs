//! What became of a customer's invitations, from the rows they left.

use domain::id::CustomerId;
use domain::{InvitationState, Timestamp};

use crate::storage::{AsConn, sql};
use crate::{Outcome, Portal};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: HistoryEvent,
    /// The address of the invitation.
    pub email: String,
}

/// What can happen to an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryEvent {
    /// Somebody was invited.
    Invited {
        /// Who invited; nothing when that person is not known any more.
        by: Option<String>,
        /// Whether the same address had been invited before.
        again: bool,
        /// When the mail server took the mail.
        delivered_at: Option<Timestamp>,
    },
    /// The mail server refused the mail, with these words.
    Refused {
        /// What the server said.
        answer: Option<String>,
    },
    /// The person accepted.
    Accepted {
        /// First and last name.
        name: String,
    },
    /// The link ran out.
    Expired,
    /// It was taken back.
    Revoked,
}

#[derive(sqlx::FromRow)]
struct Stored {
    email: String,
    state: InvitationState,
    failure: Option<String>,
    created_at: Timestamp,
    sent_at: Option<Timestamp>,
    expires_at: Timestamp,
    accepted_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    first_name: String,
    last_name: String,
    by_first_name: Option<String>,
    by_last_name: Option<String>,
}

/// What became of the invitations to a customer's account admins, newest first.
///
/// # Errors
/// Only unexpected ones.
pub async fn history(
    portal: &Portal,
    conn: &mut impl AsConn,
    customer: CustomerId,
) -> Outcome<Vec<HistoryEntry>> {
    let rows: Vec<Stored> = sql(
        "SELECT i.email, i.state, i.failure, i.created_at, i.sent_at, i.expires_at, i.accepted_at, i.revoked_at, \
         u.first_name, u.last_name, o.first_name AS by_first_name, o.last_name AS by_last_name \
         FROM invitations i JOIN users u ON u.id = i.user_id \
         JOIN memberships m ON m.user_id = i.user_id AND m.customer_id = i.customer_id \
         LEFT JOIN users o ON o.id = i.created_by \
         WHERE i.customer_id = $1 AND m.role = 'account_admin' ORDER BY i.id",
    )
    .bind(customer)
    .fetch_all(conn)
    .await?;
    Ok(entries(&rows, portal.now()))
}

fn entries(rows: &[Stored], now: Timestamp) -> Vec<HistoryEntry> {
    let mut entries = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut add = |at, event| {
            entries.push(HistoryEntry {
                at,
                event,
                email: row.email.clone(),
            });
        };
        let by = row.by_first_name.as_ref().zip(row.by_last_name.as_ref());
        add(
            row.created_at,
            HistoryEvent::Invited {
                by: by.map(|(first, last)| format!("{first} {last}")),
                again: rows[..index].iter().any(|earlier| earlier.email == row.email),
                delivered_at: row.sent_at,
            },
        );
        if row.state == InvitationState::DeliveryFailed || row.failure.is_some() {
            add(
                row.created_at,
                HistoryEvent::Refused {
                    answer: row.failure.clone(),
                },
            );
        }
        let open_until = row.accepted_at.or(row.revoked_at).unwrap_or(now);
        if row.sent_at.is_some() && row.accepted_at.is_none() && row.expires_at <= open_until {
            add(row.expires_at, HistoryEvent::Expired);
        }
        if let Some(at) = row.accepted_at {
            add(
                at,
                HistoryEvent::Accepted {
                    name: format!("{} {}", row.first_name, row.last_name),
                },
            );
        }
        // Resending takes the former one back in the same moment: that is told by the new one.
        let replaced = |at| rows[index + 1..].iter().any(|next| next.created_at == at);
        if let Some(at) = row.revoked_at.filter(|at| !replaced(*at)) {
            add(at, HistoryEvent::Revoked);
        }
    }
    entries.reverse();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries
}
