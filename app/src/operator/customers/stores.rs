//! The stores of a customer, for operators to look at.

use std::collections::HashMap;

use domain::id::StoreId;
use domain::{Permission, Platform as StorePlatform};
use leptos::prelude::*;
use portal::customers;
use portal::stores::{self, StoreRow, StoreSummary};

use super::sections::{Section, section};
use crate::page::operator_page;
use crate::storefronts::stores::{Diagnosis, failing_line, store_badge};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn CustomerStoresPage() -> impl IntoView {
    operator_page(Permission::SeeCustomers, |page| async move {
        let t = page.t;
        let customer = customers::find(&page.portal, &page.operator, page.param("id")?).await?;
        let scope = customers::scope_of(&page.operator, customer.id)?;
        let found = stores::list(&page.portal, &scope).await?;
        let summaries = stores::summaries(&page.portal, &scope).await?;
        let content = if found.is_empty() {
            view! { <Empty title=t.get("customers-stores-empty-title") text=t.get("customers-stores-empty-text") /> }
                .into_any()
        } else {
            table(t, found, &summaries)
        };
        Ok(section(&page, &customer, Section::Stores, content))
    })
}

fn table(t: Text, stores: Vec<StoreRow>, summaries: &HashMap<StoreId, StoreSummary>) -> AnyView {
    let rows = stores
        .into_iter()
        .map(|row| {
            let summary = summaries.get(&row.store.id);
            store_row(t, row, summary)
        })
        .collect_view();
    view! {
        <DataTable caption=t.get("customers-stores") bleed=true>
            <TableHead>
                <HeadCell text=t.get("customers-store") />
                <HeadCell text=t.get("customers-store-state") />
                <HeadCell text=t.get("customers-orders-30") numeric=true />
                <HeadCell text=t.get("customers-store-synced") />
                <HeadCell text=t.get("customers-created") optional=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn store_row(t: Text, row: StoreRow, summary: Option<&StoreSummary>) -> AnyView {
    let attention = row.orders.needing_attention();
    let warning = (attention > 0).then(|| {
        let text = t.with("customers-need-attention", [("orders", attention.into())]);
        view! { <span class="sub text-warning">{text}</span> }
    });
    // Also of a store that goes on in spite of it: operators look before the customer asks.
    let failing = summary.and_then(|summary| summary.failing.as_ref());
    let why = failing.map(|failing| failing_line(t, failing)).or_else(|| {
        let reason = summary?.reason.as_deref()?;
        Some(Diagnosis::of(t, reason, None).sentence)
    });
    let why = why.map(|why| view! { <span class="sub">{why}</span> });
    let badge = store_badge(t, row.store.state, failing);
    let synced = summary.map(|summary| match summary.synced_at {
        Some(at) => t.ago(at),
        None => t.get("customers-store-never-synced"),
    });
    let store = row.store;
    let platform = platform_name(t, store.platform);
    let picture = view! { <Platform slug=store.platform.slug() /> }.into_any();
    view! {
        <Row>
            <LeadCell title=store.name sub=platform picture />
            <Cell>
                <span>
                    {badge}
                    {why}
                </span>
            </Cell>
            <Cell label=t.get("customers-orders-30") align=Align::Number>
                <span>{t.number(row.orders_30_days)} {warning}</span>
            </Cell>
            <Cell label=t.get("customers-store-synced")>{synced}</Cell>
            <Cell label=t.get("customers-created") align=Align::Time optional=true>
                {t.date(store.created_at)}
            </Cell>
        </Row>
    }
    .into_any()
}

/// What a platform is called.
pub(super) fn platform_name(t: Text, platform: StorePlatform) -> String {
    t.get(&format!("customers-platform-{}", platform.slug()))
}
