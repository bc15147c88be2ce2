//! The whole catalogue at once, for files.

use std::collections::HashMap;

use domain::catalogue::{CatalogueProduct, PrintArea};
use domain::id::ProductId;

use super::find::{AreaColumns, ProductColumns};
use crate::Outcome;
use crate::storage::{AsConn, sql};

/// A product as files know it: without its variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) id: ProductId,
    pub(super) product: CatalogueProduct,
    pub(super) archived: bool,
}

/// A print area with the product it belongs to.
#[derive(sqlx::FromRow)]
struct OwnedArea {
    product_id: ProductId,
    #[sqlx(flatten)]
    area: AreaColumns,
}

/// Every product, archived or not, by UID.
pub(super) async fn any_definitions(conn: &mut impl AsConn) -> Outcome<Vec<Definition>> {
    let areas: Vec<OwnedArea> = sql("SELECT product_id, area_key, name_en, name_es, trim_width_um,
             trim_height_um, bleed_um, min_resolution_dpi, page_count, formats
         FROM print_areas ORDER BY product_id, position")
    .fetch_all(conn)
    .await?;
    let mut areas_of: HashMap<ProductId, Vec<PrintArea>> = HashMap::new();
    for owned in areas {
        areas_of
            .entry(owned.product_id)
            .or_default()
            .push(owned.area.into());
    }
    let mut query = sql(super::find::SELECT);
    query.push("TRUE ORDER BY uid");
    let products: Vec<ProductColumns> = query.fetch_all(conn).await?;
    products
        .into_iter()
        .map(|columns| {
            let (id, archived) = (columns.id, columns.archived_at.is_some());
            let areas = areas_of.remove(&id).unwrap_or_default();
            Ok(Definition {
                id,
                product: columns.definition(areas)?,
                archived,
            })
        })
        .collect()
}

/// Every product that can be ordered.
pub(crate) async fn orderable_definitions(conn: &mut impl AsConn) -> Outcome<Vec<CatalogueProduct>> {
    let all = any_definitions(conn).await?;
    Ok(all
        .into_iter()
        .filter(|known| !known.archived)
        .map(|known| known.product)
        .collect())
}
