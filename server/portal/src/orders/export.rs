//! Orders as a CSV file.

use bytes::Bytes;
use domain::ReasonCode;
use futures::Stream;

use super::list::{OrderFilter, OrderRow, fetch};
use crate::access::Scope;
use crate::storage::StorageError;
use crate::{Portal, csv_list};

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
    let prefix = portal.settings.brand.order_prefix.clone();
    let fetch = move |turn| {
        let (portal, scope, filter) = (portal.clone(), scope.clone(), filter.clone());
        async move {
            let mut conn = portal.db.read().await?;
            fetch(&mut conn, &scope, &filter, &turn, csv_list::AT_ONCE.into()).await
        }
    };
    csv_list::pieces(
        COLUMNS,
        fetch,
        |row: &OrderRow| row.number,
        move |row| cells(&prefix, row),
    )
}

fn cells(prefix: &str, row: &OrderRow) -> [String; 15] {
    [
        format!("{prefix}{}", row.number),
        row.external_id.clone(),
        row.customer_name.clone(),
        row.store_name.clone(),
        row.platform.as_str().to_owned(),
        row.status.slug().to_owned(),
        row.reason.map_or("", ReasonCode::as_str).to_owned(),
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
