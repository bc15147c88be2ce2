//! A shop took the application away.

use domain::StoreState;
use domain::id::{CustomerId, StoreId};
use serde_json::json;

use crate::Portal;
use crate::jobs::JobError;
use crate::storage::{Tx, sql};
use crate::stores::connection::needs_reauthorisation;

/// Why a store that was uninstalled is not connected.
pub(super) const CODE: &str = "store-uninstalled";

/// Notes that the shop took the application away: its credentials are worth nothing any more and are erased. Whoever
/// wants it back connects it again and finds everything as it was.
pub(super) async fn note(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
) -> Result<serde_json::Value, JobError> {
    needs_reauthorisation(portal, tx, customer, store, CODE, None)
        .await
        .map_err(JobError::retry)?;
    sql("UPDATE store_connections SET credentials = NULL, token_expires_at = NULL WHERE store_id = $1")
        .bind(store)
        .execute(tx)
        .await?;
    Ok(json!({ "store": StoreState::NeedsReauthorisation }))
}
