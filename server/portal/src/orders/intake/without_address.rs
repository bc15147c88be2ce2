//! Stopping an order that lost its address while it was still to be sent.

use domain::ReasonCode;
use domain::id::{LineId, OrderId};

use super::{flag, has_begun, reconsider};
use crate::access::Scope;
use crate::orders::load::{LockedLine, LockedOrder};
use crate::storage::Tx;
use crate::{Outcome, Portal, stores};

/// Stops what is left of an order until somebody has typed an address in: what is being made waits for a person, what
/// is not for the address.
pub(crate) async fn stop_without_address(portal: &Portal, tx: &mut Tx, id: OrderId) -> Outcome<()> {
    let mut order = LockedOrder::load(tx, &Scope::AllCustomers, id).await?;
    let is_being_made = |line: &&LockedLine| has_begun(line) && line.remaining() > 0;
    let begun: Vec<LineId> = order
        .lines
        .iter()
        .filter(is_being_made)
        .map(|line| line.id)
        .collect();
    flag::hold(portal, tx, &mut order, &begun, ReasonCode::AddressErased).await?;
    let store = stores::find_in(tx, &Scope::AllCustomers, order.store).await?;
    reconsider(portal, tx, &store, id).await
}
