//! Messages: tied to a page or form, or the trace of an action.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::{OptionalText, Tone};
use crate::text::texts;

/// A message tied to this page or form: the fact, then the way out.
#[component]
pub fn Alert(
    /// How bad it is.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// The fact.
    #[prop(into)]
    title: String,
    /// The way out.
    #[prop(optional, into)]
    text: OptionalText,
    /// Single facts below the text.
    #[prop(optional)]
    items: Vec<String>,
    /// Whether it answers what was just sent: it is read out and focused.
    #[prop(optional)]
    urgent: bool,
    /// The buttons of the way out.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Warning | Tone::Danger => "alert",
        Tone::Success => "check",
        _ => "info",
    };
    let list = (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li dir="auto">{item}</li> });
        view! { <ul>{items.collect_view()}</ul> }
    });
    view! {
        <div
            class="alert"
            data-tone=tone.name()
            role=urgent.then_some("alert")
            tabindex=urgent.then_some("-1")
            autofocus=urgent
        >
            <Icon name=icon />
            <div>
                <b dir="auto">{title}</b>
                {text.into_option().map(|text| view! { <span dir="auto">{text}</span> })}
                {list}
            </div>
            {children.map(|children| view! { <div class="cluster">{children()}</div> })}
        </div>
    }
}

/// The result of an action that left no trace on the screen. It goes by itself after a while.
#[component]
pub fn Toast(
    /// What was done.
    #[prop(into)]
    text: String,
    /// Whether it stays in the flow of the page instead of floating.
    #[prop(optional)]
    still: bool,
    /// Whether it says why nothing was done.
    #[prop(optional)]
    refused: bool,
    /// A small button that undoes it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div
            class="toast"
            role=if refused { "alert" } else { "status" }
            data-toast=(!still).then_some("")
            data-still=still.then_some("")
        >
            {refused.then(|| view! { <Icon name="alert" /> })}
            <span dir="auto">{text}</span>
            {children.map(|children| children())}
            {(!still)
                .then(|| {
                    view! {
                        <button
                            class="button icon-button"
                            data-size="sm"
                            type="button"
                            data-toast-close=""
                            data-scripted=""
                            aria-label=texts().get("ui-close")
                        >
                            <Icon name="x" />
                        </button>
                    }
                })}
        </div>
    }
}

/// Nothing here yet: why, and the button that changes it. The three plates are out of register.
#[component]
pub fn Empty(
    /// What there is none of, or what the search did not find.
    #[prop(into)]
    title: String,
    /// Why, and what to do.
    #[prop(optional, into)]
    text: OptionalText,
    /// Whether the title is the page's `h1`: on pages that say that something is missing or broken.
    #[prop(optional)]
    page: bool,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title = if page {
        view! { <h1 dir="auto">{title}</h1> }.into_any()
    } else {
        view! { <h2 dir="auto">{title}</h2> }.into_any()
    };
    view! {
        <div class="empty">
            <svg width="88" height="88" viewBox="0 0 88 88" fill="none" aria-hidden="true">
                <path
                    d="M0 14h9M14 0v9M79 14h9M74 0v9M0 74h9M14 79v9M79 74h9M74 79v9"
                    stroke="var(--line-control)"
                />
                <g stroke-width="2">
                    <circle cx="41" cy="42" r="17" stroke="var(--ink-c)" />
                    <circle cx="47.5" cy="43.5" r="17" stroke="var(--ink-m)" />
                    <circle cx="43" cy="47.5" r="17" stroke="var(--ink-y)" />
                </g>
                <path d="M44 18v52M18 44h52" stroke="var(--ink-k)" stroke-width="1.25" />
            </svg>
            {title}
            {text.into_option().map(|text| view! { <p dir="auto">{text}</p> })}
            {children.map(|children| view! { <div class="cluster">{children()}</div> })}
        </div>
    }
}

/// The place of a part that is still streaming in.
#[component]
pub fn Skeleton(
    /// How many lines the part will have.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines).map(|_| view! { <span class="skeleton"></span> });
    view! { <div class="skeletons stack" data-gap="2" aria-hidden="true">{lines.collect_view()}</div> }
}
