//! What was said about the shipments of an order, kept with it.

use domain::source::ExternalId;
use serde::{Deserialize, Serialize};

use super::super::json::Order;
use crate::store::OutgoingShipment;

/// Under what name orders keep it. Names that begin with `_` are not shown to buyers.
pub(super) const META: &str = "_portal_shipments";

/// A shipment that was told to the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Our name of it.
    pub(super) key: String,
    pub(super) carrier: String,
    pub(super) tracking_number: Option<String>,
    pub(super) tracking_url: Option<String>,
    pub(super) items: Vec<Item>,
    /// What the shop calls it.
    pub(super) id: Option<String>,
}

/// Pieces of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) line: ExternalId,
    pub(super) quantity: u32,
}

impl Record {
    pub(super) fn of(shipment: &OutgoingShipment) -> Self {
        Self {
            key: shipment.key.clone(),
            carrier: shipment.carrier.clone(),
            tracking_number: shipment.joined_numbers(),
            tracking_url: shipment.tracking_url.clone(),
            items: shipment
                .items
                .iter()
                .map(|item| Item {
                    line: item.line.clone(),
                    quantity: item.quantity,
                })
                .collect(),
            id: None,
        }
    }

    /// Those that the order keeps; none when somebody broke them.
    pub(super) fn all_of(order: &Order) -> Vec<Self> {
        order
            .meta_data
            .iter()
            .find(|meta| meta.key == META)
            .and_then(|meta| serde_json::from_value(meta.value.clone()).ok())
            .unwrap_or_default()
    }

    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        Self {
            id: None,
            ..self.clone()
        } == Self {
            id: None,
            ..other.clone()
        }
    }
}
