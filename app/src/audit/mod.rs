//! The audit log as both faces show it: in the console operators see all of it, in Storefronts account admins see what is
//! about their customer.

mod detail;
mod history;
mod list;
pub mod query;
mod words;

use portal::access::Viewer;

pub use detail::detail;
pub use history::history_card;
pub use list::list;

/// Where the log is in the console.
pub const CONSOLE: &str = "/console/audit";
/// Where a customer's part of it is in Storefronts.
pub const STOREFRONTS: &str = "/storefronts/settings/audit";

/// Where the log of a viewer's face is.
const fn home(viewer: &Viewer) -> &'static str {
    match viewer {
        Viewer::Operator(_) => CONSOLE,
        Viewer::Client(_) => STOREFRONTS,
    }
}
