//! Saving a view.

use domain::id::ViewId;
use domain::{Problem, ViewName};

use super::ViewedList;
use crate::access::Viewer;
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// The most views of a list that one person can have: they stand side by side above it.
pub const MOST_VIEWS: i64 = 20;

/// Saves the query of a list's address as a view of the viewer's own.
///
/// # Errors
/// [`Refusal::Invalid`] in `name`: empty, too long, that of another view whatever its capitals and accents
/// (`view-name-taken`), or one too many (`too-many-views`).
pub async fn save(
    portal: &Portal,
    viewer: &Viewer,
    list: ViewedList,
    name: &str,
    query: &str,
) -> Outcome<ViewId> {
    let name = ViewName::parse(name).map_err(|problem| Refusal::field("name", problem))?;
    let id = ViewId(portal.entropy.id());
    let mut tx = portal.db.begin().await?;
    if count(&mut tx, viewer, list).await? >= MOST_VIEWS {
        let problem = Problem::new("too-many-views").with("max", MOST_VIEWS);
        return Err(Refusal::field("name", problem));
    }
    sql(
        "INSERT INTO saved_views (id, user_id, list, name, name_key, query, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(id)
    .bind(viewer.user())
    .bind(list.as_str())
    .bind(name.as_str())
    .bind(name.key())
    .bind(query)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .map_err(name_taken)?;
    tx.commit().await?;
    Ok(id)
}

async fn count(tx: &mut Tx, viewer: &Viewer, list: ViewedList) -> Result<i64, StorageError> {
    let (views,): (i64,) = sql("SELECT COUNT(*) FROM saved_views WHERE user_id = $1 AND list = $2")
        .bind(viewer.user())
        .bind(list.as_str())
        .fetch_one(tx)
        .await?;
    Ok(views)
}

/// Says it at the field when another view of the person has the name.
pub(super) fn name_taken(error: StorageError) -> Refusal {
    match error.unique_violation().as_deref() {
        Some("saved_views.user_id,list,name_key") => Refusal::field("name", Problem::new("view-name-taken")),
        _ => error.into(),
    }
}
