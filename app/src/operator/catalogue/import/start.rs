//! Starting an import.

use leptos::prelude::*;
use portal::catalogue::import;

use super::page_of;
use crate::action::{Action, Done, Reply};

/// Has the rows of an import that are right written into the catalogue.
#[server(prefix = "/do", endpoint = "catalogue/start-import")]
pub async fn start_catalogue_import(
    /// The import.
    #[server(default)]
    import: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&import)?;
        import::start(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(page_of(id)))
    }
    .await;
    action.answer("start-catalogue-import", outcome).await
}
