//! Orders as a CSV file.

use std::io;

use bytes::Bytes;
use domain::ReasonCode;
use domain::csv_file::{CsvWriter, Delimiter};
use futures::Stream;
use futures::stream;

use super::list::{OrderFilter, OrderRow, fetch};
use crate::Portal;
use crate::access::Scope;
use crate::paging::Turn;
use crate::storage::StorageError;

/// Rows fetched and written in one go.
const AT_ONCE: u16 = 500;

const COLUMNS: [&str; 15] = [
    "number",
    "orderReferenceId",
    "customer",
    "store",
    "platform",
    "status",
    "reason",
    "recipient",
    "country",
    "shippingMethod",
    "items",
    "shippedItems",
    "receivedAt",
    "orderId",
    "storeId",
];

/// Every order of the list that `filter` gives, newest first, as pieces of a CSV file. However long the list is, only
/// some hundred orders are in memory at once.
pub fn export_csv(
    portal: Portal,
    scope: Scope,
    filter: OrderFilter,
) -> impl Stream<Item = Result<Bytes, StorageError>> + Send {
    stream::try_unfold(Some(Turn::First), move |turn| {
        let (portal, scope, filter) = (portal.clone(), scope.clone(), filter.clone());
        async move {
            let Some(turn) = turn else { return Ok(None) };
            let rows = fetch(
                &mut portal.db.read().await?,
                &scope,
                &filter,
                &turn,
                AT_ONCE.into(),
            )
            .await?;
            let last = rows.last().map(|row| row.number);
            let next = last
                .filter(|_| rows.len() == usize::from(AT_ONCE))
                .map(Turn::After);
            let piece = piece(&portal.settings.brand.order_prefix, &rows, turn == Turn::First);
            Ok(Some((piece.map_err(sqlx::Error::from)?, next)))
        }
    })
}

fn piece(prefix: &str, rows: &[OrderRow], first: bool) -> io::Result<Bytes> {
    let mut writer = if first {
        let mut writer = CsvWriter::new(Vec::new(), Delimiter::Comma)?;
        writer.row(COLUMNS)?;
        writer
    } else {
        CsvWriter::resume(Vec::new(), Delimiter::Comma)
    };
    for row in rows {
        let received = jiff::Timestamp::from_microsecond(row.created_at.micros()).unwrap_or_default();
        writer.row([
            format!("{prefix}{}", row.number).as_str(),
            row.external_id.as_str(),
            row.customer_name.as_str(),
            row.store_name.as_str(),
            row.platform.as_str(),
            row.status.slug(),
            row.reason.map_or("", ReasonCode::as_str),
            row.recipient.as_str(),
            row.country.as_str(),
            row.shipping_method.as_deref().unwrap_or_default(),
            row.item_count.to_string().as_str(),
            row.shipped_count.to_string().as_str(),
            received.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().as_str(),
            row.id.to_string().as_str(),
            row.store_id.to_string().as_str(),
        ])?;
    }
    Ok(writer.finish()?.into())
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt as _;

    use super::*;
    use crate::orders::testing;
    use crate::testing::on_both;

    #[tokio::test]
    async fn the_file_has_the_orders_of_the_list_and_no_others() {
        on_both(async |portal| {
            let (client, ..) = testing::stock_order(&portal).await;
            let other = testing::client(&portal, "=HYPERLINK(1)").await;
            let store = crate::stores::create_manual(&portal, &other, "Hotel")
                .await
                .unwrap();
            testing::order(&portal, &other, store, "H-1").await;
            let file = async |scope| -> String {
                let pieces: Vec<Bytes> = export_csv((*portal).clone(), scope, OrderFilter::default())
                    .try_collect()
                    .await
                    .unwrap();
                String::from_utf8(pieces.concat()).unwrap()
            };
            let own = file(client.scope()).await;
            assert_eq!(own.lines().count(), 2);
            assert!(
                own.contains("\"LP-1\",\"A-1\",\"Estudio Garabato\",\"Directos\",\"manual\",\"created\""),
                "{own}"
            );
            let all = file(Scope::AllCustomers).await;
            assert_eq!(all.lines().count(), 3);
            assert!(all.contains("\"'=HYPERLINK(1)\""));
        })
        .await;
    }
}
