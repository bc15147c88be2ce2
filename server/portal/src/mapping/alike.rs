//! Connecting the other variants of a product like one of them.

use std::collections::{BTreeSet, HashMap};

use domain::id::{CustomerId, ProductId, StoreVariantId, VariantId};
use domain::mapping::{self, Values};
use domain::{AuditAction, CatalogueKey, MappedHow, MappingState, Permission};

use super::locked::LockedVariant;
use super::{recorded, write};
use crate::access::Viewer;
use crate::catalogue::Product;
use crate::storage::{Tx, sql};
use crate::store_products::{StoreProductDetail, StoreVariantDetail, push_scope};
use crate::{Outcome, Portal, Refusal};

/// The other variants of a product that wait, with what each would be made of.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// The options by which the variants differ.
    pub told: BTreeSet<CatalogueKey>,
    /// Those that can be connected alike, each with its own values.
    pub connects: Vec<(StoreVariantDetail, Values)>,
    /// Those whose options match nothing of the catalogue product.
    pub left: Vec<StoreVariantDetail>,
}

impl Alike {
    /// What becomes of the variants of `detail` that wait, when `but` is connected to what was `chosen` of `product`.
    /// What is not chosen yet is left open.
    pub fn of(detail: &StoreProductDetail, but: StoreVariantId, product: &Product, chosen: &Values) -> Self {
        let options = &product.definition.options;
        let there = detail.variants.iter().filter(|variant| variant.gone_at.is_none());
        let told = there
            .clone()
            .flat_map(|variant| mapping::named(options, &said(variant)).into_keys());
        let mut alike = Self {
            told: told.collect(),
            ..Self::default()
        };
        let waiting =
            there.filter(|variant| variant.id != but && variant.mapping_state == MappingState::NotConnected);
        for variant in waiting {
            let values = mapping::alike(options, &alike.told, chosen, &said(variant));
            match values.filter(|values| is_made(product, values)) {
                Some(values) => alike.connects.push((variant.clone(), values)),
                None => alike.left.push(variant.clone()),
            }
        }
        alike
    }

    /// What each is made of, once everything is chosen.
    pub fn made(&self, product: &Product) -> Vec<(StoreVariantId, VariantId)> {
        let combination = |values: &Values| {
            let mut made = product.variants.iter();
            made.find(|made| made.option_values.0 == *values)
        };
        let made = self.connects.iter();
        made.filter_map(|(variant, values)| Some((variant.id, combination(values)?.id)))
            .collect()
    }
}

fn said(variant: &StoreVariantDetail) -> Vec<&str> {
    variant
        .options
        .0
        .iter()
        .map(|option| option.value.as_str())
        .collect()
}

/// Whether there is a combination with these values.
fn is_made(product: &Product, values: &Values) -> bool {
    let mut combinations = product.variants.iter();
    combinations.any(|made| {
        let there = &made.option_values.0;
        values
            .iter()
            .all(|(option, value)| there.get(option) == Some(value))
    })
}

/// Connects variants of a store, each to a combination of the catalogue product that another variant of any of the
/// customer's stores is made of, with that one's pieces and designs. A variant that somebody has connected meanwhile
/// stays as it is.
///
/// # Errors
/// [`Refusal::Conflict`] `template-not-connected`; [`Refusal::NotFound`] outside of the viewer's scope, when the
/// variants are of several stores, or for combinations of another product; [`Refusal::Forbidden`] without
/// [`Permission::ConnectProducts`].
pub async fn connect_alike(
    portal: &Portal,
    viewer: &Viewer,
    template: StoreVariantId,
    wanted: &[(StoreVariantId, VariantId)],
) -> Outcome<()> {
    viewer.require(Permission::ConnectProducts)?;
    let mut tx = portal.db.begin().await?;
    let wanted: HashMap<StoreVariantId, VariantId> = wanted.iter().copied().collect();
    let ids: Vec<StoreVariantId> = wanted.keys().copied().collect();
    let mut variants = LockedVariant::load(&mut tx, &viewer.scope(), &ids).await?;
    // Only once the variants are held: somebody may have disconnected the template while we waited for them.
    let template = Template::read(&mut tx, viewer, template).await?;
    let product = template
        .product_id
        .ok_or_else(|| Refusal::conflict("template-not-connected"))?;
    let offered: Vec<(VariantId,)> =
        sql("SELECT id FROM catalogue_variants WHERE product_id = $1 AND retired_at IS NULL")
            .bind(product)
            .fetch_all(&mut tx)
            .await?;
    if !wanted.values().all(|made| offered.contains(&(*made,))) {
        return Err(Refusal::NotFound);
    }
    let others = |variant: &LockedVariant| variant.customer_id != template.customer_id;
    if variants.iter().any(others) {
        return Err(Refusal::NotFound);
    }
    variants.retain(|variant| variant.catalogue_variant_id.is_none());
    let actor = viewer.into();
    for variant in &variants {
        let Some(made) = wanted.get(&variant.id) else {
            continue;
        };
        let (made, how) = ((*made, template.pieces_per_unit), MappedHow::ByPerson);
        write::designs_of(portal, &mut tx, variant, template.id).await?;
        write::connected(portal, &mut tx, variant.id, made, how, &actor).await?;
    }
    write::no_longer_ignored(&mut tx, &variants).await?;
    write::decided(portal, &mut tx, &variants).await?;
    recorded::record(portal, &mut tx, viewer, AuditAction::ProductConnected, &variants).await?;
    Ok(tx.commit().await?)
}

/// The variant that others are connected like. It is only read: its store, which may be another one than that of the
/// variants to be connected, is not held.
#[derive(sqlx::FromRow)]
struct Template {
    id: StoreVariantId,
    customer_id: CustomerId,
    /// What it is made of; none while it is not connected.
    product_id: Option<ProductId>,
    pieces_per_unit: i64,
}

impl Template {
    async fn read(tx: &mut Tx, viewer: &Viewer, id: StoreVariantId) -> Outcome<Self> {
        let mut query = sql(
            "SELECT v.id, store_products.customer_id, c.product_id, v.pieces_per_unit FROM store_variants v
             JOIN store_products ON store_products.id = v.product_id
             LEFT JOIN catalogue_variants c ON c.id = v.catalogue_variant_id WHERE v.id = ",
        );
        query.push_bind(id);
        push_scope(&mut query, &viewer.scope());
        query.fetch_optional(tx).await?.ok_or(Refusal::NotFound)
    }
}
