//! One store: what it is up to, its latest orders, and what can be done with it.

use domain::{OrderStatus, Permission, Platform as StorePlatform};
use leptos::prelude::*;
use portal::orders::{self, OrderFilter, StatusCounts};
use portal::paging::Turn;
use portal::stores::{self, StoreRow};
use portal::{Outcome, Refusal};

use super::frame::{Section, StoreFrame};
use super::health_card::health_card;
use super::platform_name;
use super::rename::{rename_button, rename_dialog};
use super::runs_card::runs_card;
use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::orders::table::orders_of_store_table;
use crate::storefronts::{import_button, look_only, place_order_in, takes_orders};
use crate::ui::*;

/// How many of its orders a store's page shows.
const LATEST: u32 = 10;

/// The page.
#[component]
pub fn StorePage() -> impl IntoView {
    client_page(Permission::SeeStores, |page| async move {
        let id = page.param("id")?;
        // One customer has few stores: their list has the counters of this one too.
        let stores = stores::list(&page.portal, &page.client.scope()).await?;
        let row = stores.into_iter().find(|row| row.store.id == id);
        let row = row.ok_or(Refusal::NotFound)?;
        if row.store.platform == StorePlatform::Manual {
            manual(&page, &row).await
        } else {
            let frame = StoreFrame::of(&page, row).await?;
            online(&page, &frame).await
        }
    })
}

/// A store without a platform: everything is on one page.
async fn manual(page: &ClientPage, row: &StoreRow) -> Outcome<Content> {
    let may_rename = page.client.require(Permission::ConfigureStores).is_ok();
    let list = match latest_orders(page, row).await? {
        Some(list) => list,
        None => no_orders(page, row),
    };
    let view = view! {
        {head(page, row, may_rename)}
        {look_only(page, &[Permission::PlaceOrders, Permission::ConfigureStores])}
        {figures(page, row)}
        {list}
        {may_rename.then(|| rename_dialog(page, &row.store))}
    };
    Ok(Content::new(row.store.name.clone(), view))
}

/// A store at a platform: how it is doing, and its orders.
async fn online(page: &ClientPage, frame: &StoreFrame) -> Outcome<Content> {
    let list = latest_orders(page, &frame.row).await?;
    let content = view! {
        {figures(page, &frame.row)}
        <div class="split" data-aside="half">{health_card(page, frame)} {runs_card(page, frame)}</div>
        {list}
    };
    Ok(frame.around(page, Section::Overview, ().into_any(), content.into_any()))
}

/// The newest orders of a store; nothing before the first.
async fn latest_orders(page: &ClientPage, row: &StoreRow) -> Outcome<Option<AnyView>> {
    let t = page.t;
    let filter = OrderFilter {
        store: Some(row.store.id),
        ..OrderFilter::default()
    };
    let scope = page.client.scope();
    let latest = orders::list(&page.portal, &scope, &filter, Turn::First, LATEST).await?;
    if latest.rows.is_empty() {
        return Ok(None);
    }
    let all = format!("/storefronts/orders?store={}", row.store.id);
    let view = view! {
        <section class="stack">
            <div class="spread">
                <h2>{t.get("stores-latest-orders")}</h2>
                <a href=all>{t.get("stores-all-orders")}</a>
            </div>
            {orders_of_store_table(page, &latest.rows)}
        </section>
    };
    Ok(Some(view.into_any()))
}

fn head(page: &ClientPage, row: &StoreRow, may_rename: bool) -> AnyView {
    let t = page.t;
    let store = &row.store;
    let crumbs = vec![Crumb::link(t.get("stores-title"), "/storefronts/stores")];
    let badge = view! { <Badge status=store.state.slug() text=t.status(store.state) /> }.into_any();
    let picture = view! { <Platform slug=store.platform.slug() size=Size::Large /> }.into_any();
    let added = t.with(
        "stores-added",
        [
            ("platform", platform_name(t, store.platform).into()),
            ("date", t.date(store.created_at).into()),
        ],
    );
    let rename = may_rename.then(|| rename_button(page));
    let import = import_button(page, Some(store));
    let place = place_order_in(page, store, Variant::Primary, Size::Medium);
    view! {
        <PageHead title=store.name.clone() lede=added crumbs badge picture>
            {rename}
            {import}
            {place}
        </PageHead>
    }
    .into_any()
}

fn figures(page: &ClientPage, row: &StoreRow) -> AnyView {
    let t = page.t;
    let store = row.store.id;
    let waiting = format!("/storefronts/orders?view=attention&store={store}");
    let all = format!("/storefronts/orders?store={store}");
    let [recent, attention, made, carried] = [
        row.orders_30_days,
        row.orders.needing_attention(),
        in_production(&row.orders),
        on_the_way(&row.orders),
    ]
    .map(|figure| t.number(figure));
    view! {
        <Stats>
            <Stat label=t.get("stores-orders-30-days") figure=recent href=all />
            <Stat label=t.get("stores-attention") figure=attention href=waiting />
            <Stat label=t.get("stores-in-production") figure=made />
            <Stat label=t.get("stores-on-the-way") figure=carried />
        </Stats>
    }
    .into_any()
}

/// Orders that are being made.
pub(in crate::storefronts) fn in_production(orders: &StatusCounts) -> i64 {
    use OrderStatus::{InProduction, Packaged, Printed};
    orders.sum(|status| matches!(status, InProduction | Printed | Packaged))
}

/// Orders that a carrier has.
pub(in crate::storefronts) fn on_the_way(orders: &StatusCounts) -> i64 {
    orders.sum(|status| matches!(status, OrderStatus::Shipped | OrderStatus::InTransit))
}

fn no_orders(page: &ClientPage, row: &StoreRow) -> AnyView {
    let t = page.t;
    let may_place = takes_orders(&row.store) && page.client.require(Permission::PlaceOrders).is_ok();
    let text = t.get(if may_place {
        "stores-no-orders-text"
    } else {
        "stores-no-orders-look-only"
    });
    let place = place_order_in(page, &row.store, Variant::Default, Size::Medium);
    let import = import_button(page, Some(&row.store));
    view! {
        <Empty title=t.get("stores-no-orders-title") text>
            {place}
            {import}
        </Empty>
    }
    .into_any()
}
