//! How much is kept about a buyer.

use domain::Timestamp;

use super::{address, push_orders, push_under_way};
use crate::access::Viewer;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// How much is kept about a buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Their address, as it was parsed.
    pub email: String,
    /// Their orders.
    pub orders: i64,
    /// Those of them that are still to be made or sent.
    pub under_way: i64,
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
    let (orders, first_at, last_at, under_way) = query.fetch_one(&mut portal.db.read().await?).await?;
    Ok(Kept {
        email: email.as_str().to_owned(),
        orders,
        under_way,
        first_at,
        last_at,
    })
}
