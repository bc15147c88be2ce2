//! The rows of a file, with what each means for the catalogue.

use domain::Language;
use leptos::prelude::*;
use portal::catalogue::import::{PreviewRow, Verdict};
use portal::paging::Slice;

use super::problem::sentence;
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// Rows that a page shows.
pub(super) const ROWS: u32 = 50;

/// A table of rows and the way to the others.
pub(super) fn table(page: &Page, slice: Slice<PreviewRow>) -> AnyView {
    let t = page.t;
    let count = i64::try_from(slice.rows.len()).unwrap_or(i64::MAX);
    let line = |row: Option<&PreviewRow>| row.map(|row| row.line.to_string()).unwrap_or_default();
    let (first, last) = (line(slice.rows.first()), line(slice.rows.last()));
    let previous = slice
        .has_previous
        .then(|| page.link_with(&[("before", Some(&first)), ("after", None)]));
    let next = slice
        .has_next
        .then(|| page.link_with(&[("after", Some(&last)), ("before", None)]));
    let shown = t.with("catalogue-rows-shown", [("count", count.into())]);
    let turned = previous.is_some() || next.is_some();
    let pager = turned.then(|| turning(t, shown, previous, next));
    let rows: Vec<AnyView> = slice.rows.into_iter().map(|row| table_row(t, row)).collect();
    view! {
        <DataTable caption=t.get("catalogue-rows") compact=true plain=true>
            <TableHead>
                <HeadCell text=t.get("catalogue-row") />
                <HeadCell text=t.get("catalogue-uid") />
                <HeadCell text=t.get("catalogue-name") />
                <HeadCell text=t.get("catalogue-outcome") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
        {pager}
    }
    .into_any()
}

fn turning(t: Text, shown: String, previous: Option<String>, next: Option<String>) -> AnyView {
    let link = |href: Option<String>, words: String| {
        href.map(|href| {
            view! {
                <ButtonLink href size=Size::Small>
                    {words}
                </ButtonLink>
            }
        })
    };
    view! {
        <nav class="pager" aria-label=t.get("ui-pages")>
            <span class="num">{shown}</span>
            <div class="cluster">
                {link(previous, t.get("ui-previous"))} {link(next, t.get("ui-next"))}
            </div>
        </nav>
    }
    .into_any()
}

fn table_row(t: Text, row: PreviewRow) -> AnyView {
    let [name_en, name_es] = row.names;
    let name = match t.language {
        Language::En => name_en,
        Language::Es => name_es,
    };
    let (tone, key) = match &row.verdict {
        Verdict::New => (Tone::Success, "catalogue-outcome-new"),
        Verdict::Changed(_) => (Tone::Info, "catalogue-outcome-changed"),
        Verdict::Unchanged => (Tone::Neutral, "catalogue-outcome-unchanged"),
        Verdict::Refused(_) => (Tone::Danger, "catalogue-outcome-refused"),
    };
    let fields = match &row.verdict {
        Verdict::Changed(fields) => {
            let named = fields
                .iter()
                .map(|field| t.get(&format!("catalogue-field-{}", field.replace('_', "-"))));
            named.collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    let problems = match &row.verdict {
        Verdict::Refused(problems) => problems.as_slice(),
        _ => &[],
    };
    let errors: Vec<AnyView> = problems
        .iter()
        .map(|problem| view! { <RowError columns=4 text=sentence(t, problem) /> }.into_any())
        .collect();
    let line = t.number(i64::try_from(row.line).unwrap_or(i64::MAX));
    let uid = row.uid;
    let outcome = t.get(key);
    view! {
        <Row>
            <Cell label=t.get("catalogue-row")>{line}</Cell>
            <th scope="row" role="rowheader" class="lead">
                <span class="mono" dir="auto">{uid}</span>
            </th>
            <Cell>
                <span dir="auto">{name}</span>
            </Cell>
            <Cell>
                <span class="cluster">
                    <PlainBadge tone text=outcome />
                    <span class="muted">{fields}</span>
                </span>
            </Cell>
        </Row>
        {errors}
    }
    .into_any()
}
