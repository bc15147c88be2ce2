//! What a checked file would bring in.

use domain::RowOutcome;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::imports::{self, Import, ImportRow, RowFilter, RowResult};

use super::lead_to;
use super::problem::{sentence, shown_column};
use super::result::{RowPage, ignored_columns, row_page};
use super::under_way::{cancel_form, named};
use crate::action::{Action, Reply};
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The preview of an import that waits to be started.
pub(super) async fn preview(page: &ClientPage, import: &Import) -> Outcome<AnyView> {
    let t = page.t;
    let wrong = import.rows_total - import.rows_right();
    let shown = page
        .query("show")
        .unwrap_or_else(|| if wrong > 0 { "errors" } else { "all" }.to_owned());
    let filter = match shown.as_str() {
        "errors" => RowFilter::Only(RowOutcome::Refused),
        "ready" => RowFilter::Right,
        _ => RowFilter::All,
    };
    let chips = [
        ("errors", t.get("imports-with-errors"), wrong),
        ("ready", t.get("imports-ready-rows"), import.rows_right()),
        ("all", t.get("imports-all-rows"), import.rows_total),
    ];
    let chips = chips.map(|(name, text, count)| {
        let href = page.link_with(&[("show", Some(name)), ("after", None), ("before", None)]);
        view! { <Chip href text count=t.number(count) current={shown == name} /> }
    });
    let RowPage { rows, pager } = row_page(page, import, filter).await?;
    let coverage = [("right", import.rows_right().into()), ("wrong", wrong.into())];
    let parts = vec![
        (Tone::Success, size(import.rows_right())),
        (Tone::Danger, size(wrong)),
    ];
    let (verdict, foot) = (verdict(t, import), foot(t, import, wrong));
    let view = view! {
        <Card label=t.get("imports-preview")>
            <CardBody>
                {verdict} <Coverage parts=parts sentence=t.with("imports-coverage", coverage) />
                <Chips label=t.get("imports-rows")>{chips.into_iter().collect_view()}</Chips>
            </CardBody>
            {table(t, rows)}
            {pager}
            {foot}
        </Card>
    };
    Ok(view.into_any())
}

fn size(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or_default()
}

/// What the file holds, in one message with its way out.
fn verdict(t: Text, import: &Import) -> AnyView {
    let orders = [
        ("orders", import.ready.into()),
        ("rows", import.rows_bad.into()),
        ("there", import.unchanged.into()),
    ];
    let (tone, title, text) = match (import.ready, import.rows_bad, import.unchanged) {
        (0, 0, _) => (Tone::Info, "imports-all-there", "imports-all-there-text"),
        (0, _, 0) => (Tone::Danger, "imports-none-ready", "imports-none-ready-text"),
        (0, ..) => (Tone::Warning, "imports-rest-there", "imports-none-ready-text"),
        (_, 0, _) => (Tone::Success, "imports-all-ready", "imports-nothing-yet"),
        _ => (Tone::Warning, "imports-some-ready", "imports-some-ready-text"),
    };
    let mut items = Vec::new();
    if import.unchanged > 0 && import.ready > 0 {
        items.push(t.with("imports-there", [("orders", import.unchanged.into())]));
    }
    if import.rows_held > 0 {
        items.push(t.with("imports-held", [("rows", import.rows_held.into())]));
    }
    items.extend(ignored_columns(t, import));
    let change = format!("{}?store={}", super::UPLOAD, import.store_id);
    view! {
        <Alert tone=tone title=t.with(title, orders) text=t.get(text) items=items>
            <ButtonLink href=change icon="upload" size=Size::Small>
                {t.get("imports-change-file")}
            </ButtonLink>
        </Alert>
    }
    .into_any()
}

fn table(t: Text, rows: Vec<ImportRow>) -> AnyView {
    let rows = rows.into_iter().map(|row| table_row(t, row)).collect_view();
    view! {
        <DataTable caption=t.get("imports-rows") compact=true plain=true>
            <TableHead>
                <HeadCell text=t.get("imports-row") />
                <HeadCell text=t.get("imports-order") />
                <HeadCell text=t.get("imports-recipient") />
                <HeadCell text=t.get("imports-product") />
                <HeadCell text=t.get("imports-quantity") numeric=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn table_row(t: Text, row: ImportRow) -> AnyView {
    let glance = row.glance.unwrap_or_default();
    let problems = match row.result {
        RowResult::Refused(problems) => problems,
        _ => Vec::new(),
    };
    let errors: Vec<AnyView> = problems
        .iter()
        .map(|problem| view! { <RowError columns=5 text=sentence(t, problem, Some(&glance)) /> }.into_any())
        .collect();
    let cell = |column: &str, text: String| {
        let bad = problems
            .iter()
            .any(|problem| shown_column(problem) == Some(column));
        marked(text, bad)
    };
    let reference = cell("orderReferenceId", glance.reference);
    let recipient = cell("recipient", glance.recipient);
    let product = cell("productUid", glance.product_uid);
    let quantity = cell("quantity", glance.quantity);
    view! {
        <Row>
            <Cell align=Align::Time label=t.get("imports-row")>
                {t.number(row.line)}
            </Cell>
            <th scope="row" role="rowheader" class="lead">
                {reference}
            </th>
            <Cell label=t.get("imports-recipient")>{recipient}</Cell>
            <Cell label=t.get("imports-product")>
                <span class="mono">{product}</span>
            </Cell>
            <Cell align=Align::Number label=t.get("imports-quantity")>
                {quantity}
            </Cell>
        </Row>
        {errors}
    }
    .into_any()
}

/// The text of a cell, marked when it is what is wrong; a dash marks an empty one.
fn marked(text: String, bad: bool) -> AnyView {
    match (bad, text.is_empty()) {
        (true, true) => view! { <mark class="bad-cell">"–"</mark> }.into_any(),
        (true, false) => view! { <mark class="bad-cell" dir="auto">{text}</mark> }.into_any(),
        (false, _) => view! { <span dir="auto">{text}</span> }.into_any(),
    }
}

fn foot(t: Text, import: &Import, wrong: i64) -> AnyView {
    let errors = format!("{}/errors.csv", super::page_of(import.id));
    let download = (wrong > 0).then(|| {
        view! {
            <ButtonLink href=errors variant=Variant::Quiet icon="download" download=true>
                {t.get("imports-download-errors")}
            </ButtonLink>
        }
    });
    let id = import.id.to_string();
    let words = t.with("imports-start", [("orders", import.ready.into())]);
    let start = (import.ready > 0).then(|| {
        view! {
            <Form id="start-import" action=StartImport::PATH>
                <input type="hidden" name="import" value=id />
                <Button variant=Variant::Primary>
                    {words}
                </Button>
            </Form>
        }
    });
    let discard = cancel_form(import.id, t.get("imports-discard"));
    view! {
        <CardFoot>
            {download} <span class="push"></span> {discard} {start}
        </CardFoot>
    }
    .into_any()
}

/// Starts an import.
#[server(prefix = "/do", endpoint = "imports/start")]
pub async fn start_import(
    /// The import.
    #[server(default)]
    import: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let client = action.client()?;
        let id = named(&import)?;
        imports::start(&action.portal, client, id).await?;
        lead_to(&action.portal, &client.scope(), id).await
    }
    .await;
    action.answer("start-import", outcome).await
}
