//! Orders as a CSV file.

use bytes::Bytes;
use futures::Stream;

use super::list::{OrderFilter, OrderRow, fetch};
use crate::access::Scope;
use crate::storage::StorageError;
use crate::{Portal, csv_list};

/// The columns of the file.
pub const ORDER_COLUMNS: usize = 15;

/// What an order's row says in words, in the reader's language.
#[derive(Clone, Debug)]
pub struct RowWords {
    /// Where its store lives.
    pub platform: String,
    /// Its status.
    pub status: String,
    /// Why it stopped; empty when it did not.
    pub reason: String,
}

/// Every order of the list that `filter` gives, newest first, as pieces of a CSV file. However long the list is, only
/// some hundred orders are in memory at once. `columns` are the heads of number, reference, customer, store, platform,
/// status, reason, recipient, country, shipping method, pieces, pieces shipped, time, and the ids of order and store.
pub fn export_csv(
    portal: Portal,
    scope: Scope,
    filter: OrderFilter,
    columns: [String; ORDER_COLUMNS],
    words: impl Fn(&OrderRow) -> RowWords + Clone + Send + 'static,
) -> impl Stream<Item = Result<Bytes, StorageError>> + Send {
    let prefix = portal.settings.brand.order_prefix.clone();
    let fetch = move |turn| {
        let (portal, scope, filter) = (portal.clone(), scope.clone(), filter.clone());
        async move {
            let mut conn = portal.db.read().await?;
            fetch(&mut conn, &scope, &filter, &turn, csv_list::AT_ONCE.into()).await
        }
    };
    csv_list::pieces(
        columns,
        fetch,
        |row: &OrderRow| row.number,
        move |row| cells(&prefix, row, words(row)),
    )
}

fn cells(prefix: &str, row: &OrderRow, words: RowWords) -> [String; ORDER_COLUMNS] {
    [
        format!("{prefix}{}", row.number),
        row.external_id.clone(),
        row.customer_name.clone(),
        row.store_name.clone(),
        words.platform,
        words.status,
        words.reason,
        row.recipient.clone(),
        row.country.clone(),
        row.shipping_method.clone().unwrap_or_default(),
        row.item_count.to_string(),
        row.shipped_count.to_string(),
        csv_list::moment(row.created_at),
        row.id.to_string(),
        row.store_id.to_string(),
    ]
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
                let columns = std::array::from_fn(|column| format!("column {column}"));
                let words = |row: &OrderRow| RowWords {
                    platform: row.platform.as_str().to_owned(),
                    status: format!("is {}", row.status.slug()),
                    reason: String::new(),
                };
                let filter = OrderFilter::default();
                let pieces: Vec<Bytes> = export_csv((*portal).clone(), scope, filter, columns, words)
                    .try_collect()
                    .await
                    .unwrap();
                String::from_utf8(pieces.concat()).unwrap()
            };
            let own = file(client.scope()).await;
            assert_eq!(own.lines().count(), 2);
            assert!(own.contains("\"column 0\",\"column 1\""), "{own}");
            assert!(
                own.contains("\"LP-1\",\"A-1\",\"Estudio Garabato\",\"Directos\",\"manual\",\"is created\""),
                "{own}"
            );
            let all = file(Scope::AllCustomers).await;
            assert_eq!(all.lines().count(), 3);
            assert!(all.contains("\"'=HYPERLINK(1)\""));
        })
        .await;
    }
}
