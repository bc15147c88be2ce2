//! What a file would change.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::catalogue::import::{self, Counts, Import, Preview, RowFilter};
use portal::paging::Turn;

use super::rows::{ROWS, table};
use super::start::StartCatalogueImport;
use super::{UPLOAD, page_of};
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

/// The rows that can be shown: the name in the address, the key of the words, how many there are.
fn choices(counts: &Counts) -> [(&'static str, &'static str, RowFilter, i64); 5] {
    [
        (
            "errors",
            "catalogue-show-errors",
            RowFilter::Refused,
            counts.refused,
        ),
        ("new", "catalogue-show-new", RowFilter::New, counts.new),
        (
            "changed",
            "catalogue-show-changed",
            RowFilter::Changed,
            counts.changed,
        ),
        (
            "unchanged",
            "catalogue-show-unchanged",
            RowFilter::Unchanged,
            counts.unchanged,
        ),
        ("all", "catalogue-show-all-rows", RowFilter::All, counts.all()),
    ]
}

/// The rows that the address asks for; those of `filter` are read.
pub(super) async fn read(page: &OperatorPage, import: &Import, filter: RowFilter) -> Outcome<Preview> {
    let turn = match (page.query_as("after"), page.query_as("before")) {
        (Some(line), _) => Turn::After(line),
        (None, Some(line)) => Turn::Before(line),
        (None, None) => Turn::First,
    };
    import::preview(&page.portal, &page.operator, import, filter, turn, ROWS).await
}

/// The preview of an import that waits to be started.
pub(super) async fn preview(page: &OperatorPage, import: &Import) -> Outcome<AnyView> {
    let t = page.t;
    let asked = page.query("show");
    let filter = |name: &str| {
        let known = choices(&Counts::default());
        known
            .into_iter()
            .find(|(known, ..)| *known == name)
            .map_or(RowFilter::All, |(_, _, filter, _)| filter)
    };
    let mut shown = asked.clone().unwrap_or_else(|| "errors".to_owned());
    let mut found = read(page, import, filter(&shown)).await?;
    if asked.is_none() && found.counts.refused == 0 {
        "all".clone_into(&mut shown);
        found = read(page, import, RowFilter::All).await?;
    }
    let counts = found.counts;
    let chips: Vec<AnyView> = choices(&counts)
        .into_iter()
        .map(|(name, key, _, count)| {
            let href = page.link_with(&[("show", Some(name)), ("after", None), ("before", None)]);
            view! { <Chip href text=t.get(key) count=t.number(count) current={shown == name} /> }.into_any()
        })
        .collect();
    let coverage = [
        ("ready", counts.ready().into()),
        ("unchanged", counts.unchanged.into()),
        ("refused", counts.refused.into()),
    ];
    let parts = [
        (Tone::Success, counts.ready()),
        (Tone::Neutral, counts.unchanged),
        (Tone::Danger, counts.refused),
    ]
    .map(|(tone, rows)| (tone, u32::try_from(rows).unwrap_or_default()))
    .to_vec();
    let (verdict, foot) = (verdict(t, &found), foot(t, import, &counts));
    let rows = table(page, found.rows);
    let view = view! {
        <Card label=t.get("catalogue-preview")>
            <CardBody>
                {verdict} <Coverage parts=parts sentence=t.with("catalogue-coverage", coverage) />
                <Chips label=t.get("catalogue-rows")>{chips}</Chips>
            </CardBody>
            {rows}
            {foot}
        </Card>
    };
    Ok(view.into_any())
}

/// What the file holds, in one message with its way out.
fn verdict(t: Text, found: &Preview) -> AnyView {
    let counts = found.counts;
    let values = [
        ("ready", counts.ready().into()),
        ("refused", counts.refused.into()),
    ];
    let (tone, title, text) = match (counts.ready(), counts.refused) {
        (0, 0) => (Tone::Info, "catalogue-all-there", "catalogue-all-there-text"),
        (0, _) => (Tone::Danger, "catalogue-none-ready", "catalogue-none-ready-text"),
        (_, 0) => (Tone::Success, "catalogue-all-ready", "catalogue-nothing-yet"),
        _ => (Tone::Warning, "catalogue-some-ready", "catalogue-some-ready-text"),
    };
    let mut items = Vec::new();
    if !found.ignored_columns.is_empty() {
        let columns = found.ignored_columns.join(", ");
        items.push(t.with("catalogue-ignored-columns", [("columns", columns.into())]));
    }
    view! {
        <Alert tone=tone title=t.with(title, values) text=t.get(text) items=items>
            <ButtonLink href=UPLOAD icon="upload" size=Size::Small>
                {t.get("catalogue-change-file")}
            </ButtonLink>
        </Alert>
    }
    .into_any()
}

fn foot(t: Text, import: &Import, counts: &Counts) -> AnyView {
    let id = import.id.to_string();
    let words = t.with("catalogue-start", [("ready", counts.ready().into())]);
    let download = (counts.refused > 0).then(|| download_errors(t, import));
    let start = (counts.ready() > 0).then(|| {
        view! {
            <Form id="start-catalogue-import" action=StartCatalogueImport::PATH>
                <input type="hidden" name="import" value=id />
                <Button variant=Variant::Primary>{words}</Button>
            </Form>
        }
    });
    view! {
        <CardFoot>
            {download} <span class="push"></span>
            <ButtonLink href=super::LIST>{t.get("ui-cancel")}</ButtonLink> {start}
        </CardFoot>
    }
    .into_any()
}

/// The rows that were refused, as a file.
pub(super) fn download_errors(t: Text, import: &Import) -> AnyView {
    view! {
        <ButtonLink
            href=format!("{}/errors.csv", page_of(import.id))
            variant=Variant::Quiet
            icon="download"
            download=true
        >
            {t.get("catalogue-download-errors")}
        </ButtonLink>
    }
    .into_any()
}
