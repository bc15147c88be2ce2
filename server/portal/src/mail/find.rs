//! What became of a mail.

use std::collections::HashMap;

use domain::id::{InvitationId, MailId};
use domain::{MailState, Timestamp};

use super::{MailKind, SendMail};
use crate::Outcome;
use crate::jobs::Job as _;
use crate::storage::{AsConn, Sql, StorageError, sql};

/// A mail and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMail {
    /// The mail.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// The address it goes to.
    pub recipient: String,
    /// How far it is.
    pub state: MailState,
    /// What the mail server said last; none when it was not asked yet, or the mail was no longer wanted.
    pub server_answer: Option<String>,
    /// How often it was handed to the mail server.
    pub attempts: i64,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When the mail server took it.
    pub sent_at: Option<Timestamp>,
    /// When it is tried again; only after an attempt that did not get through.
    pub retry_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: MailId,
    kind: MailKind,
    recipient: String,
    state: MailState,
    server_answer: Option<String>,
    attempts: i64,
    created_at: Timestamp,
    sent_at: Option<Timestamp>,
}

pub(super) const COLUMNS: &str =
    "SELECT id, kind, recipient, state, server_answer, attempts, created_at, sent_at FROM mails ";

/// The mails of an invitation, the last one first.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(conn: &mut impl AsConn, invitation: InvitationId) -> Outcome<Vec<SentMail>> {
    let mut query = sql(COLUMNS);
    query
        .push("WHERE invitation_id = ")
        .push_bind(invitation)
        .push(" ORDER BY id DESC");
    read(conn, query).await
}

/// One mail.
///
/// # Errors
/// Only unexpected ones.
pub async fn find(conn: &mut impl AsConn, id: MailId) -> Outcome<Option<SentMail>> {
    let mut query = sql(COLUMNS);
    query.push("WHERE id = ").push_bind(id);
    Ok(read(conn, query).await?.pop())
}

pub(super) async fn read(conn: &mut impl AsConn, query: Sql) -> Outcome<Vec<SentMail>> {
    let rows: Vec<Stored> = query.fetch_all(conn).await?;
    let tried = |row: &&Stored| row.state == MailState::Queued && row.attempts > 0;
    let due = due_times(conn, rows.iter().filter(tried).map(|row| row.id)).await?;
    let with_retry = |row: Stored| SentMail {
        retry_at: due.get(&row.id.to_string()).copied(),
        id: row.id,
        kind: row.kind,
        recipient: row.recipient,
        state: row.state,
        server_answer: row.server_answer,
        attempts: row.attempts,
        created_at: row.created_at,
        sent_at: row.sent_at,
    };
    Ok(rows.into_iter().map(with_retry).collect())
}

/// When the jobs of these mails are due, by the mail's id as text.
async fn due_times(
    conn: &mut impl AsConn,
    mails: impl Iterator<Item = MailId>,
) -> Result<HashMap<String, Timestamp>, StorageError> {
    let keys: Vec<String> = mails.map(|id| id.to_string()).collect();
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = sql(
        "SELECT unique_key, run_at FROM jobs WHERE unique_key IS NOT NULL \
                         AND state IN ('queued', 'running') AND kind = ",
    );
    query
        .push_bind(SendMail::KIND)
        .push(" AND unique_key IN ")
        .push_list(keys);
    let rows: Vec<(String, Timestamp)> = query.fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}
