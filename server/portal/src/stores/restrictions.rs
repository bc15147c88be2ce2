//! What a platform keeps from us at a store, as it shows while we work.

use connectors::store::StoreFacts;
use domain::id::StoreId;
use sqlx::types::Json;

use super::lock;
use crate::Portal;
use crate::storage::{StorageError, Value, sql};

/// Notes whether a store can be told of parcels: its platform may keep that from us for this seller.
pub(crate) async fn note_writes_shipments(
    portal: &Portal,
    store: StoreId,
    writes: bool,
) -> Result<(), StorageError> {
    let mut tx = portal.db.begin().await?;
    lock(&mut tx, store).await?;
    let found: Option<(Json<StoreFacts>,)> = sql("SELECT facts FROM store_connections WHERE store_id = $1")
        .bind(store)
        .fetch_optional(&mut tx)
        .await?;
    let Some((Json(mut facts),)) = found else {
        return Ok(());
    };
    facts.capabilities.writes_shipments = writes;
    sql("UPDATE store_connections SET facts = $2 WHERE store_id = $1")
        .bind(store)
        .bind(Value::json(&facts))
        .execute(&mut tx)
        .await?;
    tx.commit().await
}
