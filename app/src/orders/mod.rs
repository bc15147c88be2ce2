//! What both faces show of orders.

pub mod address_form;
pub mod at_store;
pub mod attention;
pub mod awaited;
pub mod design;
pub mod design_state;
pub mod edit_line;
pub mod events;
pub mod exports;
pub mod kept_file;
mod line_dialog;
mod line_source;
pub mod lines;
pub mod not_connected;
pub mod pack;
pub mod pager;
pub mod product_field;
pub mod query;
pub mod recipient;
pub mod retry_design;
pub mod run;
mod saved_meanwhile;
pub mod shipments;
pub mod status_badge;
pub mod stops;
pub mod store_writes;
pub mod take_back;
pub mod toolbar;

use domain::id::OrderId;
use portal::access::Viewer;

/// The page of an order in the viewer's face.
pub fn page_of(viewer: &Viewer, id: OrderId) -> String {
    match viewer {
        Viewer::Operator(_) => format!("/console/orders/{id}"),
        Viewer::Client(_) => format!("/storefronts/orders/{id}"),
    }
}
