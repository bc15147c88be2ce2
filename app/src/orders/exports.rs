//! The link to a list as a CSV file.

use leptos::prelude::*;

use super::query::OrderQuery;
use crate::text::Text;
use crate::ui::*;

/// The button that saves the list of orders at `path` as a file.
pub fn export_button(t: Text, path: &str, query: &OrderQuery) -> AnyView {
    let href = query.link(&format!("{path}/export.csv"), &[("rows", None)]);
    view! {
        <ButtonLink href icon="download" download=true>
            {t.get("orders-export")}
        </ButtonLink>
    }
    .into_any()
}
