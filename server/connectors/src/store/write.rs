//! What the portal says back to a store.

use domain::source::{ExternalId, VariantOption};
use domain::{Money, Timestamp};
use serde::{Deserialize, Serialize};

use super::Secret;

/// How far an order is, where the store can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// It is being made.
    InProduction,
    /// It will not be made.
    Cancelled,
    /// Some of it was sent; these lines will not be made, or no more of them.
    RestCancelled,
    /// It arrived.
    Delivered,
}

/// Says how far an order is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressUpdate {
    /// The order at the store.
    pub order: ExternalId,
    /// How far it is.
    pub progress: Progress,
    /// The lines it is about: those that will not be made of an order of which some was sent, else every line of ours.
    pub lines: Vec<ExternalId>,
    /// The shipment that arrived, as [`Written::Done`] named it.
    pub shipment: Option<ExternalId>,
    /// A sentence for people of the shop, in its language.
    pub remark: String,
}

/// Says that something was shipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingShipment {
    /// Our name of the shipment: recognised when it was written already.
    pub key: String,
    /// The order at the store.
    pub order: ExternalId,
    /// What is in it.
    pub items: Vec<ShippedItem>,
    /// Whether nothing of ours remains to be sent after it.
    pub completes_order: bool,
    /// Who carries it.
    pub carrier: String,
    /// The number to follow it by.
    pub tracking_number: Option<String>,
    /// The page to follow it on.
    pub tracking_url: Option<String>,
    /// Parcels that left before it and completed nothing that the store counts: they are told with it.
    pub along: Vec<ParcelTracking>,
    /// A sentence for the buyer, where the store has no better way to say it.
    pub note: String,
    /// When it left.
    pub shipped_at: Timestamp,
    /// The id that the store gave an earlier version of this shipment: it is corrected then, not repeated.
    pub written_as: Option<ExternalId>,
    /// What the store calls the order's other shipments of ours: none of them is this one.
    pub others: Vec<ExternalId>,
    /// What [`StoreConnection::sent`](super::StoreConnection::sent) told before this shipment was written for the first
    /// time: none of it is this one.
    pub sent_before: Vec<ExternalId>,
    /// Whether the platform may mail the buyer.
    pub notify_buyer: bool,
}

impl OutgoingShipment {
    /// Every number to follow it by, those of parcels that are told with it first.
    pub fn numbers(&self) -> Vec<&str> {
        let along = self.along.iter().map(|parcel| parcel.number.as_deref());
        along.chain([self.tracking_number.as_deref()]).flatten().collect()
    }

    /// All of them, for stores that keep one.
    pub fn joined_numbers(&self) -> Option<String> {
        let numbers = self.numbers();
        (!numbers.is_empty()).then(|| numbers.join(", "))
    }
}

/// How a parcel can be followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelTracking {
    /// The number to follow it by.
    pub number: Option<String>,
    /// The page to follow it on.
    pub url: Option<String>,
}

/// Pieces of a line in a shipment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippedItem {
    /// The line at the store.
    pub line: ExternalId,
    /// How many pieces.
    pub quantity: u32,
}

/// What came of writing to a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// The store has it now.
    Done {
        /// What the store calls it, when it has a name for it.
        external_id: Option<ExternalId>,
    },
    /// The store had it already: by an earlier attempt, or done by somebody at the shop.
    AlreadyThere {
        /// What the store calls it.
        external_id: Option<ExternalId>,
    },
    /// The platform has no word for it; nothing was sent.
    NotSupported,
}

/// A product to be created at a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewStoreProduct {
    /// Our name of it: an attempt whose answer was lost is recognised by it.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it says about itself, as plain text.
    pub description: String,
    /// Public addresses of pictures, or none.
    pub images: Vec<String>,
    /// What can be bought.
    pub variants: Vec<NewStoreVariant>,
    /// Whether buyers see it at once.
    pub publish: bool,
}

/// A variant of a product to be created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewStoreVariant {
    /// Its stock-keeping unit.
    pub sku: String,
    /// What tells it from the others; the same names in every variant.
    pub options: Vec<VariantOption>,
    /// What it costs.
    pub price: Money,
}

/// Where a store sends its webhooks.
#[derive(Clone, Debug)]
pub struct WebhookTarget {
    /// The public address, unguessable for each store.
    pub url: String,
    /// What the store signs with, where the portal chooses it.
    pub secret: Secret,
}

/// How a store's webhooks are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookHealth {
    /// Topics that are set up.
    pub active: Vec<String>,
    /// Topics that were missing or switched off and were set up now.
    pub repaired: Vec<String>,
    /// Topics that could not be set up, with the platform's words.
    pub failed: Vec<(String, String)>,
}
