//! A shop as every platform knows it: products, orders, shipments, webhook subscriptions.
//!
//! It knows no platform's JSON. What happens in it is kept as [`Event`]s until the [`World`](crate::world::World)
//! collects them for the ledger and tells the platform, which then sends its webhooks.

pub mod generate;
mod order_requests;
mod orders;
mod product;
mod products;
mod shipments;
mod types;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::clock::Moment;
use crate::ledger::Event;

pub use order_requests::{Edit, NewLine, NewOrder, NewShipment, OrderAction, RefundRequest, TrackingChange};
pub use product::{Image, NewProduct, NewVariant, Product, ProductOption, ProductStatus, Variant};
pub use products::ProductAction;
pub use types::{
    Address, Line, Meta, Note, Order, Property, Refund, Refunded, Shipment, Subscription, SubscriptionStatus,
};

/// Whose stand-in a shop belongs to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Shopify.
    Shopify,
    /// Etsy.
    Etsy,
    /// WooCommerce.
    WooCommerce,
}

impl Platform {
    /// As it is written in paths and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopify => "shopify",
            Self::Etsy => "etsy",
            Self::WooCommerce => "woocommerce",
        }
    }
}

/// Which shop.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct ShopKey {
    /// Its platform.
    pub platform: Platform,
    /// Its name, as it stands in addresses: small letters, digits and hyphens.
    #[serde(rename = "shop")]
    pub name: String,
}

impl ShopKey {
    /// The shop of this name.
    pub fn new(platform: Platform, name: &str) -> Self {
        let name = name.to_owned();
        Self { platform, name }
    }
}

/// Why a shop does not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is nothing of this id.
    #[error("there is no {what} {id}")]
    Missing {
        /// What was looked for.
        what: &'static str,
        /// Under which id.
        id: u64,
    },
    /// It cannot be done to what there is.
    #[error("{0}")]
    Impossible(&'static str),
}

/// A shop.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Which it is.
    pub key: ShopKey,
    /// Its name for people.
    pub title: String,
    /// ISO 4217.
    pub currency: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// How far its clock is ahead of UTC.
    pub utc_offset_seconds: i32,
    /// Its products by id.
    pub products: BTreeMap<u64, Product>,
    /// Its orders by id; those in the bin too.
    pub orders: BTreeMap<u64, Order>,
    /// Its webhook subscriptions by id.
    pub subscriptions: BTreeMap<u64, Subscription>,
    /// Switches only its platform knows; the desk shows and sets them.
    pub settings: Map<String, Value>,
    /// The platform's own word for an order's status, after this was done to the order (`placed`, `paid`,
    /// `cancelled` …; see [`Shop::change_order`]). Platforms without such a word keep what is there.
    pub status_after: fn(&Order, &str) -> String,
    /// Whether a product counts as changed when one of its variants was.
    pub variants_touch_products: bool,
    /// What it takes for now; the [`World`](crate::world::World) sets it before every change.
    pub now: Moment,
    last_id: u64,
    last_order_number: u64,
    events: Vec<Event>,
}

impl Shop {
    /// An empty shop whose ids follow `last_id` (platforms differ in how large theirs are).
    pub fn new(key: ShopKey, title: &str, currency: &str, last_id: u64, now: Moment) -> Self {
        Self {
            key,
            title: title.to_owned(),
            currency: currency.to_owned(),
            country: "GB".to_owned(),
            utc_offset_seconds: 0,
            products: BTreeMap::new(),
            orders: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            settings: Map::new(),
            status_after: |order, _| order.status.clone(),
            variants_touch_products: true,
            now,
            last_id,
            last_order_number: 1000,
            events: Vec::new(),
        }
    }

    /// An id that was not used before. Products, variants, images, orders and lines share one sequence.
    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// As if so many ids and order numbers had been used before.
    pub fn skip(&mut self, ids: u64, order_numbers: u64) {
        self.last_id += ids;
        self.last_order_number += order_numbers;
    }

    /// Notes what happened, for the ledger and the platform's webhooks.
    pub fn happened(&mut self, event: Event) {
        self.events.push(event);
    }

    /// What happened since this was last asked.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// A product that is not deleted.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn product(&self, id: u64) -> Result<&Product, Refused> {
        let missing = Refused::Missing { what: "product", id };
        self.products.get(&id).ok_or(missing)
    }

    /// An order, also one in the bin.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn order(&self, id: u64) -> Result<&Order, Refused> {
        let missing = Refused::Missing { what: "order", id };
        self.orders.get(&id).ok_or(missing)
    }

    /// The product and the variant of this variant's id.
    pub fn variant(&self, id: u64) -> Option<(&Product, &Variant)> {
        self.products.values().find_map(|product| {
            let variant = product.variants.iter().find(|variant| variant.id == id)?;
            Some((product, variant))
        })
    }

    /// A setting, when it is a switch that is on.
    pub fn is_on(&self, setting: &str) -> bool {
        self.settings
            .get(setting)
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }
}

/// How many digits follow the decimal point in a currency (ISO 4217; those of two are the rule).
pub fn minor_digits(currency: &str) -> u32 {
    match currency {
        "CLP" | "ISK" | "JPY" | "KRW" | "PYG" | "UGX" | "VND" | "XAF" | "XOF" => 0,
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// An amount in minor units as decimal text, such as `12.50`.
pub fn decimal(minor: i64, currency: &str) -> String {
    let digits = minor_digits(currency);
    let unit = 10_u64.pow(digits);
    let sign = if minor < 0 { "-" } else { "" };
    let amount = minor.unsigned_abs();
    if digits == 0 {
        return format!("{sign}{amount}");
    }
    let width = digits as usize;
    format!("{sign}{}.{:0width$}", amount / unit, amount % unit)
}

/// Reads decimal text into minor units; more digits than the currency has are cut off.
pub fn minor_units(text: &str, currency: &str) -> Option<i64> {
    let (negative, text) = match text.trim().strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.trim()),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = minor_digits(currency) as usize;
    if whole.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction = fraction.get(..digits).unwrap_or(fraction);
    let amount: i64 = format!("{whole}{fraction:0<digits$}").parse().ok()?;
    Some(if negative { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_and_read_in_each_currency() {
        for (minor, currency, text) in [
            (1250, "EUR", "12.50"),
            (-5, "GBP", "-0.05"),
            (900, "JPY", "900"),
            (1, "KWD", "0.001"),
        ] {
            assert_eq!(decimal(minor, currency), text);
            assert_eq!(minor_units(text, currency), Some(minor));
        }
        assert_eq!(minor_units("16", "EUR"), Some(1600));
        assert_eq!(minor_units("7.999", "EUR"), Some(799));
        assert_eq!(minor_units("a lot", "EUR"), None);
    }
}
