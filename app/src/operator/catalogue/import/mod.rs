//! Importing products: the form with the file, the preview, the result.

pub mod file;
mod history;
mod preview;
pub mod problem;
mod result;
mod rows;
pub mod start;

use domain::id::ImportId;
use domain::{ImportState, Permission};
use leptos::prelude::*;
use portal::catalogue::import;

use super::list::LIST;
use crate::page::{Content, operator_page};
use crate::text::Text;
use crate::ui::{Badge, Crumb, PageHead};

/// Where a file is brought.
const UPLOAD: &str = "/console/catalogue/import";

/// The page of an import.
fn page_of(id: ImportId) -> String {
    format!("{UPLOAD}/{id}")
}

/// The pages above the form.
fn way(t: Text) -> Vec<Crumb> {
    vec![Crumb::link(t.get("catalogue-title"), LIST)]
}

/// The page of an import: its preview, its progress, or its result.
#[component]
pub fn CatalogueImportPage() -> impl IntoView {
    operator_page(Permission::ManageCatalogue, |page| async move {
        let t = page.t;
        let found = import::find(&page.portal, &page.operator, page.param("id")?).await?;
        let lede = t.with("catalogue-import-rows", [("rows", found.rows_total.into())]);
        let badge = match found.state {
            // A preview says itself what can be imported.
            ImportState::Ready => ().into_any(),
            state => view! { <Badge status=state.slug() text=t.status(state) /> }.into_any(),
        };
        let body = if found.state == ImportState::Ready {
            preview::preview(&page, &found).await?
        } else if found.state.is_under_way() {
            result::under_way(&page, &found).await?
        } else {
            result::result(&page, &found).await?
        };
        let mut crumbs = way(t);
        crumbs.push(Crumb::link(t.get("catalogue-import-title"), UPLOAD));
        let title = found.file_name;
        let view = view! { <PageHead title=title.clone() lede crumbs badge /> {body} };
        Ok(Content::new(title, view))
    })
}
