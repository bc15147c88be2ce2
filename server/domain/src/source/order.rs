//! Orders as stores hold them.

use serde::{Deserialize, Serialize};

use super::ExternalId;
use crate::{Money, Timestamp};

/// How far the store has an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceOrderState {
    /// Not to be made yet: not paid, held for a check.
    Waiting,
    /// To be made.
    Ready,
    /// Everything was sent, by us or by somebody else.
    Fulfilled,
    /// Cancelled or refunded as a whole, or gone.
    Cancelled,
}

impl SourceOrderState {
    /// Whether there is nothing left to be made.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Fulfilled | Self::Cancelled)
    }
}

/// An order of a store, as it is there now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceOrder {
    /// Its id at the store: with the store, what makes an order one order.
    pub external_id: ExternalId,
    /// What people call it: `#1001`.
    pub number: String,
    /// How far the store has it.
    pub state: SourceOrderState,
    /// Placed to try something out; never produced.
    pub test: bool,
    /// When it was placed, by the store's clock.
    pub placed_at: Timestamp,
    /// When it was changed last, by the store's clock: an older state never replaces a newer one.
    pub updated_at: Timestamp,
    /// What the buyer pays.
    pub total: Option<Money>,
    /// How to reach the buyer.
    pub email: Option<String>,
    /// How to reach the buyer.
    pub phone: Option<String>,
    /// Where it goes; `None` when the store gives no address.
    pub address: Option<SourceAddress>,
    /// The platform keeps the address from this application, as Etsy does with some sellers: it must be typed.
    pub address_withheld: bool,
    /// The name of the shipping method at the store.
    pub shipping_method: Option<String>,
    /// What the buyer remarked.
    pub note: Option<String>,
    /// What is ordered, in the store's order, also what is not printed.
    pub lines: Vec<SourceLine>,
}

/// An address as a store has it. Missing parts are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceAddress {
    /// The person who receives it.
    pub recipient: String,
    /// The company.
    pub company: String,
    /// Street and number.
    pub line1: String,
    /// Floor, door.
    pub line2: String,
    /// City.
    pub city: String,
    /// Province or state: its code where there is one.
    pub region: String,
    /// Postcode.
    pub postcode: String,
    /// Country: its ISO 3166 code.
    pub country: String,
}

/// A line of an order at its store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Its id at the store.
    pub external_id: ExternalId,
    /// The product; `None` when it was deleted or never was one.
    pub product_id: Option<ExternalId>,
    /// The variant, as [`StoreVariant`](super::StoreVariant) names it.
    pub variant_id: Option<ExternalId>,
    /// Its stock-keeping unit at the time.
    pub sku: Option<String>,
    /// The product's title at the time.
    pub title: String,
    /// What told the variant apart: `A3 / Silk`; empty for an only one.
    pub variant_title: String,
    /// Pieces still wanted: edits and refunds are taken off, 0 when nothing is left.
    pub quantity: u32,
    /// How many of them the store knows as sent, by us or by somebody else; 0 where it does not say.
    #[serde(default)]
    pub sent: u32,
    /// Whether the store holds what is left of it, however ready the order's other lines are.
    #[serde(default)]
    pub held: bool,
    /// What one piece costs.
    pub unit_price: Option<Money>,
    /// What the buyer added: a text to print, the address of an uploaded picture.
    pub properties: Vec<LineProperty>,
    /// Whether something is sent; not for downloads and vouchers.
    pub ships: bool,
}

/// Something a buyer, or a plug-in of the shop, added to a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineProperty {
    /// Its name; those that start with `_` are not shown to buyers.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

impl LineProperty {
    /// Whether it may belong on the product: what the buyer sees of it, and every picture. Plug-ins keep books in
    /// properties that start with `_`, which says nothing to a print shop.
    pub fn is_personal(&self) -> bool {
        let value = self.value.trim();
        let is_address = ["http://", "https://"].iter().any(|scheme| {
            value
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        !value.is_empty() && (is_address || !self.name.starts_with('_'))
    }
}
