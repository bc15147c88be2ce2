//! Comparing the orders of a file with those of its store.

use std::collections::HashMap;
use std::sync::Arc;

use domain::csv_file::{CsvError, OrdersPlan, ReadyOrder};
use domain::id::StoreId;

use super::file::OrdersFile;
use crate::Portal;
use crate::orders::content_hash;
use crate::storage::{StorageError, sql};

/// Orders looked up by one statement.
const AT_ONCE: usize = 500;

/// An order that the store has under the reference of one in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    /// Its content is the same.
    Same,
    /// It is another one.
    Other,
}

/// Tells `found` about each order of the file whose reference the store knows.
///
/// # Errors
/// [`CsvError`] inside when the file cannot be read.
pub(super) async fn compare(
    portal: &Portal,
    store: StoreId,
    file: &OrdersFile,
    plan: Arc<OrdersPlan>,
    mut found: impl FnMut(&ReadyOrder, There) + Send,
) -> Result<Result<(), CsvError>, StorageError> {
    let mut batches = file.ready_orders(plan, 0, AT_ONCE);
    while let Some(batch) = batches.recv().await {
        let orders = match batch {
            Ok(batch) => batch.orders,
            Err(error) => return Ok(Err(error)),
        };
        let known = known(portal, store, &orders).await?;
        for ready in &orders {
            match known.get(ready.order.head.reference.as_str()) {
                None => {}
                Some(hash) if *hash == content_hash(&ready.order) => found(ready, There::Same),
                Some(_) => found(ready, There::Other),
            }
        }
    }
    Ok(Ok(()))
}

/// The content hashes of those orders that the store has, by reference.
async fn known(
    portal: &Portal,
    store: StoreId,
    orders: &[ReadyOrder],
) -> Result<HashMap<String, Vec<u8>>, StorageError> {
    let mut query =
        sql("SELECT external_id, content_hash FROM orders WHERE store_id = $1 AND external_id IN ")
            .bind(store);
    query.push_list(orders.iter().map(|ready| ready.order.head.reference.as_str()));
    let known: Vec<(String, Vec<u8>)> = query.fetch_all(&mut portal.db.read().await?).await?;
    Ok(known.into_iter().collect())
}
