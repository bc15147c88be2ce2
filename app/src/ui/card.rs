//! Grouped content.

use leptos::prelude::*;

use super::words::{OptionalText, Tone};

/// A group of content with a line around it.
#[component]
pub fn Card(
    /// Danger for what cannot be undone; neutral otherwise.
    #[prop(optional)]
    tone: Tone,
    /// Whether it is read-only, beside the work.
    #[prop(optional)]
    sunken: bool,
    /// The card's `id`.
    #[prop(optional, into)]
    id: OptionalText,
    /// The name of a card without a head, for those who do not see it.
    #[prop(optional, into)]
    label: OptionalText,
    /// [`CardHead`], [`CardBody`] or a table, [`CardFoot`]; a form around the last two is fine.
    children: Children,
) -> impl IntoView {
    let tone = if sunken { Some("sunken") } else { tone.attribute() };
    view! {
        <section class="card" data-tone=tone id=id.into_option() aria-label=label.into_option()>
            {children()}
        </section>
    }
}

/// The title of a card and what stands beside it.
#[component]
pub fn CardHead(
    /// The title.
    #[prop(into)]
    title: String,
    /// A count or a few words beside the title.
    #[prop(optional, into)]
    count: OptionalText,
    /// A line below the title.
    #[prop(optional, into)]
    note: OptionalText,
    /// A badge, a link or small buttons at the end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header>
            <h2 dir="auto">{title}</h2>
            {count.into_option().map(|count| view! { <span class="count">{count}</span> })}
            {children.map(|children| children())}
            {note.into_option().map(|note| view! { <p>{note}</p> })}
        </header>
    }
}

/// The content of a card.
#[component]
pub fn CardBody(
    /// Whether it stacks its parts as a form does.
    #[prop(optional)]
    form: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! { <div class=if form { "body form" } else { "body stack" }>{children()}</div> }
}

/// The buttons of a card.
#[component]
pub fn CardFoot(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <footer>{children()}</footer> }
}

/// Names and values.
#[component]
pub fn Facts(
    /// Whether names stand above their values, several in a row.
    #[prop(optional)]
    stacked: bool,
    /// [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts" data-layout=stacked.then_some("stacked")>{children()}</dl> }
}

/// One name and its value.
#[component]
pub fn Fact(
    /// The name.
    #[prop(into)]
    name: String,
    /// The value, as its owner typed it.
    #[prop(optional, into)]
    value: OptionalText,
    /// A value that is more than text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                {value.into_option().map(|value| view! { <span dir="auto">{value}</span> })}
                {children.map(|children| children())}
            </dd>
        </div>
    }
}

/// Short rows inside a card.
#[component]
pub fn List(
    /// [`ListItem`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="list">{children()}</ul> }
}

/// One short row.
#[component]
pub fn ListItem(
    /// The name, as its owner typed it.
    #[prop(into)]
    title: String,
    /// Where the row leads.
    #[prop(optional, into)]
    href: OptionalText,
    /// One muted line below the name.
    #[prop(optional, into)]
    note: OptionalText,
    /// Whether the muted line warns.
    #[prop(optional)]
    note_tone: Tone,
    /// A picture before the name: a `Thumb`, a `Platform`, an `Icon`.
    #[prop(optional)]
    picture: Option<AnyView>,
    /// What stands at the end: a badge, a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = match href.into_option() {
        Some(href) => view! { <a class="row-link" href=href dir="auto">{title}</a> }.into_any(),
        None => view! { <b dir="auto">{title}</b> }.into_any(),
    };
    let note_class = match note_tone {
        Tone::Warning => "text-warning",
        Tone::Danger => "text-danger",
        _ => "muted",
    };
    view! {
        <li>
            {picture}
            <div>
                {name}
                {note.into_option().map(|note| view! { <small class=note_class dir="auto">{note}</small> })}
            </div>
            {children.map(|children| children())}
        </li>
    }
}
