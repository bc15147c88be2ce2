//! One order, as the print company sees it.

use domain::Permission;
use leptos::prelude::*;
use portal::access::{Scope, Viewer};
use portal::orders::{self, AtStore, OrderDetail};
use portal::{Outcome, Refusal};

use super::advance::{lines_card, next_button};
use super::correct_tracking::tracking_dialogs;
use super::list::PATH;
use super::ship::{can_ship, ship_button, ship_dialog};
use crate::orders::address_form::{address_dialog, edit_link};
use crate::orders::at_store::at_store_card;
use crate::orders::attention::{attention, store_not_read};
use crate::orders::awaited::awaited;
use crate::orders::design::design_dialogs;
use crate::orders::edit_line::edit_line_dialogs;
use crate::orders::events::timeline_card;
use crate::orders::not_connected::{Deciding, ignore_dialogs};
use crate::orders::run::run;
use crate::orders::shipments::{address_card, shipment_card};
use crate::orders::status_badge::head_badge;
use crate::orders::stops::{cancel_button, cancel_dialog, hold_button};
use crate::orders::store_writes::writes_card;
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The page.
#[component]
pub fn OrderPage() -> impl IntoView {
    operator_page(Permission::SeeOrders, |page| async move {
        let order = orders::find(&page.portal, &Scope::AllCustomers, page.param("id")?).await?;
        let viewer = Viewer::Operator(page.operator.clone());
        let name = format!("{}{}", page.portal.settings.brand.order_prefix, order.head.number);
        let may_correct = viewer.may(Permission::EditOrders);
        let may_edit = may_correct && order.may_go_elsewhere();
        let at_store = orders::at_store(&page.portal, &Scope::AllCustomers, order.head.id).await?;
        let deciding = Deciding::of(&viewer, &order.head);
        let awaited = awaited(&page, &viewer, order.head.id).await?;
        let head = head(&page, &viewer, &order, &name).await?;
        let main = main(&page, &viewer, &order, may_edit, at_store.as_ref());
        let aside = aside(&page, &viewer, &order, may_edit, at_store.as_ref());
        let dialogs = dialogs(&page, &viewer, &order, may_edit, at_store.as_ref(), &name).await?;
        let line_dialogs = if may_correct {
            Some(line_dialogs(&page, &order).await?)
        } else {
            None
        };
        let view = view! {
            {head}
            {awaited}
            {main}
            <div class="split" data-fit="lines">
                <div class="stack" data-gap="6">
                    {lines_card(page.t, &order, viewer.may(Permission::RunProduction), may_correct, deciding)}
                    {timeline_card(page.t, &order)}
                </div>
                {aside}
            </div>
            {dialogs}
            {line_dialogs}
            {ignore_dialogs(&page, &order, deciding)}
        };
        Ok(Content::new(name, view))
    })
}

async fn head(page: &OperatorPage, viewer: &Viewer, order: &OrderDetail, name: &str) -> Outcome<AnyView> {
    let (t, head) = (page.t, &order.head);
    let crumbs = vec![Crumb::link(t.get("orders-title"), PATH)];
    let badge = head_badge(t, head);
    let lede = t.with(
        "orders-lede-operator",
        [
            ("time", t.ago_within(head.created_at).into()),
            ("customer", head.customer_name.as_str().into()),
        ],
    );
    let neighbours = neighbours(page, head.number).await?;
    let hold = hold_button(t, viewer, head);
    let cancel = cancel_button(t, viewer, head);
    let next = viewer
        .may(Permission::RunProduction)
        .then(|| next_button(t, order));
    Ok(view! {
        <PageHead title=name.to_owned() crumbs badge lede>
            {neighbours}
            {cancel}
            {hold}
            {next}
        </PageHead>
    }
    .into_any())
}

