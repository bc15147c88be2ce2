//! Icons and the monograms of platforms, all from one sprite.

use leptos::prelude::*;

use super::words::{OptionalText, Size};

/// The names that [`Icon`] and [`Platform`] may show.
const SPRITE: &str = include_str!("../../../public/icons/sprite.svg");

/// A decorative icon. Words beside it, or the `aria-label` of the control around it, say what it means.
#[component]
pub fn Icon(
    /// The symbol's name without its `i-`: `search`, `plus`, `alert` …
    name: &'static str,
    /// Whether the icon follows the words of a button.
    #[prop(optional)]
    after: bool,
) -> impl IntoView {
    debug_assert!(
        SPRITE.contains(&format!("id=\"i-{name}\"")),
        "the sprite has no icon named {name}"
    );
    view! {
        <svg class=if after { "icon after" } else { "icon" } aria-hidden="true">
            <use href=format!("/icons/sprite.svg#i-{name}") />
        </svg>
    }
}

/// The monogram of a platform: `shopify`, `etsy`, `woocommerce`, `pressero`, `infigo` or `manual`.
#[component]
pub fn Platform(
    /// The platform's slug, as stored.
    #[prop(into)]
    slug: String,
    /// Its name for those who do not see it. Leave out where the name stands beside it.
    #[prop(optional, into)]
    label: OptionalText,
    /// Large beside a title.
    #[prop(optional)]
    size: Size,
) -> impl IntoView {
    debug_assert!(
        SPRITE.contains(&format!("id=\"p-{slug}\"")),
        "the sprite has no platform named {slug}"
    );
    let decorative = (!label.is_some()).then_some("true");
    view! {
        <svg
            class="platform"
            data-size=size.attribute()
            viewBox="0 0 28 28"
            role=label.is_some().then_some("img")
            aria-label=label.into_option()
            aria-hidden=decorative
        >
            <use href=format!("/icons/sprite.svg#p-{slug}") />
        </svg>
    }
}
