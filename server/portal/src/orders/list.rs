//! The list of orders.

use std::time::Duration;

use domain::id::{CustomerId, OrderId, StoreId};
use domain::{OrderStatus, Platform, ReasonCode, Timestamp, fold};

use super::push_scope;
use crate::access::Scope;
use crate::paging::{Slice, Turn, lowest_id};
use crate::storage::search::{Searched, push_contains};
use crate::storage::{AsConn, Sql, StorageError, sql};
use crate::{Outcome, Portal};

/// Which orders to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Words of the number, the reference, the customer, the recipient or the e-mail.
    pub search: String,
    /// In this status.
    pub status: Option<OrderStatus>,
    /// Only those that wait for a person.
    pub attention: bool,
    /// Only those that wait for a person and have no address that anything could be sent to.
    pub no_address: bool,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this store.
    pub store: Option<StoreId>,
    /// Of stores on this platform.
    pub platform: Option<Platform>,
    /// That came in at this moment or later.
    pub from: Option<Timestamp>,
    /// That came in before this moment.
    pub until: Option<Timestamp>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrderRow {
    /// The number people say, without its prefix.
    pub number: i64,
    /// The order.
    pub id: OrderId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// The store it came in by.
    pub store_id: StoreId,
    /// That store's name.
    pub store_name: String,
    /// Where that store lives.
    pub platform: Platform,
    /// What its source calls it.
    pub external_id: String,
    /// Its status: that of its least advanced line.
    pub status: OrderStatus,
    /// Why it stopped.
    pub reason: Option<ReasonCode>,
    /// Why nothing can be sent to its address, whatever else stops it.
    pub address_problem: Option<ReasonCode>,
    /// The person it goes to.
    pub recipient: String,
    /// Whether that was erased.
    pub buyer_erased: bool,
    /// Where that person lives.
    pub country: String,
    /// Pieces ordered.
    pub item_count: i64,
    /// Pieces shipped.
    pub shipped_count: i64,
    /// Pieces that were to be made and were cancelled, with the lines they were of or without.
    pub cancelled_count: i64,
    /// Pieces that `item_count` leaves out, as they were cancelled after others of their line had left.
    pub left_out_count: i64,
    /// Whether a person is to look at what its store could not be told.
    pub untold: bool,
    /// How it travels, as its source says.
    pub shipping_method: Option<String>,
    /// When it came in.
    pub created_at: Timestamp,
}

impl OrderRow {
    /// How many pieces were cancelled, of how many, while the rest of the order goes on or has left.
    pub fn partly_cancelled(&self) -> Option<(i64, i64)> {
        let goes_on = self.status != OrderStatus::Cancelled && self.cancelled_count > 0;
        goes_on.then_some((self.cancelled_count, self.item_count + self.left_out_count))
    }
}

/// What [`OrderRow`] is read from, up to the conditions.
const SELECT: &str = "SELECT orders.number, orders.id, orders.customer_id, customers.name AS customer_name, \
     orders.store_id, stores.name AS store_name, orders.platform, \
     COALESCE(orders.source_number, orders.external_id) AS external_id, orders.status, orders.reason, \
     orders.address_problem, orders.untold, orders.recipient, \
     orders.recipient = '' AND orders.buyer_erased_at IS NOT NULL AS buyer_erased, orders.country, orders.item_count, orders.shipped_count, orders.shipping_method, \
     (SELECT CAST(COALESCE(SUM(CASE WHEN status = 'cancelled' THEN quantity ELSE cancelled_quantity END), 0) AS BIGINT) \
      FROM order_lines WHERE order_id = orders.id AND kind <> 'ignored') AS cancelled_count, \
     (SELECT CAST(COALESCE(SUM(cancelled_quantity), 0) AS BIGINT) \
      FROM order_lines WHERE order_id = orders.id AND kind <> 'ignored') AS left_out_count, \
     orders.created_at FROM orders";

const JOINS: &str = " JOIN customers ON customers.id = orders.customer_id JOIN stores ON stores.id = orders.store_id \
     WHERE TRUE";

