//! Products that a store has no more. Their mappings stay: old orders name them still.

use domain::id::{StoreId, StoreProductId};
use domain::source::ExternalId;
use uuid::Uuid;

use crate::Portal;
use crate::storage::{AsConn, StorageError, Tx, sql};
use crate::stores::lock;

/// Products of a store that the full sync `sync` has not seen: their ids here and at the store, at most `limit`.
pub(crate) async fn missed(
    conn: &mut impl AsConn,
    store: StoreId,
    sync: Uuid,
    limit: u32,
) -> Result<Vec<(StoreProductId, String)>, StorageError> {
    sql("SELECT id, external_id FROM store_products
         WHERE store_id = $1 AND gone_at IS NULL AND (seen_by IS NULL OR seen_by <> $2) ORDER BY id LIMIT $3")
    .bind(store)
    .bind(sync)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Notes that products of a store are gone.
pub(crate) async fn mark_gone(
    portal: &Portal,
    tx: &mut Tx,
    store: StoreId,
    products: &[StoreProductId],
) -> Result<u64, StorageError> {
    lock(tx, store).await?;
    let mut update = sql("UPDATE store_products SET gone_at = ");
    update.push_bind(portal.now());
    update
        .push(" WHERE gone_at IS NULL AND id IN ")
        .push_list(products.iter().copied());
    update.execute(tx).await
}

/// Notes that the product with this id at the store is gone.
pub(crate) async fn one_gone(
    portal: &Portal,
    tx: &mut Tx,
    store: StoreId,
    id: &ExternalId,
) -> Result<u64, StorageError> {
    lock(tx, store).await?;
    sql("UPDATE store_products SET gone_at = $3 WHERE store_id = $1 AND external_id = $2 AND gone_at IS NULL")
        .bind(store)
        .bind(id.as_str())
        .bind(portal.now())
        .execute(tx)
        .await
}
