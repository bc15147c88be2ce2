//! The list of customers.

mod counts;
mod cursor;
mod facts;
mod filter;
mod query;

use domain::id::CustomerId;
use domain::{InvitationState, Permission, Platform, Timestamp};

pub use counts::{Counts, counts};
pub use cursor::{CustomerSort, PageRequest, SortColumn};
pub use filter::CustomerFilter;
use query::Found;

use crate::access::Operator;
use crate::invitations::{LINK_LIVES, state_at};
use crate::{Outcome, Portal};

/// A customer as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// The customer.
    pub id: CustomerId,
    /// The name of the business.
    pub name: String,
    /// The customer reference ID.
    pub reference_id: Option<String>,
    /// Notes.
    pub description: Option<String>,
    /// Whether its users can log in.
    pub storefronts_access: bool,
    /// How far the client admin's invitation has come.
    pub invitation_state: InvitationState,
    /// When the link of the client admin's last invitation stops working.
    pub invitation_expires_at: Option<Timestamp>,
    /// The platforms of its stores, without those that are disconnected.
    pub platforms: Vec<Platform>,
    /// How many orders it placed in the last 30 days.
    pub recent_orders: i64,
    /// How many of its orders somebody must look at.
    pub orders_needing_attention: i64,
    /// When it last placed an order.
    pub last_order_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was archived.
    pub archived_at: Option<Timestamp>,
}

impl CustomerRow {
    /// When the client admin was invited last.
    pub fn invited_at(&self) -> Option<Timestamp> {
        self.invitation_expires_at
            .map(|expires_at| expires_at - LINK_LIVES)
    }
}

/// Some rows of the list and the cursors of the rows around them.
#[derive(Clone, Debug)]
pub struct CustomerPage {
    /// The rows, in the order asked for.
    pub rows: Vec<CustomerRow>,
    /// For [`PageRequest::before`]: there are rows before these.
    pub previous: Option<String>,
    /// For [`PageRequest::after`]: there are rows after these.
    pub next: Option<String>,
}

/// The customers that pass the filter, one page of them.
///
/// # Errors
/// [`crate::Refusal::Forbidden`].
pub async fn list(
    portal: &Portal,
    operator: &Operator,
    filter: &CustomerFilter,
    request: &PageRequest,
) -> Outcome<CustomerPage> {
    operator.require(Permission::SeeCustomers)?;
    let mut conn = portal.db.read().await?;
    let sort = request.sort;
    let found = query::page(portal, &mut conn, filter, sort, &request.turn(), request.rows).await?;
    let cursor = |row: Option<&Found>| row.map(|row| sort.cursor(row));
    let previous = cursor(found.rows.first().filter(|_| found.has_previous));
    let next = cursor(found.rows.last().filter(|_| found.has_next));
    let rows = facts::complete(portal, &mut conn, found.rows).await?;
    Ok(CustomerPage { rows, previous, next })
}

/// All customers that pass the filter, by name: for the export.
pub(super) async fn all(
    portal: &Portal,
    operator: &Operator,
    filter: &CustomerFilter,
) -> Outcome<Vec<CustomerRow>> {
    operator.require(Permission::SeeCustomers)?;
    let mut conn = portal.db.read().await?;
    let found: Vec<Found> = query::all(portal, &mut conn, filter).await?;
    facts::complete(portal, &mut conn, found).await
}

impl Found {
    fn into_row(self, now: Timestamp) -> CustomerRow {
        CustomerRow {
            id: self.id,
            name: self.name,
            reference_id: self.reference_id,
            description: self.description,
            storefronts_access: self.storefronts_access,
            invitation_state: state_at(self.invitation_state, self.invitation_expires_at, now),
            invitation_expires_at: self.invitation_expires_at,
            platforms: Vec::new(),
            recent_orders: 0,
            orders_needing_attention: 0,
            last_order_at: Some(self.last_order_at).filter(|at| *at > Timestamp::EPOCH),
            created_at: self.created_at,
            archived_at: self.archived_at,
        }
    }
}

#[cfg(test)]
mod tests;
