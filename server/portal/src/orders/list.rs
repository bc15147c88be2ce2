//! The list of orders.

use domain::id::{CustomerId, OrderId, StoreId};
use domain::{OrderStatus, Platform, ReasonCode, Timestamp, fold};

use super::push_scope;
use crate::access::Scope;
use crate::paging::{Slice, Turn};
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
    /// The person it goes to.
    pub recipient: String,
    /// Where that person lives.
    pub country: String,
    /// Pieces ordered.
    pub item_count: i64,
    /// Pieces shipped.
    pub shipped_count: i64,
    /// How it travels, as its source says.
    pub shipping_method: Option<String>,
    /// When it came in.
    pub created_at: Timestamp,
}

/// What [`OrderRow`] is read from, up to the conditions.
const SELECT: &str = "SELECT orders.number, orders.id, orders.customer_id, customers.name AS customer_name, \
     orders.store_id, stores.name AS store_name, orders.platform, \
     COALESCE(orders.source_number, orders.external_id) AS external_id, orders.status, orders.reason, \
     orders.recipient, orders.country, orders.item_count, orders.shipped_count, orders.shipping_method, \
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
    if let Some(first) = bounds.first {
        query.push(" AND orders.number >= ").push_bind(first);
    }
    if let Some(end) = bounds.end {
        query.push(" AND orders.number < ").push_bind(end);
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
    if filter.attention {
        query.push(" AND orders.needs_attention");
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
}

/// The numbers of orders that came in between two moments.
#[derive(Default)]
struct Numbers {
    first: Option<i64>,
    end: Option<i64>,
}

/// Numbers follow creation and ids carry its time: two look-ups by id turn moments into numbers, which all indexes of
/// the list end with.
async fn numbers_between(conn: &mut impl AsConn, filter: &OrderFilter) -> Result<Numbers, StorageError> {
    let mut numbers = Numbers::default();
    if let Some(from) = filter.from {
        numbers.first = Some(first_number_at(conn, from).await?);
    }
    if let Some(until) = filter.until {
        numbers.end = Some(first_number_at(conn, until).await?);
    }
    Ok(numbers)
}

async fn first_number_at(conn: &mut impl AsConn, moment: Timestamp) -> Result<i64, StorageError> {
    let first: Option<(i64,)> = sql("SELECT number FROM orders WHERE id >= $1 ORDER BY id LIMIT 1")
        .bind(OrderId(lowest_id(moment)))
        .fetch_optional(conn)
        .await?;
    Ok(first.map_or(i64::MAX, |(number,)| number))
}

/// The lowest UUID of version 7 of a moment.
fn lowest_id(moment: Timestamp) -> uuid::Uuid {
    let millis = u64::try_from(moment.micros() / 1000).unwrap_or(0);
    uuid::Uuid::from_u64_pair((millis << 16) | 0x7000, 1 << 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Engine;
    use crate::testing::on_both;

    #[tokio::test]
    async fn every_filter_is_read_from_an_index_of_its_own() {
        on_both(async |portal| {
            let customer = Some(CustomerId(portal.entropy.id()));
            let store = Some(StoreId(portal.entropy.id()));
            let platform = Some(Platform::Etsy);
            let status = Some(OrderStatus::Failed);
            let attention = true;
            let none = OrderFilter::default();
            let filters = [
                (
                    OrderFilter {
                        status,
                        ..none.clone()
                    },
                    "orders_status ",
                ),
                (
                    OrderFilter {
                        attention,
                        ..none.clone()
                    },
                    "orders_attention",
                ),
                (
                    OrderFilter {
                        customer,
                        ..none.clone()
                    },
                    "orders_customer ",
                ),
                (
                    OrderFilter {
                        customer,
                        status,
                        ..none.clone()
                    },
                    "orders_customer_status",
                ),
                (
                    OrderFilter {
                        customer,
                        attention,
                        ..none.clone()
                    },
                    "orders_customer_attention",
                ),
                (
                    OrderFilter {
                        store,
                        ..none.clone()
                    },
                    "orders_store ",
                ),
                (
                    OrderFilter {
                        store,
                        status,
                        ..none.clone()
                    },
                    "orders_store_status",
                ),
                (
                    OrderFilter {
                        store,
                        attention,
                        ..none.clone()
                    },
                    "orders_store_attention",
                ),
                (
                    OrderFilter {
                        platform,
                        ..none.clone()
                    },
                    "orders_platform ",
                ),
                (
                    OrderFilter {
                        platform,
                        status,
                        ..none.clone()
                    },
                    "orders_platform_status",
                ),
                (
                    OrderFilter {
                        platform,
                        attention,
                        ..none.clone()
                    },
                    "orders_platform_attention",
                ),
            ];
            let mut tx = portal.db.begin().await.unwrap();
            for (filter, index) in filters {
                for turn in [Turn::First, Turn::After(7), Turn::Before(7)] {
                    let bounds = Numbers::default();
                    let query = query(&tx, &Scope::AllCustomers, &filter, &bounds, &turn, 51);
                    let plan = query.plan(&mut tx).await;
                    assert!(
                        !plan.contains("Sort") && !plan.contains("B-TREE"),
                        "{filter:?}: {plan}"
                    );
                    // Without rows and statistics, PostgreSQL does not tell indices apart that serve.
                    if tx.engine() == Engine::Sqlite {
                        assert!(plan.contains(index), "{filter:?} {index}: {plan}");
                    }
                }
            }
        })
        .await;
    }
}
