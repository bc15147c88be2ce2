//! Stopping an import.

use domain::id::ImportId;
use domain::{ImportState, Permission};

use super::find::find_in;
use crate::access::Client;
use crate::jobs;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Stops an import: one that waits for its start at once, one under way as soon as its worker hears of it. Orders it
/// has created stay.
///
/// # Errors
/// [`Refusal::Conflict`] `import-finished` when there is nothing to stop; [`Refusal::NotFound`] outside of the client's
/// scope; [`Refusal::Forbidden`] without [`Permission::ImportOrders`].
pub async fn cancel(portal: &Portal, client: &Client, id: ImportId) -> Outcome<()> {
    client.require(Permission::ImportOrders)?;
    let mut tx = portal.db.begin().await?;
    let import = find_in(&mut tx, &client.scope(), id).await?;
    match (import.state, import.job_id) {
        (ImportState::Ready, _) => {
            let moved = sql(
                "UPDATE imports SET state = 'cancelled', finished_at = $2 WHERE id = $1 AND state = 'ready'",
            )
            .bind(id)
            .bind(portal.now())
            .execute(&mut tx)
            .await?;
            if moved == 0 {
                return Err(Refusal::conflict("import-finished"));
            }
        }
        (state, Some(job)) if state.is_under_way() => {
            jobs::cancel(&mut tx, portal, &client.scope(), job).await?;
        }
        _ => return Err(Refusal::conflict("import-finished")),
    }
    Ok(tx.commit().await?)
}
