//! What a shop is made of beside its products.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::clock::Moment;

/// Something software wrote on a product, an order or a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Meta {
    /// The platform's id.
    pub id: u64,
    /// Its name; may be there twice.
    pub key: String,
    /// Anything.
    pub value: Value,
}

/// What a buyer entered for a line, such as the text to print or the file to use.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Property {
    /// Its name; may be there twice.
    pub name: String,
    /// Mostly text; some apps write more.
    pub value: Value,
}

/// Where something is sent, or who pays.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Address {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Company.
    pub company: String,
    /// Street and number.
    pub line1: String,
    /// More of it.
    pub line2: String,
    /// City.
    pub city: String,
    /// State or province, as a code where the country has codes.
    pub region: String,
    /// Postcode.
    pub postcode: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Telephone.
    pub phone: String,
}

impl Address {
    /// Both names.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }
}

/// A line of an order.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The platform's id.
    pub id: u64,
    /// The product; `None` when it was deleted or never was one.
    pub product_id: Option<u64>,
    /// The variant, likewise.
    pub variant_id: Option<u64>,
    /// The product's name when it was ordered.
    pub title: String,
    /// The variant's values when it was ordered.
    pub variant_title: String,
    /// The options' names and values when it was ordered.
    pub chosen: Vec<(String, String)>,
    /// The stock-keeping unit when it was ordered.
    pub sku: Option<String>,
    /// How many were ordered at first.
    pub ordered: u32,
    /// How many are wanted now, after edits and refunds.
    pub wanted: u32,
    /// For one, in minor units of the order's currency.
    pub price: i64,
    /// What the buyer entered.
    pub properties: Vec<Property>,
    /// Whether it is sent; a download is not.
    pub requires_shipping: bool,
    /// The picture.
    pub image_url: Option<String>,
    /// What software wrote on it.
    pub meta: Vec<Meta>,
}

/// Lines sent together.
#[derive(Clone, Debug, Serialize)]
pub struct Shipment {
    /// The platform's id.
    pub id: u64,
    /// When it was entered.
    pub at: Moment,
    /// Lines by id and how many of each.
    pub lines: Vec<(u64, u32)>,
    /// The carrier's number.
    pub tracking_number: Option<String>,
    /// The carrier, as it was entered.
    pub carrier: Option<String>,
    /// Where to follow it.
    pub tracking_url: Option<String>,
    /// Whether the buyer was mailed about it.
    pub notified: bool,
    /// When it arrived.
    pub delivered_at: Option<Moment>,
    /// When it was taken back.
    pub cancelled_at: Option<Moment>,
}

/// Money given back.
#[derive(Clone, Debug, Serialize)]
pub struct Refund {
    /// The platform's id.
    pub id: u64,
    /// When.
    pub at: Moment,
    /// In minor units of the order's currency.
    pub amount: i64,
    /// Why.
    pub reason: String,
    /// Which lines it is for; may be none.
    pub lines: Vec<Refunded>,
}

/// A line that is refunded.
#[derive(Clone, Debug, Serialize)]
pub struct Refunded {
    /// The platform's id of this entry.
    pub id: u64,
    /// The line of the order.
    pub line_id: u64,
    /// How many of it; 0: money only.
    pub quantity: u32,
    /// In minor units.
    pub amount: i64,
}

/// A note on an order.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    /// The platform's id.
    pub id: u64,
    /// When it was written.
    pub at: Moment,
    /// What it says.
    pub text: String,
    /// Whether the buyer sees it (and was mailed it).
    pub to_buyer: bool,
    /// Who wrote it.
    pub author: String,
}

