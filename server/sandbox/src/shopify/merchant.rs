//! What a merchant does in the admin with the parts of an order, which Shopify calls fulfillment orders.

use super::objects::fulfillment_order::{self, Hold};
use crate::ledger::{Event, OrderState};
use crate::shop::{Refused, Shop};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartAction {
    /// It is not to be sent for now.
    Hold,
    /// It may be sent again.
    Release,
    /// It is sent from another location.
    Move {
        /// The location's number.
        location: u64,
    },
}

impl PartAction {
    const fn what(self) -> &'static str {
        match self {
            Self::Hold => "held",
            Self::Release => "released",
            Self::Move { .. } => "moved",
        }
    }
}

/// Does it with one line of an order, which becomes a part of its own. The order itself does not count as changed: only
/// webhooks about the part tell of it.
///
/// # Errors
/// [`Refused::Missing`].
pub fn act_on_part(shop: &mut Shop, order: u64, line: u64, action: PartAction) -> Result<(), Refused> {
    let holds = |lines: &[(u64, u64)]| lines.iter().any(|(_, of)| *of == line);
    let parts = fulfillment_order::of_order(shop, order)?;
    let part = parts.into_iter().find(|part| holds(&part.lines));
    let mut part = part.ok_or(Refused::Missing {
        what: "line",
        id: line,
    })?;
    fulfillment_order::split(shop, order, &mut part, |(_, of)| *of == line)?;
    match action {
        PartAction::Hold => part.holds.push(Hold {
            id: shop.next_id(),
            reason: "INVENTORY_OUT_OF_STOCK".to_owned(),
            notes: String::new(),
            handle: String::new(),
            by_merchant: true,
        }),
        PartAction::Release => part.holds.clear(),
        PartAction::Move { location } => part.location = location,
    }
    fulfillment_order::keep(shop, order, part)?;
    let order = OrderState::from(shop.order(order)?);
    let what = action.what();
    shop.happened(Event::OrderChanged { what, order });
    Ok(())
}
