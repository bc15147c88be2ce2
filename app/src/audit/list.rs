//! The audit log, newest first.

use domain::id::ObjectId;
use domain::{AuditAction, AuditObject};
use leptos::prelude::*;
use portal::access::Viewer;
use portal::audit::{self, AuditRow};
use portal::paging::Slice;
use portal::{Outcome, Refusal, customers};

use super::query::AuditQuery;
use super::{home, words};
use crate::page::{Content, Page};
use crate::text::Text;
use crate::ui::*;

/// The page of the log; `crumbs` lead to it.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn list(page: &Page, viewer: &Viewer, crumbs: Vec<Crumb>) -> Outcome<Content> {
    let t = page.t;
    let query: AuditQuery = page.list_address();
    let filter = query.filter(page.visitor.time_zone);
    let found = audit::list(&page.portal, viewer, &filter, &query.turn(), query.rows()).await?;
    let customer = match (viewer, filter.customer) {
        (Viewer::Operator(operator), Some(id)) => match customers::find(&page.portal, operator, id).await {
            Ok(customer) => Some(customer.name),
            Err(Refusal::NotFound) => Some(id.to_string()),
            Err(refusal) => return Err(refusal),
        },
        _ => None,
    };
    let title = t.get("audit-title");
    let path = home(viewer);
    let export = query.link(&format!("{path}/export.csv"), &[("rows", None)]);
    let view = view! {
        <PageHead title=title.clone() lede=t.get("audit-lede") crumbs>
            <ButtonLink href=export icon="download" download=true>
                {t.get("audit-export")}
            </ButtonLink>
        </PageHead>
        <div class="stack">
            {toolbar(t, viewer, &query)} {active(page, path, &query, &found, customer)}
            {rows(t, viewer, &query, found)}
        </div>
    };
    Ok(Content::new(title, view))
}

fn toolbar(t: Text, viewer: &Viewer, query: &AuditQuery) -> AnyView {
    let mut actions: Vec<Choice> = AuditAction::ALL
        .iter()
        .filter(|action| concerns(viewer, **action))
        .map(|action| Choice::new(action.slug(), words::action(t, *action)))
        .collect();
    actions.sort_by(|one, other| one.label.cmp(&other.label));
    let kinds = AuditObject::ALL
        .iter()
        .filter(|kind| matches!(viewer, Viewer::Operator(_)) || **kind != AuditObject::CatalogueProduct)
        .map(|kind| Choice::new(kind.slug(), words::object_kind(t, *kind)))
        .collect();
    let typed = |name: &str| {
        query
            .text(name)
            .filter(|value| value.parse::<ObjectId>().is_err())
    };
    let customer = matches!(viewer, Viewer::Operator(_)).then(|| {
        let value = typed("customer");
        view! { <FilterText name="customer" label=t.get("audit-customer") suggestions=Vec::new() value /> }
    });
    let [action, kind, from, until] = ["action", "kind", "from", "until"].map(|name| query.text(name));
    let person = typed("person");
    let kept = query.kept(&["customer", "person", "action", "kind", "from", "until"]);
    view! {
        <Toolbar>
            <Filters kept>
                {customer}
                <FilterText
                    name="person"
                    label=t.get("audit-person")
                    suggestions=Vec::new()
                    value=person
                />
                <FilterSelect name="action" label=t.get("audit-every-action") choices=actions value=action />
                <FilterSelect name="kind" label=t.get("audit-every-object") choices=kinds value=kind />
                <label class="cluster nowrap regular">
                    {t.get("audit-from")} <input type="date" name="from" value=from />
                </label>
                <label class="cluster nowrap regular">
                    {t.get("audit-until")} <input type="date" name="until" value=until />
                </label>
            </Filters>
        </Toolbar>
    }
    .into_any()
}

/// Whether the viewer's log can hold an action: what is no customer's is for operators alone.
fn concerns(viewer: &Viewer, action: AuditAction) -> bool {
    use AuditAction as A;
    let for_operators = matches!(
        action,
        A::FirstOperatorCreated
            | A::ProfileChanged
            | A::PasswordChanged
            | A::PasswordReset
            | A::SessionEnded
            | A::OtherSessionsEnded
            | A::TwoFactorOn
            | A::TwoFactorOff
            | A::RecoveryCodesRenewed
            | A::CatalogueProductCreated
            | A::CatalogueProductEdited
            | A::CatalogueProductArchived
            | A::CatalogueProductRestored
            | A::CatalogueImportStarted
            | A::CatalogueExported
            | A::CustomersExported
            | A::BackupTaken
            | A::BackupRestored
            | A::KeysRotated
    );
    matches!(viewer, Viewer::Operator(_)) || !for_operators
}

