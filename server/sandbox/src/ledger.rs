//! What happened at the stand-ins, in order and never changed: the truth tests compare the portal with.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

use crate::clock::Moment;
use crate::shop::{Note, Order, Platform, Shipment, ShopKey};

/// One line of the ledger.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Counts from 1, without gaps.
    pub sequence: u64,
    /// When it happened.
    pub at: Moment,
    /// The shop it happened in.
    #[serde(flatten)]
    pub shop: ShopKey,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What can happen. In JSON the field `kind` tells which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The shop was filled without anybody being told.
    Stocked {
        /// How many products it then had.
        products: usize,
        /// How many orders it then had.
        orders: usize,
    },
    /// A product was added.
    ProductCreated {
        /// Its id.
        product: u64,
    },
    /// A product was changed.
    ProductUpdated {
        /// Its id.
        product: u64,
    },
    /// A product was deleted.
    ProductDeleted {
        /// Its id.
        product: u64,
    },
    /// A variant was added to a product that was there before.
    VariantCreated {
        /// The product's id.
        product: u64,
        /// The variant's id.
        variant: u64,
    },
    /// A variant was changed.
    VariantUpdated {
        /// The product's id.
        product: u64,
        /// The variant's id.
        variant: u64,
    },
    /// A buyer placed an order.
    OrderPlaced {
        /// The order as it now is.
        order: OrderState,
    },
    /// An order changed.
    OrderChanged {
        /// What was done to it, such as `edited`, `refunded`, `cancelled` or `status`.
        what: &'static str,
        /// The order as it now is.
        order: OrderState,
    },
    /// An order was deleted; in a shop with a bin, thrown into it.
    OrderDeleted {
        /// Its id.
        order_id: u64,
    },
    /// Lines were sent to the buyer.
    Shipped {
        /// The order's id.
        order_id: u64,
        /// The shipment.
        shipment: Shipment,
    },
    /// The tracking or state of a shipment changed.
    ShipmentChanged {
        /// The order's id.
        order_id: u64,
        /// The shipment as it now is.
        shipment: Shipment,
    },
    /// A shipment was taken back.
    ShipmentRemoved {
        /// The order's id.
        order_id: u64,
        /// The shipment's id.
        shipment_id: u64,
    },
    /// A note was written on an order.
    NoteAdded {
        /// The order's id.
        order_id: u64,
        /// The note.
        note: Note,
    },
    /// The platform would have sent the buyer a mail.
    BuyerMailed {
        /// The order's id.
        order_id: u64,
        /// The address, as the platform knows it.
        to: String,
        /// What it was about.
        subject: String,
    },
    /// A webhook subscription was made, changed, disabled or removed.
    SubscriptionChanged {
        /// Its id.
        subscription: u64,
        /// What happened to it.
        what: &'static str,
    },
    /// A request was taken.
    Request {
        /// The platform's operation, such as `orders.list`.
        operation: String,
        /// The method.
        method: String,
        /// The path with its query, credentials removed.
        path: String,
        /// The status answered; `None` when no answer was given.
        status: Option<u16>,
        /// The fault that was injected, if any.
        fault: Option<&'static str>,
        /// Whether what was asked for was done, in so far as the answer tells.
        done: bool,
    },
    /// A webhook was delivered, or was not.
    Delivery {
        /// The subscription's id.
        subscription: u64,
        /// The platform's topic.
        topic: String,
        /// What it was about, by the platform's id.
        resource: String,
        /// The platform's id of the delivery.
        delivery: String,
        /// Counts from 1.
        attempt: u32,
        /// Where it went.
        url: String,
        /// The status answered; `None` when there was no answer.
        status: Option<u16>,
        /// Why there was no answer.
        error: Option<String>,
    },
    /// Something only this platform knows, such as keys issued or a token revoked.
    Other {
        /// What happened.
        what: &'static str,
        /// More about it, without secrets.
        detail: Value,
    },
}

