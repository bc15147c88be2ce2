//! The stores of a customer, and the ways to add one.

use std::collections::HashMap;

use domain::id::StoreId;
use domain::{Permission, StoreState};
use leptos::prelude::*;
use portal::stores::{self, Store, StoreRow, StoreSummary};

use super::connect::choose::platform_tiles;
use super::connect::{MANUAL, reconnect_button};
use super::create::create_dialog;
use super::failing::try_now_button;
use super::frame::Section;
use super::{Diagnosis, failing_line, platform_name, store_badge, store_page};
use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::{look_only, place_order_in};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn StoresPage() -> impl IntoView {
    client_page(Permission::SeeStores, |page| async move {
        let t = page.t;
        let scope = page.client.scope();
        let rows = stores::list(&page.portal, &scope).await?;
        let summaries = stores::summaries(&page.portal, &scope).await?;
        let may_add = page.client.require(Permission::ConnectStores).is_ok();
        let title = t.get("stores-title");
        let body = if rows.is_empty() {
            no_stores(&page, may_add)
        } else {
            let heading = may_add.then(|| view! { <h2>{t.get("stores-yours")}</h2> });
            view! {
                <section class="stack">{heading} {table(&page, &rows, &summaries)}</section>
                {may_add.then(|| ways_to_add(&page))}
            }
            .into_any()
        };
        let count = (!rows.is_empty()).then(|| t.number(i64::try_from(rows.len()).unwrap_or(i64::MAX)));
        let dialog = may_add.then(|| create_dialog(&page));
        let view = view! {
            <PageHead title=title.clone() count>
                {(may_add && !rows.is_empty()).then(|| add_button(t, Variant::Default))}
            </PageHead>
            {look_only(&page, &[Permission::ConnectStores, Permission::ConfigureStores])}
            {body}
            {dialog}
        };
        Ok(Content::new(title, view))
    })
}

/// Opens the dialog; where that cannot be, the page of the same form.
fn add_button(t: Text, variant: Variant) -> AnyView {
    view! {
        <ButtonLink href=MANUAL variant icon="plus" opens="add">
            {t.get("stores-add-manual")}
        </ButtonLink>
    }
    .into_any()
}

/// Before the first store there are only the ways to add one.
fn no_stores(page: &ClientPage, may_add: bool) -> AnyView {
    let t = page.t;
    if may_add {
        return ways_to_add(page);
    }
    view! { <Empty title=t.get("stores-none-title") text=t.get("stores-none-look-only") /> }.into_any()
}

/// One tile for each kind of store that can be added.
fn ways_to_add(page: &ClientPage) -> AnyView {
    let t = page.t;
    view! {
        <section class="stack">
            <h2>{t.get("stores-connect")}</h2>
            {platform_tiles(page, true)}
        </section>
    }
    .into_any()
}

