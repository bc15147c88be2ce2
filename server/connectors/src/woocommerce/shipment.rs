//! Shipments, said to their shop in the best way it knows: a fulfilment, the *Shipment Tracking* plug-in, or a note.
//!
//! What was said is kept with the order, so that saying it again changes nothing.

mod fulfilment;
mod record;
mod tracking_plugin;

use domain::source::{ExternalId, SourceOrder, SourceOrderState};
use serde_json::json;

use super::api::Ask;
use super::connection::Connection;
use super::progress::{gone, is_sent};
use crate::store::{ConnectionError, OutgoingShipment, Result, Written};
use record::{META, Record};

impl Connection {
    pub(super) async fn tell_shipment(&self, shipment: &OutgoingShipment) -> Result<Written> {
        let order = self.raw_order(&shipment.order).await?.ok_or_else(gone)?;
        if order.status == "trash" {
            return Err(gone());
        }
        let mut records = Record::all_of(&order);
        let mut ours = Record::of(shipment);
        let before = records
            .iter()
            .position(|record| record.key == ours.key)
            .map(|place| records.remove(place));
        let already = before.as_ref().is_some_and(|before| before.says_the_same(&ours));
        self.learn_goods(std::slice::from_ref(&order)).await?;
        let number = order.id;
        let Some(order) = self.source_order(order).await? else {
            return Err(gone());
        };
        ours.id = match before {
            Some(before) if already => before.id,
            before => {
                self.say(&order, shipment, before.and_then(|before| before.id))
                    .await?
            }
        };
        let external_id = ours.id.clone().map(ExternalId::new);
        records.push(ours);
        let completes = shipment.completes_order && is_complete(&order, &records);
        if already && !completes {
            return Ok(Written::AlreadyThere { external_id });
        }
        let mut body = json!({ "meta_data": metas(&records) });
        if completes {
            body["status"] = "completed".into();
        }
        self.api
            .send(&Ask::put("orders.shipped", format!("/orders/{number}"), body))
            .await?;
        Ok(Written::Done { external_id })
    }

    /// Says it in the best way the shop knows, and gives the shop's name of it.
    async fn say(
        &self,
        order: &SourceOrder,
        shipment: &OutgoingShipment,
        before: Option<String>,
    ) -> Result<Option<String>> {
        let order = order.external_id.as_str();
        let before = before.or_else(|| shipment.written_as.as_ref().map(ToString::to_string));
        if let Some(id) = self.write_fulfilment(order, shipment, before.as_deref()).await? {
            return Ok(Some(id));
        }
        if self.has_tracking_plugin().await?
            && let Some(id) = self.write_tracking(order, shipment, before.as_deref()).await?
        {
            return Ok(Some(id));
        }
        match self
            .write_note(order, &shipment.note, shipment.notify_buyer, &shipment.others)
            .await?
        {
            Written::Done { external_id } | Written::AlreadyThere { external_id } => {
                Ok(external_id.map(|id| id.to_string()))
            }
            Written::NotSupported => Ok(None),
        }
    }
}

/// Whether everything that is to be sent was sent, ours and that of others, in an order that is still open.
fn is_complete(order: &SourceOrder, records: &[Record]) -> bool {
    let shipped = |line: &ExternalId| -> u32 {
        records
            .iter()
            .flat_map(|record| &record.items)
            .filter(|item| item.line == *line)
            .map(|item| item.quantity)
            .sum()
    };
    matches!(order.state, SourceOrderState::Ready | SourceOrderState::Waiting)
        && order
            .lines
            .iter()
            .filter(is_sent)
            .all(|line| shipped(&line.external_id) >= line.quantity)
}

/// What the order keeps: our records, and what plug-ins and mails of shops read.
fn metas(records: &[Record]) -> serde_json::Value {
    let joined = |of: fn(&Record) -> Option<&str>| -> String {
        let mut parts: Vec<&str> = records.iter().filter_map(of).collect();
        parts.dedup();
        parts.join(", ")
    };
    json!([
        { "key": META, "value": records },
        { "key": "_tracking_number", "value": joined(|record| record.tracking_number.as_deref()) },
        { "key": "_tracking_provider", "value": joined(|record| Some(&record.carrier)) },
        { "key": "_tracking_url", "value": joined(|record| record.tracking_url.as_deref()) },
    ])
}

/// A refusal of what a shop answered after it had taken something.
fn nameless(what: &str) -> ConnectionError {
    ConnectionError::Unreadable(format!("the {what} has no id"))
}

#[cfg(test)]
mod tests;
