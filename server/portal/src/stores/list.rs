//! The stores of a scope.

use std::collections::HashMap;
use std::time::Duration;

use domain::OrderStatus;
use domain::id::StoreId;

use super::find::{SELECT, Store};
use super::push_scope;
use crate::access::Scope;
use crate::orders::{StatusCounts, day_of, push_only_untold};
use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal};

const MONTH: Duration = Duration::from_hours(29 * 24);

/// A row of the list of stores.
#[derive(Clone, Debug)]
pub struct StoreRow {
    /// The store.
    pub store: Store,
    /// Its orders by status.
    pub orders: StatusCounts,
    /// Its orders of the last 30 days.
    pub orders_30_days: i64,
}

/// Every store of `scope` by name, with what its orders are up to. One customer has few stores: they come on
/// one page.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(portal: &Portal, scope: &Scope) -> Outcome<Vec<StoreRow>> {
    let mut conn = portal.db.read().await?;
    let mut query = sql(SELECT);
    push_scope(&mut query, scope);
    query.push(" ORDER BY stores.name_key, stores.id");
    let stores: Vec<Store> = query.fetch_all(&mut conn).await?;
    let mut by_status = by_status(&mut conn, scope).await?;
    let since = day_of(portal.now() - MONTH);
    let recent = since_day(&mut conn, scope, &since).await?;
    Ok(stores
        .into_iter()
        .map(|store| StoreRow {
            orders: by_status.remove(&store.id).unwrap_or_default(),
            orders_30_days: recent.get(&store.id).copied().unwrap_or_default(),
            store,
        })
        .collect())
}

async fn by_status(
    conn: &mut impl AsConn,
    scope: &Scope,
) -> Result<HashMap<StoreId, StatusCounts>, StorageError> {
    let mut query = sql("SELECT counts.store_id, counts.status, counts.orders
         FROM order_status_counts counts JOIN stores ON stores.id = counts.store_id WHERE TRUE");
    push_scope(&mut query, scope);
    let rows: Vec<(StoreId, OrderStatus, i64)> = query.fetch_all(conn).await?;
    let mut stores: HashMap<StoreId, StatusCounts> = HashMap::new();
    for (store, status, orders) in rows {
        stores.entry(store).or_default().add(status, orders);
    }
    let mut query = sql("SELECT orders.store_id, COUNT(*) FROM orders
         JOIN stores ON stores.id = orders.store_id WHERE TRUE");
    push_scope(&mut query, scope);
    push_only_untold(&mut query);
    query.push(" GROUP BY orders.store_id");
    let untold: Vec<(StoreId, i64)> = query.fetch_all(conn).await?;
    for (store, orders) in untold {
        stores.entry(store).or_default().add_untold(orders);
    }
    Ok(stores)
}

async fn since_day(
    conn: &mut impl AsConn,
    scope: &Scope,
    day: &str,
) -> Result<HashMap<StoreId, i64>, StorageError> {
    let mut query = sql("SELECT counts.store_id, CAST(SUM(counts.orders) AS BIGINT)
         FROM order_day_counts counts JOIN stores ON stores.id = counts.store_id WHERE counts.day >= ");
    query.push_bind(day);
    push_scope(&mut query, scope);
    query.push(" GROUP BY counts.store_id");
    let rows: Vec<(StoreId, i64)> = query.fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::stores::create_manual;
    use crate::testing::on_both;

    #[tokio::test]
    async fn stores_come_by_name_with_their_counts() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            create_manual(&portal, &client, "ferias").await.unwrap();
            let direct = create_manual(&portal, &client, "Directos").await.unwrap();
            create_manual(&portal, &other, "Hotel").await.unwrap();
            testing::order(&portal, &client, direct, "A-1").await;
            testing::order(&portal, &client, direct, "A-2").await;

            let rows = list(&portal, &client.scope()).await.unwrap();
            let seen: Vec<_> = rows
                .iter()
                .map(|row| (row.store.name.as_str(), row.orders.total(), row.orders_30_days))
                .collect();
            assert_eq!(seen, [("Directos", 2, 2), ("ferias", 0, 0)]);
            assert_eq!(rows[0].orders.of(OrderStatus::Created), 2);
            assert_eq!(list(&portal, &Scope::AllCustomers).await.unwrap().len(), 3);
        })
        .await;
    }
}