fn table(page: &ClientPage, rows: &[StoreRow], summaries: &HashMap<StoreId, StoreSummary>) -> AnyView {
    let t = page.t;
    let rows = rows
        .iter()
        .map(|row| store_row(page, row, summaries.get(&row.store.id)))
        .collect_view();
    view! {
        <DataTable caption=t.get("stores-caption") bleed=true>
            <TableHead>
                <HeadCell text=t.get("stores-store") />
                <HeadCell text=t.get("stores-connection") />
                <HeadCell text=t.get("stores-connected-products") numeric=true />
                <HeadCell text=t.get("stores-attention") numeric=true />
                <HeadCell text=t.get("stores-orders-30-days") numeric=true optional=true />
                <HeadCell text=t.get("stores-last-sync") optional=true />
                <HeadCell text=t.get("stores-actions") hidden=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn store_row(page: &ClientPage, row: &StoreRow, summary: Option<&StoreSummary>) -> AnyView {
    let t = page.t;
    let store = &row.store;
    let picture = view! { <Platform slug=store.platform.slug() /> }.into_any();
    let (title, sub, state) = (store.name.clone(), platform_name(t, store.platform), store.state);
    let href = store_page(store.id);
    let waiting = attention(t, row);
    let recent = t.number(row.orders_30_days);
    let failing = summary.and_then(|summary| summary.failing.as_ref());
    let badge = store_badge(t, state, failing);
    let act = action(page, store, failing.is_some());
    let why = why_not_fine(t, store, summary);
    let products = connected_products(t, store, summary);
    let synced = last_sync(t, summary);
    view! {
        <Row>
            <LeadCell title href sub picture />
            <Cell narrow=Narrow::Corner>
                <span>
                    {badge}
                    {why}
                </span>
            </Cell>
            <Cell label=t.get("stores-connected-products") align=Align::Number>
                {products}
            </Cell>
            <Cell label=t.get("stores-attention") align=Align::Number>
                {waiting}
            </Cell>
            <Cell label=t.get("stores-orders-30-days") align=Align::Number optional=true>
                {recent}
            </Cell>
            <Cell label=t.get("stores-last-sync") optional=true>
                {synced}
            </Cell>
            <Cell align=Align::Actions>{act}</Cell>
        </Row>
    }
    .into_any()
}

/// Why a store is stopped or cannot be read, in a line.
fn why_not_fine(t: Text, store: &Store, summary: Option<&StoreSummary>) -> Option<AnyView> {
    if let Some(failing) = summary.and_then(|summary| summary.failing.as_ref()) {
        return Some(view! { <span class="sub">{failing_line(t, failing)}</span> }.into_any());
    }
    if store.state == StoreState::Connected {
        return None;
    }
    let why = Diagnosis::of(t, summary?.reason.as_deref()?, None);
    Some(view! { <span class="sub">{why.sentence}</span> }.into_any())
}

/// `12 of 38`; nothing for a manual store, which has no products of its own.
fn connected_products(t: Text, store: &Store, summary: Option<&StoreSummary>) -> AnyView {
    let Some(summary) = summary else {
        return ().into_any();
    };
    let products = summary.products;
    let text = t.with(
        "stores-connected-of",
        [
            ("connected", t.number(products.connected).into()),
            ("all", t.number(products.total()).into()),
        ],
    );
    if products.not_connected == 0 {
        return text.into_any();
    }
    let href = Section::Products.href(store.id);
    view! {
        <a class="act text-warning" href=href>
            {text}
        </a>
    }
    .into_any()
}

fn last_sync(t: Text, summary: Option<&StoreSummary>) -> Option<String> {
    let synced = summary?.synced_at;
    Some(synced.map_or_else(|| t.get("stores-health-never"), |at| t.ago(at)))
}

/// The one thing to do with a store from here.
fn action(page: &ClientPage, store: &Store, failing: bool) -> AnyView {
    if failing {
        return try_now_button(page, store, Size::Small).into_any();
    }
    let stopped = matches!(
        store.state,
        StoreState::NeedsReauthorisation | StoreState::Disconnected
    );
    let reconnect = stopped.then(|| reconnect_button(page, store, Size::Small));
    reconnect
        .flatten()
        .unwrap_or_else(|| place_order_in(page, store, Variant::Default, Size::Small))
}

/// How many orders wait for somebody, with the way to them.
fn attention(t: Text, row: &StoreRow) -> AnyView {
    let waiting = row.orders.needing_attention();
    if waiting == 0 {
        return view! { <span class="faint">{t.number(0)}</span> }.into_any();
    }
    let href = format!("/storefronts/orders?view=attention&store={}", row.store.id);
    let name = t.with(
        "stores-attention-of",
        [
            ("count", waiting.into()),
            ("store", row.store.name.as_str().into()),
        ],
    );
    view! { <a class="act text-warning" href=href aria-label=name>{t.number(waiting)}</a> }.into_any()
}
