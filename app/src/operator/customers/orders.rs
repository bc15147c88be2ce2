//! The orders of a customer, newest first; the list of all orders searches and filters them.

use domain::Permission;
use leptos::prelude::*;
use portal::customers::{self, CustomerProfile};
use portal::orders::{self, OrderFilter, OrderRow};
use portal::paging::{Slice, Turn};

use super::sections::{Section, section};
use super::stores::platform_name;
use crate::orders::recipient::recipient_name;
use crate::orders::status_badge::row_badges;
use crate::page::{OperatorPage, operator_page};
use crate::ui::*;

/// The page.
#[component]
pub fn CustomerOrdersPage() -> impl IntoView {
    operator_page(Permission::SeeCustomers, |page| async move {
        let t = page.t;
        let customer = customers::find(&page.portal, &page.operator, page.param("id")?).await?;
        let scope = customers::scope_of(&page.operator, customer.id)?;
        let turn = match (page.query_as("after"), page.query_as("before")) {
            (Some(number), _) => Turn::After(number),
            (None, Some(number)) => Turn::Before(number),
            (None, None) => Turn::First,
        };
        let found = orders::list(&page.portal, &scope, &OrderFilter::default(), turn, rows(&page)).await?;
        let content = if found.rows.is_empty() {
            view! { <Empty title=t.get("customers-orders-empty-title") text=t.get("customers-orders-empty-text") /> }
                .into_any()
        } else {
            table(&page, &customer, found)
        };
        Ok(section(&page, &customer, Section::Orders, content))
    })
}

fn rows(page: &OperatorPage) -> u32 {
    page.query_as("rows")
        .filter(|rows| PAGE_SIZES.contains(rows))
        .unwrap_or(PAGE_SIZES[0])
}

fn table(page: &OperatorPage, customer: &CustomerProfile, found: Slice<OrderRow>) -> AnyView {
    let t = page.t;
    let turn = |name: &str, order: Option<&OrderRow>| {
        let number = order.map(|order| order.number.to_string());
        let other = if name == "after" { "before" } else { "after" };
        number.map(|number| page.link_with(&[(name, Some(&number)), (other, None)]))
    };
    let previous = turn("before", found.rows.first().filter(|_| found.has_previous));
    let next = turn("after", found.rows.last().filter(|_| found.has_next));
    let shown = t.with(
        "customers-orders-shown",
        [(
            "orders",
            i64::try_from(found.rows.len()).unwrap_or(i64::MAX).into(),
        )],
    );
    let all = format!("/console/orders?customer={}", customer.id);
    let size = rows(page);
    let rows = found
        .rows
        .into_iter()
        .map(|order| order_row(page, order))
        .collect_view();
    view! {
        <div class="spread">
            <p class="muted">{t.get("customers-orders-note")}</p>
            <ButtonLink href=all size=Size::Small>{t.get("customers-orders-search")}</ButtonLink>
        </div>
        <DataTable caption=t.get("customers-orders") bleed=true>
            <TableHead>
                <HeadCell text=t.get("customers-order") />
                <HeadCell text=t.get("customers-store") />
                <HeadCell text=t.get("customers-recipient") optional=true />
                <HeadCell text=t.get("customers-items") numeric=true />
                <HeadCell text=t.get("customers-order-status") />
                <HeadCell text=t.get("customers-received") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
        <Pager shown previous next rows=size />
    }
    .into_any()
}

fn order_row(page: &OperatorPage, order: OrderRow) -> AnyView {
    let t = page.t;
    let name = format!("{}{}", page.portal.settings.brand.order_prefix, order.number);
    let href = format!("/console/orders/{}", order.id);
    let reason = order
        .reason
        .map(|reason| view! { <span class="sub">{t.reason(reason)}</span> });
    let platform = platform_name(t, order.platform);
    let badges = row_badges(t, &order);
    let recipient = recipient_name(t, &order);
    view! {
        <Row>
            <LeadCell title=name href sub=order.external_id />
            <Cell label=t.get("customers-store")>
                <span class="entity">
                    <Platform slug=order.platform.slug() label=platform />
                    <span dir="auto">{order.store_name}</span>
                </span>
            </Cell>
            <Cell label=t.get("customers-recipient") optional=true>
                {recipient}
            </Cell>
            <Cell label=t.get("customers-items") align=Align::Number>{t.number(order.item_count)}</Cell>
            <Cell>
                <span>
                    <span class="cluster">{badges}</span>
                    {reason}
                </span>
            </Cell>
            <Cell align=Align::Time narrow=Narrow::Corner>
                <time datetime=t.machine_time(order.created_at)>{t.ago(order.created_at)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}
