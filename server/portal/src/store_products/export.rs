//! What stores sell as a CSV file.

use std::io;

use bytes::Bytes;
use domain::csv_file::{CsvWriter, Delimiter};
use futures::Stream;
use futures::stream;

use super::list::{StoreProductFilter, StoreProductRow, fetch};
use crate::Portal;
use crate::access::Scope;
use crate::paging::Turn;
use crate::storage::StorageError;

/// Rows fetched and written in one go.
const AT_ONCE: u16 = 500;

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
    stream::try_unfold(Some(Turn::First), move |turn| {
        let (portal, scope, filter) = (portal.clone(), scope.clone(), filter.clone());
        async move {
            let Some(turn) = turn else { return Ok(None) };
            let mut conn = portal.db.read().await?;
            let rows = fetch(&mut conn, &scope, &filter, &turn, AT_ONCE.into()).await?;
            let next = rows
                .last()
                .filter(|_| rows.len() == usize::from(AT_ONCE))
                .map(|last| Turn::After(last.key()));
            let piece = piece(&rows, turn == Turn::First).map_err(sqlx::Error::from)?;
            Ok(Some((piece, next)))
        }
    })
}

fn piece(rows: &[StoreProductRow], first: bool) -> io::Result<Bytes> {
    let mut writer = if first {
        let mut writer = CsvWriter::new(Vec::new(), Delimiter::Comma)?;
        writer.row(COLUMNS)?;
        writer
    } else {
        CsvWriter::resume(Vec::new(), Delimiter::Comma)
    };
    for row in rows {
        writer.row([
            row.title.as_str(),
            row.sku.as_deref().unwrap_or_default(),
            row.mapping_state.slug(),
            row.variant_count.to_string().as_str(),
            row.connected_count.to_string().as_str(),
            row.listing.slug(),
            row.store_name.as_str(),
            row.external_id.as_str(),
            row.url.as_deref().unwrap_or_default(),
            row.id.to_string().as_str(),
        ])?;
    }
    Ok(writer.finish()?.into())
}
