//! The head of a page and the sections of one object.

use leptos::prelude::*;

use super::words::{OptionalText, Tone};
use crate::text::texts;

/// A step of the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// The name of the page above.
    pub text: String,
    /// Where it is; none for a word that is no page.
    pub href: OptionalText,
}

impl Crumb {
    /// A page above this one.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: href.into().into(),
        }
    }
}

/// The title of a page, the way to it and its actions: one primary at most, last.
#[component]
pub fn PageHead(
    /// The title; the page's only `h1`.
    #[prop(into)]
    title: String,
    /// A count beside the title, written in the reader's language.
    #[prop(optional, into)]
    count: OptionalText,
    /// One line below the title.
    #[prop(optional, into)]
    lede: OptionalText,
    /// The pages above this one.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// A status beside the title.
    #[prop(optional)]
    badge: Option<AnyView>,
    /// A large platform or monogram before the title.
    #[prop(optional)]
    picture: Option<AnyView>,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let way = (!crumbs.is_empty()).then(|| view! { <Crumbs crumbs /> });
    let title = view! {
        <div class="titles">
            {way}
            <h1>
                <span dir="auto">{title}</span>
                {count.into_option().map(|count| view! { <span class="count">{count}</span> })}
                {badge}
            </h1>
            {lede.into_option().map(|lede| view! { <p class="lede" dir="auto">{lede}</p> })}
        </div>
    };
    let title = match picture {
        Some(picture) => view! { <div class="cluster nowrap" data-gap="4">{picture}{title}</div> }.into_any(),
        None => title.into_any(),
    };
    view! {
        <header class="page-head">
            {title}
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
}

/// The pages above this one.
#[component]
fn Crumbs(crumbs: Vec<Crumb>) -> impl IntoView {
    let steps = crumbs.into_iter().map(|crumb| {
        let step = match crumb.href.into_option() {
            Some(href) => view! { <a href=href dir="auto">{crumb.text}</a> }.into_any(),
            None => crumb.text.into_any(),
        };
        view! { <li>{step}</li> }
    });
    view! {
        <nav aria-label=texts().get("ui-breadcrumb")>
            <ol class="crumbs">{steps.collect_view()}</ol>
        </nav>
    }
}

/// A section of one object: a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabItem {
    /// The section's name.
    pub text: String,
    /// The section's page.
    pub href: String,
    /// How much is in it, written in the reader's language.
    pub count: OptionalText,
    /// Whether it is the one shown.
    pub current: bool,
}

/// The sections of one object.
#[component]
pub fn Tabs(
    /// What the sections belong to, for those who do not see it.
    #[prop(into)]
    label: String,
    /// The sections.
    items: Vec<TabItem>,
) -> impl IntoView {
    let links = items.into_iter().map(|item| {
        view! {
            <a href=item.href aria-current=item.current.then_some("page")>
                <span dir="auto">{item.text}</span>
                {item.count.into_option().map(|count| view! { <span class="count">{count}</span> })}
            </a>
        }
    });
    view! { <nav class="tabs bleed" aria-label=label>{links.collect_view()}</nav> }
}

/// Figures side by side.
#[component]
pub fn Stats(
    /// [`Stat`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="stats">{children()}</div> }
}

/// One figure.
#[component]
pub fn Stat(
    /// What is counted.
    #[prop(into)]
    label: String,
    /// The figure, written in the reader's language.
    #[prop(into)]
    figure: String,
    /// A few words beside the figure.
    #[prop(optional, into)]
    note: OptionalText,
    /// The change since the period before: `+18 %`.
    #[prop(optional, into)]
    change: OptionalText,
    /// Whether the change is good or bad.
    #[prop(optional)]
    change_tone: Tone,
    /// Where the figure comes from.
    #[prop(optional, into)]
    href: OptionalText,
    /// The figure's past, oldest first, as a line below it.
    #[prop(optional)]
    history: Vec<f64>,
) -> impl IntoView {
    let content = view! {
        <span class="label">{label}</span>
        <span class="figure">
            {figure}
            {change
                .into_option()
                .map(|change| {
                    view! { <span class="delta" data-tone=change_tone.attribute()>{change}</span> }
                })}
            {note.into_option().map(|note| view! { <small>{note}</small> })}
        </span>
        {super::chart::spark(&history)}
    };
    match href.into_option() {
        Some(href) => view! { <a class="stat" href=href>{content}</a> }.into_any(),
        None => view! { <div class="stat">{content}</div> }.into_any(),
    }
}
