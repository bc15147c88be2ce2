//! The list of jobs: those at work with their progress, and all of them with filters.

use std::collections::HashMap;

use domain::id::JobId;
use domain::{JobState, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::access::Scope;
use portal::jobs::{self, JobFilter, JobRow, StoppedJobs};
use portal::orders::JobOrder;
use portal::paging::{Slice, Turn};
use portal::{customers, messages, orders};

use super::list_query::JobsQuery;
use super::retry::RetryDeadJobs;
use super::table::{remedy_form, table};
use super::{JOBS, facts, tabs};
use crate::page::{Content, OperatorPage, operator_page};
use crate::text::Text;
use crate::ui::*;

/// At most this many jobs at work are shown with a bar each.
const MOST_BARS: u32 = 12;

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    operator_page(Permission::SeeActivity, |page| async move {
        let query: JobsQuery = page.list_address();
        let mut conn = page.portal.db.read().await?;
        let scope = Scope::AllCustomers;
        let at_work = JobFilter {
            states: vec![JobState::Running],
            ..JobFilter::default()
        };
        let at_work = jobs::list(&mut conn, &scope, &at_work, &Turn::First, MOST_BARS).await?;
        let found = jobs::list(&mut conn, &scope, &query.filter(), &query.turn(), query.rows()).await?;
        let stopped = jobs::stopped(&mut conn).await?;
        let dead_messages = messages::dead_count(&mut conn, &scope).await?;
        drop(conn);
        let customer = customer_name(&page, &query).await?;
        let shown: Vec<JobId> = found.rows.iter().map(|job| job.id).collect();
        let orders = orders::any_customers_orders_of_jobs(&page.portal, &page.operator, &shown).await?;
        let t = page.t;
        let title = t.get("activity-title");
        let retry = retry_dead(&page, stopped);
        let view = view! {
            <PageHead title=title.clone()>{retry}</PageHead>
            <Tabs label=title.clone() items=tabs(t, JOBS, stopped, dead_messages) />
            <div class="stack" data-gap="6">
                {now(&page, at_work)}
                <div class="stack">
                    {toolbar(t, &query, stopped, customer)}
                    {list(&page, &query, found, &orders)}
                </div>
            </div>
        };
        Ok(Content::new(title, view))
    })
}

async fn customer_name(page: &OperatorPage, query: &JobsQuery) -> Outcome<Option<String>> {
    let Some(customer) = query.customer() else {
        return Ok(None);
    };
    match customers::find(&page.portal, &page.operator, customer).await {
        Ok(profile) => Ok(Some(profile.name)),
        Err(portal::Refusal::NotFound) => Ok(Some(customer.to_string())),
        Err(other) => Err(other),
    }
}

fn retry_dead(page: &OperatorPage, stopped: StoppedJobs) -> Option<AnyView> {
    let t = page.t;
    page.operator.require(Permission::ControlActivity).ok()?;
    (stopped.dead > 0).then(|| {
        view! {
            <Form action=RetryDeadJobs::PATH>
                <Button icon="retry">
                    {t.with("activity-retry-dead", [("jobs", stopped.dead.into())])}
                </Button>
            </Form>
        }
        .into_any()
    })
}

/// The jobs at work, each with its bar.
fn now(page: &OperatorPage, at_work: Slice<JobRow>) -> Option<AnyView> {
    let t = page.t;
    if at_work.rows.is_empty() {
        return None;
    }
    let more = at_work.has_next;
    let number = i64::try_from(at_work.rows.len()).unwrap_or(i64::MAX);
    let count = t.with(
        if more {
            "activity-running-or-more"
        } else {
            "activity-running"
        },
        [("jobs", number.into())],
    );
    let bars = at_work
        .rows
        .into_iter()
        .map(|job| live(page, &job))
        .collect_view();
    let card = view! {
        <Card>
            <CardHead title=t.get("activity-now") count />
            {bars}
        </Card>
    };
    Some(card.into_any())
}

/// A job at work.
pub(super) fn live(page: &OperatorPage, job: &JobRow) -> AnyView {
    let t = page.t;
    let words = if job.cancel_requested {
        t.get("activity-being-cancelled")
    } else {
        t.job_progress(job)
    };
    let cancel = remedy_form(page, job, true);
    let title = facts::kind(t, &job.kind);
    let subject = facts::subject(job);
    let endpoint = format!("/api/jobs/{}/progress", job.id);
    let bar = job.bar(page.visitor.now);
    view! {
        <Live title subject words endpoint bar>
            {cancel}
        </Live>
    }
    .into_any()
}

fn toolbar(t: Text, query: &JobsQuery, stopped: StoppedJobs, customer: Option<String>) -> AnyView {
    let to = |state: Option<&str>| query.link(JOBS, &[("state", state)]);
    let chips = JobState::ALL
        .iter()
        .map(|state| {
            let waiting = match state {
                JobState::Failed => stopped.failed,
                JobState::Dead => stopped.dead,
                _ => 0,
            };
            let count = (waiting > 0).then(|| t.number(waiting));
            let current = query.state() == Some(*state);
            view! { <Chip href=to(Some(state.as_str())) text=t.status(*state) count current /> }
        })
        .collect_view();
    let all = view! { <Chip href=to(None) text=t.get("activity-all") current={query.state().is_none()} /> };
    let kinds = jobs::registry()
        .kinds()
        .map(|kind| Choice::new(kind, facts::kind(t, kind)))
        .collect();
    let customer = customer.map(|name| {
        let text = t.with("activity-of-customer", [("customer", name.into())]);
        (text, query.link(JOBS, &[("customer", None)]))
    });
    let label = |name: &str| t.get(&format!("activity-filter-{name}"));
    let odd = query.odd_chips(t, JOBS, query.means(), label);
    let active: Vec<_> = customer.into_iter().chain(odd).collect();
    let (kind, kept) = (query.kind(), query.kept(&["kind"]));
    view! {
        <Toolbar>
            <Chips label=t.get("activity-status")>{all} {chips}</Chips>
            <Filters kept>
                <FilterSelect name="kind" label=t.get("activity-every-kind") choices=kinds value=kind />
            </Filters>
        </Toolbar>
        <ActiveFilters filters=active clear=JOBS />
    }
    .into_any()
}

fn list(
    page: &OperatorPage,
    query: &JobsQuery,
    found: Slice<JobRow>,
    orders: &HashMap<JobId, JobOrder>,
) -> AnyView {
    let t = page.t;
    if found.rows.is_empty() {
        return nothing(t, query);
    }
    let (previous, next) = query.turns(JOBS, &found, |job| job.id);
    let number = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let shown = t.with("activity-rows", [("rows", number.into())]);
    view! {
        {table(page, found.rows, orders)}
        <Pager shown previous next rows=query.rows() kept=query.kept(&["rows"]) />
    }
    .into_any()
}

fn nothing(t: Text, query: &JobsQuery) -> AnyView {
    if query.is_narrowed() {
        view! {
            <Empty title=t.get("activity-none-match") text=t.get("activity-none-match-text")>
                <ButtonLink href=JOBS>{t.get("activity-show-all")}</ButtonLink>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Empty title=t.get("activity-none") text=t.get("activity-none-text") /> }.into_any()
    }
}
