//! The way from an empty account to a parcel, as a list that ticks itself off.

use domain::{OrderStatus, Permission, Platform};
use leptos::prelude::*;
use portal::store_products::MappingCounts;
use portal::stores::StoreRow;

use super::Overview;
use crate::page::ClientPage;
use crate::storefronts::stores::connect::CHOOSE;
use crate::storefronts::stores::frame::Section;
use crate::storefronts::stores::store_page;
use crate::text::Text;
use crate::ui::*;

/// The list of stores.
const STORES: &str = "/storefronts/stores";

/// A step of the way: its words, where it is done, and whether it is.
struct Milestone {
    key: &'static str,
    href: String,
    done: bool,
    /// How much of it is left.
    left: Option<String>,
}

impl Milestone {
    fn new(key: &'static str, href: impl Into<String>, done: bool) -> Self {
        Self {
            key,
            href: href.into(),
            done,
            left: None,
        }
    }
}

/// What is done, told by what there is: nothing has to be ticked.
fn milestones(t: Text, overview: &Overview, may_add_store: bool) -> Vec<Milestone> {
    let counts = &overview.counts;
    let ordered = counts.total() > 0;
    let reached = |station: OrderStatus| counts.sum(|status| status.progress() >= station.progress()) > 0;
    let mut steps = Vec::new();
    if may_add_store {
        let has_store = ordered || overview.stores.as_ref().is_some_and(|stores| !stores.is_empty());
        steps.push(Milestone::new("store", CHOOSE, has_store));
        if !has_store || !overview.summaries.is_empty() {
            steps.extend(product_steps(t, overview));
        }
    }
    let order = if takes_orders_by_hand(overview) {
        Milestone::new("order", "/storefronts/orders/new", ordered)
    } else {
        Milestone::new("test", STORES, ordered)
    };
    steps.extend([
        order,
        Milestone::new(
            "production",
            "/storefronts/orders",
            reached(OrderStatus::InProduction),
        ),
        Milestone::new("shipped", "/storefronts/orders", reached(OrderStatus::Shipped)),
    ]);
    steps
}

/// Whether there is a store to place the first order on; of online stores they come by themselves.
fn takes_orders_by_hand(overview: &Overview) -> bool {
    let manual = |row: &StoreRow| row.store.platform == Platform::Manual;
    overview
        .stores
        .as_ref()
        .is_none_or(|stores| stores.is_empty() || stores.iter().any(manual))
}

/// What an online store needs before its orders can be made. A manual one has no products of its own.
fn product_steps(t: Text, overview: &Overview) -> [Milestone; 2] {
    let known = |count: fn(&MappingCounts) -> i64| {
        overview
            .summaries
            .values()
            .any(|summary| count(&summary.products) > 0)
    };
    let stores = || overview.stores.iter().flatten();
    let products = |row: &StoreRow| {
        let summary = overview.summaries.get(&row.store.id);
        summary.map(|summary| summary.products)
    };
    let new = stores().find(|row| products(row).is_some_and(|products| products.connected == 0));
    let sync = new.map_or_else(|| STORES.to_owned(), |row| store_page(row.store.id));
    let sync = Milestone::new("sync", sync, known(MappingCounts::total));
    // What was begun is brought to its end first.
    let left = |row: &&StoreRow| products(row).is_some_and(|products| products.not_connected > 0);
    let begun = |row: &&StoreRow| products(row).is_some_and(|products| products.connected > 0);
    let next = stores().filter(left).find(begun).or_else(|| stores().find(left));
    let waiting: i64 = stores()
        .filter_map(products)
        .map(|products| products.not_connected)
        .sum();
    let some = known(|products| products.connected);
    let href = next.map_or_else(
        || new.map_or_else(|| STORES.to_owned(), |row| Section::Products.href(row.store.id)),
        |row| {
            format!(
                "{}?connection=not-connected",
                Section::Products.href(row.store.id)
            )
        },
    );
    let mut connect = Milestone::new("connect", href, some && waiting == 0);
    connect.left = (waiting > 0).then(|| {
        let here = next
            .and_then(products)
            .map_or(0, |products| products.not_connected);
        let name = next.map(|row| row.store.name.clone()).unwrap_or_default();
        t.with(
            if here == waiting {
                "dashboard-step-connect-left"
            } else {
                "dashboard-step-connect-left-in-several"
            },
            [
                ("count", waiting.into()),
                ("here", here.into()),
                ("store", name.into()),
            ],
        )
    });
    [sync, connect]
}

/// The card; nothing once all is done, and for roles that only look.
pub(super) fn checklist(page: &ClientPage, overview: &Overview) -> Option<AnyView> {
    page.client.require(Permission::PlaceOrders).ok()?;
    let t = page.t;
    let may_add_store = page.client.require(Permission::ConnectStores).is_ok();
    let steps = milestones(t, overview, may_add_store);
    let done = steps.iter().filter(|step| step.done).count();
    if done == steps.len() {
        return None;
    }
    let progress = t.with(
        "dashboard-steps-done",
        [("done", done.into()), ("all", steps.len().into())],
    );
    let current = steps.iter().position(|step| !step.done);
    let (finished, open): (Vec<_>, Vec<_>) = steps
        .into_iter()
        .enumerate()
        .partition(|(_, milestone)| milestone.done);
    let open = open
        .into_iter()
        .map(|(index, milestone)| open_step(t, index, &milestone, current == Some(index)))
        .collect_view();
    let view = view! {
        <Card>
            <CardHead title=t.get("dashboard-get-started") count=progress />
            <CardBody>
                <Steps>{open} {finished_steps(t, finished)}</Steps>
            </CardBody>
        </Card>
    };
    Some(view.into_any())
}

fn open_step(t: Text, index: usize, milestone: &Milestone, current: bool) -> AnyView {
    let words = |part: &str| t.get(&format!("dashboard-step-{}-{part}", milestone.key));
    let stage = if current { Stage::Current } else { Stage::Ahead };
    let variant = if current {
        Variant::Primary
    } else {
        Variant::Default
    };
    let parts = [Some(words("text")), milestone.left.clone()];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (title, action) = (words("title"), words("do"));
    let button = current.then(|| {
        let href = milestone.href.clone();
        view! {
            <ButtonLink href variant size=Size::Small>
                {action}
            </ButtonLink>
        }
    });
    view! {
        <Step number={index + 1} title text stage>
            {button}
        </Step>
    }
    .into_any()
}

/// The steps that are done, folded away.
fn finished_steps(t: Text, finished: Vec<(usize, Milestone)>) -> Option<AnyView> {
    if finished.is_empty() {
        return None;
    }
    let summary = t.with("dashboard-steps-finished", [("count", finished.len().into())]);
    let steps = finished.into_iter().map(|(index, milestone)| {
        let title = t.get(&format!("dashboard-step-{}-title", milestone.key));
        view! { <Step number={index + 1} title stage=Stage::Done /> }
    });
    let steps = steps.collect_view();
    let view = view! {
        <li class="folded">
            <details>
                <summary class="muted">{summary}</summary>
                <Steps>{steps}</Steps>
            </details>
        </li>
    };
    Some(view.into_any())
}
