//! Writing decisions about variants down.

use domain::id::{FileId, StoreProductId, StoreVariantId, VariantId};
use domain::order::{DesignSource, NewDesign};
use domain::{CatalogueKey, FileState, MappedHow, MappingState};

use super::check::CheckStoreDesign;
use super::locked::LockedVariant;
use crate::Portal;
use crate::orders::{Actor, ReconsiderOrders};
use crate::storage::{StorageError, Tx, sql};
use crate::store_products::roll_up;

/// Rows of one statement.
const ROWS_AT_ONCE: usize = 1000;

/// Notes that a variant is made of `pieces` of `made`.
pub(super) async fn connected(
    portal: &Portal,
    tx: &mut Tx,
    variant: StoreVariantId,
    (made, pieces): (VariantId, i64),
    how: MappedHow,
    actor: &Actor,
) -> Result<(), StorageError> {
    sql(
        "UPDATE store_variants SET mapping_state = 'connected', catalogue_variant_id = $2, mapped_how = $3,
             mapped_by = $4, mapped_by_name = $5, mapped_at = $6, pieces_per_unit = $7 WHERE id = $1",
    )
    .bind(variant)
    .bind(made)
    .bind(how.as_str())
    .bind(actor.user)
    .bind(actor.name.as_deref())
    .bind(portal.now())
    .bind(pieces)
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that variants are not connected: ignored, or waiting for a decision.
pub(super) async fn not_connected(
    portal: &Portal,
    tx: &mut Tx,
    variants: &[StoreVariantId],
    state: MappingState,
    actor: &Actor,
) -> Result<(), StorageError> {
    for some in variants.chunks(ROWS_AT_ONCE) {
        let mut designs = sql("DELETE FROM store_variant_designs WHERE store_variant_id IN ");
        designs.push_list(some.iter().copied());
        designs.execute(tx).await?;
        let mut update = sql(
            "UPDATE store_variants SET catalogue_variant_id = NULL, pieces_per_unit = 1, mapped_how = NULL,
                 mapping_state = ",
        );
        update.push_bind(state.as_str());
        update.push(", mapped_by = ").push_bind(actor.user);
        update
            .push(", mapped_by_name = ")
            .push_bind(actor.name.as_deref());
        update.push(", mapped_at = ").push_bind(portal.now());
        update.push(" WHERE id IN ").push_list(some.iter().copied());
        update.execute(tx).await?;
    }
    Ok(())
}

/// Gives a variant designs, and has them checked. Those of other print areas go, unless they are in `kept`.
pub(super) async fn designs(
    portal: &Portal,
    tx: &mut Tx,
    variant: &LockedVariant,
    designs: &[NewDesign],
    kept: &[CatalogueKey],
) -> Result<(), StorageError> {
    let mut others = sql("DELETE FROM store_variant_designs WHERE store_variant_id = ");
    others.push_bind(variant.id);
    if !kept.is_empty() {
        others
            .push(" AND area_key NOT IN ")
            .push_list(kept.iter().map(CatalogueKey::as_str));
    }
    others.execute(tx).await?;
    for design in designs {
        let (url, file) = match &design.source {
            DesignSource::Url(url) => (Some(url.as_str()), None),
            DesignSource::Upload(file) => (None, Some(*file)),
        };
        give(portal, tx, variant, &design.area, url, file).await?;
    }
    Ok(())
}

/// Gives a variant the designs of another one, to be checked for it: sizes of one product may differ.
pub(super) async fn designs_of(
    portal: &Portal,
    tx: &mut Tx,
    variant: &LockedVariant,
    template: StoreVariantId,
) -> Result<(), StorageError> {
    if variant.id == template {
        return Ok(());
    }
    let given: Vec<(CatalogueKey, Option<String>, Option<FileId>)> =
        sql("SELECT area_key, url, file_id FROM store_variant_designs WHERE store_variant_id = $1 ORDER BY area_key")
            .bind(template)
            .fetch_all(tx)
            .await?;
    sql("DELETE FROM store_variant_designs WHERE store_variant_id = $1")
        .bind(variant.id)
        .execute(tx)
        .await?;
    for (area, url, file) in given {
        give(portal, tx, variant, &area, url.as_deref(), file).await?;
    }
    Ok(())
}

/// Gives a variant the design of a print area, and has it checked.
async fn give(
    portal: &Portal,
    tx: &mut Tx,
    variant: &LockedVariant,
    area: &CatalogueKey,
    url: Option<&str>,
    file: Option<FileId>,
) -> Result<(), StorageError> {
    let version = portal.entropy.id();
    sql(
        "INSERT INTO store_variant_designs (store_variant_id, area_key, url, file_id, state, version)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(variant.id)
    .bind(area.as_str())
    .bind(url)
    .bind(file)
    .bind(FileState::Waiting.as_str())
    .bind(version)
    .execute(tx)
    .await?;
    CheckStoreDesign { version }.enqueue(portal, tx, variant).await
}

/// What follows any decision: products are counted again, and orders that waited go on.
pub(super) async fn decided(
    portal: &Portal,
    tx: &mut Tx,
    variants: &[LockedVariant],
) -> Result<(), StorageError> {
    let Some(first) = variants.first() else {
        return Ok(());
    };
    let mut products: Vec<StoreProductId> = variants.iter().map(|variant| variant.product_id).collect();
    products.sort_unstable();
    products.dedup();
    for some in products.chunks(ROWS_AT_ONCE) {
        roll_up(tx, some).await?;
    }
    let ids: Vec<StoreVariantId> = variants.iter().map(|variant| variant.id).collect();
    for some in ids.chunks(ROWS_AT_ONCE) {
        let (store, customer) = (first.store_id, first.customer_id);
        ReconsiderOrders::of_variants(portal, tx, store, customer, some.to_vec()).await?;
    }
    Ok(())
}

/// Takes back that products are ignored as a whole: one of their variants is made here.
pub(super) async fn no_longer_ignored(tx: &mut Tx, variants: &[LockedVariant]) -> Result<(), StorageError> {
    for some in variants.chunks(ROWS_AT_ONCE) {
        let mut update = sql("UPDATE store_products SET ignored = FALSE WHERE ignored AND id IN ");
        update.push_list(some.iter().map(|variant| variant.product_id));
        update.execute(tx).await?;
    }
    Ok(())
}
