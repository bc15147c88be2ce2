//! How reading a store goes, for its health card.

use connectors::store::{ConnectionError, Page};
use domain::id::StoreId;
use domain::{JobState, StoreState};

use crate::Portal;
use crate::jobs::{Abandoned, JobContext, JobError};
use crate::orders::TellAgain;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::{OpenError, OpenStore, Store, connection_job_error, lock, open};

/// Opens a store for a job; notes when that fails.
pub(super) async fn open_for(ctx: &JobContext, store: StoreId) -> Result<OpenStore, JobError> {
    match open(&ctx.portal, store).await {
        Ok(open) => Ok(open),
        Err(OpenError::Connection(error)) => Err(failed(ctx, store, error).await),
        Err(error) => Err(error.into_job_error(ctx.portal.now())),
    }
}

/// Notes that a store failed; gives what becomes of the job.
pub(super) async fn failed(ctx: &JobContext, store: StoreId, error: ConnectionError) -> JobError {
    if let Err(storage) = note_failure(&ctx.portal, store, &error).await {
        return storage.into();
    }
    connection_job_error(error, ctx.portal.now())
}

/// Notes that a store failed, for its health card, and so that what it could not be told is told once it answers again.
pub(crate) async fn note_failure(
    portal: &Portal,
    store: StoreId,
    error: &ConnectionError,
) -> Result<(), StorageError> {
    let mut tx = portal.db.begin().await?;
    sql("UPDATE store_connections SET failures = failures + 1, failing_since = COALESCE(failing_since, $2), reason = $3,
             words = $4, updated_at = $2 WHERE store_id = $1")
    .bind(store)
    .bind(portal.now())
    .bind(error.code())
    .bind(error.words())
    .execute(&mut tx)
    .await?;
    tx.commit().await
}

/// Notes that a job gave a store up: it *needs attention* until one comes through.
pub(super) async fn given_up(
    tx: &mut Tx,
    store: StoreId,
    abandoned: &Abandoned<'_>,
) -> Result<(), StorageError> {
    // Cancelled, or set aside while the store is paused: nothing is wrong.
    let reason = match abandoned.reason {
        Some(reason) if abandoned.state != JobState::Cancelled => reason,
        _ => return Ok(()),
    };
    sql("UPDATE stores SET state = $2, updated_at = $3 WHERE id = $1 AND state = 'connected'")
        .bind(store)
        .bind(StoreState::NeedsAttention.as_str())
        .bind(abandoned.portal.now())
        .execute(tx)
        .await?;
    sql("UPDATE store_connections SET reason = COALESCE(reason, $2) WHERE store_id = $1")
        .bind(store)
        .bind(reason.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that a store was read as it should be, and holds it. What it could not be told while it failed is told now.
pub(super) async fn came_through(portal: &Portal, tx: &mut Tx, store: &Store) -> Result<(), StorageError> {
    lock(tx, store.id).await?;
    let cleared = sql(
        "UPDATE store_connections SET failures = 0, failing_since = NULL, reason = NULL, words = NULL
         WHERE store_id = $1 AND (failures > 0 OR reason IS NOT NULL)",
    )
    .bind(store.id)
    .execute(tx)
    .await?;
    if cleared > 0 {
        sql("UPDATE stores SET state = $2, updated_at = $3 WHERE id = $1 AND state = 'needs_attention'")
            .bind(store.id)
            .bind(StoreState::Connected.as_str())
            .bind(portal.now())
            .execute(tx)
            .await?;
        TellAgain::after_recovery(portal, tx, store.id, store.customer_id).await?;
    }
    Ok(())
}

/// Waits while a platform prepares the next page. The heartbeat of the job goes on beside.
pub(super) async fn wait_for_next<T>(portal: &Portal, page: &Page<T>) {
    if let Some(wait) = page.wait {
        portal.clock.sleep(wait).await;
    }
}

/// What a platform gives that lists the same page again and again.
pub(super) fn runs_in_circles() -> ConnectionError {
    ConnectionError::Unreadable("the list gives the same page again".to_owned())
}
