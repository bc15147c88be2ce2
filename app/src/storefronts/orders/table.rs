//! Orders in a table.

use domain::{CountryCode, OrderStatus};
use leptos::prelude::*;
use portal::orders::OrderRow;

use super::next::{order_page, way_out};
use crate::orders::attention::no_address_badge;
use crate::orders::recipient::recipient_name;
use crate::orders::status_badge::row_badges;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The table, newest first.
pub(in crate::storefronts) fn orders_table(page: &ClientPage, rows: &[OrderRow]) -> AnyView {
    table(page, rows, true)
}

/// The same on the pages of one store, which need not say whose orders they are.
pub(in crate::storefronts) fn orders_of_store_table(page: &ClientPage, rows: &[OrderRow]) -> AnyView {
    table(page, rows, false)
}

fn table(page: &ClientPage, rows: &[OrderRow], names_store: bool) -> AnyView {
    let t = page.t;
    let rows = rows
        .iter()
        .map(|row| order_row(page, row, names_store))
        .collect_view();
    let store_head = names_store.then(|| {
        view! { <HeadCell text=t.get("storefront-orders-store") optional=true /> }
    });
    view! {
        <DataTable caption=t.get("storefront-orders-caption") bleed=true>
            <TableHead sticky=true>
                <HeadCell text=t.get("storefront-orders-order") />
                <HeadCell text=t.get("storefront-orders-for") />
                {store_head}
                <HeadCell text=t.get("storefront-orders-items") numeric=true />
                <HeadCell text=t.get("storefront-orders-status") />
                <HeadCell text=t.get("storefront-orders-next") />
                <HeadCell text=t.get("storefront-orders-received") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn order_row(page: &ClientPage, row: &OrderRow, names_store: bool) -> AnyView {
    let t = page.t;
    let number = format!("{}{}", page.portal.settings.brand.order_prefix, row.number);
    let country = CountryCode::parse(&row.country)
        .map_or_else(|_| row.country.clone(), |code| code.name(t.language).to_owned());
    let badges = row_badges(t, row);
    let recipient = recipient_name(t, row);
    let no_address = no_address_badge(t, row.status, row.address_problem);
    let (items, next) = (items(t, row), next_step(page, row));
    let OrderRow {
        id,
        external_id,
        platform,
        store_name,
        created_at,
        ..
    } = row.clone();
    let store = names_store.then(|| {
        view! {
            <Cell label=t.get("storefront-orders-store") optional=true>
                <span class="entity">
                    <Platform slug=platform.slug() />
                    <span dir="auto">{store_name}</span>
                </span>
            </Cell>
        }
    });
    view! {
        <Row>
            <LeadCell title=external_id href=order_page(id) sub=number />
            <Cell label=t.get("storefront-orders-for")>
                {recipient}
                <span class="sub only-wide">{country}</span>
            </Cell>
            {store}
            <Cell label=t.get("storefront-orders-items") align=Align::Number>
                {items}
            </Cell>
            <Cell narrow=Narrow::Corner>
                <span class="cluster">
                    {badges}
                    {no_address}
                </span>
            </Cell>
            <Cell label=t.get("storefront-orders-next")>{next}</Cell>
            <Cell align=Align::Time narrow=Narrow::Hidden>
                <time datetime=t.machine_time(created_at)>{t.ago(created_at)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}

/// `3`, or `1 of 3` while a part of it is on its way.
fn items(t: Text, row: &OrderRow) -> String {
    if row.shipped_count > 0 && row.shipped_count < row.item_count {
        return t.with(
            "storefront-orders-items-shipped",
            [
                ("shipped", row.shipped_count.into()),
                ("items", row.item_count.into()),
            ],
        );
    }
    t.number(row.item_count)
}

/// The link that puts it right, or who acts next.
fn next_step(page: &ClientPage, row: &OrderRow) -> AnyView {
    if let Some((href, words)) = way_out(page, row) {
        return view! { <a class="act" href=href>{words}</a> }.into_any();
    }
    let stopped =
        row.status.needs_attention() || matches!(row.status, OrderStatus::Draft | OrderStatus::Cancelled);
    let words = match row.reason.filter(|_| stopped) {
        Some(reason) => page.t.reason(reason),
        None => page
            .t
            .get(&format!("storefront-orders-next-{}", row.status.slug())),
    };
    view! { <span class="muted">{words}</span> }.into_any()
}
