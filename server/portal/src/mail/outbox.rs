//! All mails, for operators.

use domain::MailState;
use domain::id::MailId;

use super::SentMail;
use super::find::{COLUMNS, read};
use crate::Outcome;
use crate::paging::{Slice, Turn};
use crate::storage::{AsConn, sql};

/// The mails of all customers, the newest first; only those in a state, when one is given.
///
/// # Errors
/// Only unexpected ones.
pub async fn any_customer_list(
    conn: &mut impl AsConn,
    state: Option<MailState>,
    turn: &Turn<MailId>,
    limit: u32,
) -> Outcome<Slice<SentMail>> {
    let mut query = sql(COLUMNS);
    query.push("WHERE TRUE");
    if let Some(state) = state {
        query.push(" AND state = ").push_bind(state.as_str());
    }
    match turn {
        Turn::First => query.push(" ORDER BY id DESC"),
        Turn::After(id) => query.push(" AND id < ").push_bind(*id).push(" ORDER BY id DESC"),
        Turn::Before(id) => query.push(" AND id > ").push_bind(*id).push(" ORDER BY id"),
    };
    query.push(" LIMIT ").push_bind(limit.saturating_add(1));
    Ok(Slice::cut(read(conn, query).await?, turn, limit))
}
