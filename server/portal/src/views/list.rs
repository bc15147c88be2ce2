//! The views of a list.

use domain::id::ViewId;

use super::ViewedList;
use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedView {
    /// The view.
    pub id: ViewId,
    /// What its owner calls it.
    pub name: String,
    /// The query of the list's address, without the question mark.
    pub query: String,
}

/// The viewer's own views of a list, by name.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(portal: &Portal, viewer: &Viewer, list: ViewedList) -> Outcome<Vec<SavedView>> {
    let views =
        sql("SELECT id, name, query FROM saved_views WHERE user_id = $1 AND list = $2 ORDER BY name_key")
            .bind(viewer.user())
            .bind(list.as_str())
            .fetch_all(&mut portal.db.read().await?)
            .await?;
    Ok(views)
}
