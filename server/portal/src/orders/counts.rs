//! Counters that are kept, so that no page has to count orders.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::id::{CustomerId, StoreId};
use domain::{OrderStatus, Timestamp};

use super::load::LockedOrder;
use crate::access::Scope;
use crate::storage::{AsConn, Sql, StorageError, Tx, sql};
use crate::{Outcome, Portal};

const DAY: Duration = Duration::from_hours(24);

/// How many orders are in each status, and how many others wait for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    by_status: BTreeMap<OrderStatus, i64>,
    untold: i64,
}

impl StatusCounts {
    /// Adds some to a status.
    pub(crate) fn add(&mut self, status: OrderStatus, orders: i64) {
        *self.by_status.entry(status).or_default() += orders;
    }

    /// Adds some that go on, though their store could not be told.
    pub(crate) fn add_untold(&mut self, orders: i64) {
        self.untold += orders;
    }

    /// Orders whose status needs nobody, though a person is to look at what their store could not be told.
    pub fn untold(&self) -> i64 {
        self.untold
    }

    /// Orders in this status.
    pub fn of(&self, status: OrderStatus) -> i64 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// Orders in any status that satisfies `chosen`.
    pub fn sum(&self, chosen: impl Fn(OrderStatus) -> bool) -> i64 {
        self.by_status
            .iter()
            .filter(|(status, _)| chosen(**status))
            .map(|(_, orders)| orders)
            .sum()
    }

    /// All orders.
    pub fn total(&self) -> i64 {
        self.by_status.values().sum()
    }

    /// Orders that wait for a person.
    pub fn needing_attention(&self) -> i64 {
        self.sum(OrderStatus::needs_attention) + self.untold
    }
}

/// The statuses that a person must end, as they are stored.
pub(crate) fn waiting_statuses() -> impl Iterator<Item = &'static str> {
    let waiting = OrderStatus::ALL.iter().filter(|status| status.needs_attention());
    waiting.map(|status| status.as_str())
}

/// Appends ` AND …`: orders that only wait for a person because their store could not be told.
pub(crate) fn push_only_untold(query: &mut Sql) {
    query
        .push(" AND orders.untold AND orders.status NOT IN ")
        .push_list(waiting_statuses());
}

/// Counts an order's pieces: of all lines but those that are not made here. Writes its version with them.
pub(super) async fn count_items(tx: &mut Tx, order: &LockedOrder) -> Result<(), StorageError> {
    sql(
        "UPDATE orders SET updated_at = $2, item_count = (SELECT COALESCE(SUM(quantity), 0) FROM order_lines
             WHERE order_id = $1 AND kind <> 'ignored') WHERE id = $1",
    )
    .bind(order.id)
    .bind(order.updated_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// How many orders of `scope` are in each status.
///
/// # Errors
/// When the database fails.
pub async fn status_counts(
    conn: &mut impl AsConn,
    scope: &Scope,
    customer: Option<CustomerId>,
) -> Result<StatusCounts, StorageError> {
    let mut query = sql("SELECT status, CAST(SUM(orders) AS BIGINT) FROM order_status_counts WHERE TRUE");
    push_scope(&mut query, scope);
    if let Some(customer) = customer {
        query.push(" AND customer_id = ").push_bind(customer);
    }
    query.push(" GROUP BY status");
    let rows: Vec<(OrderStatus, i64)> = query.fetch_all(conn).await?;
    let mut untold = sql("SELECT COUNT(*) FROM orders WHERE TRUE");
    super::push_scope(&mut untold, scope);
    if let Some(customer) = customer {
        untold.push(" AND orders.customer_id = ").push_bind(customer);
    }
    push_only_untold(&mut untold);
    let (untold,): (i64,) = untold.fetch_one(conn).await?;
    Ok(StatusCounts {
        by_status: rows.into_iter().collect(),
        untold,
    })
}

fn push_scope(query: &mut Sql, scope: &Scope) {
    if let Some(customer) = scope.customer() {
        query.push(" AND customer_id = ").push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query.push(" AND store_id IN ").push_list(stores.iter().copied());
    }
}

/// The orders of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// Its beginning, in UTC.
    pub day: Timestamp,
    /// Orders that came in.
    pub orders: i64,
}

/// Orders of `scope` per day: the last `days` days, today last, days without orders included.
///
/// # Errors
/// Only unexpected ones.
pub async fn orders_per_day(portal: &Portal, scope: &Scope, days: u32) -> Outcome<Vec<DayCount>> {
    let first = portal.now() - DAY * days.saturating_sub(1);
    let mut query = sql("SELECT day, CAST(SUM(orders) AS BIGINT) FROM order_day_counts WHERE day >= ");
    query.push_bind(day_of(first));
    push_scope(&mut query, scope);
    query.push(" GROUP BY day");
    let rows: Vec<(String, i64)> = query.fetch_all(&mut portal.db.read().await?).await?;
    let orders: BTreeMap<String, i64> = rows.into_iter().collect();
    Ok((0..days)
        .map(|number| {
            let day = first + DAY * number;
            DayCount {
                day,
                orders: orders.get(&day_of(day)).copied().unwrap_or_default(),
            }
        })
        .collect())
}

/// The day of a moment, in UTC: `2026-11-21`.
pub fn day_of(moment: Timestamp) -> String {
    let moment = jiff::Timestamp::from_microsecond(moment.micros()).unwrap_or_default();
    moment.strftime("%Y-%m-%d").to_string()
}

/// Where an order is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) customer: CustomerId,
    pub(super) store: StoreId,
}

impl Counted {
    /// Counts an order from one status to another; from none when it is new. Whoever counts holds the store: the rows
    /// of other counters may follow in any order.
    pub(super) async fn moved(
        self,
        tx: &mut Tx,
        from: Option<OrderStatus>,
        to: OrderStatus,
    ) -> Result<(), StorageError> {
        for (status, change) in from.map(|from| (from, -1)).into_iter().chain([(to, 1)]) {
            sql("INSERT INTO order_status_counts (store_id, status, customer_id, orders) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (store_id, status) DO UPDATE SET orders = order_status_counts.orders + excluded.orders")
            .bind(self.store)
            .bind(status.as_str())
            .bind(self.customer)
            .bind(change)
            .execute(tx)
            .await?;
        }
        Ok(())
    }

    /// Counts a new order on its day.
    pub(super) async fn came_in(self, tx: &mut Tx, at: Timestamp) -> Result<(), StorageError> {
        sql(
            "INSERT INTO order_day_counts (store_id, day, customer_id, orders) VALUES ($1, $2, $3, 1)
             ON CONFLICT (store_id, day) DO UPDATE SET orders = order_day_counts.orders + 1",
        )
        .bind(self.store)
        .bind(day_of(at))
        .bind(self.customer)
        .execute(tx)
        .await?;
        Ok(())
    }
}
