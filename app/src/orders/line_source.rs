//! What the store of a line says about it: its variant, and what the buyer added.

use domain::source::LineProperty;
use leptos::prelude::*;
use portal::orders::LineDetail;

use crate::ui::OptionalText;

/// What the store says about a line; nothing for a line that no store gave.
pub(super) fn line_source(line: &LineDetail) -> AnyView {
    let variant = OptionalText::from(line.variant_title.clone())
        .into_option()
        .map(|title| view! { <span class="sub" dir="auto">{title}</span> });
    let properties = line
        .properties
        .iter()
        .filter(|property| is_shown(property))
        .map(added)
        .collect_view();
    view! {
        {variant}
        {properties}
    }
    .into_any()
}

/// Names that begin with `_` are notes of plug-ins to themselves, but for files that are to be printed.
fn is_shown(property: &LineProperty) -> bool {
    !property.name.starts_with('_') || is_address(&property.value)
}

fn is_address(value: &str) -> bool {
    value.starts_with("https://") || value.starts_with("http://")
}

fn added(property: &LineProperty) -> AnyView {
    let LineProperty { name, value } = property.clone();
    let name = name.trim_start_matches('_').to_owned();
    let value = if is_address(&value) {
        view! {
            <a class="act truncate code-cell" href=value.clone() rel="noreferrer" title=value.clone()>
                {value.clone()}
            </a>
        }
        .into_any()
    } else {
        view! { <span dir="auto">{value}</span> }.into_any()
    };
    view! { <span class="sub"><b dir="auto">{name}</b> ": " {value}</span> }.into_any()
}
