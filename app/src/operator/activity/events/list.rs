//! The list of events, newest first.

use domain::{Direction, MessageKind, MessageState, Permission, Platform as StorePlatform};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Scope;
use portal::messages::{self, MessageRow};
use portal::paging::Slice;
use portal::{Outcome, Refusal, customers, jobs, orders, stores};

use super::query::{EventsQuery, STOPPED, kept, link};
use super::retry::{RetryEvents, retry_results};
use super::table::table;
use super::{EVENTS, words};
use crate::operator::activity::{list_query, tabs};
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The page.
#[component]
pub fn EventsPage() -> impl IntoView {
    operator_page(Permission::SeeActivity, |page| async move {
        let query = EventsQuery::of(&page);
        let (turn, limit) = (list_query::turn(&page), list_query::rows(&page));
        let mut conn = page.portal.db.read().await?;
        let scope = Scope::AllCustomers;
        let found = messages::list(&mut conn, &scope, query.filter(), &turn, limit).await?;
        let dead = messages::dead_count(&mut conn, &scope).await?;
        let stopped = jobs::stopped(&mut conn).await?;
        drop(conn);
        let names = Names::of(&page, &query).await?;
        let results = retry_results(&page).await;
        let t = page.t;
        let title = t.get("activity-title");
        let view = view! {
            <PageHead title=title.clone() />
            <Tabs label=title items=tabs(t, EVENTS, stopped, dead) />
            <div class="stack">
                {results}
                {toolbar(&page, &query, dead)}
                {active(&page, names)}
                {list(&page, &query, found, limit)}
            </div>
        };
        Ok(Content::new(t.get("activity-events"), view))
    })
}

/// What the filters by id are called.
struct Names {
    customer: Option<String>,
    store: Option<String>,
    order: Option<String>,
}

impl Names {
    async fn of(page: &OperatorPage, query: &EventsQuery) -> Outcome<Self> {
        let filter = query.filter();
        let mut names = Self {
            customer: None,
            store: None,
            order: None,
        };
        if let Some(customer) = filter.customer {
            let found = customers::find(&page.portal, &page.operator, customer).await;
            names.customer = Some(known(found.map(|profile| profile.name), customer)?);
        }
        if let Some(store) = filter.store {
            let found = stores::find(&page.portal, &Scope::AllCustomers, store).await;
            names.store = Some(known(found.map(|store| store.name), store)?);
        }
        if let Some(order) = filter.order {
            let numbers = orders::any_customers_numbers(&page.portal, &page.operator, &[order]).await?;
            let prefix = &page.portal.settings.brand.order_prefix;
            let number = numbers.get(&order).map(|number| format!("{prefix}{number}"));
            names.order = Some(number.unwrap_or_else(|| order.to_string()));
        }
        Ok(names)
    }
}

/// A name; the id of what is not there.
fn known(name: Outcome<String>, id: impl std::fmt::Display) -> Outcome<String> {
    match name {
        Err(Refusal::NotFound) => Ok(id.to_string()),
        name => name,
    }
}

fn toolbar(page: &OperatorPage, query: &EventsQuery, dead: i64) -> AnyView {
    let t = page.t;
    let to = |direction: Option<&str>, state: Option<&str>| {
        link(page, &[("direction", direction), ("state", state)])
    };
    let directions = Direction::ALL.iter().map(|direction| {
        let current = query.direction == Some(*direction);
        view! { <Chip href=to(Some(direction.as_str()), None) text=words::direction(t, *direction) current /> }
    });
    let directions = directions.collect_view();
    let everything = query.direction.is_none() && query.state.is_none();
    let is = |state: &str| query.state.as_deref() == Some(state);
    let (stopped, gave_up) = (is(STOPPED), is(MessageState::Dead.as_str()));
    let count = (dead > 0).then(|| t.number(dead));
    let (all, failed, dead) = (
        to(None, None),
        to(None, Some(STOPPED)),
        to(None, Some(MessageState::Dead.as_str())),
    );
    let selects = selects(page);
    view! {
        <Toolbar>
            <Chips label=t.get("activity-status")>
                <Chip href=all text=t.get("activity-all") current=everything />
                {directions}
                <Chip href=failed text=t.get("activity-events-stopped") current=stopped />
                <Chip href=dead text=t.status(MessageState::Dead) count current=gave_up />
            </Chips>
            {selects}
        </Toolbar>
    }
    .into_any()
}

