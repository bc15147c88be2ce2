//! One order, as its customer sees it.

use domain::{OrderStatus, Permission};
use leptos::prelude::*;
use portal::access::Viewer;
use portal::orders::{self, OrderDetail};

use super::list::PATH;
use crate::orders::address_form::{address_dialog, edit_link};
use crate::orders::at_store::at_store_card;
use crate::orders::attention::{attention, store_not_read};
use crate::orders::awaited::awaited;
use crate::orders::design::design_dialogs;
use crate::orders::edit_line::edit_line_dialogs;
use crate::orders::events::timeline_card;
use crate::orders::lines::{LinesUse, lines_table};
use crate::orders::not_connected::{Deciding, ignore_dialogs};
use crate::orders::run::run;
use crate::orders::shipments::{address_card, shipment_card};
use crate::orders::status_badge::head_badge;
use crate::orders::stops::{cancel_button, cancel_dialog, hold_button};
use crate::orders::store_writes::writes_card;
use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::look_only;
use crate::storefronts::stores::store_page;
use crate::ui::*;

/// The page.
#[component]
pub fn OrderPage() -> impl IntoView {
    client_page(Permission::SeeOrders, |page| async move {
        let t = page.t;
        let scope = page.client.scope();
        let order = orders::find(&page.portal, &scope, page.param("id")?).await?;
        let at_store = orders::at_store(&page.portal, &scope, order.head.id).await?;
        let viewer = Viewer::Client(page.client.clone());
        let deciding = Deciding::of(&viewer, &order.head);
        let awaited = awaited(&page, &viewer, order.head.id).await?;
        let may_edit = viewer.may(Permission::EditOrders);
        let may_move = may_edit && order.may_go_elsewhere();
        let name = order.head.external_id.clone();
        let note = order.head.note.clone();
        let note = note.map(|text| view! { <Alert tone=Tone::Neutral title=t.get("orders-note") text /> });
        let edit_lines = if may_edit {
            Some(edit_line_dialogs(&page, &order).await?)
        } else {
            None
        };
        let dialogs = view! {
            {edit_lines}
            {may_move.then(|| address_dialog(&page, &order.head))}
            {may_edit.then(|| design_dialogs(&page, &order))}
            {cancel_dialog(&page, &viewer, &order.head, &name)}
            {ignore_dialogs(&page, &order, deciding)}
        };
        let dialogs = dialogs.into_any();
        let view = view! {
            {head(&page, &viewer, &order)}
            {awaited}
            {look_only(&page, &[Permission::EditOrders])}
            {attention(t, &viewer, &order, may_edit, at_store.as_ref())}
            {store_not_read(t, &order.head)}
            {run(t, &order)}
            {note}
            <div class="split" data-fit="lines">
                <div class="stack" data-gap="6">
                    {lines_card(&page, &order, may_edit, deciding)}
                    {timeline_card(t, &order)}
                </div>
                <aside class="stack" data-gap="6" aria-label=t.get("orders-aside")>
                    {shipment_card(t, &order, None, false)}
                    {writes_card(&page, &viewer, &order)}
                    {address_card(t, &order.head, may_move.then(|| edit_link(t)))}
                    {origin_card(&page, &order)}
                    {at_store.as_ref().map(|at_store| at_store_card(t, at_store))}
                </aside>
            </div>
            {dialogs}
        };
        Ok(Content::new(name, view))
    })
}

fn head(page: &ClientPage, viewer: &Viewer, order: &OrderDetail) -> AnyView {
    let (t, head) = (page.t, &order.head);
    let number = format!("{}{}", page.portal.settings.brand.order_prefix, head.number);
    let crumbs = vec![Crumb::link(t.get("orders-title"), PATH)];
    let badge = head_badge(t, head);
    let lede = t.with(
        "orders-lede-client",
        [
            ("time", t.ago_within(head.created_at).into()),
            ("number", number.into()),
        ],
    );
    let cancel = cancel_button(t, viewer, head);
    let hold = hold_button(t, viewer, head);
    view! {
        <PageHead title=head.external_id.clone() crumbs badge lede>
            {cancel}
            {hold}
        </PageHead>
    }
    .into_any()
}

fn lines_card(page: &ClientPage, order: &OrderDetail, may_edit: bool, deciding: Deciding) -> AnyView {
    let t = page.t;
    let count = t.with("orders-item-count", [("count", order.head.item_count.into())]);
    let lines_use = LinesUse {
        select: false,
        edit: may_edit,
        deciding: Some(deciding),
    };
    let settled = may_edit.then(|| settled(page, order)).flatten();
    let table = lines_table(t, &order.lines, lines_use);
    view! {
        <Card id="lines">
            <CardHead title=t.get("orders-lines") count note=settled />
            {table}
        </Card>
    }
    .into_any()
}

/// Why nothing of this order can change any more.
fn settled(page: &ClientPage, order: &OrderDetail) -> Option<String> {
    let status = order.head.status;
    let open = order.lines.iter().any(|line| orders::may_edit(line.status));
    (status != OrderStatus::Cancelled && !open).then(|| page.t.get("storefront-orders-settled"))
}

fn origin_card(page: &ClientPage, order: &OrderDetail) -> AnyView {
    let (t, head) = (page.t, &order.head);
    let name = head.store_name.clone();
    let store = if page.client.require(Permission::SeeStores).is_ok() {
        let href = store_page(head.store_id);
        view! {
            <a href=href dir="auto">
                {name}
            </a>
        }
        .into_any()
    } else {
        view! { <span dir="auto">{name}</span> }.into_any()
    };
    let (platform, reference) = (head.platform, head.external_id.clone());
    let came_by = t.get(&format!("orders-source-{}", head.source.slug()));
    let received = t.date_time(head.created_at);
    view! {
        <Card>
            <CardHead title=t.get("orders-origin") />
            <CardBody>
                <Facts>
                    <Fact name=t.get("orders-store")>
                        <span class="entity">
                            <Platform slug=platform.slug() />
                            {store}
                        </span>
                    </Fact>
                    <Fact name=t.get("storefront-orders-reference")>
                        <Copyable text=reference />
                    </Fact>
                    <Fact name=t.get("orders-came-by") value=came_by />
                    <Fact name=t.get("orders-received") value=received />
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}
