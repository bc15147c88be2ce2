//! The marks of the two faces.

use leptos::prelude::*;

use super::words::OptionalText;

/// The two faces of the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// The operator console, called GelatoConnect: a registration mark.
    #[default]
    Console,
    /// The client portal, called Storefronts: a sheet over its proof.
    Storefronts,
}

/// Mark and name, linking to the start page.
#[component]
pub fn Brand(
    /// Whose mark it is.
    face: Face,
    /// The name: a setting, for both faces.
    #[prop(into)]
    name: String,
    /// The line below it.
    #[prop(optional, into)]
    line: OptionalText,
    /// The start page.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            {mark(face)}
            <span>
                <b class="truncate" dir="auto">{name}</b>
                {line.into_option().map(|line| view! { <small dir="auto">{line}</small> })}
            </span>
        </a>
    }
}

fn mark(face: Face) -> AnyView {
    match face {
        Face::Console => view! {
            <svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
                <path d="M14 14V7a7 7 0 0 1 7 7Z" fill="var(--accent-fill)" />
                <circle cx="14" cy="14" r="7.75" fill="none" stroke="currentColor" stroke-width="1.5" />
                <path d="M14 1.5v25M1.5 14h25" stroke="currentColor" stroke-width="1.5" />
            </svg>
        }
        .into_any(),
        Face::Storefronts => view! {
            <svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
                <path d="M9.75 3.75h14.5v17.5" fill="none" stroke="currentColor" stroke-width="1.5" />
                <path d="M3.5 7.5h17v17h-17z" fill="var(--accent-fill)" />
                <path d="M8.5 11.5v9h7" fill="none" stroke="var(--on-accent)" stroke-width="2.2" />
            </svg>
        }
        .into_any(),
    }
}
