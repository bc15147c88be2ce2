//! Connecting online stores: picking a platform, and a page for each that says what is needed.

pub mod authorise;
pub mod choose;
pub mod etsy;
mod frame;
pub mod keys;
mod leave;
mod refused;
pub mod shopify;
pub mod woocommerce;

use domain::{Permission, Platform};
use leptos::prelude::*;
use portal::stores::Store;

pub use refused::WORDS;

use crate::page::ClientPage;
use crate::ui::*;

/// The platforms that stores are connected at, in the order they are offered.
const PLATFORMS: [Platform; 3] = [Platform::Shopify, Platform::Etsy, Platform::WooCommerce];

/// The page that picks a platform.
pub(in crate::storefronts) const CHOOSE: &str = "/storefronts/stores/new";
/// The page that adds a manual store.
pub(in crate::storefronts) const MANUAL: &str = "/storefronts/stores/new/manual";

/// The page that connects a store of a platform.
pub fn connect_page(platform: Platform) -> String {
    format!("{CHOOSE}/{}", platform.slug())
}

/// The way to the page that connects a store once more; nothing for a role that may not.
pub(in crate::storefronts) fn reconnect_button(
    page: &ClientPage,
    store: &Store,
    size: Size,
) -> Option<AnyView> {
    page.client.require(Permission::ConnectStores).ok()?;
    let (href, words) = (reconnect_page(store), page.t.get("stores-reconnect"));
    let button = view! {
        <ButtonLink href size icon="link" above_row=true>
            {words}
        </ButtonLink>
    };
    Some(button.into_any())
}

/// The page that connects a store once more.
pub(super) fn reconnect_page(store: &Store) -> String {
    format!("{}?store={}", connect_page(store.platform), store.id)
}
