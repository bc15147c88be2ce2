//! Correcting who brings a parcel that has left, and how it can be followed.

use domain::id::{OrderId, ShipmentId};
use domain::{FieldProblems, OrderEventKind, Permission};

use super::events::{self, EventDetail, NewEvent};
use super::load::LockedOrder;
use super::tracking::{Tracking, WrittenTracking};
use super::writes;
use crate::access::{Operator, Scope};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// The form of a parcel that has left.
#[derive(Clone, Debug, Default)]
pub struct TrackingForm {
    /// Control `carrier`.
    pub carrier: String,
    /// Control `tracking_number`; may be empty.
    pub tracking_number: String,
    /// Control `tracking_url`; may be empty.
    pub tracking_url: String,
    /// The version of the order that the form was made for: its `updated_at` in microseconds.
    pub seen: i64,
}

/// Corrects who brings a parcel and how it can be followed. A store that was told before is told again, but for Etsy's:
/// it would take the news for another parcel. Stores mail their buyers about it unless their people chose otherwise.
///
/// # Errors
/// [`Refusal::Invalid`] by field; [`Refusal::Conflict`] `order-changed` when somebody changed the order since the form
/// was made; [`Refusal::NotFound`] when the order has no such parcel; [`Refusal::Forbidden`] without
/// [`Permission::RunProduction`].
pub async fn correct_tracking(
    portal: &Portal,
    operator: &Operator,
    id: OrderId,
    shipment: ShipmentId,
    form: &TrackingForm,
) -> Outcome<()> {
    operator.require(Permission::RunProduction)?;
    let mut tx = portal.db.begin().await?;
    let order = LockedOrder::load(&mut tx, &Scope::AllCustomers, id).await?;
    if order.updated_at.micros() != form.seen {
        return Err(Refusal::conflict("order-changed"));
    }
    let was: Option<WrittenTracking> = sql("SELECT carrier, tracking_number, tracking_url FROM shipments
         WHERE id = $1 AND order_id = $2")
    .bind(shipment)
    .bind(id)
    .fetch_optional(&mut tx)
    .await?;
    let was = was.ok_or(Refusal::NotFound)?;
    let mut problems = FieldProblems::new();
    let parsed = Tracking::parse(
        &form.carrier,
        &form.tracking_number,
        &form.tracking_url,
        &mut problems,
    );
    let tracking = parsed.ok_or(problems)?;
    let corrections = tracking.corrections(&was);
    if corrections.is_empty() {
        return Ok(());
    }
    sql("UPDATE shipments SET carrier = $2, tracking_number = $3, tracking_url = $4 WHERE id = $1")
        .bind(shipment)
        .bind(tracking.carrier())
        .bind(tracking.number())
        .bind(tracking.url())
        .execute(&mut tx)
        .await?;
    sql("UPDATE orders SET updated_at = $2 WHERE id = $1")
        .bind(id)
        .bind(order.next_version(portal))
        .execute(&mut tx)
        .await?;
    let event = NewEvent::of(id, OrderEventKind::TrackingCorrected).with(EventDetail {
        corrections,
        ..EventDetail::default()
    });
    events::write(portal, &mut tx, &operator.into(), event).await?;
    writes::tracking_corrected(portal, &mut tx, &order, shipment).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{Corrected, Correction, ShipmentForm, find, ship, testing};
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_parcel_that_left_is_followed_by_its_right_number() {
        on_both(async |portal| {
            let (_, operator, id) = testing::stock_order(&portal).await;
            let seen = async || {
                let order = find(&portal, &Scope::AllCustomers, id).await.unwrap();
                order.head.updated_at.micros()
            };
            let form = ShipmentForm {
                carrier: "DHL".to_owned(),
                tracking_number: "JD1".to_owned(),
                seen: seen().await,
                ..ShipmentForm::default()
            };
            let parcel = ship(&portal, &operator, id, &form).await.unwrap();
            let right = TrackingForm {
                carrier: "DHL".to_owned(),
                tracking_number: "JD2".to_owned(),
                tracking_url: "https://dhl.example/JD2".to_owned(),
                seen: seen().await,
            };
            correct_tracking(&portal, &operator, id, parcel, &right)
                .await
                .unwrap();
            let order = find(&portal, &Scope::AllCustomers, id).await.unwrap();
            assert_eq!(order.shipments[0].tracking_number.as_deref(), Some("JD2"));
            let told = &order.timeline[0];
            assert_eq!(told.kind, OrderEventKind::TrackingCorrected);
            let number = Correction {
                what: Corrected::TrackingNumber,
                from: "JD1".to_owned(),
                to: "JD2".to_owned(),
            };
            let page = Correction {
                what: Corrected::TrackingPage,
                from: String::new(),
                to: String::new(),
            };
            assert_eq!(told.detail.as_ref().unwrap().0.corrections, [number, page]);

            let late = correct_tracking(&portal, &operator, id, parcel, &right).await;
            assert_eq!(testing::conflict_of(&late.unwrap_err()), "order-changed");
            let nobody = TrackingForm {
                carrier: " ".to_owned(),
                seen: seen().await,
                ..right.clone()
            };
            let refusal = correct_tracking(&portal, &operator, id, parcel, &nobody).await;
            assert_eq!(testing::problem_of(&refusal.unwrap_err(), "carrier"), "required");
            let unknown = ShipmentId(portal.entropy.id());
            let right = TrackingForm {
                seen: seen().await,
                ..right
            };
            let refusal = correct_tracking(&portal, &operator, id, unknown, &right).await;
            assert!(matches!(refusal, Err(Refusal::NotFound)));
        })
        .await;
    }
}
