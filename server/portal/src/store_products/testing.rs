//! Products of stores for tests.

use domain::Money;
use domain::source::{ExternalId, Listing, StoreProduct, StoreVariant, VariantOption};

/// A product with a variant for each SKU.
pub(crate) fn product(number: usize, title: &str, skus: &[&str]) -> StoreProduct {
    let price = Money::parse("19.90", "EUR".parse().unwrap()).ok();
    let variants = skus.iter().enumerate().map(|(place, sku)| StoreVariant {
        external_id: ExternalId::new(format!("{number}-{place}")),
        sku: Some((*sku).to_owned()),
        options: vec![VariantOption {
            name: "Size".to_owned(),
            value: format!("A{place}"),
        }],
        price,
        image_url: None,
        ships: true,
    });
    StoreProduct {
        external_id: ExternalId::new(number.to_string()),
        title: title.to_owned(),
        listing: Listing::Published,
        url: None,
        image_url: None,
        updated_at: None,
        variants: variants.collect(),
    }
}
