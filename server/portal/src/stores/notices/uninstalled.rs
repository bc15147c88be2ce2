//! A shop took the application away.

use domain::id::{CustomerId, StoreId};
use domain::{StoreState, Timestamp};
use serde_json::json;

use crate::Portal;
use crate::jobs::JobError;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::connection::needs_reauthorisation;

/// Why a store that was uninstalled is not connected.
pub(super) const CODE: &str = "store-uninstalled";

/// Notes that the shop took the application away at some time: its credentials are worth nothing any more and are erased. Whoever
/// wants it back connects it again and finds everything as it was.
pub(super) async fn note(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
    at: Option<Timestamp>,
) -> Result<serde_json::Value, JobError> {
    if let Some(at) = at
        && authorised_after(tx, store, at).await?
    {
        // The webhook was late: somebody has connected the store again meanwhile.
        return Ok(json!({ "ignored": "connected_again" }));
    }
    needs_reauthorisation(portal, tx, customer, store, CODE, None)
        .await
        .map_err(JobError::retry)?;
    sql("UPDATE store_connections SET credentials = NULL, token_expires_at = NULL WHERE store_id = $1")
        .bind(store)
        .execute(tx)
        .await?;
    Ok(json!({ "store": StoreState::NeedsReauthorisation }))
}

async fn authorised_after(tx: &mut Tx, store: StoreId, at: Timestamp) -> Result<bool, StorageError> {
    let found: Option<(Timestamp,)> = sql("SELECT authorised_at FROM store_connections WHERE store_id = $1")
        .bind(store)
        .fetch_optional(tx)
        .await?;
    Ok(found.is_some_and(|(authorised,)| authorised > at))
}
