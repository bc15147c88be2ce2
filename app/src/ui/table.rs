//! Tables of data. Narrow containers turn rows into cards, which takes the table roles away from the elements;
//! so every part writes its ARIA role too.

use leptos::prelude::*;

use super::badge::Monogram;
use super::words::{OptionalText, Size};
use crate::text::texts;

/// A list of three or more like things.
#[component]
#[expect(
    clippy::fn_params_excessive_bools,
    reason = "each is a switch that callers set by name"
)]
pub fn DataTable(
    /// What the table lists and how it is sorted, for those who do not see it.
    #[prop(into)]
    caption: String,
    /// Whether it meets the edges of the sheet, as lists do; tables in cards do not.
    #[prop(optional)]
    bleed: bool,
    /// Lower rows, for logs.
    #[prop(optional)]
    compact: bool,
    /// Whether it scrolls sideways when narrow instead of becoming cards: for matrices.
    #[prop(optional)]
    scroll: bool,
    /// Whether a head without a background suits it better: for short tables in cards.
    #[prop(optional)]
    plain: bool,
    /// A [`TableHead`] and a [`TableBody`].
    children: Children,
) -> impl IntoView {
    // Whoever has no pointer scrolls it by the arrow keys.
    let name = scroll.then(|| caption.clone());
    view! {
        <div
            class=if bleed { "table-wrap bleed" } else { "table-wrap" }
            tabindex=scroll.then_some("0")
            role=scroll.then_some("region")
            aria-label=name
        >
            <table
                class="data"
                role="table"
                data-density=compact.then_some("compact")
                data-narrow=scroll.then_some("scroll")
                data-plain=plain.then_some("")
            >
                <caption class="visually-hidden">{caption}</caption>
                {children()}
            </table>
        </div>
    }
}

/// The head of a table: one row of [`HeadCell`]s, [`SortCell`]s and perhaps a [`SelectAllCell`].
#[component]
pub fn TableHead(
    /// Whether it stays in sight while the list scrolls.
    #[prop(optional)]
    sticky: bool,
    /// The cells.
    children: Children,
) -> impl IntoView {
    view! {
        <thead role="rowgroup" class=sticky.then_some("sticky")>
            <tr role="row">{children()}</tr>
        </thead>
    }
}

/// The body of a table: [`Row`]s.
#[component]
pub fn TableBody(
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! { <tbody role="rowgroup">{children()}</tbody> }
}

/// The head of a column.
#[component]
pub fn HeadCell(
    /// The column's name.
    #[prop(into)]
    text: String,
    /// Whether the column holds numbers.
    #[prop(optional)]
    numeric: bool,
    /// Whether the column gives way when the table gets narrow.
    #[prop(optional)]
    optional: bool,
    /// Whether only those who do not see the table need the name: a column of actions.
    #[prop(optional)]
    hidden: bool,
) -> impl IntoView {
    let name = if hidden {
        view! { <span class="visually-hidden">{text}</span> }.into_any()
    } else {
        text.into_any()
    };
    view! {
        <th scope="col" role="columnheader" class=classes(&[("num", numeric), ("optional", optional)])>
            {name}
        </th>
    }
}

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorted {
    /// By another column.
    #[default]
    No,
    /// Smallest, oldest or A first.
    Ascending,
    /// Largest or newest first.
    Descending,
}

/// The head of a column that sorts the list; a link to the list sorted by it.
#[component]
pub fn SortCell(
    /// The column's name.
    #[prop(into)]
    text: String,
    /// The list sorted by this column, the other way round where it already is.
    #[prop(into)]
    href: String,
    /// How it is sorted now.
    #[prop(optional)]
    sorted: Sorted,
    /// Whether the column holds numbers.
    #[prop(optional)]
    numeric: bool,
    /// Whether the column gives way when the table gets narrow.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let direction = match sorted {
        Sorted::No => None,
        Sorted::Ascending => Some("ascending"),
        Sorted::Descending => Some("descending"),
    };
    view! {
        <th
            scope="col"
            role="columnheader"
            class=classes(&[("sortable", true), ("num", numeric), ("optional", optional)])
            aria-sort=direction
        >
            <a href=href>{text}</a>
        </th>
    }
}

/// The box that selects every row of the page. Scripts show it, for it does nothing without them.
#[component]
pub fn SelectAllCell() -> impl IntoView {
    view! {
        <td role="cell" class="check">
            <label>
                <input type="checkbox" data-select-all="" data-scripted="" aria-label=texts().get("ui-select-page") />
            </label>
        </td>
    }
}

/// A row.
#[component]
pub fn Row(
    /// Whether it is the one shown beside or below the table.
    #[prop(optional)]
    selected: bool,
    /// A [`LeadCell`] and [`Cell`]s.
    children: Children,
) -> impl IntoView {
    view! { <tr role="row" aria-selected=selected.then_some("true")>{children()}</tr> }
}

