//! How many orders wait for a decision.

use std::collections::BTreeSet;

use domain::id::{OrderId, StoreVariantId};

use crate::access::Scope;
use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal, orders};

/// Variants of one statement.
const AT_ONCE: usize = 1000;

/// How many orders of `scope` wait because some of these variants are not connected.
///
/// # Errors
/// Only unexpected ones.
pub async fn waiting_orders(portal: &Portal, scope: &Scope, variants: &[StoreVariantId]) -> Outcome<i64> {
    let waiting = waiting(&mut portal.db.read().await?, scope, variants).await?;
    Ok(i64::try_from(waiting.len()).unwrap_or(i64::MAX))
}

/// The orders that [`waiting_orders`] counts.
pub(super) async fn waiting(
    conn: &mut impl AsConn,
    scope: &Scope,
    variants: &[StoreVariantId],
) -> Result<BTreeSet<OrderId>, StorageError> {
    let mut waiting: BTreeSet<OrderId> = BTreeSet::new();
    for some in variants.chunks(AT_ONCE) {
        let mut query = sql("SELECT DISTINCT orders.id
             FROM order_lines l JOIN orders ON orders.id = l.order_id
             WHERE l.status = 'not_connected' AND l.store_variant_id IN ");
        query.push_list(some.iter().copied());
        orders::push_scope(&mut query, scope);
        let found: Vec<(OrderId,)> = query.fetch_all(conn).await?;
        waiting.extend(found.into_iter().map(|(id,)| id));
    }
    Ok(waiting)
}
