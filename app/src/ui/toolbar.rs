//! Above and below a list: search, filters, pages.

use leptos::prelude::*;

use super::button::{ButtonLink, Variant};
use super::chips::RemovableChip;
use super::icon::Icon;
use super::words::{Choice, OptionalText, Size, fresh_id};
use crate::text::texts;

/// Query parameters that a search, a filter or a change of page leaves as they are.
pub type Kept = Vec<(String, String)>;

/// Search and filters in a row.
#[component]
pub fn Toolbar(
    /// A [`SearchBox`], chips, [`Filters`].
    children: Children,
) -> impl IntoView {
    view! { <div class="toolbar">{children()}</div> }
}

/// Searches a list. Enter sends it; scripts send it while typing.
#[component]
pub fn SearchBox(
    /// What can be searched for: `Search name or reference ID`.
    #[prop(into)]
    label: String,
    /// What is searched for now.
    #[prop(optional, into)]
    value: OptionalText,
    /// The list's path; the page itself without one.
    #[prop(optional, into)]
    action: OptionalText,
    /// The query parameter.
    #[prop(default = "q")]
    name: &'static str,
    /// Filters in force, without the page.
    #[prop(optional)]
    kept: Kept,
) -> impl IntoView {
    view! {
        <form
            class="search"
            role="search"
            method="get"
            action=action.into_option()
            aria-label=label
            data-live-search=""
        >
            <Icon name="search" />
            <input
                type="search"
                name=name
                value=value.into_option()
                placeholder=label.clone()
                aria-label=label.clone()
                autocomplete="off"
                dir="auto"
                data-slash=""
            />
            <kbd aria-hidden="true">"/"</kbd>
            {hidden_fields(kept)}
        </form>
    }
}

/// Selects that narrow a list. A choice acts at once; without scripts a button sends it.
#[component]
pub fn Filters(
    /// The list's path; the page itself without one.
    #[prop(optional, into)]
    action: OptionalText,
    /// Search and other parameters in force, without the page and without these selects.
    #[prop(optional)]
    kept: Kept,
    /// [`FilterSelect`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <form class="filters" method="get" action=action.into_option() data-auto-submit="">
            {children()}
            {hidden_fields(kept)}
            <button class="button" type="submit" data-scriptless="">
                {texts().get("ui-apply")}
            </button>
        </form>
    }
}

/// One dimension of [`Filters`].
#[component]
pub fn FilterSelect(
    /// The query parameter.
    #[prop(into)]
    name: String,
    /// What it narrows by; also the words of the choice that does not.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// What is chosen now.
    #[prop(optional, into)]
    value: OptionalText,
) -> impl IntoView {
    let value = value.into_option().unwrap_or_default();
    let options = choices.into_iter().map(|choice| {
        let selected = choice.value == value;
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    });
    view! {
        <select name=name aria-label=label>
            <option value="">{label.clone()}</option>
            {options.collect_view()}
        </select>
    }
}

/// A dimension of [`Filters`] with too many values to list: it is typed, and the browser completes it.
#[component]
pub fn FilterText(
    /// The query parameter.
    #[prop(into)]
    name: String,
    /// What it narrows by.
    #[prop(into)]
    label: String,
    /// The values that are probably meant; any other can be typed.
    suggestions: Vec<String>,
    /// What was typed.
    #[prop(optional, into)]
    value: OptionalText,
) -> impl IntoView {
    let list = fresh_id("suggestions");
    let options = suggestions
        .into_iter()
        .map(|suggestion| view! { <option value=suggestion></option> });
    view! {
        <input
            type="search"
            name=name
            value=value.into_option()
            list=list.clone()
            placeholder=label.clone()
            aria-label=label
            autocomplete="off"
            dir="auto"
        />
        <datalist id=list>{options.collect_view()}</datalist>
    }
}

