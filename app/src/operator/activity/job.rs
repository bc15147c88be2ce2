//! One job: how far it is, what it came to, and for operators what went wrong.

use domain::id::JobId;
use domain::{JobState, Permission};
use leptos::prelude::*;
use portal::access::Scope;
use portal::jobs::{self, JobRow};
use portal::orders;
use portal::{Outcome, Refusal};

use super::jobs::live;
use super::table::{order_link, remedy_form};
use super::{JOBS, facts};
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The page.
#[component]
pub fn JobPage() -> impl IntoView {
    operator_page(Permission::SeeActivity, |page| async move {
        let id: JobId = page.param("id")?;
        let job = jobs::find(&mut page.portal.db.read().await?, &Scope::AllCustomers, id)
            .await?
            .ok_or(Refusal::NotFound)?;
        let t = page.t;
        let title = facts::kind(t, &job.kind);
        let badge = view! { <Badge status=job.state.slug() text=t.status(job.state) /> }.into_any();
        let at_work = matches!(job.state, JobState::Queued | JobState::Running);
        let bar = at_work.then(|| {
            let bar = live(&page, &job);
            view! { <Card label=t.get("activity-now")>{bar}</Card> }
        });
        let order = order_of(&page, &job).await?;
        let action = (!at_work).then(|| remedy_form(&page, &job, false)).flatten();
        let view = view! {
            <PageHead
                title=title.clone()
                lede=facts::subject(&job)
                crumbs=vec![Crumb::link(t.get("activity-title"), JOBS)]
                badge
            >
                {action}
            </PageHead>
            <div class="stack" data-gap="6">
                {bar} {what_went_wrong(&page, &job)} {about(&page, &job, order)} {outcome(&page, &job)}
            </div>
        };
        Ok(Content::new(title, view))
    })
}

fn what_went_wrong(page: &OperatorPage, job: &JobRow) -> Option<AnyView> {
    let t = page.t;
    let reason = facts::reason(job)?;
    let tone = match job.state {
        JobState::PartlyFailed | JobState::Queued => Tone::Warning,
        JobState::Cancelled => Tone::Neutral,
        _ => Tone::Danger,
    };
    let code = reason.as_str();
    // What programs say of it is in the log.
    let is_in_log = !matches!(job.state, JobState::PartlyFailed | JobState::Cancelled);
    let text = is_in_log.then(|| t.get("activity-in-log"));
    Some(view! { <Alert tone title=t.reason(reason) text><CodeText text=code /></Alert> }.into_any())
}

/// The order it works for.
async fn order_of(page: &OperatorPage, job: &JobRow) -> Outcome<Option<AnyView>> {
    let found = orders::any_customers_orders_of_jobs(&page.portal, &page.operator, &[job.id]).await?;
    Ok(found.get(&job.id).map(|order| {
        let link = order_link(page, *order);
        view! { <Fact name=page.t.get("activity-order")>{link}</Fact> }.into_any()
    }))
}

fn about(page: &OperatorPage, job: &JobRow, order: Option<AnyView>) -> AnyView {
    let t = page.t;
    let time = move |at: domain::Timestamp| {
        view! { <time datetime=t.machine_time(at)>{t.date_time(at)}</time> }.into_any()
    };
    let (id, run_at, created_at) = (job.id.to_string(), job.run_at, job.created_at);
    let took = facts::took(job, page.visitor.now);
    let attempts = t.with(
        "activity-attempt-of",
        [
            ("attempt", job.attempt.into()),
            ("attempts", job.max_attempts.into()),
        ],
    );
    let customer = job.customer_id.map(|customer| {
        let name = job.customer_name.clone();
        view! {
            <Fact name=t.get("activity-customer")>
                <a href=format!("/console/customers/{customer}") dir="auto">
                    {name}
                </a>
            </Fact>
        }
    });
    let store = job
        .customer_id
        .zip(job.store_name.clone())
        .map(|(customer, name)| {
            view! {
                <Fact name=t.get("activity-event-store")>
                    <a href=format!("/console/customers/{customer}/stores") dir="auto">
                        {name}
                    </a>
                </Fact>
            }
        });
    let started = job
        .started_at
        .map(|at| view! { <Fact name=t.get("activity-started-at")>{time(at)}</Fact> });
    let next = (job.state == JobState::Queued)
        .then(|| view! { <Fact name=t.get("activity-due-at")>{time(run_at)}</Fact> });
    let finished = job
        .finished_at
        .map(|at| view! { <Fact name=t.get("activity-finished-at")>{time(at)}</Fact> });
    view! {
        <Card>
            <CardHead title=t.get("activity-about") />
            <CardBody>
                <Facts>
                    {order} {customer} {store} <Fact name=t.get("activity-attempts") value=attempts />
                    <Fact name=t.get("activity-queued-at")>{time(created_at)}</Fact> {started} {next}
                    {finished} <Fact name=t.get("activity-took") value=took />
                    <Fact name=t.get("activity-id") value=id />
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}

/// What the handler told, as it is, for those who look after the portal.
fn outcome(page: &OperatorPage, job: &JobRow) -> Option<AnyView> {
    let title = page.t.get("activity-result");
    let text = format!("{:#}", job.result.as_ref()?.0);
    let card = view! {
        <Card>
            <CardHead title />
            <CardBody>
                <Code text />
            </CardBody>
        </Card>
    };
    Some(card.into_any())
}
