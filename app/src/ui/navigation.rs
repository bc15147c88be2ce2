//! What the shell of both faces is given, and the navigation it makes of it.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::{OptionalText, Tone};
use crate::text::texts;

/// A place of the navigation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavEntry {
    /// Its name.
    pub label: String,
    /// A word for it where there is room for no more; none for a name that is one.
    pub short: OptionalText,
    /// Its page.
    pub href: String,
    /// The icon before the name.
    pub icon: &'static str,
    /// How many things there wait for somebody.
    pub count: OptionalText,
    /// How bad it is that they wait.
    pub tone: Tone,
    /// Whether the page shown belongs to it.
    pub current: bool,
    /// The key that goes there after `g`.
    pub key: Option<char>,
}

/// Places that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavGroup {
    /// What they have in common; none for the first group.
    pub title: OptionalText,
    /// The places.
    pub entries: Vec<NavEntry>,
}

/// The places of the sidebar.
#[component]
pub(super) fn Navigation(groups: Vec<NavGroup>) -> impl IntoView {
    let groups = groups.into_iter().map(|group| {
        let entries = group.entries.into_iter().map(|entry| {
            view! {
                <a
                    href=entry.href
                    aria-current=entry.current.then_some("page")
                    data-go=entry.key.map(String::from)
                    title=entry.label
                >
                    <Icon name=entry.icon />
                    <span>{entry.label.clone()}</span>
                    {count(entry.count, entry.tone)}
                </a>
            }
        });
        view! {
            {group.title.into_option().map(|title| view! { <h2>{title}</h2> })}
            {entries.collect_view()}
        }
    });
    view! { <nav class="nav" aria-label=texts().get("ui-navigation")>{groups.collect_view()}</nav> }
}

/// The first places at the bottom of a phone, and a button for the others.
#[component]
pub(super) fn TabBar(groups: Vec<NavGroup>) -> impl IntoView {
    const PLACES: usize = 4;
    let t = texts();
    let entries: Vec<_> = groups.into_iter().flat_map(|group| group.entries).collect();
    let elsewhere = entries.iter().skip(PLACES).any(|entry| entry.current);
    let places = entries.into_iter().take(PLACES).map(|entry| {
        let words = entry.short.into_option().unwrap_or(entry.label);
        view! {
            <a href=entry.href aria-current=entry.current.then_some("page")>
                <Icon name=entry.icon />
                <span class="truncate">{words}</span>
                {count(entry.count, entry.tone)}
            </a>
        }
    });
    view! {
        <nav class="tabbar" aria-label=t.get("ui-shortcuts")>
            {places.collect_view()}
            <button type="button" popovertarget="sidebar" aria-current=elsewhere.then_some("true")>
                <Icon name="menu" />
                {t.get("ui-more")}
            </button>
        </nav>
    }
}

fn count(count: OptionalText, tone: Tone) -> Option<impl IntoView> {
    count
        .into_option()
        .map(|count| view! { <span class="count" data-tone=tone.attribute()>{count}</span> })
}