impl Event {
    /// The name it bears in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Stocked { .. } => "stocked",
            Self::ProductCreated { .. } => "product_created",
            Self::ProductUpdated { .. } => "product_updated",
            Self::ProductDeleted { .. } => "product_deleted",
            Self::VariantCreated { .. } => "variant_created",
            Self::VariantUpdated { .. } => "variant_updated",
            Self::OrderPlaced { .. } => "order_placed",
            Self::OrderChanged { .. } => "order_changed",
            Self::OrderDeleted { .. } => "order_deleted",
            Self::Shipped { .. } => "shipped",
            Self::ShipmentChanged { .. } => "shipment_changed",
            Self::ShipmentRemoved { .. } => "shipment_removed",
            Self::NoteAdded { .. } => "note_added",
            Self::BuyerMailed { .. } => "buyer_mailed",
            Self::SubscriptionChanged { .. } => "subscription_changed",
            Self::Request { .. } => "request",
            Self::Delivery { .. } => "delivery",
            Self::Other { .. } => "other",
        }
    }

    /// The order it is about.
    pub fn order_id(&self) -> Option<u64> {
        match self {
            Self::OrderPlaced { order } | Self::OrderChanged { order, .. } => Some(order.id),
            Self::OrderDeleted { order_id }
            | Self::Shipped { order_id, .. }
            | Self::ShipmentChanged { order_id, .. }
            | Self::ShipmentRemoved { order_id, .. }
            | Self::NoteAdded { order_id, .. }
            | Self::BuyerMailed { order_id, .. } => Some(*order_id),
            _ => None,
        }
    }
}

/// What an order was like at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct OrderState {
    /// The platform's id.
    pub id: u64,
    /// The number people use.
    pub number: String,
    /// The platform's own word for its status.
    pub status: String,
    /// Whether it has been paid.
    pub paid: bool,
    /// Whether it has been cancelled.
    pub cancelled: bool,
    /// Its lines.
    pub lines: Vec<LineState>,
}

/// What a line was like at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct LineState {
    /// The platform's id.
    pub id: u64,
    /// The stock-keeping unit.
    pub sku: Option<String>,
    /// How many are wanted, after edits and refunds.
    pub quantity: u32,
    /// How many were sent.
    pub shipped: u32,
}

impl From<&Order> for OrderState {
    fn from(order: &Order) -> Self {
        let lines = order.lines.iter().map(|line| LineState {
            id: line.id,
            sku: line.sku.clone(),
            quantity: line.wanted,
            shipped: order.shipped_quantity(line.id),
        });
        Self {
            id: order.id,
            number: order.number.clone(),
            status: order.status.clone(),
            paid: order.paid_at.is_some(),
            cancelled: order.cancelled_at.is_some(),
            lines: lines.collect(),
        }
    }
}

/// Which entries are wanted; an empty filter wants all.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Filter {
    /// Of this platform.
    pub platform: Option<Platform>,
    /// Of the shop of this name.
    pub shop: Option<String>,
    /// Of this [kind](Event::kind).
    pub kind: Option<String>,
    /// About the order of this id.
    pub order: Option<u64>,
    /// After this sequence number.
    pub after: Option<u64>,
}

impl Filter {
    fn wants(&self, entry: &Entry) -> bool {
        self.platform
            .is_none_or(|platform| platform == entry.shop.platform)
            && self.shop.as_ref().is_none_or(|name| *name == entry.shop.name)
            && self.kind.as_ref().is_none_or(|kind| kind == entry.event.kind())
            && self
                .order
                .is_none_or(|order| entry.event.order_id() == Some(order))
            && self.after.is_none_or(|after| entry.sequence > after)
    }
}

/// How often an operation was asked for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Count {
    /// The shop that was asked.
    #[serde(flatten)]
    pub shop: ShopKey,
    /// The operation.
    pub operation: String,
    /// The status answered; `None` when no answer was given.
    pub status: Option<u16>,
    /// How often.
    pub count: u64,
}

/// The ledger. Cheap to clone: every clone is the same ledger.
#[derive(Clone, Default)]
pub struct Ledger(Arc<Mutex<Vec<Entry>>>);

impl Ledger {
    /// Writes a line.
    pub fn write(&self, at: Moment, shop: &ShopKey, event: Event) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sequence = entries.len() as u64 + 1;
        let shop = shop.clone();
        entries.push(Entry {
            sequence,
            at,
            shop,
            event,
        });
    }

    /// The lines wanted, oldest first.
    pub fn entries(&self, filter: &Filter) -> Vec<Entry> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries
            .iter()
            .filter(|entry| filter.wants(entry))
            .cloned()
            .collect()
    }

    /// How often each operation was asked for, with each result.
    pub fn requests(&self, filter: &Filter) -> Vec<Count> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counts = BTreeMap::new();
        for entry in entries.iter().filter(|entry| filter.wants(entry)) {
            if let Event::Request {
                operation, status, ..
            } = &entry.event
            {
                *counts.entry((&entry.shop, operation, *status)).or_insert(0) += 1;
            }
        }
        let count = |((shop, operation, status), count): ((&ShopKey, &String, Option<u16>), u64)| Count {
            shop: shop.clone(),
            operation: operation.clone(),
            status,
            count,
        };
        counts.into_iter().map(count).collect()
    }
}
