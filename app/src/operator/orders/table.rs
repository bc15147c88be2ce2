//! The table of orders and the bar that moves those selected.

use domain::{OrderStatus, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::orders::OrderRow;
use portal::paging::Slice;

use super::bulk::AdvanceSelected;
use super::list::PATH;
use crate::orders::attention::no_address_badge;
use crate::orders::pager::pager;
use crate::orders::query::OrderQuery;
use crate::orders::recipient::recipient_name;
use crate::orders::status_badge::row_badges;
use crate::page::OperatorPage;
use crate::ui::*;

/// The statuses that orders can be moved to together: those that need nothing else to be said.
pub(super) const TOGETHER: [OrderStatus; 5] = [
    OrderStatus::InProduction,
    OrderStatus::Printed,
    OrderStatus::Packaged,
    OrderStatus::InTransit,
    OrderStatus::Delivered,
];

/// The table with its pages.
pub(super) fn table(page: &OperatorPage, query: &OrderQuery, found: Slice<OrderRow>) -> AnyView {
    let t = page.t;
    let pages = pager(t, PATH, query, &found);
    let select = page.operator.require(Permission::RunProduction).is_ok();
    let rows = found
        .rows
        .into_iter()
        .map(|order| row(page, order, select))
        .collect_view();
    let bar = select.then(|| {
        let buttons = TOGETHER.map(|status| {
            view! { <Button name="to" value=status.slug() size=Size::Small>{t.get(&mark_key(status))}</Button> }
        });
        view! { <BulkBar>{buttons.into_iter().collect_view()}</BulkBar> }
    });
    view! {
        <Form id="bulk" action=AdvanceSelected::PATH>
            <DataTable caption=t.get("orders-caption") bleed=true>
                <TableHead sticky=true>
                    {select.then(|| view! { <SelectAllCell /> })}
                    <HeadCell text=t.get("orders-order") />
                    <HeadCell text=t.get("orders-customer") />
                    <HeadCell text=t.get("orders-store") />
                    <HeadCell text=t.get("orders-recipient") optional=true />
                    <HeadCell text=t.get("orders-items") numeric=true />
                    <HeadCell text=t.get("orders-status") />
                    <HeadCell text=t.get("orders-shipping-method") optional=true />
                    <HeadCell text=t.get("orders-received") />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
            {bar}
        </Form>
        {pages}
    }
    .into_any()
}

/// The key of the words that move an order to a status: *Mark as printed*.
pub(super) fn mark_key(status: OrderStatus) -> String {
    format!("orders-mark-{}", status.slug())
}

fn row(page: &OperatorPage, order: OrderRow, select: bool) -> AnyView {
    let t = page.t;
    let name = format!("{}{}", page.portal.settings.brand.order_prefix, order.number);
    let tick = select.then(|| {
        view! { <SelectCell name="orders[]" value=order.id.to_string() title=name.clone() /> }
    });
    let items = if order.shipped_count > 0 && order.shipped_count < order.item_count {
        t.with(
            "orders-shipped-of",
            [
                ("shipped", order.shipped_count.into()),
                ("quantity", order.item_count.into()),
            ],
        )
    } else {
        t.number(order.item_count)
    };
    let badges = row_badges(t, &order);
    let recipient = recipient_name(t, &order);
    let no_address = no_address_badge(t, order.status, order.address_problem);
    let reason = order
        .reason
        .map(|reason| view! { <span class="sub clamp">{t.reason(reason)}</span> });
    view! {
        <Row>
            {tick}
            <LeadCell title=name href=format!("{PATH}/{}", order.id) sub=order.external_id />
            <Cell label=t.get("orders-customer")>
                <span dir="auto">{order.customer_name}</span>
            </Cell>
            <Cell label=t.get("orders-store")>
                <span class="entity">
                    <Platform slug=order.platform.slug() label=t.get(&format!("platform-{}", order.platform.slug())) />
                    <span dir="auto">{order.store_name}</span>
                </span>
            </Cell>
            <Cell label=t.get("orders-recipient") optional=true>
                {recipient}
            </Cell>
            <Cell label=t.get("orders-items") align=Align::Number>{items}</Cell>
            <Cell>
                <span class="cluster">
                    {badges}
                    {no_address}
                </span>
                {reason}
            </Cell>
            <Cell label=t.get("orders-shipping-method") optional=true narrow=Narrow::Hidden>
                {order.shipping_method.map(|method| view! { <span dir="auto">{method}</span> })}
            </Cell>
            <Cell align=Align::Time narrow=Narrow::Corner>
                <time datetime=t.machine_time(order.created_at)>{t.ago(order.created_at)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}
