//! Telling the store of an order what became of it.
//!
//! What is to be told is written in the transaction of the change that it tells ([`note`]), and said by the job
//! [`WriteBack`] in the store's own lane. Connections look up what is there before they write, so that telling twice
//! is telling once.

mod job;
mod list;
mod note;
mod parcel;
mod rest;
mod retry;
mod saying;
mod tell_again;
#[cfg(test)]
mod tests;
mod untold;
mod wait;

pub use job::WriteBack;
pub use list::WriteDetail;
pub(super) use list::of_order;
pub(super) use note::{changed, rest_cancelled, shipped, tracking_corrected};
pub use retry::retry_write;
pub use tell_again::TellAgain;
