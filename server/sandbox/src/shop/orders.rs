//! Placing orders and everything that can happen to them.

use super::types::{Line, Note, Order, Property, Refund, Refunded};
use super::{Edit, NewLine, NewOrder, OrderAction, RefundRequest, Refused, Shop};
use crate::ledger::{Event, OrderState};

impl Shop {
    /// Places an order; gives its id.
    ///
    /// # Errors
    /// [`Refused::Missing`] for an unknown variant.
    pub fn place_order(&mut self, new: NewOrder) -> Result<u64, Refused> {
        let id = self.next_id();
        self.last_order_number += 1;
        let mut order = Order {
            id,
            number: self.last_order_number.to_string(),
            status: new.status,
            created_at: self.now,
            updated_at: self.now,
            paid_at: (!new.unpaid).then_some(self.now),
            completed_at: None,
            cancelled_at: None,
            cancel_reason: None,
            binned: None,
            test: new.test,
            currency: new.currency.unwrap_or_else(|| self.currency.clone()),
            email: new.email,
            billing: new.billing,
            shipping: new.shipping,
            shipping_title: new.shipping_title,
            shipping_price: new.shipping_price,
            discount: new.discount,
            discount_code: new.discount_code,
            note: new.note,
            lines: Vec::new(),
            shipments: Vec::new(),
            refunds: Vec::new(),
            notes: Vec::new(),
            tags: Vec::new(),
            meta: Vec::new(),
            extra: serde_json::Map::new(),
        };
        for line in new.lines {
            order.lines.push(self.made_line(line)?);
        }
        order.status = (self.status_after)(&order, "placed");
        let state = OrderState::from(&order);
        self.orders.insert(id, order);
        self.happened(Event::OrderPlaced { order: state });
        Ok(id)
    }

    /// Does this to an order.
    ///
    /// # Errors
    /// [`Refused`] when there is no such order, line or shipment, or it cannot be done.
    pub fn act_on_order(&mut self, id: u64, action: OrderAction) -> Result<(), Refused> {
        match action {
            OrderAction::Edit(edit) => self.edit_order(id, edit),
            OrderAction::Refund(request) => self.refund(id, request).map(drop),
            OrderAction::Cancel { reason } => self.cancel_order(id, &reason),
            OrderAction::Pay => {
                let now = self.now;
                self.change_order(id, "paid", |order| order.paid_at = order.paid_at.or(Some(now)))
            }
            OrderAction::Ship(shipment) => self.ship(id, shipment).map(drop),
            OrderAction::Deliver { shipment } => self.deliver(id, shipment),
            OrderAction::Note { text, to_buyer } => self.add_note(id, &text, to_buyer, "desk").map(drop),
            OrderAction::Status { status } => self.change_order(id, "status", |order| order.status = status),
            OrderAction::Touch => self.change_order(id, "touched", |_| ()),
            OrderAction::Delete => self.bin_order(id),
        }
    }

