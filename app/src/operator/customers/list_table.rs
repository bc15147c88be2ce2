//! The rows of the list, and the way to those before and after.

use domain::InvitationState;
use leptos::prelude::*;
use portal::customers::{Counts, CustomerPage, CustomerRow, CustomerSort, SortColumn};

use super::access_card::access_badge;
use super::list_query::{LIST, ListQuery, sort_name};
use crate::text::Text;
use crate::ui::*;

/// The table and its pager.
pub(super) fn table(t: Text, query: &ListQuery, counts: &Counts, found: CustomerPage) -> AnyView {
    let (shown, counts_all) = shown(t, query, counts, found.rows.len());
    let turn =
        |name: &str, cursor: Option<String>| cursor.map(|cursor| query.link(LIST, &[(name, Some(&cursor))]));
    let previous = turn("before", found.previous);
    let next = turn("after", found.next);
    let caption = t.with(
        "customers-caption",
        [(
            "sort",
            t.get(&format!("customers-sorted{}", sort_key(query))).into(),
        )],
    );
    let rows = found
        .rows
        .into_iter()
        .map(|row| customer_row(t, row))
        .collect_view();
    let head = head(t, query);
    view! {
        <DataTable caption bleed=true>
            {head}
            <TableBody>{rows}</TableBody>
        </DataTable>
        <Pager shown counts_all previous next rows=query.rows() kept=query.kept(&["rows"]) />
    }
    .into_any()
}

fn sort_key(query: &ListQuery) -> String {
    let sort = query.sort();
    let name = sort_name(CustomerSort {
        descending: false,
        ..sort
    });
    format!("-{name}{}", if sort.descending { "-descending" } else { "" })
}

/// `1–25 of 128` where the number is known without counting, else how many rows there are; and whether that is all.
fn shown(t: Text, query: &ListQuery, counts: &Counts, rows: usize) -> (String, bool) {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let filter = query.filter();
    let counted = filter.search.is_empty() && filter.access.is_none() && !filter.archived;
    let first = query.get("after").is_none() && query.get("before").is_none();
    let total = filter
        .invitation
        .map_or_else(|| counts.all(), |state| counts.of(state));
    if counted && first {
        let words = t.with(
            "customers-shown-of",
            [("to", t.number(rows).into()), ("total", t.number(total).into())],
        );
        (words, true)
    } else {
        (t.with("customers-shown", [("rows", rows.into())]), false)
    }
}

fn head(t: Text, query: &ListQuery) -> AnyView {
    let sort = query.sort();
    let sorted = move |column: SortColumn| match (sort.column == column, sort.descending) {
        (false, _) => Sorted::No,
        (true, false) => Sorted::Ascending,
        (true, true) => Sorted::Descending,
    };
    // Times show the newest first, names begin with A; the second click turns that round.
    let query = query.clone();
    let to = move |column: SortColumn| {
        let usual = column != SortColumn::Name;
        let descending = if sort.column == column {
            !sort.descending
        } else {
            usual
        };
        let name = sort_name(CustomerSort { column, descending });
        query.link(LIST, &[("sort", Some(&name))])
    };
    view! {
        <TableHead sticky=true>
            <SortCell
                text=t.get("customers-customer")
                href=to(SortColumn::Name)
                sorted=sorted(SortColumn::Name)
            />
            <HeadCell text=t.get("customers-reference") optional=true />
            <HeadCell text=t.get("customers-access") />
            <HeadCell text=t.get("customers-stores") />
            <HeadCell text=t.get("customers-orders-30") numeric=true />
            <SortCell
                text=t.get("customers-last-order")
                href=to(SortColumn::LastOrder)
                sorted=sorted(SortColumn::LastOrder)
            />
            <SortCell
                text=t.get("customers-created")
                href=to(SortColumn::Created)
                sorted=sorted(SortColumn::Created)
                optional=true
            />
            <HeadCell text=t.get("customers-actions") hidden=true />
        </TableHead>
    }
    .into_any()
}

