//! How far a run over orders is, kept with its store: a run that is killed midway goes on where it was.

use std::time::Duration;

use connectors::store::Cursor;
use domain::Timestamp;
use domain::id::StoreId;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::OrdersRead;
use super::orders::Which;
use crate::jobs::JobContext;
use crate::storage::{StorageError, Tx, Value, sql};

/// After this long a run is begun anew: platforms forget their cursors.
const LIVES: Duration = Duration::from_hours(12);

/// How far a run over orders is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct OrderPlace {
    which: Which,
    /// When the run began, by our clock.
    pub(super) began_at: Timestamp,
    /// The next page; none for the first one.
    pub(super) cursor: Option<Cursor>,
    /// The newest change that was seen, by the shop's clock.
    pub(super) seen_until: Option<Timestamp>,
    /// Orders read.
    pub(super) done: u64,
    /// What has been found.
    pub(super) found: OrdersRead,
}

impl OrderPlace {
    /// Where a run goes on: where an earlier attempt was, or at its start.
    pub(super) async fn find(ctx: &JobContext, store: StoreId, which: Which) -> Result<Self, StorageError> {
        let (kept,): (Option<Json<serde_json::Value>>,) =
            sql("SELECT orders_place FROM store_connections WHERE store_id = $1")
                .bind(store)
                .fetch_one(&mut ctx.portal.db.read().await?)
                .await?;
        let now = ctx.portal.now();
        let kept = kept.and_then(|kept| serde_json::from_value::<Self>(kept.0).ok());
        let goes_on = |kept: &Self| kept.which == which && now.since(kept.began_at) < LIVES;
        Ok(kept.filter(goes_on).unwrap_or(Self {
            which,
            began_at: now,
            cursor: None,
            seen_until: None,
            done: 0,
            found: OrdersRead::default(),
        }))
    }

    /// Keeps it, for when this attempt does not come to its end.
    pub(super) async fn keep(&self, tx: &mut Tx, store: StoreId) -> Result<(), StorageError> {
        write(tx, store, Value::json(self)).await
    }

    /// Begins anew next time: with this cursor the shop does not go on.
    pub(super) async fn forget(ctx: &JobContext, store: StoreId) -> Result<(), StorageError> {
        let mut tx = ctx.portal.db.begin().await?;
        write(&mut tx, store, Value::Json(None)).await?;
        tx.commit().await
    }

    /// Up to when the next poll may take changes for seen. Never later than this run's beginning: a shop's clock that
    /// is fast, or an order with a time of its own, must not have the next changes passed over.
    pub(super) fn cursor_of_polls(&self) -> Option<Timestamp> {
        let changes = self.which == Which::Changed;
        self.seen_until
            .filter(|_| changes)
            .map(|seen| seen.min(self.began_at))
    }
}

async fn write(tx: &mut Tx, store: StoreId, place: Value) -> Result<(), StorageError> {
    sql("UPDATE store_connections SET orders_place = $2 WHERE store_id = $1")
        .bind(store)
        .bind(place)
        .execute(tx)
        .await?;
    Ok(())
}
