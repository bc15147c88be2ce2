//! What the auto-match goes by: what a customer has connected, and what can be ordered.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use domain::id::{CustomerId, ProductId, StoreProductId, StoreVariantId, VariantId};
use domain::mapping::{Listed, Match, Matcher};
use domain::{MappedHow, ProductUid};

use super::auto_match::{DesignsFrom, MatchOutcome, MatchRow};
use crate::Outcome;
use crate::catalogue::orderable_definitions;
use crate::storage::{AsConn, StorageError, sql};

/// A variant that is not connected.
#[derive(sqlx::FromRow)]
pub(super) struct Open {
    pub(super) id: StoreVariantId,
    product_id: StoreProductId,
    title: String,
    variant_title: String,
    sku: Option<String>,
}

/// A connected variant, whose designs others may share.
#[derive(sqlx::FromRow)]
struct Connected {
    id: StoreVariantId,
    product_id: StoreProductId,
    sku: Option<String>,
    uid: ProductUid,
    catalogue_product_id: ProductId,
    pieces_per_unit: i64,
}

/// What a variant would be like.
#[derive(Clone, Copy)]
struct Like {
    /// The variant whose designs it shares.
    variant: StoreVariantId,
    /// How many pieces it is; none where variants alike are not all as many.
    pieces: Option<i64>,
}

impl Like {
    /// Notes a connected variant under what others are known by to be alike.
    fn note<K: Eq + Hash>(all: &mut HashMap<K, Self>, key: K, connected: &Connected) {
        let like = Self {
            variant: connected.id,
            pieces: Some(connected.pieces_per_unit),
        };
        let known = all.entry(key).or_insert(like);
        *known = Self {
            pieces: known.pieces.filter(|pieces| *pieces == connected.pieces_per_unit),
            ..like
        };
    }
}

/// What is known about a customer's variants and the catalogue.
pub(super) struct Known {
    matcher: Matcher,
    /// What can be ordered, the product it belongs to, and whether it is printed.
    pub(super) made: BTreeMap<ProductUid, (VariantId, ProductId, bool)>,
    by_sku: HashMap<(String, ProductUid), Like>,
    siblings: HashMap<(StoreProductId, ProductId), Like>,
}

impl Known {
    pub(super) async fn read(conn: &mut impl AsConn, customer: CustomerId) -> Outcome<Self> {
        let mut known = Self {
            matcher: Matcher::new(),
            made: made(conn).await?,
            by_sku: HashMap::new(),
            siblings: HashMap::new(),
        };
        for product in orderable_definitions(conn).await? {
            known.matcher.add_product(&product);
        }
        let connected: Vec<Connected> = sql("SELECT v.id, v.product_id, v.sku, c.uid,
                 c.product_id AS catalogue_product_id, v.pieces_per_unit
             FROM store_variants v JOIN store_products p ON p.id = v.product_id
             JOIN catalogue_variants c ON c.id = v.catalogue_variant_id
             WHERE p.customer_id = $1 AND v.mapping_state = 'connected' ORDER BY v.id")
        .bind(customer)
        .fetch_all(conn)
        .await?;
        for variant in connected {
            if let Some(sku) = &variant.sku {
                known.matcher.add_connected(sku, &variant.uid);
                let key = (domain::fold(sku), variant.uid.clone());
                Like::note(&mut known.by_sku, key, &variant);
            }
            let key = (variant.product_id, variant.catalogue_product_id);
            Like::note(&mut known.siblings, key, &variant);
        }
        Ok(known)
    }

    /// What the rules make of a variant.
    pub(super) fn row(&self, open: Open) -> MatchRow {
        let found = self.matcher.find(&Listed {
            sku: open.sku.as_deref(),
            title: &open.title,
            variant_title: &open.variant_title,
        });
        let outcome = match found {
            Match::Nothing => MatchOutcome::Nothing,
            Match::Ambiguous { uids, how } => MatchOutcome::Ambiguous { uids, how },
            Match::Found { uid, how } => self.found(&open, uid, how),
        };
        MatchRow {
            variant: open.id,
            product: open.product_id,
            title: open.title,
            variant_title: open.variant_title,
            sku: open.sku,
            outcome,
        }
    }

    /// What becomes of a variant that is known to be `uid`. One SKU is one pack; a sibling may be a larger or a smaller
    /// one, so that beside packs nothing is connected but by SKU.
    fn found(&self, open: &Open, uid: ProductUid, how: MappedHow) -> MatchOutcome {
        let Some((_, product, printed)) = self.made.get(&uid) else {
            return MatchOutcome::DesignNeeded { uid, how };
        };
        let same_sku = open
            .sku
            .as_deref()
            .map(domain::fold)
            .and_then(|sku| self.by_sku.get(&(sku, uid.clone())));
        let sibling = self.siblings.get(&(open.product_id, *product));
        let pieces = match (same_sku, sibling) {
            (Some(same), _) => same.pieces,
            (None, Some(sibling)) => sibling.pieces.filter(|pieces| *pieces == 1),
            (None, None) => Some(1),
        };
        let Some(pieces) = pieces else {
            let uids = vec![uid];
            return MatchOutcome::Ambiguous { uids, how };
        };
        let designs = match same_sku.or(sibling) {
            _ if !printed => DesignsFrom::NotNeeded,
            Some(like) => DesignsFrom::Variant(like.variant),
            None => return MatchOutcome::DesignNeeded { uid, how },
        };
        MatchOutcome::Connects {
            uid,
            pieces,
            how,
            designs,
        }
    }
}

/// What can be ordered, and whether it is printed.
async fn made(
    conn: &mut impl AsConn,
) -> Result<BTreeMap<ProductUid, (VariantId, ProductId, bool)>, StorageError> {
    let rows: Vec<(ProductUid, VariantId, ProductId, bool)> = sql("SELECT v.uid, v.id, p.id,
             EXISTS (SELECT 1 FROM print_areas a WHERE a.product_id = p.id)
         FROM catalogue_variants v JOIN catalogue_products p ON p.id = v.product_id
         WHERE v.retired_at IS NULL AND p.archived_at IS NULL")
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(uid, variant, product, printed)| (uid, (variant, product, printed)))
        .collect())
}