/// Orders of `scope`, newest first. Pages begin after an order's number.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(
    portal: &Portal,
    scope: &Scope,
    filter: &OrderFilter,
    turn: Turn<i64>,
    limit: u32,
) -> Outcome<Slice<OrderRow>> {
    let mut conn = portal.db.read().await?;
    let rows = fetch(&mut conn, scope, filter, &turn, i64::from(limit) + 1).await?;
    Ok(Slice::cut(rows, &turn, limit))
}

pub(super) async fn fetch(
    conn: &mut impl AsConn,
    scope: &Scope,
    filter: &OrderFilter,
    turn: &Turn<i64>,
    limit: i64,
) -> Result<Vec<OrderRow>, StorageError> {
    let bounds = numbers_between(conn, filter).await?;
    query(conn, scope, filter, &bounds, turn, limit)
        .fetch_all(conn)
        .await
}

fn query(
    conn: &impl AsConn,
    scope: &Scope,
    filter: &OrderFilter,
    bounds: &Numbers,
    turn: &Turn<i64>,
    limit: i64,
) -> Sql {
    let mut query = sql(SELECT);
    query.push(JOINS);
    push_scope(&mut query, scope);
    push_filter(&mut query, filter);
    push_contains(&mut query, conn, Searched::Orders, &fold(&filter.search));
    if let Some(number) = bounds.before {
        query.push(" AND orders.number > ").push_bind(number);
    }
    if let Some(number) = bounds.behind {
        query.push(" AND orders.number < ").push_bind(number);
    }
    match turn {
        Turn::First => {}
        Turn::After(number) => {
            query.push(" AND orders.number < ").push_bind(*number);
        }
        Turn::Before(number) => {
            query.push(" AND orders.number > ").push_bind(*number);
        }
    }
    query.push(if turn.is_backward() {
        " ORDER BY orders.number LIMIT "
    } else {
        " ORDER BY orders.number DESC LIMIT "
    });
    query.push_bind(limit);
    query
}

fn push_filter(query: &mut Sql, filter: &OrderFilter) {
    if let Some(status) = filter.status {
        query.push(" AND orders.status = ").push_bind(status.as_str());
    }
    if filter.attention || filter.no_address {
        query.push(" AND orders.needs_attention");
    }
    if filter.no_address {
        query.push(" AND orders.address_problem IS NOT NULL");
    }
    if let Some(customer) = filter.customer {
        query.push(" AND orders.customer_id = ").push_bind(customer);
    }
    if let Some(store) = filter.store {
        query.push(" AND orders.store_id = ").push_bind(store);
    }
    if let Some(platform) = filter.platform {
        query.push(" AND orders.platform = ").push_bind(platform.as_str());
    }
    if let Some(from) = filter.from {
        query.push(" AND orders.created_at >= ").push_bind(from);
    }
    if let Some(until) = filter.until {
        query.push(" AND orders.created_at < ").push_bind(until);
    }
}

/// Between which numbers the orders of the list lie, both of them not among them.
#[derive(Default)]
struct Numbers {
    before: Option<i64>,
    behind: Option<i64>,
}

/// How far apart the moments may be at which an order has its id, its number and its time: it has them within one
/// transaction, but by the clocks of several machines, while others come in at the same time.
const APART: Duration = Duration::from_mins(10);

/// Numbers follow creation, nearly, and ids carry its time: two look-ups by id turn moments into numbers, which all
/// indices of the list end with. They only keep far away orders out; which of the others came in between the moments is
/// told by their times.
async fn numbers_between(conn: &mut impl AsConn, filter: &OrderFilter) -> Result<Numbers, StorageError> {
    let mut numbers = Numbers::default();
    if let Some(from) = filter.from {
        let last_before = "SELECT number FROM orders WHERE id < $1 ORDER BY id DESC LIMIT 1";
        numbers.before = number_at(conn, last_before, from - APART).await?;
    }
    if let Some(until) = filter.until {
        let first_behind = "SELECT number FROM orders WHERE id >= $1 ORDER BY id LIMIT 1";
        numbers.behind = number_at(conn, first_behind, until + APART).await?;
    }
    Ok(numbers)
}