async fn neighbours(page: &OperatorPage, number: i64) -> Result<AnyView, Refusal> {
    let t = page.t;
    let (older, newer) = orders::neighbours(&page.portal, &Scope::AllCustomers, number).await?;
    let link = |id: Option<domain::id::OrderId>, icon: &'static str, key: &str| {
        let label = t.get(key);
        id.map(|id| view! { <IconButton icon label href=format!("{PATH}/{id}") /> })
    };
    let (newer, older) = (
        link(newer, "chevron-left", "orders-newer"),
        link(older, "chevron-right", "orders-older"),
    );
    Ok(view! {
        <ButtonGroup>
            {newer}
            {older}
        </ButtonGroup>
    }
    .into_any())
}

fn main(
    page: &OperatorPage,
    viewer: &Viewer,
    order: &OrderDetail,
    may_edit: bool,
    at_store: Option<&AtStore>,
) -> AnyView {
    let note = order.head.note.clone();
    let note = note.map(|text| view! { <Alert tone=Tone::Neutral title=page.t.get("orders-note") text /> });
    view! {
        {attention(page.t, viewer, order, may_edit, at_store)}
        {store_not_read(page.t, &order.head)}
        {run(page.t, order)}
        {note}
    }
    .into_any()
}

fn aside(
    page: &OperatorPage,
    viewer: &Viewer,
    order: &OrderDetail,
    may_edit: bool,
    at_store: Option<&AtStore>,
) -> AnyView {
    let t = page.t;
    let may_ship = viewer.may(Permission::RunProduction);
    let ship = (may_ship && can_ship(order)).then(|| ship_button(t, Variant::Default));
    view! {
        <aside class="stack" data-gap="6" aria-label=t.get("orders-aside")>
            {shipment_card(t, order, ship, may_ship)}
            {writes_card(page, viewer, order)}
            {address_card(t, &order.head, may_edit.then(|| edit_link(t)))}
            {origin_card(page, order)}
            {at_store.map(|at_store| at_store_card(t, at_store))}
        </aside>
    }
    .into_any()
}

fn origin_card(page: &OperatorPage, order: &OrderDetail) -> AnyView {
    let t = page.t;
    let head = order.head.clone();
    let may_see_customer = page.operator.require(Permission::SeeCustomers).is_ok();
    let customer = if may_see_customer {
        let href = format!("/console/customers/{}", head.customer_id);
        view! { <a href=href dir="auto">{head.customer_name.clone()}</a> }.into_any()
    } else {
        view! { <span dir="auto">{head.customer_name.clone()}</span> }.into_any()
    };
    let reference = head.external_id.clone();
    let (platform, store_name) = (head.platform.slug(), head.store_name.clone());
    let source = t.get(&format!("orders-source-{}", head.source.slug()));
    view! {
        <Card>
            <CardHead title=t.get("orders-origin") />
            <CardBody>
                <Facts>
                    <Fact name=t.get("orders-customer")>{customer}</Fact>
                    <Fact name=t.get("orders-store")>
                        <span class="entity">
                            <Platform slug=platform />
                            <span dir="auto">{store_name}</span>
                        </span>
                    </Fact>
                    <Fact name=t.get("orders-reference")>
                        <Copyable text=reference />
                    </Fact>
                    <Fact name=t.get("orders-came-by") value=source />
                    <Fact name=t.get("orders-received") value=t.date_time(head.created_at) />
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}

async fn dialogs(
    page: &OperatorPage,
    viewer: &Viewer,
    order: &OrderDetail,
    may_edit: bool,
    at_store: Option<&AtStore>,
    name: &str,
) -> Outcome<AnyView> {
    let ship = if viewer.may(Permission::RunProduction) && can_ship(order) {
        Some(ship_dialog(page, order, at_store).await?)
    } else {
        None
    };
    let tracking = if viewer.may(Permission::RunProduction) {
        Some(tracking_dialogs(page, order).await?)
    } else {
        None
    };
    let address = may_edit.then(|| address_dialog(page, &order.head));
    Ok(view! {
        {ship}
        {tracking}
        {address}
        {cancel_dialog(page, viewer, &order.head, name)}
    }
    .into_any())
}

/// What corrects lines and their designs.
async fn line_dialogs(page: &OperatorPage, order: &OrderDetail) -> Outcome<AnyView> {
    let edit = edit_line_dialogs(page, order).await?;
    Ok(view! {
        {edit}
        {design_dialogs(page, order)}
    }
    .into_any())
}
