//! What is known about one product of a store.

use domain::id::{FileId, ProductId, StoreProductId, StoreVariantId, VariantId};
use domain::source::VariantOption;
use domain::{CatalogueKey, Currency, FileState, MappedHow, MappingState, Money, ReasonCode, Timestamp};
use sqlx::types::Json;

use super::StoreProductRow;
use crate::files::design::DesignCheck;

/// A product of a store with its variants.
#[derive(Clone, Debug)]
pub struct StoreProductDetail {
    /// The product.
    pub product: StoreProductRow,
    /// Whether a person ignored it as a whole.
    pub ignored: bool,
    /// Its variants in the store's order, those that are gone last.
    pub variants: Vec<StoreVariantDetail>,
}

/// What can be bought of a product.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoreVariantDetail {
    /// The variant.
    pub id: StoreVariantId,
    /// The product it belongs to.
    pub product_id: StoreProductId,
    /// Its id at the store.
    pub external_id: String,
    /// What tells it from the others; empty for the only one.
    pub title: String,
    /// The same, option by option.
    pub options: Json<Vec<VariantOption>>,
    /// Its stock-keeping unit.
    pub sku: Option<String>,
    pub(super) price_minor: Option<i64>,
    pub(super) currency: Option<String>,
    /// A picture of its own.
    pub image_url: Option<String>,
    /// Whether something is sent.
    pub ships: bool,
    /// Since when the store has it no more.
    pub gone_at: Option<Timestamp>,
    /// Whether it is connected.
    pub mapping_state: MappingState,
    /// What it is made of.
    pub catalogue_variant_id: Option<VariantId>,
    /// How many pieces of it: more than one of a pack.
    pub pieces_per_unit: i64,
    /// The catalogue product that belongs to.
    pub catalogue_product_id: Option<ProductId>,
    /// The product UID of what it is made of.
    pub product_uid: Option<String>,
    /// That product's name in English.
    pub product_name_en: Option<String>,
    /// That product's name in Spanish.
    pub product_name_es: Option<String>,
    /// By which rule it was connected.
    pub mapped_how: Option<MappedHow>,
    /// Who connected or ignored it.
    pub mapped_by_name: Option<String>,
    /// When that was.
    pub mapped_at: Option<Timestamp>,
    /// Its designs by print area.
    #[sqlx(skip)]
    pub designs: Vec<DesignDetail>,
}

impl StoreVariantDetail {
    /// Why its first design that cannot be printed cannot.
    pub fn refused_reason(&self) -> Option<ReasonCode> {
        let mut refused = self
            .designs
            .iter()
            .filter(|design| design.state == FileState::Refused);
        refused.next()?.reason
    }

    /// What it costs at the store.
    pub fn price(&self) -> Option<Money> {
        let currency: Currency = self.currency.as_deref()?.parse().ok()?;
        Some(Money {
            minor: self.price_minor?,
            currency,
        })
    }
}

/// The design of one print area of a connected variant.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DesignDetail {
    pub(super) store_variant_id: StoreVariantId,
    /// The print area.
    pub area_key: CatalogueKey,
    /// The address it is fetched from; none for an upload.
    pub url: Option<String>,
    /// The file, once it is here.
    pub file_id: Option<FileId>,
    /// What the file is called.
    pub file_name: Option<String>,
    /// What the file is.
    pub media_type: Option<String>,
    /// How large the file is, in bytes.
    pub size: Option<i64>,
    /// Whether it can be printed.
    pub state: FileState,
    /// Why it cannot.
    pub reason: Option<ReasonCode>,
    /// What was measured.
    pub check_result: Option<Json<DesignCheck>>,
}
