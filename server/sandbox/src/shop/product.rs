//! What a shop sells.

use serde::{Deserialize, Serialize};

use super::types::Meta;
use crate::clock::Moment;

/// Whether buyers see a product.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProductStatus {
    /// On sale.
    #[default]
    Published,
    /// Not yet on sale.
    Draft,
    /// No longer on sale, or only for some.
    Archived,
}

/// What a product can be chosen by, such as size.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ProductOption {
    /// Such as `Size`.
    pub name: String,
    /// Such as `A4`, in the shop's order.
    pub values: Vec<String>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Image {
    /// The platform's id.
    pub id: u64,
    /// Where it is.
    pub url: String,
    /// What it shows.
    pub alt: String,
}

/// Something a buyer can put into the basket. A product without options has exactly one.
#[derive(Clone, Debug, Serialize)]
pub struct Variant {
    /// The platform's id.
    pub id: u64,
    /// The stock-keeping unit; shops leave it out or use one twice.
    pub sku: Option<String>,
    /// One value for each option of the product, in their order; `None`: the buyer may choose any.
    pub values: Vec<Option<String>>,
    /// In minor units of the shop's currency.
    pub price: i64,
    /// The picture of this variant, one of the product's.
    pub image_id: Option<u64>,
    /// When it was added.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// What software wrote on it.
    pub meta: Vec<Meta>,
}

impl Variant {
    /// Its values joined, such as `A4 / Gloss`; empty when it has none.
    pub fn title(&self) -> String {
        let values: Vec<&str> = self.values.iter().flatten().map(String::as_str).collect();
        values.join(" / ")
    }
}

/// A product.
#[derive(Clone, Debug, Serialize)]
pub struct Product {
    /// The platform's id.
    pub id: u64,
    /// Its name for people; may hold anything a shop owner types.
    pub title: String,
    /// HTML.
    pub description: String,
    /// Whether buyers see it.
    pub status: ProductStatus,
    /// Whether it is a download and never sent.
    pub digital: bool,
    /// What it can be chosen by; empty: there is one variant.
    pub options: Vec<ProductOption>,
    /// At least one.
    pub variants: Vec<Variant>,
    /// Its pictures, the first is the main one.
    pub images: Vec<Image>,
    /// When it was added.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// Whether it was thrown into the bin, on a platform that has one.
    pub binned: bool,
    /// What software wrote on it.
    pub meta: Vec<Meta>,
}

impl Product {
    /// The picture of this id.
    pub fn image(&self, id: u64) -> Option<&Image> {
        self.images.iter().find(|image| image.id == id)
    }

    /// The picture to show for a variant: its own, else the product's first.
    pub fn image_of(&self, variant: &Variant) -> Option<&Image> {
        let own = variant.image_id.and_then(|id| self.image(id));
        own.or(self.images.first())
    }
}

/// A product to add.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewProduct {
    /// Its name for people.
    pub title: String,
    /// HTML.
    pub description: String,
    /// Whether buyers see it.
    pub status: ProductStatus,
    /// Whether it is a download and never sent.
    pub digital: bool,
    /// What it can be chosen by.
    pub options: Vec<ProductOption>,
    /// What can be bought; none and no options: one of the price 0; none and options: one of every combination.
    pub variants: Vec<NewVariant>,
    /// Where its pictures are.
    pub images: Vec<String>,
}

/// A variant to add.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewVariant {
    /// The stock-keeping unit.
    pub sku: Option<String>,
    /// One value for each option of the product, in their order.
    pub values: Vec<Option<String>>,
    /// In minor units of the shop's currency.
    pub price: i64,
    /// Which of the product's pictures, counted from 0.
    pub image: Option<usize>,
}