fn customer_row(t: Text, row: CustomerRow) -> AnyView {
    let href = format!("/console/customers/{}", row.id);
    let note = row
        .description
        .as_deref()
        .and_then(|text| text.lines().next())
        .map(str::to_owned);
    let access = access(t, &row);
    let menu = format!("menu-{}", row.id);
    let actions = t.with("customers-actions-for", [("name", row.name.as_str().into())]);
    let settings = format!("{href}/settings");
    let archive = row.archived_at.is_none().then(|| {
        let href = format!("{settings}?dialog=archive");
        view! {
            <hr />
            <MenuLink href text=t.get("customers-archive-menu") icon="trash" tone=Tone::Danger />
        }
    });
    view! {
        <Row>
            <LeadCell title=row.name href sub=note monogram=true />
            <Cell narrow=Narrow::Hidden optional=true>{reference(t, row.reference_id)}</Cell>
            <Cell>{access}</Cell>
            <Cell narrow=if row.platforms.is_empty() { Narrow::Hidden } else { Narrow::Inline }>
                {stores(t, &row.platforms)}
            </Cell>
            <Cell label=t.get("customers-orders-30") align=Align::Number>
                {orders(t, row.recent_orders, row.orders_needing_attention)}
            </Cell>
            <Cell label=t.get("customers-last-order") align=Align::Time>
                {moment(t, row.last_order_at)}
            </Cell>
            <Cell align=Align::Time narrow=Narrow::Hidden optional=true>{t.date(row.created_at)}</Cell>
            <Cell align=Align::Actions narrow=Narrow::Corner>
                <span class="act">
                    <IconButton
                        icon="more"
                        label=actions
                        variant=Variant::Quiet
                        size=Size::Small
                        menu=menu.clone()
                    />
                </span>
                <Menu id=menu>
                    <MenuLink href=settings text=t.get("customers-settings") icon="settings" />
                    {archive}
                </Menu>
            </Cell>
        </Row>
    }
    .into_any()
}

fn reference(t: Text, reference: Option<String>) -> AnyView {
    match reference {
        Some(text) => view! { <CodeText text /> }.into_any(),
        None => view! { <span class="faint">{t.get("customers-none")}</span> }.into_any(),
    }
}

/// The state of the invitation, and since when, where that tells what to do.
fn access(t: Text, row: &CustomerRow) -> AnyView {
    let state = row.invitation_state;
    let note = match state {
        InvitationState::InvitationSent => row.invited_at().map(|at| t.ago(at)),
        InvitationState::Expired => row
            .invitation_expires_at
            .map(|at| t.with("customers-since", [("date", t.date(at).into())])),
        _ => None,
    };
    view! {
        <span>
            {access_badge(t, state, row.storefronts_access)}
            {note.map(|note| view! { <span class="sub">{note}</span> })}
        </span>
    }
    .into_any()
}

fn stores(t: Text, platforms: &[domain::Platform]) -> AnyView {
    if platforms.is_empty() {
        return view! { <span class="faint">{t.get("customers-no-stores")}</span> }.into_any();
    }
    let platforms = platforms
        .iter()
        .map(|platform| {
            (
                platform.slug().to_owned(),
                t.get(&format!("customers-platform-{}", platform.slug())),
            )
        })
        .collect();
    view! { <Platforms platforms /> }.into_any()
}

fn orders(t: Text, recent: i64, attention: i64) -> AnyView {
    let warning = (attention > 0).then(|| {
        let text = t.with("customers-need-attention", [("orders", attention.into())]);
        view! { <span class="sub text-warning">{text}</span> }
    });
    view! { <span>{t.number(recent)} {warning}</span> }.into_any()
}

fn moment(t: Text, at: Option<domain::Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { <time datetime=t.machine_time(at)>{t.ago(at)}</time> }.into_any(),
        None => view! { <span class="faint">{t.get("customers-never")}</span> }.into_any(),
    }
}
