//! What stores tell by themselves: verified on the bytes as they came, stored, acknowledged, then worked on.

mod erase;
mod erase_store;
mod handle;
mod intake;
pub(crate) mod outcome;
mod parked;
mod receive;
#[cfg(test)]
mod tests;
mod uninstalled;

pub(crate) use erase::forget as erase_buyer;
pub use erase_store::EraseStore;
pub use handle::HandleNotice;
pub use intake::Intake;
pub use parked::{release_parked, release_parked_of};
pub use receive::{Arrival, NotAccepted, receive};
