//! Connecting a shop at Shopify: its name, then Shopify's own page.

use domain::Platform;
use leptos::prelude::*;

use super::authorise::authorise_form;
use super::frame::connect_view;
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn ConnectShopifyPage() -> impl IntoView {
    connect_view(Platform::Shopify, |page, store, shop| {
        authorise_form(page, Platform::Shopify, store, shop, shop_field)
    })
}

/// The shop's name, filled in for those who come from there.
fn shop_field(t: Text, value: String) -> AnyView {
    view! {
        <TextField
            name="shop"
            label=t.get("connect-shopify-shop")
            help=t.get("connect-shopify-shop-help")
            placeholder=t.get("connect-shopify-shop-example")
            value
            autocomplete="off"
        />
    }
    .into_any()
}
