//! A store whose credentials are refused for good.

use connectors::store::ConnectionError;
use domain::StoreState;
use domain::id::StoreId;

use crate::Portal;
use crate::storage::{StorageError, sql};

/// Notes that a store *needs reauthorisation*: nothing calls it any more until somebody authorises it again. Does
/// nothing when it is noted already, or when somebody has paused or disconnected the store meanwhile.
pub(crate) async fn refused(
    portal: &Portal,
    store: StoreId,
    error: &ConnectionError,
) -> Result<(), StorageError> {
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    let noted = sql("UPDATE stores SET state = $2, updated_at = $3 \
         WHERE id = $1 AND state IN ('connected', 'needs_attention')")
    .bind(store)
    .bind(StoreState::NeedsReauthorisation.as_str())
    .bind(now)
    .execute(&mut tx)
    .await?;
    if noted == 1 {
        sql("UPDATE store_connections SET reason = $2, words = $3, updated_at = $4 WHERE store_id = $1")
            .bind(store)
            .bind(error.code())
            .bind(error.words())
            .bind(now)
            .execute(&mut tx)
            .await?;
    }
    tx.commit().await
}
