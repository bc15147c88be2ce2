//! What can be ordered.

use std::collections::HashMap;

use domain::id::{ProductId, VariantId};
use domain::order::{OrderableProduct, OrderableProducts};
use domain::{CatalogueKey, Language, ProductName, ProductUid, Quantity};

use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal};

#[derive(sqlx::FromRow)]
struct Row {
    variant_id: VariantId,
    product_id: ProductId,
    uid: ProductUid,
    name_en: ProductName,
    name_es: ProductName,
    min_quantity: i64,
    max_quantity: Option<i64>,
    retired: bool,
}

/// Everything in the catalogue, also what was retired: what forms and imports check product UIDs against. One
/// answer serves a whole form or file.
///
/// # Errors
/// Only unexpected ones.
pub async fn orderable(portal: &Portal) -> Outcome<OrderableProducts> {
    let language = portal.settings.brand.default_language;
    Ok(orderable_in(&mut portal.db.read().await?, language).await?)
}

/// As [`orderable`], on a connection or in a transaction that is open already. Names are in `language`.
///
/// # Errors
/// When the database fails.
pub async fn orderable_in(
    conn: &mut impl AsConn,
    language: Language,
) -> Result<OrderableProducts, StorageError> {
    let areas: Vec<(ProductId, CatalogueKey)> =
        sql("SELECT product_id, area_key FROM print_areas ORDER BY product_id, position")
            .fetch_all(conn)
            .await?;
    let mut areas_of: HashMap<ProductId, Vec<CatalogueKey>> = HashMap::new();
    for (product, area) in areas {
        areas_of.entry(product).or_default().push(area);
    }
    let rows: Vec<Row> = sql(
        "SELECT v.id AS variant_id, p.id AS product_id, v.uid, p.name_en, p.name_es,
             p.min_quantity, p.max_quantity,
             (v.retired_at IS NOT NULL OR p.archived_at IS NOT NULL) AS retired
         FROM catalogue_variants v JOIN catalogue_products p ON p.id = v.product_id",
    )
    .fetch_all(conn)
    .await?;
    let products = rows.into_iter().map(|row| OrderableProduct {
        uid: row.uid,
        variant_id: row.variant_id,
        name: match language {
            Language::En => row.name_en,
            Language::Es => row.name_es,
        },
        min_quantity: Quantity::new(row.min_quantity).unwrap_or(Quantity::MIN),
        max_quantity: row.max_quantity.and_then(|max| Quantity::new(max).ok()),
        print_areas: areas_of.get(&row.product_id).cloned().unwrap_or_default(),
        retired: row.retired,
    });
    Ok(products.collect())
}
