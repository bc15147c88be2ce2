//! Artwork, and tiles to pick from.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::{OptionalText, Size};

/// A small picture of artwork, or a dashed box where there is none yet.
#[component]
pub fn Thumb(
    /// The picture's address.
    #[prop(optional, into)]
    src: OptionalText,
    /// What it shows. Leave out where the name stands beside it.
    #[prop(optional, into)]
    alt: OptionalText,
    /// Large in the lines of an order.
    #[prop(optional)]
    size: Size,
    /// What stands in for a picture that there is none of.
    #[prop(default = "image")]
    icon: &'static str,
    /// A word below that icon: `PDF`.
    #[prop(optional, into)]
    word: OptionalText,
) -> impl IntoView {
    match src.into_option() {
        Some(src) => view! {
            <span class="thumb" data-size=size.attribute()>
                <img src=src alt=alt.into_option().unwrap_or_default() loading="lazy" decoding="async" />
            </span>
        }
        .into_any(),
        None => view! {
            <span class="thumb" data-empty="" data-size=size.attribute()>
                <Icon name=icon />
                {word.into_option().map(|word| view! { <b>{word}</b> })}
            </span>
        }
        .into_any(),
    }
}

/// A platform or a catalogue product to pick: a link, or an option of a form.
#[component]
pub fn Tile(
    /// Its name.
    #[prop(into)]
    title: String,
    /// A line about it.
    #[prop(optional, into)]
    note: OptionalText,
    /// Where picking it leads; without it, it is an option.
    #[prop(optional, into)]
    href: OptionalText,
    /// The `id` of the dialog it opens without a request when scripts run.
    #[prop(optional, into)]
    opens: OptionalText,
    /// The name it sends as an option.
    #[prop(optional, into)]
    name: OptionalText,
    /// The value it sends as an option.
    #[prop(optional, into)]
    value: OptionalText,
    /// Whether the option is chosen.
    #[prop(optional)]
    checked: bool,
    /// Whether it cannot be picked; the note says why.
    #[prop(optional)]
    disabled: bool,
    /// Whether the picture stands above the words.
    #[prop(optional)]
    tall: bool,
    /// A `Platform` or a `Thumb`.
    #[prop(optional)]
    picture: Option<AnyView>,
    /// More about it: tags, a badge.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let layout = tall.then_some("tall");
    let content = view! {
        {picture}
        <span>
            <b dir="auto">{title}</b>
            {note.into_option().map(|note| view! { <small dir="auto">{note}</small> })}
            {children.map(|children| children())}
        </span>
    };
    match href.into_option() {
        _ if disabled => view! {
            <div class="tile" data-layout=layout aria-disabled="true">
                {content}
            </div>
        }
        .into_any(),
        Some(href) => view! {
            <a class="tile" data-layout=layout href=href data-opens=opens.into_option()>
                {content}
            </a>
        }
        .into_any(),
        None => view! {
            <label class="tile" data-layout=layout>
                <input type="radio" name=name.into_option() value=value.into_option() checked=checked />
                {content}
            </label>
        }
        .into_any(),
    }
}

/// A string for machines with a button that copies it.
#[component]
pub fn Copyable(
    /// The string.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let t = crate::text::texts();
    view! {
        <span class="copyable">
            <span class="mono">{text.clone()}</span>
            <button
                class="button icon-button"
                data-variant="quiet"
                type="button"
                data-scripted=""
                data-copy=text.clone()
                data-copied=t.get("ui-copied")
                aria-label=t.with("ui-copy", [("text", text.into())])
            >
                <Icon name="copy" />
            </button>
        </span>
    }
}

/// Text for machines, as it is: a request, a response, a template.
#[component]
pub fn Code(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <pre class="code" tabindex="0">{text}</pre> }
}
