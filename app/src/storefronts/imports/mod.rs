//! Importing orders: the form with the file, the preview, the result.

pub mod detail;
mod history;
pub mod preview;
mod problem;
mod report;
pub mod result;
pub mod under_way;
pub mod upload;

pub use report::{file_name, say};

use std::time::Duration;

use domain::id::ImportId;
use portal::imports;
use portal::{Outcome, Portal};

use crate::action::Done;
use crate::text::Text;
use crate::ui::Crumb;

/// Where a file is brought.
const UPLOAD: &str = "/storefronts/orders/import";
/// How long the answer to a form waits for its job: most files are done by then, and no progress need be shown.
const WAIT: Duration = Duration::from_secs(1);

/// The page of an import.
fn page_of(id: ImportId) -> String {
    format!("/storefronts/imports/{id}")
}

/// The pages above the pages of imports.
fn way(t: Text) -> Vec<Crumb> {
    vec![Crumb::link(t.get("nav-orders"), "/storefronts/orders")]
}

/// Leads to the import's page once its job is done, or soon.
async fn lead_to(portal: &Portal, scope: &portal::access::Scope, id: ImportId) -> Outcome<Done> {
    imports::find_settled(portal, scope, id, WAIT).await?;
    Ok(Done::to(page_of(id)))
}
