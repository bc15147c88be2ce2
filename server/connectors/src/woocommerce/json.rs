//! What the API gives, as far as the portal reads it. Fields come and go with versions and plug-ins, numbers are text
//! and text is a number: nothing but ids must be there.

use domain::{Currency, Money, Timestamp};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{lenient, moment};

/// An order.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Order {
    pub(super) id: i64,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) number: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) status: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) currency: String,
    #[serde(flatten)]
    pub(super) dates: Dates,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) total: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) customer_note: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) billing: Address,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) shipping: Address,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) line_items: Vec<Line>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) shipping_lines: Vec<ShippingLine>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) refunds: Vec<Value>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) meta_data: Vec<Meta>,
}

/// When something was created and changed. The plain dates are local to the shop; very old versions have no others.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Dates {
    #[serde(default, rename = "date_created", deserialize_with = "lenient::text")]
    created: Option<String>,
    #[serde(default, rename = "date_created_gmt", deserialize_with = "lenient::text")]
    created_gmt: Option<String>,
    #[serde(default, rename = "date_modified", deserialize_with = "lenient::text")]
    modified: Option<String>,
    #[serde(default, rename = "date_modified_gmt", deserialize_with = "lenient::text")]
    modified_gmt: Option<String>,
}

impl Dates {
    pub(super) fn created(&self) -> Option<Timestamp> {
        gmt(self.created_gmt.as_ref()).or_else(|| gmt(self.created.as_ref()))
    }

    pub(super) fn modified(&self) -> Option<Timestamp> {
        gmt(self.modified_gmt.as_ref()).or_else(|| gmt(self.modified.as_ref()))
    }
}

/// Dates have no offset.
fn gmt(date: Option<&String>) -> Option<Timestamp> {
    let date = date?.trim();
    moment::parse(&format!("{}Z", date.trim_end_matches('Z')))
}

/// A date as the API takes it, in GMT.
pub(super) fn date(moment: Timestamp) -> String {
    moment::rfc3339(moment).trim_end_matches('Z').to_owned()
}

/// An address of an order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) first_name: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) last_name: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) company: Option<String>,
    #[serde(rename = "address_1", deserialize_with = "lenient::text")]
    pub(super) line1: Option<String>,
    #[serde(rename = "address_2", deserialize_with = "lenient::text")]
    pub(super) line2: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) city: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) state: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) postcode: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) country: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) email: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) phone: Option<String>,
}

/// A line of an order, or of a refund with the opposite sign.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Line {
    pub(super) id: i64,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) parent_name: Option<String>,
    #[serde(default, deserialize_with = "id")]
    pub(super) product_id: Option<i64>,
    #[serde(default, deserialize_with = "id")]
    pub(super) variation_id: Option<i64>,
    #[serde(default, deserialize_with = "quantity")]
    pub(super) quantity: i64,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) sku: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) price: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) meta_data: Vec<Meta>,
}

/// Something that the shop or a plug-in keeps with an order or a line. Keys repeat.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Meta {
    #[serde(deserialize_with = "lenient::or_default")]
    pub(super) key: String,
    pub(super) value: Value,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) display_key: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) display_value: Option<String>,
}

/// How an order is sent.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ShippingLine {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) method_title: Option<String>,
}

/// A refund of an order.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Refund {
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) line_items: Vec<Line>,
}

/// A product, or a variation of one.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Product {
    pub(super) id: i64,
    #[serde(default, deserialize_with = "id")]
    pub(super) parent_id: Option<i64>,
    #[serde(default, rename = "type", deserialize_with = "lenient::or_default")]
    pub(super) kind: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) status: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) permalink: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) sku: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) price: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) regular_price: Option<String>,
    #[serde(default, rename = "virtual", deserialize_with = "lenient::or_default")]
    pub(super) is_virtual: bool,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) images: Vec<Image>,
    #[serde(default, deserialize_with = "image")]
    pub(super) image: Option<Image>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) attributes: Vec<Attribute>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) variations: Vec<i64>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) meta_data: Vec<Meta>,
    #[serde(flatten)]
    pub(super) dates: Dates,
}

/// A picture.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Image {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) src: Option<String>,
}

/// What tells a variation apart. *Any* value is none at all.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Attribute {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) option: Option<String>,
}

/// Zero is WooCommerce's way to say none.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(lenient::integer(deserializer)?.filter(|id| *id != 0))
}

/// Plug-ins sell by the metre: what is broken is cut off.
fn quantity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = lenient::text(deserializer)?.unwrap_or_default();
    let whole = text.trim().split('.').next().unwrap_or_default();
    Ok(whole.parse().unwrap_or_default())
}

/// None is null, false or an empty list, depending on the version.
fn image<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Image>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}

/// An amount, where there is one and its currency is known.
pub(super) fn money(amount: Option<&String>, currency: Option<Currency>) -> Option<Money> {
    Money::parse(amount?, currency?).ok()
}
