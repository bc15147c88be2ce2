//! The workers: which processes do the jobs, and whether they are well.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Scope;
use portal::jobs::{self, WorkerRow};
use portal::messages;

use super::{WORKERS, tabs};
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The page.
#[component]
pub fn WorkersPage() -> impl IntoView {
    operator_page(Permission::SeeActivity, |page| async move {
        let mut conn = page.portal.db.read().await?;
        let workers = jobs::workers(&mut conn).await?;
        let stopped = jobs::stopped(&mut conn).await?;
        let dead_messages = messages::dead_count(&mut conn, &Scope::AllCustomers).await?;
        drop(conn);
        let t = page.t;
        let title = t.get("activity-workers");
        let view = view! {
            <PageHead title=t.get("activity-title") />
            <Tabs label=t.get("activity-title") items=tabs(t, WORKERS, stopped, dead_messages) />
            {list(&page, workers)}
        };
        Ok(Content::new(title, view))
    })
}

fn list(page: &OperatorPage, workers: Vec<WorkerRow>) -> AnyView {
    let t = page.t;
    if workers.is_empty() {
        return view! {
            <Empty title=t.get("activity-no-workers") text=t.get("activity-no-workers-text") />
        }
        .into_any();
    }
    let all_silent = workers.iter().all(|worker| worker.is_silent(page.visitor.now));
    let alarm = all_silent.then(|| {
        let text = t.get("activity-no-workers-text");
        view! { <Alert tone=Tone::Danger title=t.get("activity-no-workers") text /> }
    });
    let rows = workers.into_iter().map(|worker| row(page, worker)).collect_view();
    view! {
        <div class="stack">
            {alarm}
            <DataTable caption=t.get("activity-workers") bleed=true>
                <TableHead>
                    <HeadCell text=t.get("activity-worker") />
                    <HeadCell text=t.get("activity-status") />
                    <HeadCell text=t.get("activity-worker-role") />
                    <HeadCell text=t.get("activity-worker-jobs") />
                    <HeadCell text=t.get("activity-started-at") />
                    <HeadCell text=t.get("activity-worker-seen") />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
        </div>
    }
    .into_any()
}

fn row(page: &OperatorPage, worker: WorkerRow) -> AnyView {
    let t = page.t;
    let (status, words) = if worker.is_silent(page.visitor.now) {
        ("dead", "activity-worker-silent")
    } else if worker.running > 0 {
        ("running", "activity-worker-busy")
    } else {
        ("succeeded", "activity-worker-ready")
    };
    let role = if worker.serves_pages {
        "activity-worker-pages-and-jobs"
    } else {
        "activity-worker-jobs-only"
    };
    let jobs = t.with(
        "activity-worker-running",
        [("running", worker.running.into()), ("slots", worker.slots.into())],
    );
    view! {
        <Row>
            <LeadCell title=worker.name />
            <Cell narrow=Narrow::Corner>
                <Badge status text=t.get(words) />
            </Cell>
            <Cell label=t.get("activity-worker-role")>{t.get(role)}</Cell>
            <Cell label=t.get("activity-worker-jobs")>{jobs}</Cell>
            <Cell label=t.get("activity-started-at") align=Align::Time>
                <time datetime=t.machine_time(worker.started_at)>{t.date_time(worker.started_at)}</time>
            </Cell>
            <Cell label=t.get("activity-worker-seen") align=Align::Time>
                <time datetime=t.machine_time(worker.seen_at)>{t.ago(worker.seen_at)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}
