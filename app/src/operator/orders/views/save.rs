//! Saving a view.

use domain::Permission;
use leptos::prelude::*;
use portal::access::Viewer;
use portal::views::{self, ViewedList};

use super::{SAVE, kept_query};
use crate::action::{Action, Done, Reply};
use crate::operator::orders::list::PATH;
use crate::orders::query::OrderQuery;

/// Saves what the list is narrowed to under a name.
#[server(prefix = "/do", endpoint = "views/save")]
pub async fn save_view(
    /// What to call it.
    #[server(default)]
    name: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let operator = action.operator()?;
        operator.require(Permission::SeeOrders)?;
        let viewer = Viewer::Operator(operator.clone());
        // The form carries what the list was asked for. Only what a list understands is kept, as it would write it.
        let query = kept_query(&OrderQuery::of(action.posted().to_vec()));
        views::save(&action.portal, &viewer, ViewedList::ConsoleOrders, &name, &query).await?;
        Ok(Done::to(format!("{PATH}?{query}")).saying("view-saved"))
    }
    .await;
    action.answer(SAVE, outcome).await
}
