//! The frame of signed-out pages.

use leptos::prelude::*;

use super::brand::{Brand, Face};
use super::words::OptionalText;
use crate::islands::{FormEnhancer, PageTools};

/// A signed-out page: the form on the left, a press sheet on the right where there is room.
#[component]
pub fn AuthPage(
    /// Whose mark stands on top.
    #[prop(optional)]
    face: Face,
    /// The name beside the mark.
    #[prop(into)]
    brand: String,
    /// The line below the name.
    #[prop(optional, into)]
    brand_line: OptionalText,
    /// The page's title.
    #[prop(into)]
    title: String,
    /// A line below the title.
    #[prop(optional, into)]
    lede: OptionalText,
    /// What to do when the form is no help.
    #[prop(optional_no_strip)]
    after: Option<AnyView>,
    /// Links at the bottom: the other language, help, privacy.
    #[prop(optional)]
    footer: Option<AnyView>,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="auth">
            <main id="main" tabindex="-1">
                <Brand face name=brand line=brand_line href="/" />
                <div class="form-block">
                    <header class="stack" data-gap="2">
                        <h1 dir="auto">{title}</h1>
                        {lede.into_option().map(|lede| view! { <p class="muted" dir="auto">{lede}</p> })}
                    </header>
                    {children()}
                    {after.map(|after| view! { <p class="muted text-sm">{after}</p> })}
                </div>
                {footer.map(|footer| view! { <footer class="cluster" data-gap="4">{footer}</footer> })}
            </main>
            <aside aria-hidden="true">
                <svg viewBox="-10 -10 660 508">
                    <use href="/icons/press-sheet.svg#sheet" />
                </svg>
            </aside>
        </div>
        <FormEnhancer />
        <PageTools />
    }
}
