//! Deleting a view.

use domain::id::ViewId;

use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Deletes a view of the viewer's own.
///
/// # Errors
/// [`Refusal::NotFound`] for somebody else's view, and for one that is gone.
pub async fn delete(portal: &Portal, viewer: &Viewer, id: ViewId) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    let deleted = sql("DELETE FROM saved_views WHERE id = $1 AND user_id = $2")
        .bind(id)
        .bind(viewer.user())
        .execute(&mut tx)
        .await?;
    if deleted == 0 {
        return Err(Refusal::NotFound);
    }
    Ok(tx.commit().await?)
}
