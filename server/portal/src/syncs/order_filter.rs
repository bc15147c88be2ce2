//! Which of the orders a store lists are worth a transaction.

use std::collections::HashMap;

use domain::Timestamp;
use domain::id::StoreId;
use domain::source::SourceOrder;

use crate::storage::{AsConn, StorageError, sql};

/// The times of the newest states known of some orders of a store, by their ids there.
pub(super) async fn known_times(
    conn: &mut impl AsConn,
    store: StoreId,
    orders: &[SourceOrder],
) -> Result<HashMap<String, Timestamp>, StorageError> {
    let mut query = sql("SELECT o.external_id, s.source_updated_at
         FROM orders o JOIN order_sources s ON s.order_id = o.id WHERE o.store_id = ");
    query.push_bind(store);
    query
        .push(" AND o.external_id IN ")
        .push_list(orders.iter().map(|order| order.external_id.as_str()));
    let rows: Vec<(String, Timestamp)> = query.fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}
