//! Writing a product's row, variants and print areas.

use std::collections::HashMap;

use domain::catalogue::{CatalogueProduct, FileFormat, Variant};
use domain::id::{PrintAreaId, ProductId, VariantId};
use domain::{FieldProblems, Problem, ProductUid, fold};

use crate::storage::search::searchable;
use crate::storage::{StorageError, Tx, Value, sql};
use crate::{Outcome, Portal, Refusal};

/// Writes a product: its row, new or changed; its variants, of which those that are gone are retired and those that
/// are back are taken out of retirement; its print areas.
pub(super) async fn write(
    portal: &Portal,
    tx: &mut Tx,
    id: ProductId,
    product: &CatalogueProduct,
    new: bool,
) -> Outcome<()> {
    let variants = product
        .variants()
        .map_err(|problem| Refusal::field("options", problem))?;
    write_row(portal, tx, id, product, new)
        .await
        .map_err(|error| uid_taken(error, product))?;
    write_variants(portal, tx, id, &variants)
        .await
        .map_err(|error| uid_taken(error, product))?;
    write_areas(portal, tx, id, product).await?;
    Ok(())
}

async fn write_row(
    portal: &Portal,
    tx: &mut Tx,
    id: ProductId,
    product: &CatalogueProduct,
    new: bool,
) -> Result<(), StorageError> {
    let text = if new {
        "INSERT INTO catalogue_products (id, uid, name_en, name_es, sort_name, category, options, min_quantity,
             max_quantity, search, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)"
    } else {
        "UPDATE catalogue_products SET uid = $2, name_en = $3, name_es = $4, sort_name = $5, category = $6,
             options = $7, min_quantity = $8, max_quantity = $9, search = $10, updated_at = $11
         WHERE id = $1"
    };
    let name = product.name(portal.settings.brand.default_language);
    sql(text)
        .bind(id)
        .bind(product.uid.as_str())
        .bind(product.name_en.as_str())
        .bind(product.name_es.as_str())
        .bind(fold(name.as_str()))
        .bind(product.category.as_str())
        .bind(Value::json(&product.options))
        .bind(product.min_quantity.get())
        .bind(product.max_quantity.map(domain::Quantity::get))
        .bind(search_text(product))
        .bind(portal.now())
        .execute(tx)
        .await?;
    Ok(())
}

/// Everything a product is found by.
fn search_text(product: &CatalogueProduct) -> String {
    searchable(&format!(
        "{} {} {} {}",
        product.uid, product.name_en, product.name_es, product.category
    ))
}

async fn write_variants(
    portal: &Portal,
    tx: &mut Tx,
    product: ProductId,
    variants: &[Variant],
) -> Result<(), StorageError> {
    let kept: Vec<(VariantId, String)> = sql("SELECT id, uid FROM catalogue_variants WHERE product_id = $1")
        .bind(product)
        .fetch_all(tx)
        .await?;
    let mut kept: HashMap<String, VariantId> = kept.into_iter().map(|(id, uid)| (uid, id)).collect();
    for (position, variant) in (0_i64..).zip(variants) {
        if let Some(id) = kept.remove(variant.uid.as_str()) {
            sql("UPDATE catalogue_variants SET option_values = $2, position = $3, retired_at = NULL WHERE id = $1")
                .bind(id)
                .bind(Value::json(&variant.option_values))
                .bind(position)
                .execute(tx)
                .await?;
        } else {
            sql(
                "INSERT INTO catalogue_variants (id, product_id, uid, option_values, position)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(VariantId(portal.entropy.id()))
            .bind(product)
            .bind(variant.uid.as_str())
            .bind(Value::json(&variant.option_values))
            .bind(position)
            .execute(tx)
            .await?;
        }
    }
    if !kept.is_empty() {
        let mut retire =
            sql("UPDATE catalogue_variants SET retired_at = $1 WHERE retired_at IS NULL AND id IN ")
                .bind(portal.now());
        retire.push_list(kept.into_values());
        retire.execute(tx).await?;
    }
    Ok(())
}

/// Print areas are written anew: nothing refers to their rows, lines name them by key.
async fn write_areas(
    portal: &Portal,
    tx: &mut Tx,
    product: ProductId,
    definition: &CatalogueProduct,
) -> Result<(), StorageError> {
    sql("DELETE FROM print_areas WHERE product_id = $1")
        .bind(product)
        .execute(tx)
        .await?;
    for (position, area) in (0_i64..).zip(&definition.print_areas) {
        let formats: Vec<&str> = area.formats.iter().copied().map(FileFormat::as_str).collect();
        sql(
            "INSERT INTO print_areas (id, product_id, position, area_key, name_en, name_es, trim_width_um,
                 trim_height_um, bleed_um, min_resolution_dpi, page_count, formats)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(PrintAreaId(portal.entropy.id()))
        .bind(product)
        .bind(position)
        .bind(area.key.as_str())
        .bind(area.name_en.as_str())
        .bind(area.name_es.as_str())
        .bind(area.trim.width.um())
        .bind(area.trim.height.um())
        .bind(area.bleed.um())
        .bind(area.min_resolution_dpi)
        .bind(area.page_count)
        .bind(formats.join(","))
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// A UID that another product or one of its variants has.
fn uid_taken(error: StorageError, product: &CatalogueProduct) -> Refusal {
    let taken = |uid: &ProductUid| Problem::new("product-uid-taken").with("uid", uid.as_str());
    match error.unique_violation().as_deref() {
        Some("catalogue_products.uid" | "catalogue_variants.uid") => {
            Refusal::Invalid(FieldProblems::of("uid", taken(&product.uid)))
        }
        _ => error.into(),
    }
}
