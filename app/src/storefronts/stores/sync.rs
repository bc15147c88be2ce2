//! Reading a store at a person's wish: starting it, watching it, stopping it.

use domain::{Permission, Problem, Timestamp};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::jobs::{Job, JobRow};
use portal::stores::Store;
use portal::syncs::{self, SyncProducts as ProductsJob};
use portal::{Outcome, Refusal};

use super::store_page;
use crate::action::{Action, Done, Reply};
use crate::page::ClientPage;
use crate::ui::*;

/// The `id` of the form that has products read.
const PRODUCTS_FORM: &str = "sync-products";
/// The `id` of the form that has orders read.
const ORDERS_FORM: &str = "sync-orders";
/// The `id` of the form that has the orders of a time read.
const ORDERS_FROM_FORM: &str = "sync-orders-from";
/// The value of `what` for products.
const PRODUCTS: &str = "products";
/// The value of `what` for orders.
const ORDERS: &str = "orders";

/// The button that has everything read that the store sells; it turns while that goes on.
pub(super) fn sync_products_button(page: &ClientPage, store: &Store, busy: bool) -> AnyView {
    let t = page.t;
    let words = t.get(if busy {
        "stores-syncing"
    } else {
        "stores-sync-products"
    });
    let id = store.id.to_string();
    view! {
        <Form id=PRODUCTS_FORM action=SyncStoreProducts::PATH>
            <input type="hidden" name="store" value=id />
            <Button variant=Variant::Primary icon="sync" busy>
                {words}
            </Button>
        </Form>
    }
    .into_any()
}

/// The entry of the store's menu that has new and changed orders read.
pub(super) fn sync_orders_entry(page: &ClientPage, store: &Store) -> AnyView {
    let t = page.t;
    view! {
        <MenuForm
            action=SyncStoreOrders::PATH
            text=t.get("stores-sync-now")
            note=t.get("stores-sync-now-note")
            icon="sync"
            values=vec![("store", store.id.to_string())]
        />
    }
    .into_any()
}

/// The card that has the orders of a time read.
pub(super) fn orders_from_card(page: &ClientPage, store: &Store) -> AnyView {
    let t = page.t;
    let id = store.id.to_string();
    view! {
        <Card>
            <CardHead title=t.get("stores-orders-from") note=t.get("stores-orders-from-note") />
            <Form id=ORDERS_FROM_FORM action=SyncStoreOrders::PATH>
                <input type="hidden" name="store" value=id />
                <CardBody form=true>
                    <TextField name="from" kind="date" label=t.get("stores-orders-placed-since") />
                </CardBody>
                <CardFoot>
                    <Button icon="sync">{t.get("stores-sync-orders")}</Button>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

/// The syncs that go on now, each with the button that stops it.
pub(super) fn under_way(page: &ClientPage, store: &Store, jobs: &[JobRow]) -> Option<AnyView> {
    if jobs.is_empty() {
        return None;
    }
    let may_stop = page.client.require(Permission::SyncStores).is_ok();
    let rows = jobs
        .iter()
        .map(|job| live(page, store, job, may_stop))
        .collect_view();
    let label = page.t.get("stores-sync-under-way");
    Some(view! { <Card label>{rows}</Card> }.into_any())
}

fn live(page: &ClientPage, store: &Store, job: &JobRow, may_stop: bool) -> AnyView {
    let t = page.t;
    let what = if job.kind == ProductsJob::KIND {
        PRODUCTS
    } else {
        ORDERS
    };
    let title = t.get(&format!("stores-reading-{what}"));
    let words = t.job_progress(job);
    let endpoint = format!("/api/jobs/{}/progress", job.id);
    let stop = if job.cancel_requested {
        view! { <span class="muted">{t.get("stores-sync-stopping")}</span> }.into_any()
    } else if may_stop {
        let id = store.id.to_string();
        view! {
            <Form id=format!("stop-{what}") action=CancelStoreSync::PATH>
                <input type="hidden" name="store" value=id />
                <input type="hidden" name="what" value=what />
                <Button size=Size::Small>{t.get("stores-sync-stop")}</Button>
            </Form>
        }
        .into_any()
    } else {
        ().into_any()
    };
    let bar = job.bar(page.visitor.now);
    view! {
        <Live title words endpoint bar>
            {stop}
        </Live>
    }
    .into_any()
}

/// Has everything read that a store sells.
#[server(prefix = "/do", endpoint = "stores/sync-products")]
pub async fn sync_store_products(
    /// The store.
    #[server(default)]
    store: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store = action.id(&store)?;
        syncs::sync_products(&action.portal, action.viewer()?, store).await?;
        Ok(Done::to(action.came_from_within(&store_page(store))))
    }
    .await;
    action.answer(PRODUCTS_FORM, outcome).await
}

/// Has the orders of a store read: those that changed, or all that were placed since a day.
#[server(prefix = "/do", endpoint = "stores/sync-orders")]
pub async fn sync_store_orders(
    /// The store.
    #[server(default)]
    store: String,
    /// `2026-11-21`; blank: what changed.
    #[server(default)]
    from: Option<String>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let form = if from.is_some() {
        ORDERS_FROM_FORM
    } else {
        ORDERS_FORM
    };
    let outcome = async {
        let store = action.id(&store)?;
        let from = from.map(|day| first_moment(&action, &day)).transpose()?;
        syncs::sync_orders(&action.portal, action.viewer()?, store, from).await?;
        Ok(Done::to(action.came_from_within(&store_page(store))).saying("orders-sync-started"))
    }
    .await;
    action.answer(form, outcome).await
}

/// The midnight that begins a day, by the person's own clock.
fn first_moment(action: &Action, day: &str) -> Outcome<Timestamp> {
    let problem = if day.trim().is_empty() {
        "required"
    } else {
        "date-invalid"
    };
    let midnight = action.visitor.time_zone.day(day.trim(), 0);
    midnight.ok_or_else(|| Refusal::field("from", Problem::new(problem)))
}

/// Stops a sync of products or orders.
#[server(prefix = "/do", endpoint = "stores/cancel-sync")]
pub async fn cancel_store_sync(
    /// The store.
    #[server(default)]
    store: String,
    /// `products` or `orders`.
    #[server(default)]
    what: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store = action.id(&store)?;
        let (portal, viewer) = (&action.portal, action.viewer()?);
        if what == ORDERS {
            syncs::cancel_orders(portal, viewer, store).await?;
        } else {
            syncs::cancel_products(portal, viewer, store).await?;
        }
        Ok(Done::to(action.came_from_within(&store_page(store))).saying("sync-stopped"))
    }
    .await;
    action.answer(&format!("stop-{what}"), outcome).await
}
