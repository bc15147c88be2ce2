//! Waiting for the end of a pause.

use domain::ReasonCode;
use domain::id::{CustomerId, StoreId};

use super::WriteBack;
use crate::jobs::Abandoned;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::lock;

impl WriteBack {
    /// Notes that the store learns it when it goes on: [`TellAgain`](super::TellAgain) then tells it. A store that went
    /// on at the very moment learns it now.
    pub(super) async fn wait(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        let told: Option<(StoreId, CustomerId)> =
            sql("SELECT stores.id, stores.customer_id FROM order_writes
             JOIN stores ON stores.id = order_writes.store_id WHERE order_writes.id = $1")
            .bind(self.write)
            .fetch_optional(tx)
            .await?;
        let Some((store, customer)) = told else {
            return Ok(());
        };
        lock(tx, store).await?;
        let waits = sql("UPDATE order_writes SET reason = $2, words = NULL, updated_at = $3
             WHERE id = $1 AND state = 'queued'
                 AND EXISTS (SELECT 1 FROM stores WHERE stores.id = order_writes.store_id AND stores.state = 'paused')")
        .bind(self.write)
        .bind(ReasonCode::StorePaused.as_str())
        .bind(abandoned.portal.now())
        .execute(tx)
        .await?;
        if waits == 0 {
            self.enqueue(abandoned.portal, tx, store, customer).await?;
        }
        Ok(())
    }
}
