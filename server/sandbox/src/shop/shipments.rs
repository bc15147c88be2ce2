//! Sending what was ordered, and what happens to parcels.

use super::types::Shipment;
use super::{NewShipment, Refused, Shop, TrackingChange};
use crate::ledger::Event;

impl Shop {
    /// Sends lines; gives the shipment's id.
    ///
    /// # Errors
    /// [`Refused::Impossible`] when nothing is left to send, or less than asked for.
    pub fn ship(&mut self, id: u64, new: NewShipment) -> Result<u64, Refused> {
        let left = self.order(id)?.unshipped();
        let lines = if new.lines.is_empty() {
            left.clone()
        } else {
            new.lines
        };
        let fits = |(line, quantity): &(u64, u32)| {
            *quantity > 0 && left.iter().any(|(id, left)| id == line && quantity <= left)
        };
        if lines.is_empty() || !lines.iter().all(fits) {
            return Err(Refused::Impossible("no such lines are left to send"));
        }
        let shipment = Shipment {
            id: self.next_id(),
            at: self.now,
            lines,
            tracking_number: new.tracking_number,
            carrier: new.carrier,
            tracking_url: new.tracking_url,
            notified: new.notify,
            delivered_at: None,
            cancelled_at: None,
        };
        let shipment_id = shipment.id;
        self.happened(Event::Shipped {
            order_id: id,
            shipment: shipment.clone(),
        });
        self.change_order(id, "shipped", |order| order.shipments.push(shipment))?;
        if new.notify {
            self.mail_buyer(id, "Your order is on its way")?;
        }
        Ok(shipment_id)
    }

    /// Changes the tracking of a shipment.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn change_tracking(&mut self, id: u64, shipment_id: u64, new: TrackingChange) -> Result<(), Refused> {
        let notify = new.notify;
        self.change_shipment(id, shipment_id, |shipment| {
            shipment.tracking_number = new.tracking_number;
            shipment.carrier = new.carrier;
            shipment.tracking_url = new.tracking_url;
        })?;
        if notify {
            self.mail_buyer(id, "The tracking of your order has changed")?;
        }
        Ok(())
    }

    /// A shipment arrives.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn deliver(&mut self, id: u64, shipment_id: u64) -> Result<(), Refused> {
        let now = self.now;
        self.change_shipment(id, shipment_id, |shipment| shipment.delivered_at = Some(now))
    }

    /// Changes a shipment; the order counts as changed too.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn change_shipment(
        &mut self,
        id: u64,
        shipment_id: u64,
        change: impl FnOnce(&mut Shipment),
    ) -> Result<(), Refused> {
        let missing = || Refused::Missing {
            what: "shipment",
            id: shipment_id,
        };
        let order = self.orders.get_mut(&id).ok_or_else(missing)?;
        let shipment = order
            .shipments
            .iter_mut()
            .find(|shipment| shipment.id == shipment_id);
        let shipment = shipment.ok_or_else(missing)?;
        change(shipment);
        let shipment = shipment.clone();
        self.happened(Event::ShipmentChanged {
            order_id: id,
            shipment,
        });
        self.change_order(id, "shipment", |_| ())
    }
}
