//! Looking a product of a store up.

use domain::id::{StoreId, StoreProductId, StoreVariantId};

use super::detail::{DesignDetail, StoreProductDetail, StoreVariantDetail};
use super::list::{SELECT, StoreProductKey, StoreProductRow};
use super::push_scope;
use crate::access::Scope;
use crate::storage::{AsConn, StorageError, sql};
use crate::{Outcome, Portal, Refusal};

/// The product `id` with its variants.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none in `scope`.
pub async fn find(portal: &Portal, scope: &Scope, id: StoreProductId) -> Outcome<StoreProductDetail> {
    let mut conn = portal.db.read().await?;
    let mut query = sql(SELECT);
    query.push(" AND store_products.id = ").push_bind(id);
    push_scope(&mut query, scope);
    let product: StoreProductRow = query.fetch_optional(&mut conn).await?.ok_or(Refusal::NotFound)?;
    let (ignored,): (bool,) = sql("SELECT ignored FROM store_products WHERE id = $1")
        .bind(id)
        .fetch_one(&mut conn)
        .await?;
    Ok(StoreProductDetail {
        variants: variants(&mut conn, id).await?,
        product,
        ignored,
    })
}

/// The variant `id` with the product it belongs to.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none in `scope`.
pub async fn find_variant(
    portal: &Portal,
    scope: &Scope,
    id: StoreVariantId,
) -> Outcome<(StoreProductDetail, StoreVariantDetail)> {
    let product: Option<(StoreProductId,)> = sql("SELECT product_id FROM store_variants WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut portal.db.read().await?)
        .await?;
    let (product,) = product.ok_or(Refusal::NotFound)?;
    let detail = find(portal, scope, product).await?;
    let variant = detail.variants.iter().find(|variant| variant.id == id);
    let variant = variant.cloned().ok_or(Refusal::NotFound)?;
    Ok((detail, variant))
}

async fn variants(
    conn: &mut impl AsConn,
    product: StoreProductId,
) -> Result<Vec<StoreVariantDetail>, StorageError> {
    let mut variants: Vec<StoreVariantDetail> = sql(
        "SELECT v.id, v.product_id, v.external_id, v.title, v.options, v.sku, v.price_minor, v.currency, v.image_url,
             v.ships, v.gone_at, v.mapping_state, v.catalogue_variant_id, v.pieces_per_unit,
             p.id AS catalogue_product_id,
             c.uid AS product_uid, p.name_en AS product_name_en, p.name_es AS product_name_es, v.mapped_how,
             v.mapped_by_name, v.mapped_at
         FROM store_variants v
         LEFT JOIN catalogue_variants c ON c.id = v.catalogue_variant_id
         LEFT JOIN catalogue_products p ON p.id = c.product_id
         WHERE v.product_id = $1 ORDER BY (v.gone_at IS NOT NULL), v.position",
    )
    .bind(product)
    .fetch_all(conn)
    .await?;
    let designs: Vec<DesignDetail> = sql(
        "SELECT d.store_variant_id, d.area_key, d.url, d.file_id, f.name AS file_name, f.media_type, f.size, d.state,
             d.reason, d.check_result
         FROM store_variant_designs d
         JOIN store_variants v ON v.id = d.store_variant_id LEFT JOIN files f ON f.id = d.file_id
         WHERE v.product_id = $1 ORDER BY d.area_key",
    )
    .bind(product)
    .fetch_all(conn)
    .await?;
    for design in designs {
        if let Some(variant) = variants
            .iter_mut()
            .find(|variant| variant.id == design.store_variant_id)
        {
            variant.designs.push(design);
        }
    }
    Ok(variants)
}

/// The next product of a store, by title, that has a variant which is not connected: what *Connect and go on* opens.
/// After the last one it begins again.
///
/// # Errors
/// Only unexpected ones.
pub async fn next_not_connected(
    portal: &Portal,
    scope: &Scope,
    store: StoreId,
    after: &StoreProductKey,
) -> Outcome<Option<StoreProductId>> {
    let mut conn = portal.db.read().await?;
    for from in [Some(after), None] {
        let mut query = sql("SELECT store_products.id FROM store_products
             WHERE gone_at IS NULL AND mapping_state = 'not_connected' AND store_products.store_id = ");
        query.push_bind(store);
        push_scope(&mut query, scope);
        if let Some(key) = from {
            query
                .push(" AND (sort_title, id) > (")
                .push_bind(key.sort_title.as_str());
            query.push(", ").push_bind(key.id).push(")");
        }
        query.push(" ORDER BY sort_title, id LIMIT 1");
        let found: Option<(StoreProductId,)> = query.fetch_optional(&mut conn).await?;
        if let Some((id,)) = found.filter(|(id,)| *id != after.id) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
