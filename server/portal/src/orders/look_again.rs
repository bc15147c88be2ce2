//! Reading an order from its store again while it is made.

use domain::Platform;
use domain::source::ExternalId;

use super::load::LockedOrder;
use crate::Portal;
use crate::jobs::enqueue;
use crate::storage::{StorageError, Tx, sql};
use crate::syncs::FetchOrder;

/// Has an order of Etsy read again at once: Etsy sends no news of refunds and of changes, so what would stop the order
/// is otherwise not known before it is polled. Nothing for other platforms, which tell, and while the store is not read.
pub(super) async fn look_again(
    portal: &Portal,
    tx: &mut Tx,
    order: &LockedOrder,
) -> Result<(), StorageError> {
    let found: Option<(String,)> = sql("SELECT orders.external_id FROM orders
         JOIN order_sources ON order_sources.order_id = orders.id JOIN stores ON stores.id = orders.store_id
         WHERE orders.id = $1 AND orders.platform = $2 AND stores.state IN ('connected', 'needs_attention')")
    .bind(order.id)
    .bind(Platform::Etsy.as_str())
    .fetch_optional(tx)
    .await?;
    let Some((external_id,)) = found else {
        return Ok(());
    };
    let fetch = FetchOrder {
        store: order.store,
        order: ExternalId::new(external_id),
        message: None,
        placed_before: false,
    };
    enqueue(tx, portal, fetch.new_job(order.customer)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::source::{SourceOrder, SourceOrderState};
    use domain::{OrderSource, OrderStatus, ReasonCode};

    use super::*;
    use crate::access::Scope;
    use crate::jobs::{Registry, Worker};
    use crate::orders::intake::testing::order;
    use crate::orders::intake::{Arrival, take_in};
    use crate::orders::{Advance, advance, find, testing};
    use crate::stores;
    use crate::testing::{connect_store, on_both};

    #[tokio::test]
    async fn what_etsy_refunded_stops_as_soon_as_production_begins() {
        on_both(async |portal| {
            let (client, _) = testing::shop(&portal, "Estudio Garabato").await;
            let (id, shop) = connect_store(&portal, client.customer, Platform::Etsy, "12345").await;
            let store = stores::find(&portal, &Scope::AllCustomers, id).await.unwrap();
            testing::catalogue(&portal).await;
            testing::connect(&portal, &store, "pen", "pen").await;
            let arrival = Arrival {
                store: &store,
                source: OrderSource::Poll,
                unconnected: true,
                placed_before: false,
                asked_at: portal.now(),
            };
            let mut tx = portal.db.begin().await.unwrap();
            let taken = take_in(&portal, &mut tx, arrival, &order("1", 1)).await.unwrap();
            tx.commit().await.unwrap();
            let placed = taken.order().unwrap();
            portal.clock.advance(std::time::Duration::from_mins(1));
            shop.put_order(SourceOrder {
                state: SourceOrderState::Cancelled,
                ..order("1", 2)
            });
            advance(&portal, &testing::operator(&portal), placed, &Advance::default())
                .await
                .unwrap();
            let registry = Registry::new().register::<FetchOrder>();
            Worker::new(&portal, registry).run_until_idle().await.unwrap();
            let head = find(&portal, &client.scope(), placed).await.unwrap().head;
            assert_eq!(
                (head.status, head.reason),
                (OrderStatus::OnHold, Some(ReasonCode::CancelledAfterProduction))
            );
        })
        .await;
    }
}
