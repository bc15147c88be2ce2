//! The syncs of a store, for its page.

use domain::id::{JobId, StoreId};
use domain::{JobState, ReasonCode, Timestamp};
use serde::de::DeserializeOwned;
use sqlx::types::Json;

use super::{OrdersRead, ProductsRead, SyncOrders, SyncProducts};
use crate::access::Scope;
use crate::jobs::Job;
use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal, stores};

/// The newest syncs of a store.
#[derive(Clone, Debug)]
pub struct SyncRuns {
    /// Of products.
    pub products: Option<SyncRun<ProductsRead>>,
    /// Of orders.
    pub orders: Option<SyncRun<OrdersRead>>,
}

/// A sync run.
#[derive(Clone, Debug)]
pub struct SyncRun<R> {
    /// Its job: to watch and to cancel.
    pub job: JobId,
    /// How far it is.
    pub state: JobState,
    /// Things read so far.
    pub done: i64,
    /// Things in all, when the platform says.
    pub total: Option<i64>,
    /// What it found, once it has ended.
    pub found: Option<R>,
    /// Why it stopped.
    pub reason: Option<ReasonCode>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// The newest syncs of a store.
///
/// # Errors
/// [`crate::Refusal::NotFound`] outside of `scope`.
pub async fn runs(portal: &Portal, scope: &Scope, store: StoreId) -> Outcome<SyncRuns> {
    let mut conn = portal.db.read().await?;
    let store = stores::find_in(&mut conn, scope, store).await?.id;
    Ok(SyncRuns {
        products: newest(&mut conn, store, SyncProducts::KIND).await?,
        orders: newest(&mut conn, store, SyncOrders::KIND).await?,
    })
}

#[derive(sqlx::FromRow)]
struct Row {
    id: JobId,
    state: JobState,
    progress_done: i64,
    progress_total: Option<i64>,
    result: Option<Json<serde_json::Value>>,
    reason: Option<ReasonCode>,
    created_at: Timestamp,
    finished_at: Option<Timestamp>,
}

async fn newest<R: DeserializeOwned>(
    conn: &mut impl AsConn,
    store: StoreId,
    kind: &'static str,
) -> Result<Option<SyncRun<R>>, StorageError> {
    let row: Option<Row> = sql(
        "SELECT id, state, progress_done, progress_total, result, reason, created_at, finished_at
         FROM jobs WHERE store_id = $1 AND kind = $2 ORDER BY id DESC LIMIT 1",
    )
    .bind(store)
    .bind(kind)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| SyncRun {
        job: row.id,
        state: row.state,
        done: row.progress_done,
        total: row.progress_total,
        found: row
            .result
            .and_then(|result| serde_json::from_value(result.0).ok()),
        reason: row.reason,
        created_at: row.created_at,
        finished_at: row.finished_at,
    }))
}
