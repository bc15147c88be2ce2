//! Filters as chips: one link per value of the main status.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::OptionalText;
use crate::text::texts;

/// A row of chips.
#[component]
pub fn Chips(
    /// What the chips filter by, for those who do not see them.
    #[prop(into)]
    label: String,
    /// The [`Chip`]s.
    children: Children,
) -> impl IntoView {
    view! { <nav class="chips" aria-label=label>{children()}</nav> }
}

/// One value of a filter; a link that shows the list with it.
#[component]
pub fn Chip(
    /// The list with this filter.
    #[prop(into)]
    href: String,
    /// The value's name.
    #[prop(into)]
    text: String,
    /// How many rows it has, already written in the reader's language.
    #[prop(optional, into)]
    count: OptionalText,
    /// Whether the list shows it now.
    #[prop(optional)]
    current: bool,
) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=current.then_some("true")>
            <span dir="auto">{text}</span>
            {count.into_option().map(|count| view! { <span class="count">{count}</span> })}
        </a>
    }
}

/// A filter in force; the link shows the list without it.
#[component]
pub fn RemovableChip(
    /// The list without this filter.
    #[prop(into)]
    href: String,
    /// What is filtered: `Store: garabato.es`.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let label = texts().with("ui-remove-filter", [("filter", text.clone().into())]);
    view! {
        <a class="chip" href=href aria-current="true" aria-label=label>
            <span dir="auto">{text}</span>
            <Icon name="x" />
        </a>
    }
}
