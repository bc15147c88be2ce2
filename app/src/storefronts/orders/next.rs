//! What comes next for an order, and what its people can do about it.

use domain::id::OrderId;
use domain::{Fix, Permission};
use portal::orders::OrderRow;

use crate::page::ClientPage;

/// The page of an order.
pub(in crate::storefronts) fn order_page(order: OrderId) -> String {
    format!("/storefronts/orders/{order}")
}

/// Where an order that waits is put right, and the words of the link; nothing when nobody of this role can.
pub(in crate::storefronts) fn way_out(page: &ClientPage, row: &OrderRow) -> Option<(String, String)> {
    if row.untold && !row.status.needs_attention() {
        let words = page.t.get("storefront-orders-fix-see");
        return Some((format!("{}#told", order_page(row.id)), words));
    }
    let fix = row.reason.filter(|_| row.status.needs_attention())?.fix();
    let (permission, part, words) = match fix {
        Fix::UploadFile | Fix::Retry => (Permission::EditOrders, "#lines", "give-design"),
        Fix::ConnectProduct => (Permission::ConnectProducts, "#lines", "connect"),
        Fix::EditOrder => (Permission::EditOrders, "#lines", "edit-line"),
        Fix::EditAddress => (Permission::EditOrders, "?dialog=address", "correct-address"),
        Fix::ReleaseOrder => (Permission::HoldOrders, "", "release"),
        _ => (Permission::SeeOrders, "", "see"),
    };
    page.client.require(permission).ok()?;
    Some((
        format!("{}{part}", order_page(row.id)),
        page.t.get(&format!("storefront-orders-fix-{words}")),
    ))
}
