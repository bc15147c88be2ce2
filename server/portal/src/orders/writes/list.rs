//! What the store of an order was told.

use domain::id::{OrderId, OrderWriteId, ShipmentId};
use domain::{Timestamp, WriteKind, WriteState};

use crate::storage::{AsConn, StorageError, sql};

/// Something the store of an order is told.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WriteDetail {
    /// What is told.
    pub id: OrderWriteId,
    /// What kind of news it is.
    pub kind: WriteKind,
    /// The parcel it is about.
    pub shipment_id: Option<ShipmentId>,
    /// Whether the store knows.
    pub state: WriteState,
    /// Why it does not: a code that `connection-<code>` says in words, with the remedy in `connection-<code>-fix`.
    pub reason: Option<String>,
    /// The platform's own words.
    pub words: Option<String>,
    /// Attempts so far.
    pub attempts: i64,
    /// When it was to be told.
    pub created_at: Timestamp,
    /// When it was tried last.
    pub updated_at: Timestamp,
}

/// What the store of an order was told, oldest first.
pub(in crate::orders) async fn of_order(
    conn: &mut impl AsConn,
    order: OrderId,
) -> Result<Vec<WriteDetail>, StorageError> {
    sql(
        "SELECT id, kind, shipment_id, state, reason, words, attempts, created_at, updated_at
         FROM order_writes WHERE order_id = $1 ORDER BY id",
    )
    .bind(order)
    .fetch_all(conn)
    .await
}