    /// Changes an order and writes down what it then is; `what` is for the ledger.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn change_order(
        &mut self,
        id: u64,
        what: &'static str,
        change: impl FnOnce(&mut Order),
    ) -> Result<(), Refused> {
        let missing = Refused::Missing { what: "order", id };
        let order = self.orders.get_mut(&id).ok_or(missing)?;
        change(order);
        order.updated_at = self.now;
        order.status = (self.status_after)(order, what);
        let order = OrderState::from(&*order);
        self.happened(Event::OrderChanged { what, order });
        Ok(())
    }

    /// Changes an order after it was placed.
    ///
    /// # Errors
    /// [`Refused::Missing`] for an unknown order, line or variant.
    pub fn edit_order(&mut self, id: u64, edit: Edit) -> Result<(), Refused> {
        let order = self.order(id)?;
        if let Edit::Quantity { line, .. } | Edit::Property { line, .. } = edit
            && order.line(line).is_none()
        {
            return Err(Refused::Missing {
                what: "line",
                id: line,
            });
        }
        let added = match &edit {
            Edit::AddLine(line) => Some(self.made_line(line.clone())?),
            _ => None,
        };
        self.change_order(id, "edited", |order| match edit {
            Edit::Quantity { line, quantity } => {
                for line in order.lines.iter_mut().filter(|candidate| candidate.id == line) {
                    line.wanted = quantity;
                }
            }
            Edit::AddLine(_) => order.lines.extend(added),
            Edit::Shipping(address) => order.shipping = Some(address),
            Edit::Property { line, name, value } => {
                for line in order.lines.iter_mut().filter(|candidate| candidate.id == line) {
                    line.properties.retain(|property| property.name != name);
                    line.properties.push(Property {
                        name: name.clone(),
                        value: value.clone().into(),
                    });
                }
            }
        })
    }

    /// Gives money back; gives the refund's id.
    ///
    /// # Errors
    /// [`Refused::Impossible`] when it is more than what is left of the money or of a line.
    pub fn refund(&mut self, id: u64, request: RefundRequest) -> Result<u64, Refused> {
        let order = self.order(id)?;
        let mut lines = Vec::new();
        for (line_id, quantity) in request.lines {
            let missing = Refused::Missing {
                what: "line",
                id: line_id,
            };
            let line = order.line(line_id).ok_or(missing)?;
            if quantity > line.wanted {
                return Err(Refused::Impossible("more of a line than is left"));
            }
            lines.push((line_id, quantity, line.price * i64::from(quantity)));
        }
        let cost = lines.iter().map(|(_, _, amount)| amount).sum();
        let amount = request.amount.unwrap_or(cost);
        if amount <= 0 || amount > order.total() - order.refunded() {
            return Err(Refused::Impossible("no such amount is left to refund"));
        }
        let refund_id = self.next_id();
        let lines = lines
            .into_iter()
            .map(|(line_id, quantity, amount)| Refunded {
                id: self.next_id(),
                line_id,
                quantity,
                amount,
            })
            .collect();
        let refund = Refund {
            id: refund_id,
            at: self.now,
            amount,
            reason: request.reason,
            lines,
        };
        self.change_order(id, "refunded", |order| {
            for refunded in &refund.lines {
                for line in order.lines.iter_mut().filter(|line| line.id == refunded.line_id) {
                    line.wanted -= refunded.quantity;
                }
            }
            order.refunds.push(refund);
        })?;
        Ok(refund_id)
    }

    /// Cancels an order; what it wants stays readable.
    ///
    /// # Errors
    /// [`Refused`] when there is no such order or it is cancelled already.
    pub fn cancel_order(&mut self, id: u64, reason: &str) -> Result<(), Refused> {
        if self.order(id)?.cancelled_at.is_some() {
            return Err(Refused::Impossible("the order is cancelled already"));
        }
        let now = self.now;
        self.change_order(id, "cancelled", |order| {
            order.cancelled_at = Some(now);
            order.cancel_reason = Some(reason.to_owned());
        })
    }

    /// Writes a note on an order; gives its id. One to the buyer is mailed.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn add_note(&mut self, id: u64, text: &str, to_buyer: bool, author: &str) -> Result<u64, Refused> {
        let note = Note {
            id: self.next_id(),
            at: self.now,
            text: text.to_owned(),
            to_buyer,
            author: author.to_owned(),
        };
        let note_id = note.id;
        let missing = Refused::Missing { what: "order", id };
        let order = self.orders.get_mut(&id).ok_or(missing)?;
        order.notes.push(note.clone());
        self.happened(Event::NoteAdded { order_id: id, note });
        if to_buyer {
            self.mail_buyer(id, "A note has been added to your order")?;
        }
        Ok(note_id)
    }

    /// Throws an order into the bin.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn bin_order(&mut self, id: u64) -> Result<(), Refused> {
        let missing = Refused::Missing { what: "order", id };
        let order = self.orders.get_mut(&id).ok_or(missing)?;
        order.binned = Some((self.now, order.status.clone()));
        self.happened(Event::OrderDeleted { order_id: id });
        Ok(())
    }

    /// Writes down that the platform mails the buyer.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn mail_buyer(&mut self, id: u64, subject: &str) -> Result<(), Refused> {
        let to = self.order(id)?.email.clone();
        self.happened(Event::BuyerMailed {
            order_id: id,
            to,
            subject: subject.to_owned(),
        });
        Ok(())
    }

    /// A line as it stands in an order: a copy of what the variant is now.
    ///
    /// # Errors
    /// [`Refused::Missing`] for an unknown variant.
    pub fn made_line(&mut self, new: NewLine) -> Result<Line, Refused> {
        let id = self.next_id();
        let bought = match new.variant_id {
            None => None,
            Some(id) => Some(self.variant(id).ok_or(Refused::Missing { what: "variant", id })?),
        };
        let quantity = new.quantity.max(1);
        let chosen = bought.map_or_else(Vec::new, |(product, variant)| {
            let names = product.options.iter().map(|option| option.name.clone());
            let values = variant.values.iter().zip(&product.options);
            let values = values.map(|(value, option)| {
                // What a buyer may choose freely, buyers choose: the first there is.
                let any = || option.values.first().cloned().unwrap_or_default();
                value.clone().unwrap_or_else(any)
            });
            names.zip(values).collect()
        });
        Ok(Line {
            id,
            product_id: bought.map(|(product, _)| product.id),
            variant_id: bought.map(|(_, variant)| variant.id),
            title: match (new.title, bought) {
                (Some(title), _) => title,
                (None, Some((product, _))) => product.title.clone(),
                (None, None) => "Something by hand".to_owned(),
            },
            variant_title: bought.map_or_else(String::new, |(_, variant)| variant.title()),
            chosen,
            sku: new
                .sku
                .or_else(|| bought.and_then(|(_, variant)| variant.sku.clone())),
            ordered: quantity,
            wanted: quantity,
            price: new
                .price
                .unwrap_or_else(|| bought.map_or(0, |(_, variant)| variant.price)),
            properties: new.properties,
            requires_shipping: bought.is_none_or(|(product, _)| !product.digital),
            image_url: bought
                .and_then(|(product, variant)| product.image_of(variant))
                .map(|image| image.url.clone()),
            meta: Vec::new(),
        })
    }
}
