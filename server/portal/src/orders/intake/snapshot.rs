//! An order as its store has it, kept.

use domain::Timestamp;
use domain::id::{OrderId, StoreId};
use domain::source::{ExternalId, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
use sha2::{Digest as _, Sha256};
use sqlx::types::Json;

use crate::storage::{StorageError, Tx, Value, sql};

/// What is known about an order of a store.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Known {
    pub(super) order_id: OrderId,
    pub(super) snapshot: Json<SourceOrder>,
    pub(super) source_updated_at: Timestamp,
    pub(super) content_hash: Vec<u8>,
    pub(super) read_at: Timestamp,
}

impl Known {
    /// What is known about the order `id` of a store.
    pub(super) async fn find(
        tx: &mut Tx,
        store: StoreId,
        id: &ExternalId,
    ) -> Result<Option<Self>, StorageError> {
        sql("SELECT s.order_id, s.snapshot, s.source_updated_at, s.content_hash, s.read_at
             FROM orders o JOIN order_sources s ON s.order_id = o.id WHERE o.store_id = $1 AND o.external_id = $2")
        .bind(store)
        .bind(id.as_str())
        .fetch_optional(tx)
        .await
    }

    /// The order as its store had it last; none for one that no store knows.
    pub(super) async fn of_order(tx: &mut Tx, id: OrderId) -> Result<Option<SourceOrder>, StorageError> {
        let found: Option<(Json<SourceOrder>,)> =
            sql("SELECT snapshot FROM order_sources WHERE order_id = $1")
                .bind(id)
                .fetch_optional(tx)
                .await?;
        Ok(found.map(|(snapshot,)| snapshot.0))
    }
}

/// Notes that an order was read again and nothing but its time has changed.
pub(super) async fn seen_again(
    tx: &mut Tx,
    id: OrderId,
    updated_at: Timestamp,
    read_at: Timestamp,
) -> Result<(), StorageError> {
    sql("UPDATE order_sources SET source_updated_at = $2, read_at = $3 WHERE order_id = $1")
        .bind(id)
        .bind(updated_at)
        .bind(read_at)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes everything personal out of what is kept of an order. It still counts as the same: its store telling the same
/// again brings nothing back.
pub(crate) async fn forget_buyer(tx: &mut Tx, id: OrderId) -> Result<(), StorageError> {
    let Some(order) = Known::of_order(tx, id).await? else {
        return Ok(());
    };
    let country = order.address.map(|address| address.country);
    let lines = order.lines.into_iter().map(|line| SourceLine {
        properties: Vec::new(),
        ..line
    });
    let forgotten = SourceOrder {
        email: None,
        phone: None,
        address: country.map(|country| SourceAddress {
            country,
            ..SourceAddress::default()
        }),
        note: None,
        lines: lines.collect(),
        ..order
    };
    sql("UPDATE order_sources SET snapshot = $2 WHERE order_id = $1")
        .bind(id)
        .bind(Value::json(&forgotten))
        .execute(tx)
        .await?;
    Ok(())
}

/// How far the store of an order has it; none for one that no store gave.
pub(in crate::orders) async fn state_at_store(
    tx: &mut Tx,
    id: OrderId,
) -> Result<Option<SourceOrderState>, StorageError> {
    Ok(Known::of_order(tx, id).await?.map(|order| order.state))
}

/// What tells a change from a repetition: everything but the time.
pub(super) fn content_hash(order: &SourceOrder) -> [u8; 32] {
    let order = SourceOrder {
        updated_at: Timestamp::EPOCH,
        ..order.clone()
    };
    Sha256::digest(serde_json::to_vec(&order).unwrap_or_default()).into()
}

/// Keeps an order as its store has it.
pub(super) async fn keep(
    tx: &mut Tx,
    id: OrderId,
    order: &SourceOrder,
    read_at: Timestamp,
) -> Result<(), StorageError> {
    sql("INSERT INTO order_sources (order_id, snapshot, source_updated_at, content_hash, read_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (order_id) DO UPDATE SET snapshot = $2, source_updated_at = $3, content_hash = $4, read_at = $5")
    .bind(id)
    .bind(Value::json(order))
    .bind(order.updated_at)
    .bind(content_hash(order))
    .bind(read_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// The order without characters that no database keeps: PostgreSQL refuses NUL in text and JSON.
pub(super) fn storable(order: &SourceOrder) -> SourceOrder {
    let Ok(text) = serde_json::to_string(order) else {
        return order.clone();
    };
    if !text.contains("\\u0000") {
        return order.clone();
    }
    serde_json::from_str(&text.replace("\\u0000", "")).unwrap_or_else(|_| order.clone())
}
