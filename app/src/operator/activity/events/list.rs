//! The list of events, newest first.

use domain::{Direction, MessageKind, MessageState, Permission, Platform as StorePlatform};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Scope;
use portal::messages::{self, MessageFilter, MessageRow};
use portal::paging::Slice;
use portal::{Outcome, Refusal, customers, jobs, orders, stores};

use super::query::{EventsQuery, STOPPED};
use super::retry::{RetryEvents, retry_results};
use super::table::table;
use super::{EVENTS, words};
use crate::operator::activity::tabs;
use crate::page::{Content, OperatorPage, operator_page};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn EventsPage() -> impl IntoView {
    operator_page(Permission::SeeActivity, |page| async move {
        let query: EventsQuery = page.list_address();
        let filter = query.filter(page.visitor.time_zone);
        let mut conn = page.portal.db.read().await?;
        let scope = Scope::AllCustomers;
        let found = messages::list(&mut conn, &scope, &filter, &query.turn(), query.rows()).await?;
        let dead = messages::dead_count(&mut conn, &scope).await?;
        let stopped = jobs::stopped(&mut conn).await?;
        drop(conn);
        let names = Names::of(&page, &filter).await?;
        let results = retry_results(&page).await;
        let t = page.t;
        let title = t.get("activity-title");
        let view = view! {
            <PageHead title=title.clone() />
            <Tabs label=title items=tabs(t, EVENTS, stopped, dead) />
            <div class="stack">
                {results}
                {toolbar(page.t, &query, dead)}
                {active(&page, &query, names)}
                {list(&page, &query, found)}
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
    async fn of(page: &OperatorPage, filter: &MessageFilter) -> Outcome<Self> {
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

fn toolbar(t: Text, query: &EventsQuery, dead: i64) -> AnyView {
    let to = |direction: Option<&str>, state: Option<&str>| {
        query.link(EVENTS, &[("direction", direction), ("state", state)])
    };
    let directions = Direction::ALL.iter().map(|direction| {
        let current = query.direction() == Some(*direction);
        view! { <Chip href=to(Some(direction.as_str()), None) text=words::direction(t, *direction) current /> }
    });
    let directions = directions.collect_view();
    let everything = query.direction().is_none() && query.get("state").is_none();
    let is = |state: &str| query.get("state") == Some(state);
    let (stopped, gave_up) = (is(STOPPED), is(MessageState::Dead.as_str()));
    let count = (dead > 0).then(|| t.number(dead));
    let (all, failed, dead) = (
        to(None, None),
        to(None, Some(STOPPED)),
        to(None, Some(MessageState::Dead.as_str())),
    );
    let selects = selects(t, query);
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

fn selects(t: Text, query: &EventsQuery) -> AnyView {
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
    let kept = query.kept(&["state", "kind", "platform", "topic", "from"]);
    let [state, kind, platform, topic, from] =
        ["state", "kind", "platform", "topic", "from"].map(|name| query.text(name));
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

/// The filters in force that no control shows, and those that mean nothing.
fn active(page: &OperatorPage, query: &EventsQuery, names: Names) -> AnyView {
    let t = page.t;
    let named = [
        ("customer", "activity-of-customer", names.customer),
        ("store", "activity-of-store", names.store),
        ("order", "activity-of-order", names.order),
    ];
    let named = named.into_iter().filter_map(|(name, key, value)| {
        let text = t.with(key, [(name, value?.into())]);
        Some((text, query.link(EVENTS, &[(name, None)])))
    });
    let label = |name: &str| t.get(&format!("activity-filter-{name}"));
    let odd = query.odd_chips(t, EVENTS, query.means(page.visitor.time_zone), label);
    view! { <ActiveFilters filters={named.chain(odd).collect()} clear=EVENTS /> }.into_any()
}

fn list(page: &OperatorPage, query: &EventsQuery, found: Slice<MessageRow>) -> AnyView {
    let t = page.t;
    if found.rows.is_empty() {
        return nothing(t, query);
    }
    let (previous, next) = query.turns(EVENTS, &found, |message| message.id);
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
        <Pager shown previous next rows=query.rows() kept=query.kept(&["rows"]) />
    }
    .into_any()
}

fn nothing(t: Text, query: &EventsQuery) -> AnyView {
    if !query.is_narrowed() {
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