/// The box that selects a row for a bulk action.
#[component]
pub fn SelectCell(
    /// The name the bulk form sends.
    #[prop(into)]
    name: String,
    /// The row's id.
    #[prop(into)]
    value: String,
    /// What the row is about.
    #[prop(into)]
    title: String,
    /// The `id` of the bulk form, when the table stands outside of it.
    #[prop(optional, into)]
    form: OptionalText,
) -> impl IntoView {
    let label = texts().with("ui-select-row", [("name", title.into())]);
    view! {
        <td role="cell" class="check">
            <label>
                <input
                    type="checkbox"
                    name=name
                    value=value
                    form=form.into_option()
                    data-select-row=""
                    aria-label=label
                />
            </label>
        </td>
    }
}

/// The cell that says what the row is about; its link covers the whole row.
#[component]
pub fn LeadCell(
    /// The name, as its owner typed it.
    #[prop(into)]
    title: String,
    /// Where the row leads.
    #[prop(optional, into)]
    href: OptionalText,
    /// One muted line below the name.
    #[prop(optional, into)]
    sub: OptionalText,
    /// Whether the first letters of the name stand before it.
    #[prop(optional)]
    monogram: bool,
    /// A picture before the name: a `Thumb` or a `Platform`.
    #[prop(optional)]
    picture: Option<AnyView>,
    /// More lines below the name.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = match href.into_option() {
        Some(href) => view! { <a class="row-link" href=href dir="auto">{title.clone()}</a> }.into_any(),
        None => view! { <b dir="auto">{title.clone()}</b> }.into_any(),
    };
    view! {
        <th scope="row" role="rowheader" class="lead">
            <span class="entity">
                {monogram.then(|| view! { <span class="only-wide"><Monogram name=title /></span> })}
                {picture}
                <span>
                    {name}
                    {sub.into_option().map(|sub| view! { <span class="sub" dir="auto">{sub}</span> })}
                    {children.map(|children| children())}
                </span>
            </span>
        </th>
    }
}

/// How a cell stands in its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Words,
    /// Numbers: right-aligned digits of equal width.
    Number,
    /// Times: digits of equal width at the start of the column.
    Time,
    /// The last column: actions at the end, no wider than they need.
    Actions,
}

/// What becomes of a cell when its row becomes a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrow {
    /// It joins the other cells on a line.
    #[default]
    Inline,
    /// It sits in the upper corner.
    Corner,
    /// It is left out.
    Hidden,
}

/// Any other cell.
#[component]
pub fn Cell(
    /// The column's name; on cards the cell becomes a line that starts with it.
    #[prop(optional, into)]
    label: OptionalText,
    /// How it stands in its column.
    #[prop(optional)]
    align: Align,
    /// What becomes of it on cards.
    #[prop(optional)]
    narrow: Narrow,
    /// Whether its column gives way when the table gets narrow.
    #[prop(optional)]
    optional: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let class = classes(&[
        ("num", matches!(align, Align::Number | Align::Time)),
        ("start", align == Align::Time),
        ("end fit", align == Align::Actions),
        ("corner", narrow == Narrow::Corner),
        ("narrow-hide", narrow == Narrow::Hidden),
        ("optional", optional),
    ]);
    view! { <td role="cell" class=class data-label=label.into_option()>{children()}</td> }
}

/// A string for machines in a cell: a SKU, a reference. Long ones are cut; the whole stands in the title.
#[component]
pub fn CodeText(
    /// The string as it is.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="mono truncate code-cell" title=text>{text.clone()}</span> }
}

/// A row that says what is wrong with the row above it.
#[component]
pub fn RowError(
    /// How many columns the table has.
    columns: u16,
    /// What is wrong and what would be right.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <tr role="row" class="row-error">
            <td role="cell" colspan=columns>
                <span class="error-text">
                    <super::icon::Icon name="alert" />
                    <span>{text}</span>
                </span>
            </td>
        </tr>
    }
}

/// The platforms of a customer, side by side.
#[component]
pub fn Platforms(
    /// Slug and name of each.
    platforms: Vec<(String, String)>,
) -> impl IntoView {
    view! {
        <span class="platforms">
            {platforms
                .into_iter()
                .map(|(slug, label)| view! { <super::icon::Platform slug label size=Size::Medium /> })
                .collect_view()}
        </span>
    }
}

/// The names of the classes whose condition holds, or nothing.
fn classes(conditions: &[(&'static str, bool)]) -> Option<String> {
    let names: Vec<_> = conditions
        .iter()
        .filter_map(|(name, holds)| holds.then_some(*name))
        .collect();
    (!names.is_empty()).then(|| names.join(" "))
}
