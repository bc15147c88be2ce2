//! What came of an import.

use domain::{ImportState, ReasonCode, RowOutcome};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::imports::{self, Import, ImportRow, RowFilter, RowResult};
use portal::paging::Turn;

use super::problem::sentence;
use super::under_way::named;
use super::{lead_to, page_of};
use crate::action::{Action, Reply};
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The result of an import that has ended.
pub(super) async fn result(page: &ClientPage, import: &Import) -> Outcome<AnyView> {
    let t = page.t;
    let message = message(t, import);
    // Without a dialect the file was not read to its end, so there is nothing to tell of its rows.
    if import.dialect.is_none() {
        return Ok(message);
    }
    let refused = import.rows_total - import.rows_right();
    let shown = page
        .query("show")
        .unwrap_or_else(|| if refused > 0 { "refused" } else { "all" }.to_owned());
    let filter = match shown.as_str() {
        "refused" => RowFilter::Only(RowOutcome::Refused),
        "created" => RowFilter::Only(RowOutcome::Created),
        "unchanged" => RowFilter::Only(RowOutcome::Unchanged),
        _ => RowFilter::All,
    };
    let chips = [
        ("refused", t.get("imports-refused-rows")),
        ("created", t.get("imports-created")),
        ("unchanged", t.get("imports-unchanged")),
        ("all", t.get("imports-all-rows")),
    ];
    let chips = chips.map(|(name, text)| {
        let href = page.link_with(&[("show", Some(name)), ("after", None), ("before", None)]);
        view! { <Chip href text current={shown == name} /> }
    });
    let RowPage { rows, pager } = row_page(page, import, filter).await?;
    let [created, unchanged] = [import.created, import.unchanged].map(|orders| t.number(orders));
    let downloads = downloads(t, import, refused);
    let view = view! {
        <div class="stack" data-gap="6">
            {message} <Stats>
                <Stat label=t.get("imports-created") figure=created />
                <Stat label=t.get("imports-unchanged") figure=unchanged />
                <Stat label=t.get("imports-refused-rows") figure=t.number(refused) />
            </Stats> <Card label=t.get("imports-rows")>
                <CardBody>
                    <Chips label=t.get("imports-rows")>{chips.into_iter().collect_view()}</Chips>
                </CardBody>
                {table(t, rows)}
                {pager}
                {downloads}
            </Card>
        </div>
    };
    Ok(view.into_any())
}

/// How it ended, and the way on.
fn message(t: Text, import: &Import) -> AnyView {
    let orders = [
        ("created", import.created.into()),
        ("rows", (import.rows_bad + import.rows_held).into()),
    ];
    let reason = import.reason.map(|reason| t.reason(reason));
    let (tone, title, text) = match import.state {
        ImportState::Succeeded if import.created == 0 => (
            Tone::Info,
            t.get("imports-nothing-new"),
            Some(t.get("imports-all-there-text")),
        ),
        ImportState::Succeeded => (Tone::Success, t.with("imports-done", orders), None),
        ImportState::PartlyFailed => (Tone::Warning, t.with("imports-partly", orders), reason),
        ImportState::Cancelled => (
            Tone::Info,
            t.with("imports-cancelled", orders),
            Some(t.get("imports-cancelled-text")),
        ),
        _ => match &import.problem {
            Some(problem) => (Tone::Danger, t.problem(problem), reason),
            None => (
                Tone::Danger,
                reason.unwrap_or_else(|| t.reason(ReasonCode::JobUnexpected)),
                (import.created > 0).then(|| t.with("imports-so-far", orders)),
            ),
        },
    };
    let change = format!("{}?store={}", super::UPLOAD, import.store_id);
    let has_orders = import.created + import.unchanged > 0;
    let items: Vec<String> = ignored_columns(t, import).into_iter().collect();
    let retry = imports::may_retry(import).then(|| retry_form(t, import));
    let may_change = import.state == ImportState::Failed;
    view! {
        <Alert tone=tone title=title text=text items=items>
            {retry}
            {may_change
                .then(|| {
                    view! {
                        <ButtonLink href=change icon="upload" size=Size::Small>
                            {t.get("imports-change-file")}
                        </ButtonLink>
                    }
                })}
            {has_orders
                .then(|| {
                    view! {
                        <ButtonLink href="/storefronts/orders" size=Size::Small>
                            {t.get("imports-see-orders")}
                        </ButtonLink>
                    }
                })}
        </Alert>
    }
    .into_any()
}

fn retry_form(t: Text, import: &Import) -> AnyView {
    let words = t.get(if import.rows_done > 0 {
        "imports-go-on"
    } else {
        "imports-check-again"
    });
    let id = import.id.to_string();
    view! {
        <Form id="retry-import" action=RetryImport::PATH>
            <input type="hidden" name="import" value=id />
            <Button size=Size::Small icon="sync">{words}</Button>
        </Form>
    }
    .into_any()
}

