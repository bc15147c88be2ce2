//! The list of customers.

use domain::{InvitationState, Permission};
use leptos::prelude::*;
use portal::customers::{self, Counts};

use super::create::{CREATE, create_dialog};
use super::list_query::{LIST, ListQuery};
use super::list_table::table;
use crate::page::{Content, OperatorPage, operator_page};
use crate::ui::*;

/// The page.
#[component]
pub fn CustomersPage() -> impl IntoView {
    operator_page(Permission::SeeCustomers, |page| async move {
        let t = page.t;
        let query: ListQuery = page.list_address();
        let counts = customers::counts(&page.portal, &page.operator).await?;
        let found = customers::list(&page.portal, &page.operator, &query.filter(), &query.request()).await?;
        let title = t.get("customers-title");
        let nobody = counts.all() + counts.archived == 0;
        let body = if nobody {
            nobody_yet(&page)
        } else {
            let list = if found.rows.is_empty() {
                no_results(&page, &query)
            } else {
                table(page.t, &query, &counts, found)
            };
            view! { {toolbar(&page, &query, &counts)} {list} }.into_any()
        };
        let head = head(&page, &query, &counts, nobody);
        let view = view! { {head} {body} {create_dialog(&page)} };
        Ok(Content::new(title, view))
    })
}

fn head(page: &OperatorPage, query: &ListQuery, counts: &Counts, nobody: bool) -> AnyView {
    let t = page.t;
    let count = (!nobody).then(|| t.number(counts.all()));
    let export = (!nobody).then(|| {
        let pairs: Vec<String> = query
            .kept(&["sort", "rows"])
            .into_iter()
            .map(|(name, value)| format!("{name}={}", crate::action::encode(&value)))
            .collect();
        let href = format!("/console/customers/export.csv?{}", pairs.join("&"));
        view! {
            <ButtonLink href icon="download" download=true>
                {t.get("customers-export")}
            </ButtonLink>
        }
    });
    let create = create_button(page);
    view! {
        <PageHead title=t.get("customers-title") count>
            {export}
            {create}
        </PageHead>
    }
    .into_any()
}

/// Opens the dialog; where that cannot be, the page of the same form.
fn create_button(page: &OperatorPage) -> AnyView {
    let t = page.t;
    view! {
        <ButtonLink href=CREATE variant=Variant::Primary icon="plus" opens="create">
            {t.get("customers-create")}
        </ButtonLink>
    }
    .into_any()
}

fn toolbar(page: &OperatorPage, query: &ListQuery, counts: &Counts) -> AnyView {
    let t = page.t;
    let filter = query.filter();
    let access = vec![
        Choice::new("on", t.get("customers-access-on")),
        Choice::new("off", t.get("customers-access-off")),
    ];
    let archived = vec![Choice::new("yes", t.get("customers-archived"))];
    let chips = (!filter.archived).then(|| chips(page, query, counts));
    let (searched, kept) = (query.kept(&["q"]), query.kept(&["access", "archived"]));
    let [words, chosen_access, only_archived] = ["q", "access", "archived"].map(|name| query.text(name));
    view! {
        <Toolbar>
            <SearchBox label=t.get("customers-search") value=words kept=searched />
            {chips}
            <Filters kept>
                <FilterSelect
                    name="access"
                    label=t.get("customers-access")
                    choices=access
                    value=chosen_access
                />
                <FilterSelect
                    name="archived"
                    label=t.get("customers-not-archived")
                    choices=archived
                    value=only_archived
                />
            </Filters>
        </Toolbar>
        {active_filters(page, query)}
    }
    .into_any()
}

fn chips(page: &OperatorPage, query: &ListQuery, counts: &Counts) -> AnyView {
    const STATES: [InvitationState; 6] = [
        InvitationState::Active,
        InvitationState::InvitationSent,
        InvitationState::NotInvited,
        InvitationState::Expired,
        InvitationState::DeliveryFailed,
        InvitationState::Revoked,
    ];
    let t = page.t;
    let chosen = query.state();
    let to = |state: Option<&str>| query.link(LIST, &[("state", state)]);
    let chips = STATES
        .into_iter()
        .map(|state| {
            let current = chosen == Some(state);
            view! {
                <Chip
                    href=to(Some(state.slug()))
                    text=t.status(state)
                    count=t.number(counts.of(state))
                    current
                />
            }
        })
        .collect_view();
    let all = view! {
        <Chip href=to(None) text=t.get("customers-all") count=t.number(counts.all()) current=chosen.is_none() />
    };
    view! { <Chips label=t.get("customers-access-state")>{all} {chips}</Chips> }.into_any()
}

fn active_filters(page: &OperatorPage, query: &ListQuery) -> AnyView {
    let t = page.t;
    let filter = query.filter();
    let without = |name: &str| query.link(LIST, &[(name, None)]);
    let mut filters = Vec::new();
    if let Some(q) = query.get("q") {
        filters.push((t.with("customers-filter-search", [("q", q.into())]), without("q")));
    }
    if let Some(access) = filter.access {
        let text = t.get(if access {
            "customers-access-on"
        } else {
            "customers-access-off"
        });
        filters.push((text, without("access")));
    }
    if filter.archived {
        filters.push((t.get("customers-archived"), without("archived")));
    }
    let label = |name: &str| match name {
        "state" => t.get("customers-access-state"),
        name => t.get(&format!("customers-{name}")),
    };
    filters.extend(query.odd_chips(t, LIST, query.means(), label));
    view! { <ActiveFilters filters clear=LIST /> }.into_any()
}

fn nobody_yet(page: &OperatorPage) -> AnyView {
    let t = page.t;
    let button = create_button(page);
    view! {
        <Empty title=t.get("customers-empty-title") text=t.get("customers-empty-text")>
            {button}
        </Empty>
    }
    .into_any()
}

fn no_results(page: &OperatorPage, query: &ListQuery) -> AnyView {
    let t = page.t;
    let title = match query.get("q") {
        Some(q) => t.with("customers-none-match", [("q", q.into())]),
        None => t.get("customers-none-here"),
    };
    view! {
        <Empty title text=t.get("customers-none-text")>
            <ButtonLink href="/console/customers">{t.get("customers-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}
