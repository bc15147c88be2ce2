//! The rows of the list of jobs.

use std::collections::HashMap;

use domain::id::JobId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::jobs::JobRow;
use portal::orders::JobOrder;

use super::cancel::CancelJob;
use super::facts::{self, Remedy};
use super::retry::RetryJob;
use super::{JOBS, facts::remedy};
use crate::page::OperatorPage;
use crate::ui::*;

/// The jobs as a table.
pub(super) fn table(page: &OperatorPage, jobs: Vec<JobRow>, orders: &HashMap<JobId, JobOrder>) -> AnyView {
    let t = page.t;
    let rows = jobs.into_iter().map(|job| {
        let order = orders.get(&job.id).copied();
        row(page, job, order)
    });
    let rows = rows.collect_view();
    view! {
        <DataTable caption=t.get("activity-jobs-caption") bleed=true>
            <TableHead sticky=true>
                <HeadCell text=t.get("activity-job") />
                <HeadCell text=t.get("activity-customer-and-store") />
                <HeadCell text=t.get("activity-order") />
                <HeadCell text=t.get("activity-status") />
                <HeadCell text=t.get("activity-queued-at") />
                <HeadCell text=t.get("activity-took") numeric=true optional=true />
                <HeadCell text=t.get("activity-result") />
                <HeadCell text=t.get("activity-actions") hidden=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn row(page: &OperatorPage, job: JobRow, order: Option<JobOrder>) -> AnyView {
    let t = page.t;
    let remedy = remedy_form(page, &job, true);
    let title = facts::kind(t, &job.kind);
    let result = facts::result(t, &job);
    let took = facts::took(&job, page.visitor.now);
    // A card has no line for what there is nothing to say about.
    let filled = |filled: bool| if filled { Narrow::Inline } else { Narrow::Hidden };
    let (of_customer, with_result) = (filled(job.customer_name.is_some()), filled(!result.is_empty()));
    let of_order = filled(order.is_some());
    let order = order.map(|order| order_link(page, order));
    let whose = whose(&job);
    view! {
        <Row>
            <LeadCell title href=format!("{JOBS}/{}", job.id) />
            <Cell label=t.get("activity-customer-and-store") narrow=of_customer>
                {whose}
            </Cell>
            <Cell label=t.get("activity-order") narrow=of_order>
                {order}
            </Cell>
            <Cell narrow=Narrow::Corner>
                <Badge status=job.state.slug() text=t.status(job.state) />
            </Cell>
            <Cell label=t.get("activity-queued-at") align=Align::Time>
                <time datetime=t.machine_time(job.created_at)>{t.date_time(job.created_at)}</time>
            </Cell>
            <Cell align=Align::Number narrow=Narrow::Hidden optional=true>
                {took}
            </Cell>
            <Cell label=t.get("activity-result") narrow=with_result>
                {result}
            </Cell>
            <Cell align=Align::Actions>{remedy}</Cell>
        </Row>
    }
    .into_any()
}

/// The customer a job works for, and the store, with the ways to both.
fn whose(job: &JobRow) -> Option<AnyView> {
    let customer = format!("/console/customers/{}", job.customer_id?);
    let stores = format!("{customer}/stores");
    let name = job.customer_name.clone();
    let store = job.store_name.clone().map(|name| {
        view! {
            <span class="sub">
                <a class="act" href=stores dir="auto">
                    {name}
                </a>
            </span>
        }
    });
    let view = view! {
        <span>
            <a class="act" href=customer dir="auto">
                {name}
            </a>
            {store}
        </span>
    };
    Some(view.into_any())
}

/// The way to the order a job works for.
pub(super) fn order_link(page: &OperatorPage, order: JobOrder) -> AnyView {
    let name = format!("{}{}", page.portal.settings.brand.order_prefix, order.number);
    view! {
        <a class="act" href=format!("/console/orders/{}", order.id)>
            {name}
        </a>
    }
    .into_any()
}

/// The button that cancels or retries a job, where that is possible.
pub(super) fn remedy_form(page: &OperatorPage, job: &JobRow, in_row: bool) -> Option<AnyView> {
    let t = page.t;
    let (action, words, icon) = match remedy(&page.operator, job)? {
        Remedy::Cancel => (CancelJob::PATH, "activity-cancel", None),
        Remedy::Retry => (RetryJob::PATH, "activity-retry", Some("retry")),
    };
    let size = if in_row { Size::Small } else { Size::Medium };
    let id = job.id.to_string();
    let here = page.visitor.uri.clone();
    let button = match icon {
        Some(icon) => view! {
            <Button size icon above_row=in_row>
                {t.get(words)}
            </Button>
        }
        .into_any(),
        None => view! {
            <Button size above_row=in_row>
                {t.get(words)}
            </Button>
        }
        .into_any(),
    };
    let form = view! {
        <Form action>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="next" value=here />
            {button}
        </Form>
    };
    Some(form.into_any())
}
