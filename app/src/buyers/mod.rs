//! What is kept about buyers, as both faces show it: in Storefronts under *Settings* for the account admin, in the console for
//! administrators.

pub mod erase;
mod page;

pub use page::buyers_page;

use portal::access::Viewer;

/// Where the page of a viewer's face is.
fn home(viewer: &Viewer) -> &'static str {
    match viewer {
        Viewer::Client(_) => "/storefronts/settings/buyers",
        Viewer::Operator(_) => "/console/buyers",
    }
}
