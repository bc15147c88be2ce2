//! Connecting a shop at Etsy: whoever agrees there has one shop, so nothing is asked for.

use domain::Platform;
use leptos::prelude::*;

use super::authorise::authorise_form;
use super::frame::connect_view;

/// The page.
#[component]
pub fn ConnectEtsyPage() -> impl IntoView {
    connect_view(Platform::Etsy, |page, store, shop| {
        authorise_form(page, Platform::Etsy, store, shop, |_, _| ().into_any())
    })
}
