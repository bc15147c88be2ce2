//! Going on with an import that stopped.

use domain::id::ImportId;
use domain::{ImportState, Permission, ReasonCode};

use super::Import;
use super::find::find_in;
use super::start::{queue, set_state};
use super::upload::enqueue_check;
use crate::access::Client;
use crate::{Outcome, Portal, Refusal, stores};

/// Whether another attempt at the same file can end better.
pub fn may_retry(import: &Import) -> bool {
    match import.state {
        ImportState::Cancelled => true,
        ImportState::Failed => !matches!(
            import.reason,
            Some(
                ReasonCode::ImportFileUnusable | ReasonCode::ImportNothingValid | ReasonCode::ImportStoreGone
            )
        ),
        _ => false,
    }
}

/// Goes on with an import that was cancelled or failed: behind the last row whose result is committed, or with the
/// check when it has not begun.
///
/// # Errors
/// [`Refusal::Conflict`] `import-not-stopped` when it [may not](may_retry) go on; [`Refusal::NotFound`] outside of the
/// client's scope; [`Refusal::Forbidden`] without [`Permission::ImportOrders`].
pub async fn retry(portal: &Portal, client: &Client, id: ImportId) -> Outcome<()> {
    client.require(Permission::ImportOrders)?;
    let mut tx = portal.db.begin().await?;
    let import = find_in(&mut tx, &client.scope(), id).await?;
    if !may_retry(&import) {
        return Err(Refusal::conflict("import-not-stopped"));
    }
    if import.rows_done > 0 {
        queue(&mut tx, portal, client, &import).await?;
    } else {
        let store = stores::find_in(&mut tx, &client.scope(), import.store_id).await?;
        let job = enqueue_check(&mut tx, portal, id, &store).await?;
        set_state(&mut tx, &import, ImportState::Checking, job).await?;
    }
    Ok(tx.commit().await?)
}
