//! Reads the rows of the list.

use domain::id::CustomerId;
use domain::{InvitationState, Timestamp};

use super::cursor::Position;
use super::{CustomerFilter, CustomerSort, SortColumn};
use crate::paging::{Slice, Turn};
use crate::storage::{AsConn, Conn, Sql, sql};
use crate::{Outcome, Portal};

/// A customer's own columns.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Found {
    pub(super) id: CustomerId,
    pub(super) name: String,
    pub(super) sort_name: String,
    pub(super) reference_id: Option<String>,
    pub(super) description: Option<String>,
    pub(super) storefronts_access: bool,
    pub(super) invitation_state: InvitationState,
    pub(super) invitation_expires_at: Option<Timestamp>,
    /// [`Timestamp::EPOCH`] when there is none.
    pub(super) last_order_at: Timestamp,
    pub(super) created_at: Timestamp,
    pub(super) archived_at: Option<Timestamp>,
}

fn select() -> Sql {
    sql(
        "SELECT id, name, sort_name, reference_id, description, storefronts_access, invitation_state, \
         invitation_expires_at, last_order_at, created_at, archived_at FROM customers",
    )
}

pub(super) async fn page(
    portal: &Portal,
    conn: &mut Conn,
    filter: &CustomerFilter,
    sort: CustomerSort,
    turn: &Turn<Position>,
    rows: u32,
) -> Outcome<Slice<Found>> {
    let query = page_query(portal, conn, filter, sort, turn, rows);
    Ok(Slice::cut(query.fetch_all(conn).await?, turn, rows))
}

pub(super) fn page_query(
    portal: &Portal,
    conn: &impl AsConn,
    filter: &CustomerFilter,
    sort: CustomerSort,
    turn: &Turn<Position>,
    rows: u32,
) -> Sql {
    let mut query = select();
    filter.push(&mut query, conn, portal.now());
    if let Turn::After(position) | Turn::Before(position) = turn {
        position.push(&mut query, sort, turn.is_backward());
    }
    sort.push_order(&mut query, turn.is_backward());
    query.push(" LIMIT ").push_bind(i64::from(rows) + 1);
    query
}

/// Every row that passes the filter, by name.
pub(super) async fn all(portal: &Portal, conn: &mut Conn, filter: &CustomerFilter) -> Outcome<Vec<Found>> {
    let mut query = select();
    filter.push(&mut query, conn, portal.now());
    CustomerSort {
        column: SortColumn::Name,
        descending: false,
    }
    .push_order(&mut query, false);
    Ok(query.fetch_all(conn).await?)
}
