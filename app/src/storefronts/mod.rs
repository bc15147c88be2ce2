//! The client portal, called Storefronts: one folder per place of the navigation.

pub mod audit;
pub mod buyers;
pub mod dashboard;
pub mod imports;
pub mod navigation;
pub mod orders;
pub mod routes;
pub mod stores;
pub mod users;

use domain::{Permission, Platform, StoreState};
use leptos::prelude::*;
use portal::stores::Store;

use crate::page::ClientPage;
use crate::ui::*;

/// Says once that the role of this person only looks, on a page where others can do what needs one of `permissions`.
/// Operators who look at a customer's Storefronts know it.
fn look_only(page: &ClientPage, permissions: &[Permission]) -> AnyView {
    let may = |permission: &Permission| page.client.require(*permission).is_ok();
    if permissions.iter().any(may) || page.visitor.looks_on() {
        return ().into_any();
    }
    let t = page.t;
    let text = t.get("dashboard-look-only-text");
    view! { <Alert tone=Tone::Neutral title=t.get("dashboard-look-only") text /> }.into_any()
}

/// Whether orders can be placed on a store by hand.
fn takes_orders(store: &Store) -> bool {
    store.platform == Platform::Manual && store.state == StoreState::Connected
}

/// The link to the form *Place order* for a store; nothing where the role or the store does not allow it.
fn place_order_in(page: &ClientPage, store: &Store, variant: Variant, size: Size) -> AnyView {
    if !takes_orders(store) || page.client.require(Permission::PlaceOrders).is_err() {
        return ().into_any();
    }
    let href = format!("/storefronts/orders/new?store={}", store.id);
    let words = page.t.get("dashboard-place-order");
    view! {
        <ButtonLink href variant size icon="plus" above_row=true>
            {words}
        </ButtonLink>
    }
    .into_any()
}

/// The link to the import of orders, for a store where there is one; disabled where the role does not allow it.
fn import_button(page: &ClientPage, store: Option<&Store>) -> AnyView {
    let fits = store.is_none_or(takes_orders);
    if !fits {
        return ().into_any();
    }
    let words = page.t.get("dashboard-import");
    if page.client.require(Permission::ImportOrders).is_err() {
        return view! { <ClosedButton words icon="upload" /> }.into_any();
    }
    let href = store.map_or_else(
        || "/storefronts/orders/import".to_owned(),
        |store| format!("/storefronts/orders/import?store={}", store.id),
    );
    view! {
        <ButtonLink href icon="upload">
            {words}
        </ButtonLink>
    }
    .into_any()
}

/// The link to the form *Place order*; disabled where the role does not allow it.
fn place_order_button(page: &ClientPage) -> AnyView {
    let words = page.t.get("dashboard-place-order");
    if page.client.require(Permission::PlaceOrders).is_err() {
        return view! { <ClosedButton words variant=Variant::Primary icon="plus" /> }.into_any();
    }
    view! {
        <ButtonLink href="/storefronts/orders/new" variant=Variant::Primary icon="plus">
            {words}
        </ButtonLink>
    }
    .into_any()
}
