//! Cancelling an order.

use domain::id::OrderId;
use domain::{OrderStatus, Permission};

use super::load::LockedOrder;
use super::status::{LineChange, apply};
use crate::access::Viewer;
use crate::{Outcome, Portal, Refusal};

/// Whether an order in this status, of which so many pieces are shipped, can be cancelled.
pub fn may_cancel(status: OrderStatus, shipped_count: i64) -> bool {
    shipped_count == 0 && status.may_become(OrderStatus::Cancelled)
}

/// Cancels an order of which nothing has been shipped.
///
/// # Errors
/// [`Refusal::Conflict`] `order-shipped` or `order-already-there`; [`Refusal::NotFound`] outside of the viewer's scope;
/// [`Refusal::Forbidden`] without [`Permission::CancelOrders`].
pub async fn cancel(portal: &Portal, viewer: &Viewer, id: OrderId) -> Outcome<()> {
    viewer.require(Permission::CancelOrders)?;
    let mut tx = portal.db.begin().await?;
    let mut order = LockedOrder::load(&mut tx, &viewer.scope(), id).await?;
    let active = || {
        order
            .lines
            .iter()
            .filter(|line| line.status != OrderStatus::Cancelled)
    };
    if active().any(|line| line.shipped_quantity > 0 || !line.status.may_become(OrderStatus::Cancelled)) {
        return Err(Refusal::conflict("order-shipped"));
    }
    let changes: Vec<LineChange> = active()
        .map(|line| LineChange {
            line: line.id,
            to: OrderStatus::Cancelled,
            reason: None,
        })
        .collect();
    if changes.is_empty() {
        return Err(Refusal::Conflict(
            domain::Problem::new("order-already-there").with("status", OrderStatus::Cancelled.slug()),
        ));
    }
    apply(portal, &mut tx, &mut order, &changes, &viewer.into()).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use domain::ClientRole;

    use super::*;
    use crate::access::Scope;
    use crate::orders::{ShipmentForm, find, ship, testing};
    use crate::testing::on_both;

    #[tokio::test]
    async fn an_order_is_cancelled_until_it_is_shipped() {
        on_both(async |portal| {
            let (client, operator, id) = testing::stock_order(&portal).await;
            let viewer = Viewer::Client(client.clone());
            cancel(&portal, &viewer, id).await.unwrap();
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::Cancelled);
            let refusal = cancel(&portal, &viewer, id).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-already-there");

            let shipped = testing::order(&portal, &client, detail.head.store_id, "B-2").await;
            let detail = find(&portal, &Scope::AllCustomers, shipped).await.unwrap();
            let form = ShipmentForm {
                carrier: "MRW".to_owned(),
                seen: detail.head.updated_at.micros(),
                ..ShipmentForm::default()
            };
            ship(&portal, &operator, shipped, &form).await.unwrap();
            let refusal = cancel(&portal, &viewer, shipped).await.unwrap_err();
            assert_eq!(testing::conflict_of(&refusal), "order-shipped");
        })
        .await;
    }

    #[tokio::test]
    async fn nobody_cancels_what_is_not_theirs() {
        on_both(async |portal| {
            let (mut client, _, id) = testing::stock_order(&portal).await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            let refusal = cancel(&portal, &Viewer::Client(other), id).await.unwrap_err();
            assert!(matches!(refusal, Refusal::NotFound));
            client.role = ClientRole::ViewOnly;
            let refusal = cancel(&portal, &Viewer::Client(client), id).await.unwrap_err();
            assert!(matches!(refusal, Refusal::Forbidden));
        })
        .await;
    }
}
