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

#[derive(sqlx::FromRow)]
struct ProductColumns {
    id: ProductId,
    uid: ProductUid,
    name_en: ProductName,
    name_es: ProductName,
    category: Category,
    options: Json<Vec<OptionDef>>,
    min_quantity: i64,
    max_quantity: Option<i64>,
    archived_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// What [`ProductColumns`] is read from, up to the condition.
const SELECT: &str = "SELECT id, uid, name_en, name_es, category, options, min_quantity, max_quantity, \
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

/// The product with this UID, archived or not: what an import compares a row with.
///
/// # Errors
/// Only unexpected ones.
pub async fn any_by_uid(conn: &mut impl AsConn, uid: &ProductUid) -> Outcome<Option<Product>> {
    let mut query = sql(SELECT);
    query.push("uid = ").push_bind(uid.as_str());
    match query.fetch_optional(conn).await? {
        Some(columns) => complete(conn, columns).await.map(Some),
        None => Ok(None),
    }
}

/// Every product, archived or not, by UID.
pub(super) async fn any_all(conn: &mut impl AsConn) -> Outcome<Vec<Product>> {
    let mut query = sql(SELECT);
    query.push("TRUE ORDER BY uid");
    let rows: Vec<ProductColumns> = query.fetch_all(conn).await?;
    let mut products = Vec::with_capacity(rows.len());
    for columns in rows {
        products.push(complete(conn, columns).await?);
    }
    Ok(products)
}

async fn complete(conn: &mut impl AsConn, columns: ProductColumns) -> Outcome<Product> {
    let variants = sql("SELECT id, uid, option_values FROM catalogue_variants
         WHERE product_id = $1 AND retired_at IS NULL ORDER BY position")
    .bind(columns.id)
    .fetch_all(conn)
    .await?;
    let print_areas = print_areas(conn, columns.id).await?;
    let quantity =
        |number| Quantity::new(number).map_err(|problem| anyhow::anyhow!("stored quantity: {problem}"));
    Ok(Product {
        id: columns.id,
        definition: CatalogueProduct {
            uid: columns.uid,
            name_en: columns.name_en,
            name_es: columns.name_es,
            category: columns.category,
            options: columns.options.0,
            print_areas,
            min_quantity: quantity(columns.min_quantity)?,
            max_quantity: columns.max_quantity.map(quantity).transpose()?,
        },
        variants,
        archived_at: columns.archived_at,
        created_at: columns.created_at,
        updated_at: columns.updated_at,
    })
}

#[derive(sqlx::FromRow)]
struct AreaColumns {
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
