//! Which page of Storefronts is where.

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route};
use leptos_router::{SsrMode, path};

use super::dashboard::DashboardPage;
use super::imports::detail::ImportPage;
use super::imports::upload::UploadPage;
use super::orders::list::OrdersPage;
use super::orders::order::OrderPage;
use super::orders::place::PlaceOrderPage;
use super::stores::connect::choose::ChoosePlatformPage;
use super::stores::connect::etsy::ConnectEtsyPage;
use super::stores::connect::shopify::ConnectShopifyPage;
use super::stores::connect::woocommerce::ConnectWooCommercePage;
use super::stores::create::AddStorePage;
use super::stores::list::StoresPage;
use super::stores::orders::StoreOrdersPage;
use super::stores::settings::StoreSettingsPage;
use super::stores::store::StorePage;

/// Everything below `/storefronts`.
#[component(transparent)]
pub fn StorefrontsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/storefronts") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("") view=DashboardPage ssr=SsrMode::Async />
            <Route path=path!("/stores") view=StoresPage ssr=SsrMode::Async />
            <Route path=path!("/stores/new") view=ChoosePlatformPage ssr=SsrMode::Async />
            <Route path=path!("/stores/new/manual") view=AddStorePage ssr=SsrMode::Async />
            <Route path=path!("/stores/new/shopify") view=ConnectShopifyPage ssr=SsrMode::Async />
            <Route path=path!("/stores/new/etsy") view=ConnectEtsyPage ssr=SsrMode::Async />
            <Route path=path!("/stores/new/woocommerce") view=ConnectWooCommercePage ssr=SsrMode::Async />
            <Route path=path!("/stores/:id") view=StorePage ssr=SsrMode::Async />
            <Route path=path!("/stores/:id/orders") view=StoreOrdersPage ssr=SsrMode::Async />
            <Route path=path!("/stores/:id/settings") view=StoreSettingsPage ssr=SsrMode::Async />
            <Route path=path!("/orders") view=OrdersPage ssr=SsrMode::Async />
            <Route path=path!("/orders/new") view=PlaceOrderPage ssr=SsrMode::Async />
            <Route path=path!("/orders/import") view=UploadPage ssr=SsrMode::Async />
            <Route path=path!("/orders/:id") view=OrderPage ssr=SsrMode::Async />
            <Route path=path!("/imports/:id") view=ImportPage ssr=SsrMode::Async />
        </ParentRoute>
    }
    .into_inner()
}
