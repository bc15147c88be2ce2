//! Taking in the orders of stores.
//!
//! What a store says about an order is kept as it came (`order_sources`), and what becomes of it here follows from
//! that, from the mappings and from how far production is: taking the same states in again, or in another order, ends
//! in the same place. Until production begins an order follows its store; after that it is stopped for a person to
//! look at.

mod designs;
mod difference;
mod flag;
mod head;
mod ignore_line;
mod line_decided;
mod lines;
mod made_here;
mod named_before;
mod personal;
mod reconsider;
mod settle;
mod snapshot;
mod take_back;
mod take_in;
mod take_over;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod without_address;

pub use difference::StoreChange;
pub(super) use flag::{begun, has_begun};
pub(crate) use ignore_line::ignore_line;
pub(super) use personal::{looked_at, waits_for_a_look};
pub use reconsider::ReconsiderOrders;
pub(super) use reconsider::reconsider;
use settle::settle;
pub(crate) use snapshot::forget_buyer;
pub(super) use snapshot::state_at_store;
pub use take_back::{may_take_back, take_back};
pub(crate) use take_in::{Arrival, TakenIn, gone, take_in};
pub(super) use take_over::late_quantities;
pub use take_over::take_over;
pub(crate) use without_address::stop_without_address;
