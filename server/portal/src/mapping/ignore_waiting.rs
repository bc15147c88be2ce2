//! Ignoring many products at once.

use std::collections::BTreeSet;

use domain::id::{OrderId, StoreId, StoreProductId, StoreVariantId};
use domain::{Permission, Problem};

use super::ignore::{as_a_whole, decide};
use super::locked::LockedVariant;
use super::waiting::waiting;
use crate::access::Viewer;
use crate::storage::sql;
use crate::stores::LockedStore;
use crate::{Outcome, Portal, Refusal};

/// The most products of one action: those of the largest page.
const MOST: usize = 100;

/// What became of products that were to be ignored together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IgnoredWaiting {
    /// Products ignored.
    pub products: usize,
    /// Orders that waited for them.
    pub orders: usize,
    /// Products that were not reached because something broke before.
    pub left: usize,
}

/// Ignores those of a store's products of which nothing has been decided yet, also their variants to come. Each for
/// itself: one of which somebody has connected something meanwhile stays as it is, and what was ignored before a fault is
/// told.
///
/// # Errors
/// [`Refusal::Conflict`] `nothing-selected` when none of them waits, or `too-many-selected`; [`Refusal::NotFound`]
/// outside of the viewer's scope and for a product of another store; [`Refusal::Forbidden`] without
/// [`Permission::ConnectProducts`].
pub async fn ignore_waiting(
    portal: &Portal,
    viewer: &Viewer,
    store: StoreId,
    products: &[StoreProductId],
) -> Outcome<IgnoredWaiting> {
    viewer.require(Permission::ConnectProducts)?;
    if products.len() > MOST {
        return Err(Refusal::Conflict(
            Problem::new("too-many-selected").with("max", MOST),
        ));
    }
    let (mut ignored, mut orders) = (IgnoredWaiting::default(), BTreeSet::new());
    for (before, product) in products.iter().enumerate() {
        match ignore_one(portal, viewer, store, *product).await {
            Ok(Some(waited)) => {
                ignored.products += 1;
                orders.extend(waited);
            }
            Ok(None) => {}
            Err(Refusal::Unexpected(error)) if ignored.products > 0 => {
                tracing::error!(%product, error = format!("{error:#}"), "the product was not ignored");
                ignored.left = products.len() - before;
                break;
            }
            Err(refusal) => return Err(refusal),
        }
    }
    if ignored.products == 0 {
        return Err(Refusal::conflict("nothing-selected"));
    }
    ignored.orders = orders.len();
    Ok(ignored)
}

/// Gives the orders that waited for the product; none when it does not wait.
async fn ignore_one(
    portal: &Portal,
    viewer: &Viewer,
    store: StoreId,
    product: StoreProductId,
) -> Outcome<Option<BTreeSet<OrderId>>> {
    let scope = viewer.scope();
    let mut tx = portal.db.begin().await?;
    // From here on nobody else decides about the store's products.
    let store = LockedStore::load(&mut tx, &scope, store).await?.id;
    let waits: Option<(bool,)> = sql(
        "SELECT gone_at IS NULL AND mapping_state = 'not_connected' AND connected_count = 0
         FROM store_products WHERE id = $1 AND store_id = $2",
    )
    .bind(product)
    .bind(store)
    .fetch_optional(&mut tx)
    .await?;
    let (waits,) = waits.ok_or(Refusal::NotFound)?;
    let ids: Vec<(StoreVariantId,)> = sql("SELECT id FROM store_variants WHERE product_id = $1")
        .bind(product)
        .fetch_all(&mut tx)
        .await?;
    if !waits || ids.is_empty() {
        return Ok(None);
    }
    let ids: Vec<StoreVariantId> = ids.into_iter().map(|(id,)| id).collect();
    let variants = LockedVariant::load(&mut tx, &scope, &ids).await?;
    let waited = waiting(&mut tx, &scope, &ids).await?;
    as_a_whole(&mut tx, product).await?;
    decide(portal, &mut tx, viewer, &variants).await?;
    tx.commit().await?;
    Ok(Some(waited))
}