fn selects(page: &OperatorPage) -> AnyView {
    let t = page.t;
    let states = MessageState::ALL
        .iter()
        .map(|state| Choice::new(state.as_str(), t.status(*state)))
        .collect();
    let kinds = MessageKind::ALL
        .iter()
        .map(|kind| {
            Choice::new(
                kind.as_str(),
                t.get(&format!("activity-event-kind-{}", kind.slug())),
            )
        })
        .collect();
    let platforms = StorePlatform::ALL
        .iter()
        .filter(|platform| **platform != StorePlatform::Manual)
        .map(|platform| Choice::new(platform.as_str(), t.get(&format!("platform-{}", platform.slug()))))
        .collect();
    let kept = kept(page, &["state", "kind", "platform", "topic", "from"]);
    let [state, kind, platform, topic, from] =
        ["state", "kind", "platform", "topic", "from"].map(|name| page.query(name));
    view! {
        <Filters kept>
            <FilterSelect name="state" label=t.get("activity-status") choices=states value=state />
            <FilterSelect name="kind" label=t.get("activity-every-kind") choices=kinds value=kind />
            <FilterSelect
                name="platform"
                label=t.get("activity-event-platform")
                choices=platforms
                value=platform
            />
            <FilterText name="topic" label=t.get("activity-event-topic") suggestions=Vec::new() value=topic />
            <label class="cluster nowrap regular">
                {t.get("activity-event-from")}
                <input type="date" name="from" value=from />
            </label>
        </Filters>
    }
    .into_any()
}

/// The filters in force that no control shows.
fn active(page: &OperatorPage, names: Names) -> AnyView {
    let t = page.t;
    let named = [
        ("customer", "activity-of-customer", names.customer),
        ("store", "activity-of-store", names.store),
        ("order", "activity-of-order", names.order),
    ];
    let chips: Vec<(String, String)> = named
        .into_iter()
        .filter_map(|(name, key, value)| {
            let text = t.with(key, [(name, value?.into())]);
            Some((text, link(page, &[(name, None)])))
        })
        .collect();
    if chips.is_empty() {
        return ().into_any();
    }
    view! { <ActiveFilters filters=chips clear=EVENTS /> }.into_any()
}

fn list(page: &OperatorPage, query: &EventsQuery, found: Slice<MessageRow>, limit: u32) -> AnyView {
    let t = page.t;
    let (Some(first), Some(last)) = (found.rows.first(), found.rows.last()) else {
        return nothing(page, query);
    };
    let (first, last) = (first.id.to_string(), last.id.to_string());
    let previous = found
        .has_previous
        .then(|| link(page, &[("before", Some(&first))]));
    let next = found.has_next.then(|| link(page, &[("after", Some(&last))]));
    let number = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let shown = t.with("activity-rows", [("rows", number.into())]);
    let retries = found.rows.iter().any(|row| words::can_retry(&page.operator, row));
    let bar = retries.then(|| {
        view! {
            <BulkBar>
                <Button icon="retry" size=Size::Small>{t.get("activity-retry")}</Button>
            </BulkBar>
        }
    });
    let rows = table(page, found.rows);
    view! {
        <Form id="retry-events" action=RetryEvents::PATH>
            {rows}
            {bar}
        </Form>
        <Pager shown previous next rows=limit kept=kept(page, &[]) />
    }
    .into_any()
}

fn nothing(page: &OperatorPage, query: &EventsQuery) -> AnyView {
    let t = page.t;
    if !query.narrows() {
        return view! { <Empty title=t.get("activity-no-events") text=t.get("activity-no-events-text") /> }
            .into_any();
    }
    view! {
        <Empty title=t.get("activity-no-events-match") text=t.get("activity-no-events-match-text")>
            <ButtonLink href=EVENTS>{t.get("activity-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}