/// Filters in force, each with a link without it, and one link without any.
#[component]
pub fn ActiveFilters(
    /// What is filtered and the list without it.
    filters: Vec<(String, String)>,
    /// The list without any filter.
    #[prop(into)]
    clear: String,
) -> impl IntoView {
    (!filters.is_empty()).then(|| {
        let t = texts();
        let clear_words = t.get("ui-clear-filters");
        let chips = filters
            .into_iter()
            .map(|(text, href)| view! { <RemovableChip text href /> });
        view! {
            <nav class="chips" aria-label=t.get("ui-active-filters")>
                {chips.collect_view()}
                <ButtonLink href=clear variant=Variant::Quiet size=Size::Small>
                    {clear_words}
                </ButtonLink>
            </nav>
        }
    })
}

/// Which rows a page may show.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];

/// The way to the rows before and after. Pages start after a key, not at a number, so there are no page numbers.
#[component]
pub fn Pager(
    /// What is shown: `1–25 of 128` where counting is cheap, `25 rows` otherwise.
    #[prop(into)]
    shown: String,
    /// Whether that counts all there are, not only those of this page.
    #[prop(optional)]
    counts_all: bool,
    /// The list before this page.
    #[prop(optional, into)]
    previous: OptionalText,
    /// The list after this page.
    #[prop(optional, into)]
    next: OptionalText,
    /// How many rows a page shows, one of [`PAGE_SIZES`].
    #[prop(default = 25)]
    rows: u32,
    /// Search and filters in force, kept when the number of rows changes.
    #[prop(optional)]
    kept: Kept,
) -> impl IntoView {
    let t = texts();
    let only_here = !counts_all && (previous.is_some() || next.is_some());
    let shown = if only_here {
        t.with("ui-shown-here", [("shown", shown.into())])
    } else {
        shown
    };
    let sizes = PAGE_SIZES.map(|size| view! { <option value=size selected={size == rows}>{size}</option> });
    view! {
        <nav class="pager" aria-label=t.get("ui-pages")>
            <span class="num">{shown}</span>
            <div class="cluster">
                <form class="rows cluster only-wide" method="get" data-auto-submit="">
                    <label class="cluster regular">
                        {t.get("ui-rows")}
                        <select name="rows">{sizes.into_iter().collect_view()}</select>
                    </label>
                    {hidden_fields(kept)}
                    <button class="button" data-size="sm" type="submit" data-scriptless="">
                        {t.get("ui-apply")}
                    </button>
                </form>
                <div class="button-group">
                    {page_link(previous, Direction::Previous, t.get("ui-previous"))}
                    {page_link(next, Direction::Next, t.get("ui-next"))}
                </div>
            </div>
        </nav>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Previous,
    Next,
}

fn page_link(href: OptionalText, direction: Direction, words: String) -> impl IntoView {
    let rel = if direction == Direction::Previous {
        "prev"
    } else {
        "next"
    };
    let content = view! {
        {(direction == Direction::Previous).then(|| view! { <Icon name="chevron-left" /> })}
        {words}
        {(direction == Direction::Next).then(|| view! { <Icon name="chevron-right" after=true /> })}
    };
    match href.into_option() {
        Some(href) => view! { <a class="button" data-size="sm" href=href rel=rel>{content}</a> }.into_any(),
        // A link without a target: named, out of the tab order, announced as disabled.
        None => view! { <a class="button" data-size="sm" role="link" aria-disabled="true">{content}</a> }
            .into_any(),
    }
}

/// What a list shows while rows are selected: how many, and what can be done with them. It stands after the table,
/// inside the bulk form or inside the same section.
#[component]
pub fn BulkBar(
    /// Buttons that submit the form, each with `name` and `value` or an action of its own.
    children: Children,
) -> impl IntoView {
    let t = texts();
    view! {
        <div class="bulk">
            // Scripts write the number in place of the percent sign; without them the bar only shows up.
            <output
                data-bulk-count=""
                data-one=t.get("ui-selected-one")
                data-many=t.with("ui-selected-many", [("number", "%".into())])
            >
                {t.get("ui-selected")}
            </output>
            {children()}
            <hr data-scripted="" />
            <button
                class="button icon-button"
                type="button"
                data-bulk-clear=""
                data-scripted=""
                aria-label=t.get("ui-clear-selection")
            >
                <Icon name="x" />
            </button>
        </div>
    }
}

fn hidden_fields(kept: Kept) -> impl IntoView {
    kept.into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
}
