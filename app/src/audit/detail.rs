//! One entry of the audit log.

use domain::id::AuditEntryId;
use leptos::prelude::*;
use portal::Outcome;
use portal::access::Viewer;
use portal::audit::{self, AuditRow};

use super::{home, words};
use crate::page::{Content, Page};
use crate::text::Text;
use crate::ui::*;

/// The page of the entry whose id its address names; `crumbs` lead to the log.
///
/// # Errors
/// [`Refusal::NotFound`](portal::Refusal::NotFound); [`Refusal::Forbidden`](portal::Refusal::Forbidden).
pub async fn detail(page: &Page, viewer: &Viewer, mut crumbs: Vec<Crumb>) -> Outcome<Content> {
    let t = page.t;
    let id: AuditEntryId = page.param("id")?;
    let row = audit::find(&page.portal, viewer, id).await?;
    crumbs.push(Crumb::link(t.get("audit-title"), home(viewer)));
    let title = words::action(t, row.action);
    let view = view! {
        <PageHead title=title.clone() lede=row.object_label.clone().unwrap_or_default() crumbs />
        <div class="split">
            {changes(t, &row)}
            {facts(t, viewer, &row)}
        </div>
    };
    Ok(Content::new(title, view))
}

/// The fields as a table: before and after where something was changed.
fn changes(t: Text, row: &AuditRow) -> AnyView {
    let fields = row.fields();
    if fields.is_empty() {
        return view! {
            <Card>
                <CardHead title=t.get("audit-changes") />
                <CardBody>
                    <p class="muted">{t.get("audit-no-fields")}</p>
                </CardBody>
            </Card>
        }
        .into_any();
    }
    let both = row.tells_what_was();
    let rows = fields.into_iter().map(|(field, before, after)| {
        let said = |value: Option<&serde_json::Value>| value.map(|value| words::value(t, field, value));
        let (before, after) = (said(before), said(after));
        let before = both.then(|| {
            view! { <Cell label=t.get("audit-before")><span dir="auto">{before}</span></Cell> }
        });
        view! {
            <Row>
                <LeadCell title=words::field(t, field) />
                {before}
                <Cell label=t.get(if both { "audit-after" } else { "audit-value" })>
                    <span dir="auto">{after}</span>
                </Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let before = both.then(|| view! { <HeadCell text=t.get("audit-before") /> });
    view! {
        <Card>
            <CardHead title=t.get("audit-changes") />
            <DataTable caption=t.get("audit-changes") plain=true>
                <TableHead>
                    <HeadCell text=t.get("audit-field") />
                    {before}
                    <HeadCell text=t.get(if both { "audit-after" } else { "audit-value" }) />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
        </Card>
    }
    .into_any()
}

fn facts(t: Text, viewer: &Viewer, row: &AuditRow) -> AnyView {
    let path = home(viewer);
    let object = row.object_kind.map(|kind| {
        let label = row.object_label.clone().unwrap_or_default();
        let named = match words::object_href(viewer, row) {
            Some(href) => view! { <a href=href dir="auto">{label}</a> }.into_any(),
            None => view! { <span dir="auto">{label}</span> }.into_any(),
        };
        view! { <Fact name=words::object_kind(t, kind)>{named}</Fact> }
    });
    let all = row.object_id.map(|id| {
        view! {
            <Fact name=t.get("audit-history")>
                <a href=format!("{path}?object={id}")>{t.get("audit-history-all")}</a>
            </Fact>
        }
    });
    let is_operator = matches!(viewer, Viewer::Operator(_));
    let customer = row.customer_name.clone().filter(|_| is_operator);
    let customer = customer.map(|name| view! { <Fact name=t.get("audit-customer") value=name /> });
    let side = t.get(&format!("audit-actor-{}", row.actor_kind.slug()));
    let address = row
        .address
        .clone()
        .map(|address| view! { <Fact name=t.get("audit-address") value=address /> });
    let request = row.request_id.clone().filter(|_| is_operator).map(|id| {
        view! {
            <Fact name=t.get("audit-request")>
                <Copyable text=id />
            </Fact>
        }
    });
    let (when, who) = (t.date_time(row.at), words::actor(t, row));
    view! {
        <Card sunken=true label=t.get("audit-facts")>
            <CardBody>
                <Facts>
                    <Fact name=t.get("audit-when") value=when />
                    <Fact name=t.get("audit-who") value=who />
                    <Fact name=t.get("audit-side") value=side />
                    {object}
                    {customer}
                    {address}
                    {request}
                    {all}
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}
