//! Giving a view another name.

use leptos::prelude::*;
use portal::access::Viewer;
use portal::views;

use super::form_of;
use crate::action::{Action, Done, Reply};
use crate::operator::orders::list::PATH;

/// Gives a view another name.
#[server(prefix = "/do", endpoint = "views/rename")]
pub async fn rename_view(
    /// The view.
    #[server(default)]
    view: String,
    /// What to call it.
    #[server(default)]
    name: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let form = form_of(&view);
    let outcome = async {
        let viewer = Viewer::Operator(action.operator()?.clone());
        views::rename(&action.portal, &viewer, action.id(&view)?, &name).await?;
        Ok(Done::to(action.came_from(PATH)).saying("view-renamed"))
    }
    .await;
    action.answer(&form, outcome).await
}