fn downloads(t: Text, import: &Import, refused: i64) -> AnyView {
    let (errors, result) = (
        format!("{}/errors.csv", page_of(import.id)),
        format!("{}/result.csv", page_of(import.id)),
    );
    view! {
        <CardFoot>
            <ButtonLink href=result icon="download" download=true>
                {t.get("imports-download-result")}
            </ButtonLink>
            {(refused > 0)
                .then(|| {
                    view! {
                        <ButtonLink href=errors icon="download" download=true>
                            {t.get("imports-download-errors")}
                        </ButtonLink>
                    }
                })}
        </CardFoot>
    }
    .into_any()
}

fn table(t: Text, rows: Vec<ImportRow>) -> AnyView {
    if rows.is_empty() {
        return view! { <Empty title=t.get("imports-no-rows") /> }.into_any();
    }
    let rows = rows.into_iter().map(|row| table_row(t, row)).collect_view();
    view! {
        <DataTable caption=t.get("imports-rows") compact=true plain=true>
            <TableHead>
                <HeadCell text=t.get("imports-row") />
                <HeadCell text=t.get("imports-order") />
                <HeadCell text=t.get("imports-outcome") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn table_row(t: Text, row: ImportRow) -> AnyView {
    let (outcome, tone, order) = match &row.result {
        RowResult::Ready => (RowOutcome::Ready, Tone::Neutral, None),
        RowResult::Refused(_) => (RowOutcome::Refused, Tone::Danger, None),
        RowResult::Created(order) => (RowOutcome::Created, Tone::Success, Some(*order)),
        RowResult::Unchanged(order) => (RowOutcome::Unchanged, Tone::Neutral, *order),
    };
    let href = order.map(|order| format!("/storefronts/orders/{order}"));
    let errors = match &row.result {
        RowResult::Refused(problems) => problems
            .iter()
            .map(|problem| view! { <RowError columns=3 text=sentence(t, problem, None) /> }.into_any())
            .collect(),
        _ => Vec::new(),
    };
    view! {
        <Row>
            <Cell align=Align::Time label=t.get("imports-row")>
                {t.number(row.line)}
            </Cell>
            <LeadCell title=row.reference.unwrap_or_else(|| "–".to_owned()) href=href />
            <Cell narrow=Narrow::Corner>
                <PlainBadge tone=tone text=t.get(&format!("imports-outcome-{}", outcome.slug())) />
            </Cell>
        </Row>
        {errors}
    }
    .into_any()
}

/// Headings that were passed over, if there are any.
pub(super) fn ignored_columns(t: Text, import: &Import) -> Option<String> {
    let columns = &import.dialect.as_ref()?.ignored_columns;
    (!columns.is_empty()).then(|| t.with("imports-ignored", [("columns", columns.join(", ").into())]))
}

/// Rows of a file with the links to those before and after, where there are any.
pub(super) struct RowPage {
    pub(super) rows: Vec<ImportRow>,
    pub(super) pager: Option<AnyView>,
}

/// The rows that the query asks for.
pub(super) async fn row_page(page: &ClientPage, import: &Import, filter: RowFilter) -> Outcome<RowPage> {
    let size = page
        .query_as("rows")
        .filter(|rows| PAGE_SIZES.contains(rows))
        .unwrap_or(PAGE_SIZES[0]);
    let turn = match (page.query_as("after"), page.query_as("before")) {
        (Some(row), _) => Turn::After(row),
        (None, Some(row)) => Turn::Before(row),
        (None, None) => Turn::First,
    };
    let slice = imports::rows(&page.portal, &page.client.scope(), import.id, filter, turn, size).await?;
    let t = page.t;
    let link = |name: &str, other: &str, row: Option<&ImportRow>| {
        row.map(|row| page.link_with(&[(name, Some(&row.line.to_string())), (other, None)]))
    };
    let previous = link("before", "after", slice.rows.first()).filter(|_| slice.has_previous);
    let next = link("after", "before", slice.rows.last()).filter(|_| slice.has_next);
    let shown = t.with("imports-shown", [("rows", slice.rows.len().into())]);
    let kept = page
        .query("show")
        .map(|show| ("show".to_owned(), show))
        .into_iter()
        .collect();
    let pager = (slice.has_previous || slice.has_next || size != PAGE_SIZES[0]).then(|| {
        view! {
            <CardBody>
                <Pager shown=shown previous=previous next=next rows=size kept=kept />
            </CardBody>
        }
        .into_any()
    });
    Ok(RowPage {
        rows: slice.rows,
        pager,
    })
}

/// Goes on with an import that stopped.
#[server(prefix = "/do", endpoint = "imports/retry")]
pub async fn retry_import(
    /// The import.
    #[server(default)]
    import: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let client = action.client()?;
        let id = named(&import)?;
        imports::retry(&action.portal, client, id).await?;
        lead_to(&action.portal, &client.scope(), id).await
    }
    .await;
    action.answer("retry-import", outcome).await
}
