//! What stores tell by themselves: verified on the bytes as they came, stored, acknowledged, then worked on.

mod data_request;
mod erase;
mod erase_buyer;
mod erase_store;
mod handle;
mod intake;
pub(crate) mod outcome;
mod parked;
mod receive;
#[cfg(test)]
mod tests;
mod uninstalled;

pub use erase_buyer::EraseBuyer;
pub use erase_store::EraseStore;
pub use handle::HandleNotice;
pub use intake::Intake;
pub(crate) use parked::release_left;
pub use parked::release_parked;
pub use receive::{Arrival, NotAccepted, is_address, receive};
