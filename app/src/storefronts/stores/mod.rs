//! The place *Stores*: where a customer's orders come from.

pub mod create;
pub mod list;
pub mod rename;
pub mod store;

use domain::Platform;

use crate::text::Text;

/// What a platform is called.
pub(super) fn platform_name(t: Text, platform: Platform) -> String {
    t.get(&format!("platform-{}", platform.slug()))
}

/// The page of a store.
pub(super) fn store_page(store: domain::id::StoreId) -> String {
    format!("/storefronts/stores/{store}")
}