/// An order.
#[derive(Clone, Debug, Serialize)]
pub struct Order {
    /// The platform's id.
    pub id: u64,
    /// The number people use.
    pub number: String,
    /// The platform's own word for its status, where it keeps one: WooCommerce's `processing`.
    pub status: String,
    /// When it was placed.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// When it was paid.
    pub paid_at: Option<Moment>,
    /// When it was completed, where the platform keeps that.
    pub completed_at: Option<Moment>,
    /// When it was cancelled.
    pub cancelled_at: Option<Moment>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// When it was thrown into the bin, and the status it had.
    pub binned: Option<(Moment, String)>,
    /// Whether it is only a test of the shop's payment.
    pub test: bool,
    /// What the buyer pays in, ISO 4217.
    pub currency: String,
    /// The buyer's address for mail.
    pub email: String,
    /// Who pays.
    pub billing: Option<Address>,
    /// Where it goes; `None` when it is not known, or all is downloads.
    pub shipping: Option<Address>,
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
    /// What was ordered.
    pub lines: Vec<Line>,
    /// What was sent.
    pub shipments: Vec<Shipment>,
    /// What was given back.
    pub refunds: Vec<Refund>,
    /// What was written on it.
    pub notes: Vec<Note>,
    /// Tags of the shop owner.
    pub tags: Vec<String>,
    /// What software wrote on it.
    pub meta: Vec<Meta>,
    /// What only the platform knows, such as a hold or progress reported.
    pub extra: Map<String, Value>,
}

impl Order {
    /// The line of this id.
    pub fn line(&self, id: u64) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// How many of a line were sent and not taken back.
    pub fn shipped_quantity(&self, line_id: u64) -> u32 {
        self.shipments
            .iter()
            .filter(|shipment| shipment.cancelled_at.is_none())
            .flat_map(|shipment| &shipment.lines)
            .filter(|(id, _)| *id == line_id)
            .map(|(_, quantity)| quantity)
            .sum()
    }

    /// Lines that still have to be sent, and how many of each.
    pub fn unshipped(&self) -> Vec<(u64, u32)> {
        self.lines
            .iter()
            .filter(|line| line.requires_shipping)
            .map(|line| {
                (
                    line.id,
                    line.wanted.saturating_sub(self.shipped_quantity(line.id)),
                )
            })
            .filter(|(_, quantity)| *quantity > 0)
            .collect()
    }

    /// How many of a line the money was given back for.
    pub fn refunded_quantity(&self, line_id: u64) -> u32 {
        let refunded = self.refunds.iter().flat_map(|refund| &refund.lines);
        let of_the_line = refunded.filter(|refunded| refunded.line_id == line_id);
        of_the_line.map(|refunded| refunded.quantity).sum()
    }

    /// How many of a line are charged: after edits, before refunds.
    pub fn charged_quantity(&self, line: &Line) -> u32 {
        line.wanted + self.refunded_quantity(line.id)
    }

    /// What the lines cost, in minor units, before the discount and refunds.
    pub fn subtotal(&self) -> i64 {
        let cost = |line: &Line| line.price * i64::from(self.charged_quantity(line));
        self.lines.iter().map(cost).sum()
    }

    /// What the buyer pays, in minor units.
    pub fn total(&self) -> i64 {
        self.subtotal() - self.discount + self.shipping_price
    }

    /// What was given back, in minor units.
    pub fn refunded(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }
}

/// Whether a webhook subscription delivers.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SubscriptionStatus {
    /// It delivers.
    Active,
    /// Its owner paused it.
    Paused,
    /// The platform switched it off after failures.
    Disabled,
}

/// A webhook subscription.
#[derive(Clone, Debug, Serialize)]
pub struct Subscription {
    /// The platform's id.
    pub id: u64,
    /// Its name, where the platform keeps one.
    pub name: String,
    /// The platform's word for what it tells.
    pub topic: String,
    /// Where it delivers.
    pub url: String,
    /// What its deliveries are signed with, where every subscription has its own.
    #[serde(skip)]
    pub secret: String,
    /// Whether it delivers.
    pub status: SubscriptionStatus,
    /// Failures in a row.
    pub failures: u32,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// What only the platform knows.
    pub extra: Map<String, Value>,
}
