//! Moving many orders at once.

use domain::id::OrderId;
use domain::{OrderStatus, Problem};

use super::{Advance, advance};
use crate::access::Operator;
use crate::storage::is_busy;
use crate::{Outcome, Portal, Refusal};

/// The most orders of one bulk action: those of the largest page.
const MOST: usize = 100;

/// What became of an order of a bulk action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkResult {
    /// The order.
    pub order: OrderId,
    /// Its status now, or what stood in the way.
    pub result: Result<OrderStatus, Problem>,
}

/// Moves orders to a status, or each to its next. Each for itself: what stands in the way of one does not stop the
/// others. A fault is the `unexpected` problem of its order; once the database has no time, the orders that are left are
/// not tried, and `busy`: each of them would wait in vain.
///
/// # Errors
/// [`Refusal::Conflict`] `nothing-selected` or `too-many-selected`; [`Refusal::Forbidden`].
pub async fn advance_all(
    portal: &Portal,
    operator: &Operator,
    orders: &[OrderId],
    to: Option<OrderStatus>,
) -> Outcome<Vec<BulkResult>> {
    if orders.is_empty() {
        return Err(Refusal::conflict("nothing-selected"));
    }
    if orders.len() > MOST {
        return Err(Refusal::Conflict(
            Problem::new("too-many-selected").with("max", MOST),
        ));
    }
    let step = Advance {
        to,
        lines: Vec::new(),
    };
    let mut results = Vec::with_capacity(orders.len());
    let mut busy = false;
    for order in orders.iter().copied() {
        let result = if busy {
            Err(Problem::new("busy"))
        } else {
            match advance(portal, operator, order, &step).await {
                Ok(status) => Ok(status),
                Err(Refusal::Conflict(problem)) => Err(problem),
                Err(Refusal::NotFound) => Err(Problem::new("not-found")),
                Err(Refusal::Unexpected(error)) => {
                    tracing::error!(%order, error = format!("{error:#}"), "the order was not moved");
                    busy = is_busy(&error);
                    Err(Problem::new(if busy { "busy" } else { "unexpected" }))
                }
                Err(refusal) => return Err(refusal),
            }
        };
        results.push(BulkResult { order, result });
    }
    Ok(results)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Viewer;
    use crate::orders::{cancel, testing};
    use crate::testing::on_both;

    #[tokio::test]
    async fn each_order_has_its_own_result() {
        on_both(async |portal| {
            let (client, operator, first) = testing::stock_order(&portal).await;
            let store = crate::stores::list(&portal, &client.scope()).await.unwrap()[0]
                .store
                .id;
            let second = testing::order(&portal, &client, store, "B-2").await;
            cancel(&portal, &Viewer::Client(client), second).await.unwrap();
            let results = advance_all(&portal, &operator, &[first, second], Some(OrderStatus::Printed))
                .await
                .unwrap();
            assert_eq!(results[0].result, Ok(OrderStatus::Printed));
            assert_eq!(
                results[1].result.as_ref().unwrap_err().code,
                "order-already-there"
            );
            let refusal = advance_all(&portal, &operator, &[], None).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "nothing-selected");
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_moved_is_told_when_the_others_break() {
        on_both(async |portal| {
            let (client, operator, first) = testing::stock_order(&portal).await;
            let store = crate::stores::list(&portal, &client.scope()).await.unwrap()[0]
                .store
                .id;
            let second = testing::order(&portal, &client, store, "B-2").await;
            let third = testing::order(&portal, &client, store, "B-3").await;
            let codes = async |to| -> Vec<Option<String>> {
                let results = advance_all(&portal, &operator, &[first, second, third], Some(to))
                    .await
                    .unwrap();
                results
                    .into_iter()
                    .map(|result| result.result.err().map(|problem| problem.code.to_string()))
                    .collect()
            };
            let failpoint = portal.db.failpoint();
            failpoint.die_after(2);
            let unexpected = Some("unexpected".to_owned());
            assert_eq!(
                codes(OrderStatus::InProduction).await,
                [None, unexpected.clone(), unexpected]
            );
            failpoint.revive();

            failpoint.be_busy(false, true);
            let busy = Some("busy".to_owned());
            assert_eq!(
                codes(OrderStatus::Printed).await,
                [busy.clone(), busy.clone(), busy]
            );
        })
        .await;
    }
}
