//! The event inspector: what stores told the portal and the portal told stores, and what came of it.

pub mod detail;
pub mod list;
mod query;
pub mod retry;
mod table;
mod text;
mod words;

use domain::id::MessageId;

/// Where the list is.
pub(super) const EVENTS: &str = "/console/activity/events";

/// The page of a message.
fn page_of(message: MessageId) -> String {
    format!("{EVENTS}/{message}")
}