/// The filters in force that no control shows, and those that mean nothing.
fn active(
    page: &Page,
    path: &str,
    query: &AuditQuery,
    found: &Slice<AuditRow>,
    customer: Option<String>,
) -> AnyView {
    let t = page.t;
    let filter = query.filter(page.visitor.time_zone);
    let first = found.rows.first();
    let person = filter.person.map(|id| {
        let name = first.and_then(|row| row.actor_name.clone());
        name.unwrap_or_else(|| id.to_string())
    });
    let object = filter.object.map(|id| {
        let label = first.and_then(|row| row.object_label.clone());
        label.unwrap_or_else(|| id.to_string())
    });
    let named = [
        ("customer", "audit-of-customer", customer),
        ("person", "audit-of-person", person),
        ("object", "audit-of-object", object),
    ];
    let named = named.into_iter().filter_map(|(name, key, value)| {
        let text = t.with(key, [("name", value?.into())]);
        Some((text, query.link(path, &[(name, None)])))
    });
    let label = |name: &str| t.get(&format!("audit-filter-{name}"));
    let odd = query.odd_chips(t, path, AuditQuery::means(page.visitor.time_zone), label);
    view! { <ActiveFilters filters={named.chain(odd).collect()} clear=path.to_owned() /> }.into_any()
}

fn rows(t: Text, viewer: &Viewer, query: &AuditQuery, found: Slice<AuditRow>) -> AnyView {
    let path = home(viewer);
    if found.rows.is_empty() {
        return if query.is_narrowed() {
            view! {
                <Empty title=t.get("audit-nothing-matches")>
                    <ButtonLink href=path>{t.get("audit-show-all")}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Empty title=t.get("audit-empty") text=t.get("audit-empty-text") /> }.into_any()
        };
    }
    let (previous, next) = query.turns(path, &found, |row| row.id);
    let number = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let shown = t.with("audit-rows", [("rows", number.into())]);
    let is_operator = matches!(viewer, Viewer::Operator(_));
    let customer = is_operator.then(|| view! { <HeadCell text=t.get("audit-customer") optional=true /> });
    let rows = found
        .rows
        .iter()
        .map(|entry| row(t, viewer, query, entry))
        .collect_view();
    view! {
        <DataTable caption=t.get("audit-caption") bleed=true>
            <TableHead sticky=true>
                <HeadCell text=t.get("audit-what") />
                <HeadCell text=t.get("audit-object") />
                {customer}
                <HeadCell text=t.get("audit-who") />
                <HeadCell text=t.get("audit-when") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
        <Pager shown previous next rows=query.rows() kept=query.kept(&["rows"]) />
    }
    .into_any()
}

fn row(t: Text, viewer: &Viewer, query: &AuditQuery, row: &AuditRow) -> AnyView {
    let path = home(viewer);
    let label = row.object_label.clone().unwrap_or_default();
    let object = match words::object_href(viewer, row) {
        Some(href) => view! { <a href=href dir="auto">{label}</a> }.into_any(),
        None => view! { <span dir="auto">{label}</span> }.into_any(),
    };
    let link = |name: &str, id: String, text: String| {
        let href = query.link(path, &[(name, Some(&id))]);
        view! { <a href=href dir="auto">{text}</a> }.into_any()
    };
    let customer = matches!(viewer, Viewer::Operator(_)).then(|| {
        let name = row.customer_id.zip(row.customer_name.clone());
        let name = name.map(|(id, name)| link("customer", id.to_string(), name));
        view! { <Cell label=t.get("audit-customer") optional=true>{name}</Cell> }
    });
    let who = words::actor(t, row);
    let who = match row.actor_id {
        Some(id) => link("person", id.to_string(), who),
        None => view! { <span>{who}</span> }.into_any(),
    };
    let (title, sub) = (words::action(t, row.action), words::summary(t, row));
    let href = format!("{path}/{}", row.id);
    let at = row.at;
    view! {
        <Row>
            <LeadCell title href sub />
            <Cell label=t.get("audit-object")>{object}</Cell>
            {customer}
            <Cell label=t.get("audit-who")>{who}</Cell>
            <Cell label=t.get("audit-when") align=Align::Time>
                <time datetime=t.machine_time(at)>{t.date_time(at)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}
