//! Products as stores list them.

use serde::{Deserialize, Serialize};

use super::ExternalId;
use crate::word::words;
use crate::{Money, Timestamp};

words! {
    /// Whether buyers can see a product.
    pub enum Listing {
        /// For sale.
        Published = "published", "published";
        /// Not published yet, or hidden.
        Draft = "draft", "draft";
        /// Taken out, expired, in the bin.
        Archived = "archived", "archived";
    }
}

/// A product of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreProduct {
    /// Its id at the store.
    pub external_id: ExternalId,
    /// Its title.
    pub title: String,
    /// Whether buyers can see it.
    pub listing: Listing,
    /// Its page at the store.
    pub url: Option<String>,
    /// A picture of it.
    pub image_url: Option<String>,
    /// When the store changed it last, by the store's own clock.
    pub updated_at: Option<Timestamp>,
    /// What can be bought; at least one.
    pub variants: Vec<StoreVariant>,
}

/// What can be bought of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreVariant {
    /// Its id at the store; that of the product where a product without options has no variants.
    pub external_id: ExternalId,
    /// Its stock-keeping unit: neither unique nor always there.
    pub sku: Option<String>,
    /// What tells it from the others: size A3, paper silk.
    pub options: Vec<VariantOption>,
    /// What it costs.
    pub price: Option<Money>,
    /// A picture of it, when it has one of its own.
    pub image_url: Option<String>,
    /// Whether something is sent; not for downloads and vouchers.
    pub ships: bool,
}

impl StoreVariant {
    /// The values that tell it apart, as `A3 / Silk`; empty for the only one.
    pub fn title(&self) -> String {
        let values: Vec<&str> = self.options.iter().map(|option| option.value.as_str()).collect();
        values.join(" / ")
    }
}

/// One thing that tells a variant from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantOption {
    /// What differs: `Size`.
    pub name: String,
    /// How: `A3`.
    pub value: String,
}
