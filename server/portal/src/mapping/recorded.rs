//! What the audit log tells of decisions about a store's products.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{StoreProductId, StoreVariantId};
use domain::{AuditAction, AuditField};

use super::locked::LockedVariant;
use crate::access::Viewer;
use crate::audit::{self, Entry};
use crate::storage::{StorageError, Tx, sql};
use crate::{Actor, Portal};

/// Rows of one statement.
const ROWS_AT_ONCE: usize = 1000;
/// The most variants that an entry names; of more it tells how many there are.
const MOST_NAMED: usize = 20;

/// A variant as it is now.
#[derive(sqlx::FromRow)]
struct Now {
    id: StoreVariantId,
    product_id: StoreProductId,
    product: String,
    title: String,
    uid: Option<String>,
    pieces_per_unit: i64,
}

/// What an entry tells of a product.
#[derive(Default)]
struct Decided {
    title: String,
    variants: Vec<String>,
    before: BTreeSet<String>,
    after: BTreeSet<String>,
}

/// Records `action`, carried out already, with what `variants` were and are made of: an entry for each product.
pub(super) async fn record(
    portal: &Portal,
    tx: &mut Tx,
    viewer: &Viewer,
    action: AuditAction,
    variants: &[LockedVariant],
) -> Result<(), StorageError> {
    let Some(first) = variants.first() else {
        return Ok(());
    };
    let was: BTreeMap<StoreVariantId, &LockedVariant> =
        variants.iter().map(|variant| (variant.id, variant)).collect();
    let mut products: BTreeMap<StoreProductId, Decided> = BTreeMap::new();
    for now in now(tx, variants).await? {
        let decided = products.entry(now.product_id).or_default();
        decided.title = now.product;
        decided.variants.push(now.title);
        let before = was.get(&now.id);
        let before = before.and_then(|was| Some(made_of(was.made_of.as_deref()?, was.pieces_per_unit)));
        decided.before.extend(before);
        decided
            .after
            .extend(now.uid.map(|uid| made_of(&uid, now.pieces_per_unit)));
    }
    let actor = Actor::from(viewer);
    for (product, decided) in products {
        let list = |uids: BTreeSet<String>| uids.into_iter().collect::<Vec<_>>();
        let mut entry = Entry::new(action)
            .of(first.customer_id)
            .about(product, decided.title)
            .changed(AuditField::MadeOf, list(decided.before), list(decided.after));
        let many = i64::try_from(decided.variants.len()).unwrap_or(i64::MAX);
        entry = if decided.variants.len() > MOST_NAMED {
            entry.with(AuditField::Variants, many)
        } else {
            entry.with(AuditField::Variant, decided.variants)
        };
        audit::record(tx, portal, &actor, entry).await?;
    }
    Ok(())
}

/// `postcard_a6`, or of a pack `10 × postcard_a6`.
fn made_of(uid: &str, pieces: i64) -> String {
    if pieces == 1 {
        uid.to_owned()
    } else {
        format!("{pieces} × {uid}")
    }
}

async fn now(tx: &mut Tx, variants: &[LockedVariant]) -> Result<Vec<Now>, StorageError> {
    let mut all = Vec::with_capacity(variants.len());
    for some in variants.chunks(ROWS_AT_ONCE) {
        let mut query = sql(
            "SELECT v.id, v.product_id, p.title AS product, v.title, c.uid, v.pieces_per_unit FROM store_variants v
             JOIN store_products p ON p.id = v.product_id
             LEFT JOIN catalogue_variants c ON c.id = v.catalogue_variant_id WHERE v.id IN ",
        );
        query
            .push_list(some.iter().map(|variant| variant.id))
            .push(" ORDER BY v.position, v.id");
        all.extend(query.fetch_all::<Now>(tx).await?);
    }
    Ok(all)
}
