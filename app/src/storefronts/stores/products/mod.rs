//! What an online store sells, and connecting it to the catalogue.

pub mod connect;
pub mod decide;
pub mod list;
pub mod matches;
pub mod product;
pub mod query;
mod table;
mod variants;

use domain::id::{OrderId, StoreId, StoreProductId, StoreVariantId};

use super::store_page;

/// The list of what a store sells.
fn products_page(store: StoreId) -> String {
    format!("{}/products", store_page(store))
}

/// The page of one of its products.
fn product_page(store: StoreId, product: StoreProductId) -> String {
    format!("{}/{product}", products_page(store))
}

/// The page *Connect product* of a variant.
fn connect_page(store: StoreId, variant: StoreVariantId) -> String {
    format!("{}/variants/{variant}", store_page(store))
}

/// The same, for an order that waits: it is shown again once the variant is connected.
pub(crate) fn connect_page_for(store: StoreId, variant: StoreVariantId, order: OrderId) -> String {
    format!("{}?order={order}", connect_page(store, variant))
}

/// The same in the console, where it belongs to an order that waits.
pub(crate) fn connect_page_in_console(order: OrderId, variant: StoreVariantId) -> String {
    format!("/console/orders/{order}/variants/{variant}")
}

/// The page of the auto-match.
fn matches_page(store: StoreId) -> String {
    format!("{}/match", store_page(store))
}
