//! The frame around every page of both faces.

use leptos::prelude::*;

use super::account_menu::{Account, AccountMenu};
use super::badge::Kbd;
use super::brand::{Brand, Face};
use super::dialog::{Dialog, closed_by};
use super::icon::Icon;
use super::navigation::{NavEntry, NavGroup, Navigation, TabBar};
use super::words::{OptionalText, Size};
use crate::islands::{FormEnhancer, LiveProgress, PageTools};
use crate::text::texts;

/// Sidebar, sheet and slug line; on phones a top bar, the sidebar as a drawer and a bar of places.
#[component]
pub fn Shell(
    /// Which of the two faces.
    face: Face,
    /// The name beside the mark: a setting.
    #[prop(into)]
    brand: String,
    /// The line below the name: the company.
    #[prop(optional, into)]
    brand_line: OptionalText,
    /// The start page of this face.
    #[prop(into)]
    home: String,
    /// The places, in groups; the first four are at hand on phones.
    navigation: Vec<NavGroup>,
    /// Who is logged in.
    account: Account,
    /// Where the palette searches; takes `q`.
    #[prop(into)]
    search: String,
    /// The server function that the palette asks, with `q`, while somebody types.
    find: &'static str,
    /// The words of the slug line: whose sheet this is and what is on it.
    #[prop(optional)]
    slug: Vec<String>,
    /// When the data were read: `14:02:11 CET` and the same for machines.
    #[prop(optional)]
    as_of: Option<(String, String)>,
    /// What must be known on every page: that somebody else's portal is being looked at.
    #[prop(optional_no_strip)]
    notice: Option<AnyView>,
    /// A [`super::Toast`] with what was just done.
    #[prop(optional_no_strip)]
    toast: Option<AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let t = texts();
    let brand = move || view! { <Brand face name=brand.clone() line=brand_line.clone() href=home.clone() /> };
    let places: Vec<_> = navigation
        .iter()
        .flat_map(|group| group.entries.clone())
        .collect();
    view! {
        <a class="skip-link" href="#main">{t.get("ui-skip")}</a>
        <div class="shell">
            <header class="topbar">
                {brand()}
                <a
                    class="button icon-button"
                    data-variant="quiet"
                    href=search.clone()
                    data-opens="palette"
                    aria-label=t.get("ui-search")
                >
                    <Icon name="search" />
                </a>
            </header>
            <aside class="sidebar" id="sidebar" popover="" aria-label=t.get("ui-sidebar")>
                {brand()}
                <a class="search-trigger" href=search.clone() data-opens="palette">
                    <Icon name="search" />
                    <span>{t.get("ui-search")}</span>
                    <kbd>"Ctrl K"</kbd>
                </a>
                <Navigation groups=navigation.clone() />
                <AccountMenu account />
            </aside>
            <div class="sheet">
                <div class="colour-bar" aria-hidden="true">
                    {(0..7).map(|_| view! { <i></i> }).collect_view()}
                </div>
                {notice.map(|notice| view! { <div class="notice">{notice}</div> })}
                <main class="page" id="main" tabindex="-1">
                    {children()}
                </main>
                <Slug words=slug as_of />
            </div>
            <TabBar groups=navigation />
        </div>
        {toast}
        <Palette action=search find places=places.clone() />
        <Shortcuts places />
        <FormEnhancer />
        <LiveProgress />
        <PageTools />
    }
}

/// What this sheet is, and how fresh its data are.
#[component]
fn Slug(words: Vec<String>, as_of: Option<(String, String)>) -> impl IntoView {
    let fresh = as_of.map(|(words, machine)| {
        view! {
            <span>
                {texts().get("ui-as-of")} " " <time datetime=machine>{words}</time>
            </span>
        }
    });
    view! {
        <footer class="slug">
            {words.into_iter().map(|word| view! { <span dir="auto">{word}</span> }).collect_view()}
            {fresh}
        </footer>
    }
}

