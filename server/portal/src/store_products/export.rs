//! What stores sell as a CSV file.

use bytes::Bytes;
use futures::Stream;

use super::list::{StoreProductFilter, StoreProductRow, fetch};
use crate::access::Scope;
use crate::storage::StorageError;
use crate::{Portal, csv_list};

const COLUMNS: [&str; 10] = [
    "title",
    "sku",
    "connection",
    "variants",
    "connectedVariants",
    "listing",
    "store",
    "externalId",
    "url",
    "productId",
];

/// Every product of the list that `filter` gives, in its order, as pieces of a CSV file. However long the list is, only
/// some hundred products are in memory at once.
pub fn export_csv(
    portal: Portal,
    scope: Scope,
    filter: StoreProductFilter,
) -> impl Stream<Item = Result<Bytes, StorageError>> + Send {
    let fetch = move |turn| {
        let (portal, scope, filter) = (portal.clone(), scope.clone(), filter.clone());
        async move {
            let mut conn = portal.db.read().await?;
            fetch(&mut conn, &scope, &filter, &turn, csv_list::AT_ONCE.into()).await
        }
    };
    csv_list::pieces(COLUMNS, fetch, StoreProductRow::key, cells)
}

fn cells(row: &StoreProductRow) -> [String; 10] {
    [
        row.title.clone(),
        row.sku.clone().unwrap_or_default(),
        row.mapping_state.slug().to_owned(),
        row.variant_count.to_string(),
        row.connected_count.to_string(),
        row.listing.slug().to_owned(),
        row.store_name.clone(),
        row.external_id.clone(),
        row.url.clone().unwrap_or_default(),
        row.id.to_string(),
    ]
}
