//! Looking a product up.

use std::collections::BTreeMap;

use domain::catalogue::{CatalogueProduct, FileFormat, Length, OptionDef, PrintArea, Size};
use domain::id::{ProductId, VariantId};
use domain::{CatalogueKey, Category, ProductName, ProductUid, Quantity, Timestamp};
use sqlx::types::Json;

use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal, Refusal};

/// A catalogue product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// What it is.
    pub definition: CatalogueProduct,
    /// Its combinations that can be ordered, in the order of its options.
    pub variants: Vec<StoredVariant>,
    /// Since when it cannot be ordered any more.
    pub archived_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// One combination of a product's options.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredVariant {
    /// Its id.
    pub id: VariantId,
    /// What orders name it by.
    pub uid: String,
    /// The key of the chosen value for the key of each option.
    pub option_values: Json<BTreeMap<CatalogueKey, CatalogueKey>>,
}

/// A product's row.
#[derive(sqlx::FromRow)]
pub(super) struct ProductColumns {
    pub(super) id: ProductId,
    uid: ProductUid,
    name_en: ProductName,
    name_es: ProductName,
    category: Category,
    options: Json<Vec<OptionDef>>,
    min_quantity: i64,
    max_quantity: Option<i64>,
    pub(super) archived_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl ProductColumns {
    /// The product with its print areas.
    pub(super) fn definition(self, print_areas: Vec<PrintArea>) -> anyhow::Result<CatalogueProduct> {
        let quantity =
            |number| Quantity::new(number).map_err(|problem| anyhow::anyhow!("stored quantity: {problem}"));
        Ok(CatalogueProduct {
            uid: self.uid,
            name_en: self.name_en,
            name_es: self.name_es,
            category: self.category,
            options: self.options.0,
            print_areas,
            min_quantity: quantity(self.min_quantity)?,
            max_quantity: self.max_quantity.map(quantity).transpose()?,
        })
    }
}

/// What [`ProductColumns`] is read from, up to the condition.
pub(super) const SELECT: &str = "SELECT id, uid, name_en, name_es, category, options, min_quantity, max_quantity, \
     archived_at, created_at, updated_at FROM catalogue_products WHERE ";

/// The product `id`.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub async fn find(portal: &Portal, id: ProductId) -> Outcome<Product> {
    let mut conn = portal.db.read().await?;
    let mut query = sql(SELECT);
    query.push("id = ").push_bind(id);
    let columns = query.fetch_optional(&mut conn).await?.ok_or(Refusal::NotFound)?;
    complete(&mut conn, columns).await
}

/// What the product `id` is.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub(super) async fn stored(conn: &mut impl AsConn, id: ProductId) -> Outcome<CatalogueProduct> {
    let mut query = sql(SELECT);
    query.push("id = ").push_bind(id);
    let columns: ProductColumns = query.fetch_optional(conn).await?.ok_or(Refusal::NotFound)?;
    let print_areas = print_areas(conn, id).await?;
    Ok(columns.definition(print_areas)?)
}

async fn complete(conn: &mut impl AsConn, columns: ProductColumns) -> Outcome<Product> {
    let variants = sql("SELECT id, uid, option_values FROM catalogue_variants
         WHERE product_id = $1 AND retired_at IS NULL ORDER BY position")
    .bind(columns.id)
    .fetch_all(conn)
    .await?;
    let print_areas = print_areas(conn, columns.id).await?;
    Ok(Product {
        id: columns.id,
        variants,
        archived_at: columns.archived_at,
        created_at: columns.created_at,
        updated_at: columns.updated_at,
        definition: columns.definition(print_areas)?,
    })
}

/// A print area's row.
#[derive(sqlx::FromRow)]
pub(super) struct AreaColumns {
    area_key: CatalogueKey,
    name_en: ProductName,
    name_es: ProductName,
    trim_width_um: i64,
    trim_height_um: i64,
    bleed_um: i64,
    min_resolution_dpi: i64,
    page_count: i64,
    formats: String,
}

/// The print areas of a product, in their order.
pub(crate) async fn print_areas(
    conn: &mut impl AsConn,
    product: ProductId,
) -> Result<Vec<PrintArea>, StorageError> {
    let rows: Vec<AreaColumns> = sql(
        "SELECT area_key, name_en, name_es, trim_width_um, trim_height_um, bleed_um,
             min_resolution_dpi, page_count, formats
         FROM print_areas WHERE product_id = $1 ORDER BY position",
    )
    .bind(product)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(PrintArea::from).collect())
}

impl From<AreaColumns> for PrintArea {
    fn from(row: AreaColumns) -> Self {
        Self {
            key: row.area_key,
            name_en: row.name_en,
            name_es: row.name_es,
            trim: Size {
                width: Length::from_um(row.trim_width_um),
                height: Length::from_um(row.trim_height_um),
            },
            bleed: Length::from_um(row.bleed_um),
            min_resolution_dpi: row.min_resolution_dpi,
            page_count: row.page_count,
            formats: row
                .formats
                .split(',')
                .filter_map(|format| format.parse::<FileFormat>().ok())
                .collect(),
        }
    }
}