async fn number_at(
    conn: &mut impl AsConn,
    statement: &'static str,
    moment: Timestamp,
) -> Result<Option<i64>, StorageError> {
    let found: Option<(i64,)> = sql(statement)
        .bind(OrderId(lowest_id(moment)))
        .fetch_optional(conn)
        .await?;
    Ok(found.map(|(number,)| number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::storage::Engine;
    use crate::stores;
    use crate::testing::on_both;

    #[tokio::test]
    async fn every_filter_is_read_from_an_index_of_its_own() {
        on_both(async |portal| {
            let none = OrderFilter::default();
            let customer = OrderFilter {
                customer: Some(CustomerId(portal.entropy.id())),
                ..none.clone()
            };
            let store = OrderFilter {
                store: Some(StoreId(portal.entropy.id())),
                ..none.clone()
            };
            let platform = OrderFilter {
                platform: Some(Platform::Etsy),
                ..none.clone()
            };
            let mut tx = portal.db.begin().await.unwrap();
            for (index, all) in [
                ("orders", none),
                ("orders_customer", customer),
                ("orders_store", store),
                ("orders_platform", platform),
            ] {
                let failed = OrderFilter {
                    status: Some(OrderStatus::Failed),
                    ..all.clone()
                };
                let attention = OrderFilter {
                    attention: true,
                    ..all.clone()
                };
                for (end, filter) in [("", all), ("_status", failed), ("_attention", attention)] {
                    for turn in [Turn::First, Turn::After(7), Turn::Before(7)] {
                        let bounds = Numbers::default();
                        let query = query(&tx, &Scope::AllCustomers, &filter, &bounds, &turn, 51);
                        let plan = query.plan(&mut tx).await;
                        assert!(
                            !plan.contains("Sort") && !plan.contains("B-TREE"),
                            "{filter:?}: {plan}"
                        );
                        // Without rows and statistics, PostgreSQL does not tell apart indices that serve.
                        if tx.engine() == Engine::Sqlite {
                            assert!(plan.contains(&format!("{index}{end}")), "{filter:?}: {plan}");
                        }
                    }
                }
            }
        })
        .await;
    }

    #[tokio::test]
    async fn orders_of_a_time_are_told_by_their_times_whatever_their_numbers() {
        on_both(async |portal| {
            let (client, _, first) = testing::stock_order(&portal).await;
            let store = stores::list(&portal, &client.scope()).await.unwrap()[0].store.id;
            let mut ids = vec![first];
            for (reference, wait) in [("A-2", 1), ("A-3", 1_000), ("A-4", 3_600_000_000), ("A-5", 1)] {
                portal.clock.advance(Duration::from_micros(wait));
                ids.push(testing::order(&portal, &client, store, reference).await);
            }
            let mut tx = portal.db.begin().await.unwrap();
            // As when several processes take them in at once.
            for (id, number) in ids.iter().zip([13, 11, 12, 15, 14]) {
                sql("UPDATE orders SET number = $2 WHERE id = $1")
                    .bind(*id)
                    .bind(number)
                    .execute(&mut tx)
                    .await
                    .unwrap();
            }
            tx.commit().await.unwrap();
            let begin = portal.now() - Duration::from_micros(3_600_001_002);
            let between = async |from: u64, until: u64| {
                let filter = OrderFilter {
                    from: Some(begin + Duration::from_micros(from)),
                    until: Some(begin + Duration::from_micros(until)),
                    ..OrderFilter::default()
                };
                let page = list(&portal, &Scope::AllCustomers, &filter, Turn::First, 10).await;
                let mut found: Vec<String> = page
                    .unwrap()
                    .rows
                    .into_iter()
                    .map(|row| row.external_id)
                    .collect();
                found.sort_unstable();
                found.join(" ")
            };
            assert_eq!(between(0, 1).await, "A-1");
            assert_eq!(between(1, 1_001).await, "A-2");
            assert_eq!(between(1, 1_002).await, "A-2 A-3");
            assert_eq!(between(1_002, 3_600_001_002).await, "A-4");
            assert_eq!(between(0, 3_600_001_003).await, "A-1 A-2 A-3 A-4 A-5");
            assert_eq!(between(3_600_001_003, 9_000_000_000).await, "");
        })
        .await;
    }
}
