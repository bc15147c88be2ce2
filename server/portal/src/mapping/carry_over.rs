//! What was decided about variants that come back under new ids: Etsy gives every variant of a listing a new id
//! whenever its seller changes anything about them.

use std::collections::HashMap;

use domain::Timestamp;
use domain::id::{StoreProductId, StoreVariantId};

use super::locked::LockedVariant;
use super::write;
use crate::Portal;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::Store;

/// A variant of a product.
#[derive(Debug, sqlx::FromRow)]
struct Variant {
    id: StoreVariantId,
    product_id: StoreProductId,
    sku_key: Option<String>,
    title: String,
    gone_at: Option<Timestamp>,
    decided: bool,
}

/// Decides about new variants of `products` as it was decided about those in whose place they came: by the SKU, else by
/// the options. Orders that waited go on. The caller holds the store.
pub(crate) async fn carry_over(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    products: &[StoreProductId],
) -> Result<(), StorageError> {
    let mut carried = Vec::new();
    for variants in of_changed(tx, products).await?.values() {
        for (new, former) in pairs(variants) {
            sql("UPDATE store_variants SET mapping_state = former.mapping_state,
                     catalogue_variant_id = former.catalogue_variant_id,
                     pieces_per_unit = former.pieces_per_unit, mapped_how = former.mapped_how,
                     mapped_by = former.mapped_by, mapped_by_name = former.mapped_by_name,
                     mapped_at = former.mapped_at
                 FROM store_variants former WHERE store_variants.id = $1 AND former.id = $2")
            .bind(new.id)
            .bind(former.id)
            .execute(tx)
            .await?;
            let variant = LockedVariant {
                id: new.id,
                product_id: new.product_id,
                store_id: store.id,
                customer_id: store.customer_id,
                catalogue_variant_id: None,
                catalogue_product_id: None,
                made_of: None,
                pieces_per_unit: 1,
            };
            write::designs_of(portal, tx, &variant, former.id).await?;
            carried.push(variant);
        }
    }
    write::decided(portal, tx, &carried).await
}

/// The variants of those of `products` that have new ones about which nobody decided, and others with a decision.
async fn of_changed(
    tx: &mut Tx,
    products: &[StoreProductId],
) -> Result<HashMap<StoreProductId, Vec<Variant>>, StorageError> {
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = sql(
        "SELECT id, product_id, sku_key, title, gone_at, mapping_state <> 'not_connected' AS decided
         FROM store_variants v WHERE (gone_at IS NULL OR mapping_state <> 'not_connected')
         AND (mapping_state <> 'not_connected' OR mapped_at IS NULL)
         AND EXISTS (SELECT 1 FROM store_variants d
             WHERE d.product_id = v.product_id AND d.mapping_state <> 'not_connected')
         AND EXISTS (SELECT 1 FROM store_variants n WHERE n.product_id = v.product_id
             AND n.mapping_state = 'not_connected' AND n.mapped_at IS NULL AND n.gone_at IS NULL)
         AND product_id IN ",
    );
    query
        .push_list(products.iter().copied())
        .push(" ORDER BY product_id, position, id");
    let rows: Vec<Variant> = query.fetch_all(tx).await?;
    let mut found: HashMap<StoreProductId, Vec<Variant>> = HashMap::new();
    for row in rows {
        found.entry(row.product_id).or_default().push(row);
    }
    Ok(found)
}

/// Each new variant with the one in whose place it came.
fn pairs(variants: &[Variant]) -> Vec<(&Variant, &Variant)> {
    let (decided, new): (Vec<&Variant>, Vec<&Variant>) = variants.iter().partition(|variant| variant.decided);
    let with_former = new
        .iter()
        .map(|variant| (*variant, former(variant, &new, &decided)));
    with_former
        .filter_map(|(variant, former)| Some((variant, former?)))
        .collect()
}

/// The variant in whose place `new` came. One SKU may be that of all variants, so that it says nothing: what is not
/// unique is no match.
fn former<'a>(new: &Variant, all_new: &[&Variant], decided: &[&'a Variant]) -> Option<&'a Variant> {
    let same_sku = |one: &Variant, other: &Variant| one.sku_key.is_some() && one.sku_key == other.sku_key;
    let same_options = |one: &Variant, other: &Variant| one.title == other.title;
    // An order may name the new id before the store was read again: then the former one is not known to be gone.
    let same = |one: &Variant, other: &Variant| same_sku(one, other) && same_options(one, other);
    let gone: Vec<&Variant> = decided
        .iter()
        .copied()
        .filter(|variant| variant.gone_at.is_some())
        .collect();
    only(new, all_new, decided, same)
        .or_else(|| only(new, all_new, &gone, same_sku))
        .or_else(|| only(new, all_new, &gone, same_options))
}

/// The one of `decided` that is the `same` as `new`, and as no other new one; of several that went at different times,
/// the last.
fn only<'a>(
    new: &Variant,
    all_new: &[&Variant],
    decided: &[&'a Variant],
    same: impl Fn(&Variant, &Variant) -> bool,
) -> Option<&'a Variant> {
    if all_new.iter().filter(|other| same(new, other)).count() > 1 {
        return None;
    }
    let mut found: Vec<&Variant> = decided
        .iter()
        .copied()
        .filter(|variant| same(new, variant))
        .collect();
    let last = |variant: &Variant| (variant.gone_at.is_none(), variant.gone_at);
    let newest = found.iter().map(|variant| last(variant)).max()?;
    found.retain(|variant| last(variant) == newest);
    match found[..] {
        [one] => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn variant(id: u128, sku: &str, title: &str, gone: Option<i64>) -> Variant {
        Variant {
            id: StoreVariantId(Uuid::from_u128(id)),
            product_id: StoreProductId(Uuid::from_u128(0)),
            sku_key: (!sku.is_empty()).then(|| sku.to_owned()),
            title: title.to_owned(),
            gone_at: gone.map(Timestamp::from_seconds),
            decided: id < 10,
        }
    }

    fn found(variants: &[Variant]) -> Vec<(u128, u128)> {
        let pairs = pairs(variants).into_iter();
        pairs
            .map(|(new, former)| (new.id.0.as_u128(), former.id.0.as_u128()))
            .collect()
    }

    #[test]
    fn variants_are_known_again_by_their_sku_else_by_their_options() {
        let (a3, a4) = ("A3", "A4");
        assert_eq!(
            found(&[
                variant(1, "p-a3", a3, Some(1)),
                variant(2, "p-a4", a4, Some(1)),
                variant(11, "p-a4", "210 mm", None),
                variant(12, "p-new", a3, None),
            ]),
            [(11, 2), (12, 1)]
        );
        // One SKU for all: the options decide, and without them nothing.
        assert_eq!(
            found(&[
                variant(1, "p", a3, Some(1)),
                variant(2, "p", a4, Some(1)),
                variant(11, "p", a3, None),
                variant(12, "p", "A5", None),
            ]),
            [(11, 1)]
        );
        // The last time counts.
        assert_eq!(
            found(&[
                variant(1, "p", a3, Some(1)),
                variant(2, "p", a3, Some(2)),
                variant(11, "p", a3, None),
            ]),
            [(11, 2)]
        );
        // A new size beside one that is still there is no successor of it.
        assert_eq!(
            found(&[variant(1, "p", a3, None), variant(11, "p", a4, None)]),
            []
        );
        assert_eq!(
            found(&[variant(1, "p", a3, None), variant(11, "p", a3, None)]),
            [(11, 1)]
        );
    }
}
