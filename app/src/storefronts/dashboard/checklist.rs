//! The way from an empty account to a parcel, as a list that ticks itself off.

use domain::{OrderStatus, Permission};
use leptos::prelude::*;

use super::Overview;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// A step of the way: its words, where it is done, and whether it is.
struct Milestone {
    key: &'static str,
    href: Option<&'static str>,
    done: bool,
}

/// What is done, told by what there is: nothing has to be ticked.
fn milestones(overview: &Overview, may_add_store: bool) -> Vec<Milestone> {
    let counts = &overview.counts;
    let ordered = counts.total() > 0;
    let has_store = ordered || overview.stores.as_ref().is_some_and(|stores| !stores.is_empty());
    let reached = |station: OrderStatus| counts.sum(|status| status.progress() >= station.progress()) > 0;
    let mut steps = vec![
        Milestone {
            key: "order",
            href: Some("/storefronts/orders/new"),
            done: ordered,
        },
        Milestone {
            key: "production",
            href: Some("/storefronts/orders"),
            done: reached(OrderStatus::InProduction),
        },
        Milestone {
            key: "shipped",
            href: Some("/storefronts/orders"),
            done: reached(OrderStatus::Shipped),
        },
    ];
    if may_add_store {
        let store = Milestone {
            key: "store",
            href: Some("/storefronts/stores/new"),
            done: has_store,
        };
        steps.insert(0, store);
    }
    steps
}

/// The card; nothing once all is done, and for roles that only look.
pub(super) fn checklist(page: &ClientPage, overview: &Overview) -> Option<AnyView> {
    page.client.require(Permission::PlaceOrders).ok()?;
    let t = page.t;
    let may_add_store = page.client.require(Permission::ConnectStores).is_ok();
    let steps = milestones(overview, may_add_store);
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
    let (title, text, action) = (words("title"), words("text"), words("do"));
    let button = milestone.href.filter(|_| current).map(|href| {
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
