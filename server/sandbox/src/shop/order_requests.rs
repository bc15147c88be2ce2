//! What can be asked of a shop about its orders.

use serde::Deserialize;

use super::types::{Address, Property};

/// An order to place. What is left out is filled with what most buyers do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewOrder {
    /// What is bought.
    pub lines: Vec<NewLine>,
    /// The buyer's address for mail.
    pub email: String,
    /// Who pays.
    pub billing: Option<Address>,
    /// Where it goes.
    pub shipping: Option<Address>,
    /// What the buyer pays in; `None`: the shop's.
    pub currency: Option<String>,
    /// What the buyer chose for delivery.
    pub shipping_title: String,
    /// In minor units.
    pub shipping_price: i64,
    /// Off the sum of the lines, in minor units.
    pub discount: i64,
    /// The code it was given for.
    pub discount_code: Option<String>,
    /// What the buyer wrote.
    pub note: String,
    /// Not paid yet.
    pub unpaid: bool,
    /// Only a test of the shop's payment.
    pub test: bool,
    /// The platform's own word for its status; empty: the platform decides.
    pub status: String,
}

/// A line of an order to place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewLine {
    /// The variant that is bought; `None`: something that is no product of the shop.
    pub variant_id: Option<u64>,
    /// How many; 0 counts as 1.
    pub quantity: u32,
    /// What the buyer entered.
    pub properties: Vec<Property>,
    /// The name; `None`: the product's.
    pub title: Option<String>,
    /// For one, in minor units; `None`: the variant's.
    pub price: Option<i64>,
    /// The stock-keeping unit of something that is no product.
    pub sku: Option<String>,
}

/// A change to an order after it was placed.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// Wants more or fewer of a line; 0 removes it.
    Quantity {
        /// The line.
        line: u64,
        /// How many.
        quantity: u32,
    },
    /// Adds a line.
    AddLine(NewLine),
    /// Sends it elsewhere.
    Shipping(Address),
    /// Changes what the buyer entered for a line; an unknown name is added.
    Property {
        /// The line.
        line: u64,
        /// The name.
        name: String,
        /// The value.
        value: String,
    },
}

/// Money to give back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RefundRequest {
    /// Lines by id and how many of each, which are then not wanted any more.
    pub lines: Vec<(u64, u32)>,
    /// In minor units; `None`: what the lines cost.
    pub amount: Option<i64>,
    /// Why.
    pub reason: String,
}

/// Lines to send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewShipment {
    /// Lines by id and how many of each; empty: all that is left.
    pub lines: Vec<(u64, u32)>,
    /// The carrier's number.
    pub tracking_number: Option<String>,
    /// The carrier.
    pub carrier: Option<String>,
    /// Where to follow it.
    pub tracking_url: Option<String>,
    /// Whether the buyer is mailed.
    pub notify: bool,
}

/// New tracking for a shipment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TrackingChange {
    /// The carrier's number.
    pub tracking_number: Option<String>,
    /// The carrier.
    pub carrier: Option<String>,
    /// Where to follow it.
    pub tracking_url: Option<String>,
    /// Whether the buyer is mailed.
    pub notify: bool,
}

/// What is done to an order at the desk.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum OrderAction {
    /// Changes it.
    Edit(Edit),
    /// Gives money back.
    Refund(RefundRequest),
    /// Cancels it.
    Cancel {
        /// Why.
        #[serde(default)]
        reason: String,
    },
    /// Pays it.
    Pay,
    /// Sends lines, as the owner of the shop would by hand.
    Ship(NewShipment),
    /// A shipment arrives.
    Deliver {
        /// The shipment.
        shipment: u64,
    },
    /// Writes a note.
    Note {
        /// What it says.
        text: String,
        /// Whether the buyer sees it.
        #[serde(default)]
        to_buyer: bool,
    },
    /// Sets the platform's own word for its status.
    Status {
        /// The word.
        status: String,
    },
    /// Saves it without a change, as plugins do.
    Touch,
    /// Throws it into the bin; on a platform without a bin, deletes it.
    Delete,
}
