//! Giving a view another name.

use domain::ViewName;
use domain::id::ViewId;

use super::save::name_taken;
use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Gives a view of the viewer's own another name.
///
/// # Errors
/// [`Refusal::Invalid`] in `name`, as for a new view; [`Refusal::NotFound`] for somebody else's view.
pub async fn rename(portal: &Portal, viewer: &Viewer, id: ViewId, name: &str) -> Outcome<()> {
    let name = ViewName::parse(name).map_err(|problem| Refusal::field("name", problem))?;
    let mut tx = portal.db.begin().await?;
    let renamed = sql(
        "UPDATE saved_views SET name = $3, name_key = $4, updated_at = $5 WHERE id = $1 AND user_id = $2",
    )
    .bind(id)
    .bind(viewer.user())
    .bind(name.as_str())
    .bind(name.key())
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .map_err(name_taken)?;
    if renamed == 0 {
        return Err(Refusal::NotFound);
    }
    Ok(tx.commit().await?)
}