/// Finds everything, or goes to a place. `islands::browser::palette` writes what was found.
#[component]
fn Palette(action: String, find: &'static str, places: Vec<NavEntry>) -> impl IntoView {
    let t = texts();
    let places = places.into_iter().map(|place| {
        let label = place.label.clone();
        let keys = place.key.map(|key| {
            view! {
                <span class="push">
                    <kbd>"g"</kbd>
                    <kbd>{key.to_string()}</kbd>
                </span>
            }
        });
        view! {
            <li data-name=place.label>
                <a href=place.href>
                    <Icon name=place.icon />
                    <span>{label}</span>
                    {keys}
                </a>
            </li>
        }
    });
    view! {
        <dialog class="dialog palette" id="palette" {..closed_by(true)} aria-label=t.get("ui-search")>
            <form method="get" action=action role="search" aria-label=t.get("ui-search-all") data-find=find>
                <Icon name="search" />
                <input
                    type="search"
                    name="q"
                    placeholder=t.get("ui-search-all")
                    aria-label=t.get("ui-search-all")
                    autocomplete="off"
                    dir="auto"
                    autofocus
                />
                <kbd>"Esc"</kbd>
            </form>
            <div class="results">
                <h3 data-heads="data-palette-places">{t.get("ui-go-to")}</h3>
                <ul data-palette-places="">{places.collect_view()}</ul>
                <h3 data-heads="data-palette-found" hidden>
                    {t.get("ui-found")}
                </h3>
                <ul data-palette-found=""></ul>
                <p
                    class="status"
                    role="status"
                    data-palette-status=""
                    data-none=t.get("ui-found-none")
                    data-one=t.get("ui-found-one")
                    data-many=t.get("ui-found-many")
                ></p>
            </div>
            <div class="foot">
                <span>
                    <kbd>"↑"</kbd>
                    <kbd>"↓"</kbd>
                    {t.get("ui-to-choose")}
                </span>
                <span>
                    <kbd>"↵"</kbd>
                    {t.get("ui-to-open")}
                </span>
                <span>
                    <kbd>"Esc"</kbd>
                    {t.get("ui-to-close")}
                </span>
            </div>
        </dialog>
    }
}

/// The keys of this face, and the switch that turns single keys off (WCAG 2.1.4).
#[component]
fn Shortcuts(places: Vec<NavEntry>) -> impl IntoView {
    let t = texts();
    let named = |keys: &'static str, key: &str| (t.get(key), keys.to_owned());
    let search = [named("/", "ui-key-search"), named("Ctrl K", "ui-key-palette")];
    let rows = [
        named("j k", "ui-key-rows"),
        named("x", "ui-key-select"),
        named("↵", "ui-key-open"),
        named("?", "ui-key-help"),
    ];
    let places = places.into_iter().filter_map(|place| {
        let words = t.with("ui-key-go", [("place", place.label.into())]);
        Some((words, format!("g {}", place.key?)))
    });
    let lines: Vec<_> = search.into_iter().chain(places).chain(rows).collect();
    let lines = lines.into_iter().map(|(words, keys)| {
        view! {
            <div class="spread">
                <dt>{words}</dt>
                <dd>
                    <Kbd keys />
                </dd>
            </div>
        }
    });
    let (single_keys, single_keys_note) = (t.get("ui-single-keys"), t.get("ui-single-keys-note"));
    view! {
        <Dialog id="shortcuts" title=t.get("ui-keyboard") size=Size::Small>
            <div class="body stack">
                <dl class="stack" data-gap="2">
                    {lines.collect_view()}
                </dl>
                <label class="switch" data-shortcuts="" data-scripted="">
                    <input type="checkbox" role="switch" checked />
                    <span>
                        <b>{single_keys}</b>
                        <small>{single_keys_note}</small>
                    </span>
                </label>
            </div>
        </Dialog>
    }
}
