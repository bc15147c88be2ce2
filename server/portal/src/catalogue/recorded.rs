//! What the audit log tells of changes of the catalogue.

use domain::catalogue::CatalogueProduct;
use domain::id::ProductId;
use domain::{AuditAction, AuditField, Quantity};

use super::find::stored;
use crate::Outcome;
use crate::audit::Entry;
use crate::storage::Tx;

/// What is told of `action`, done to a product that is called by its uid.
pub(super) async fn entry(tx: &mut Tx, action: AuditAction, id: ProductId) -> Outcome<Entry> {
    let product = stored(tx, id).await?;
    Ok(Entry::new(action).about(id, product.uid.as_str()))
}

/// What is told of a product that becomes `now`.
pub(super) async fn edited(tx: &mut Tx, id: ProductId, now: &CatalogueProduct) -> Outcome<Entry> {
    let was = stored(tx, id).await?;
    let text = |text: &dyn std::fmt::Display| text.to_string();
    let options = |product: &CatalogueProduct| -> Vec<String> {
        product.options.iter().map(|option| text(&option.key)).collect()
    };
    let areas = |product: &CatalogueProduct| -> Vec<String> {
        product.print_areas.iter().map(|area| text(&area.key)).collect()
    };
    Ok(Entry::new(AuditAction::CatalogueProductEdited)
        .about(id, now.uid.as_str())
        .changed(AuditField::ProductUid, was.uid.as_str(), now.uid.as_str())
        .changed(AuditField::NameEn, was.name_en.as_str(), now.name_en.as_str())
        .changed(AuditField::NameEs, was.name_es.as_str(), now.name_es.as_str())
        .changed(AuditField::Category, was.category.as_str(), now.category.as_str())
        .changed(
            AuditField::MinQuantity,
            was.min_quantity.get(),
            now.min_quantity.get(),
        )
        .changed(
            AuditField::MaxQuantity,
            was.max_quantity.map(Quantity::get),
            now.max_quantity.map(Quantity::get),
        )
        .changed(AuditField::Options, options(&was), options(now))
        .changed(AuditField::PrintAreas, areas(&was), areas(now)))
}
