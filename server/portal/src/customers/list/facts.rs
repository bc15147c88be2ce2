//! What the rows of the list say beyond the customers' own columns: one statement for all rows of a page each.

use std::collections::HashMap;
use std::time::Duration;

use domain::Platform;
use domain::id::CustomerId;

use super::CustomerRow;
use super::query::Found;
use crate::customers::overview::DAYS;
use crate::orders::{day_of, push_only_untold, waiting_statuses};
use crate::storage::{Conn, sql};
use crate::{Outcome, Portal};

/// Adds platforms and numbers of orders to the rows.
pub(super) async fn complete(
    portal: &Portal,
    conn: &mut Conn,
    found: Vec<Found>,
) -> Outcome<Vec<CustomerRow>> {
    let now = portal.now();
    let mut rows: Vec<CustomerRow> = found.into_iter().map(|row| row.into_row(now)).collect();
    // Parameters of one statement are limited, an export is not.
    for rows in rows.chunks_mut(500) {
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
        let mut platforms = platforms(conn, &ids).await?;
        let recent = recent_orders(portal, conn, &ids).await?;
        let attention = orders_needing_attention(conn, &ids).await?;
        for row in rows {
            row.platforms = platforms.remove(&row.id).unwrap_or_default();
            row.recent_orders = recent.get(&row.id).copied().unwrap_or_default();
            row.orders_needing_attention = attention.get(&row.id).copied().unwrap_or_default();
        }
    }
    Ok(rows)
}

async fn platforms(conn: &mut Conn, ids: &[CustomerId]) -> Outcome<HashMap<CustomerId, Vec<Platform>>> {
    let mut query = sql("SELECT DISTINCT customer_id, platform FROM stores \
                         WHERE state <> 'disconnected' AND customer_id IN ");
    query.push_list(ids);
    let rows: Vec<(CustomerId, Platform)> = query.fetch_all(conn).await?;
    let mut platforms: HashMap<CustomerId, Vec<Platform>> = HashMap::new();
    for (customer, platform) in rows {
        platforms.entry(customer).or_default().push(platform);
    }
    for platforms in platforms.values_mut() {
        platforms.sort_unstable();
    }
    Ok(platforms)
}

async fn recent_orders(
    portal: &Portal,
    conn: &mut Conn,
    ids: &[CustomerId],
) -> Outcome<HashMap<CustomerId, i64>> {
    let mut query =
        sql("SELECT customer_id, CAST(SUM(orders) AS BIGINT) FROM order_day_counts WHERE day >= ");
    query
        .push_bind(day_of(portal.now() - Duration::from_hours(24) * (DAYS - 1)))
        .push(" AND customer_id IN ")
        .push_list(ids);
    query.push(" GROUP BY customer_id");
    let rows: Vec<(CustomerId, i64)> = query.fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

async fn orders_needing_attention(conn: &mut Conn, ids: &[CustomerId]) -> Outcome<HashMap<CustomerId, i64>> {
    let mut query =
        sql("SELECT customer_id, CAST(SUM(orders) AS BIGINT) FROM order_status_counts WHERE status IN ");
    query
        .push_list(waiting_statuses())
        .push(" AND customer_id IN ")
        .push_list(ids)
        .push(" GROUP BY customer_id");
    let rows: Vec<(CustomerId, i64)> = query.fetch_all(conn).await?;
    let mut waiting: HashMap<CustomerId, i64> = rows.into_iter().collect();
    let mut query = sql("SELECT orders.customer_id, COUNT(*) FROM orders WHERE orders.customer_id IN ");
    query.push_list(ids);
    push_only_untold(&mut query);
    query.push(" GROUP BY orders.customer_id");
    let untold: Vec<(CustomerId, i64)> = query.fetch_all(conn).await?;
    for (customer, orders) in untold {
        *waiting.entry(customer).or_default() += orders;
    }
    Ok(waiting)
}
