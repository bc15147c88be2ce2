//! Deleting a view.

use leptos::prelude::*;
use portal::access::Viewer;
use portal::views;

use super::form_of;
use crate::action::{Action, Done, Reply};
use crate::operator::orders::list::PATH;

/// Deletes a view; the orders it showed stay.
#[server(prefix = "/do", endpoint = "views/delete")]
pub async fn delete_view(
    /// The view.
    #[server(default)]
    view: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let form = form_of(&view);
    let outcome = async {
        let viewer = Viewer::Operator(action.operator()?.clone());
        views::delete(&action.portal, &viewer, action.id(&view)?).await?;
        Ok(Done::to(action.came_from(PATH)).saying("view-deleted"))
    }
    .await;
    action.answer(&form, outcome).await
}
