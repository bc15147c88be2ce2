//! Connecting what stores sell to what the catalogue makes.
//!
//! Whatever is decided about a variant, orders that waited for it go on by themselves: each decision enqueues
//! [`crate::orders::ReconsiderOrders`] in its own transaction.

mod alike;
mod auto_match;
mod carry_over;
mod check;
mod connect;
mod disconnect;
mod ignore;
mod ignore_waiting;
mod known;
mod locked;
mod recorded;
#[cfg(test)]
mod tests;
mod waiting;
mod write;

pub use alike::{Alike, connect_alike};
pub use auto_match::{Apply, AutoMatch, DesignsFrom, MatchOutcome, MatchRow, auto_match};
pub(crate) use carry_over::carry_over;
pub use check::CheckStoreDesign;
pub use connect::{ConnectForm, MOST_PIECES, connect};
pub use disconnect::{disconnect, take_back};
pub use ignore::{Ignore, ignore};
pub use ignore_waiting::{IgnoredWaiting, ignore_waiting};
pub use waiting::waiting_orders;
