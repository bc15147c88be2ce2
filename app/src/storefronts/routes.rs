//! Which page of Storefronts is where.

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route};
use leptos_router::{SsrMode, path};

use super::audit::{AuditEntryPage, AuditLogPage};
use super::buyers::BuyersPage;
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
use super::stores::products::connect::ConnectProductPage;
use super::stores::products::list::StoreProductsPage;
use super::stores::products::matches::MatchProductsPage;
use super::stores::products::product::StoreProductPage;
use super::stores::settings::StoreSettingsPage;
use super::stores::store::StorePage;
use super::users::{AddUserPage, UserPage, UsersPage};

/// Everything below `/storefronts`.
#[component(transparent)]
pub fn StorefrontsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/storefronts") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("") view=DashboardPage ssr=SsrMode::Async />
            <ParentRoute path=path!("/stores") view=Outlet ssr=SsrMode::Async>
                <Route path=path!("") view=StoresPage ssr=SsrMode::Async />
                <Route path=path!("/new") view=ChoosePlatformPage ssr=SsrMode::Async />
                <Route path=path!("/new/manual") view=AddStorePage ssr=SsrMode::Async />
                <Route path=path!("/new/shopify") view=ConnectShopifyPage ssr=SsrMode::Async />
                <Route path=path!("/new/etsy") view=ConnectEtsyPage ssr=SsrMode::Async />
                <Route path=path!("/new/woocommerce") view=ConnectWooCommercePage ssr=SsrMode::Async />
                <Route path=path!("/:id") view=StorePage ssr=SsrMode::Async />
                <Route path=path!("/:id/orders") view=StoreOrdersPage ssr=SsrMode::Async />
                <Route path=path!("/:id/settings") view=StoreSettingsPage ssr=SsrMode::Async />
                <Route path=path!("/:id/match") view=MatchProductsPage ssr=SsrMode::Async />
                <Route path=path!("/:id/products") view=StoreProductsPage ssr=SsrMode::Async />
                <Route path=path!("/:id/products/:product") view=StoreProductPage ssr=SsrMode::Async />
                <Route path=path!("/:id/variants/:variant") view=ConnectProductPage ssr=SsrMode::Async />
            </ParentRoute>
            <Route path=path!("/orders") view=OrdersPage ssr=SsrMode::Async />
            <Route path=path!("/orders/new") view=PlaceOrderPage ssr=SsrMode::Async />
            <Route path=path!("/orders/import") view=UploadPage ssr=SsrMode::Async />
            <Route path=path!("/orders/:id") view=OrderPage ssr=SsrMode::Async />
            <Route path=path!("/imports/:id") view=ImportPage ssr=SsrMode::Async />
            <Route path=path!("/settings/buyers") view=BuyersPage ssr=SsrMode::Async />
            <Route path=path!("/settings/audit") view=AuditLogPage ssr=SsrMode::Async />
            <Route path=path!("/settings/audit/:id") view=AuditEntryPage ssr=SsrMode::Async />
            <Route path=path!("/settings/users") view=UsersPage ssr=SsrMode::Async />
            <Route path=path!("/settings/users/new") view=AddUserPage ssr=SsrMode::Async />
            <Route path=path!("/settings/users/:user") view=UserPage ssr=SsrMode::Async />
        </ParentRoute>
    }
    .into_inner()
}
