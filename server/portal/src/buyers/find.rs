//! How much is kept about a buyer.

use domain::id::OrderId;
use domain::{OrderStatus, Timestamp};

use super::{address, push_orders, push_under_way};
use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// How many of the orders under way are named.
const NAMED: i64 = 20;

/// How much is kept about a buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Their address, as it was parsed.
    pub email: String,
    /// Their orders.
    pub orders: i64,
    /// Those of them that are still to be made or sent.
    pub under_way: i64,
    /// The first of these, with their numbers.
    pub first_under_way: Vec<(i64, OrderId)>,
    /// When the first one came in.
    pub first_at: Option<Timestamp>,
    /// When the last one came in.
    pub last_at: Option<Timestamp>,
}

/// How much is kept about the buyer with an e-mail address, within what the viewer may see.
///
/// # Errors
/// [`Refusal::Invalid`](crate::Refusal::Invalid) for `email`; [`Refusal::Forbidden`](crate::Refusal::Forbidden).
pub async fn find(portal: &Portal, viewer: &Viewer, email: &str) -> Outcome<Kept> {
    let email = address(viewer, email)?;
    let mut query = sql("SELECT COUNT(*), MIN(orders.created_at), MAX(orders.created_at), ");
    push_under_way(&mut query);
    push_orders(&mut query, viewer, &email);
    let mut conn = portal.db.read().await?;
    let (orders, first_at, last_at, under_way) = query.fetch_one(&mut conn).await?;
    let mut query = sql("SELECT orders.number, orders.id");
    push_orders(&mut query, viewer, &email);
    query
        .push(" AND orders.status NOT IN ")
        .push_list(OrderStatus::NOTHING_TO_SEND.map(OrderStatus::as_str))
        .push(" ORDER BY orders.number LIMIT ")
        .push_bind(NAMED);
    let first_under_way = query.fetch_all(&mut conn).await?;
    Ok(Kept {
        email: email.as_str().to_owned(),
        orders,
        under_way,
        first_under_way,
        first_at,
        last_at,
    })
}
