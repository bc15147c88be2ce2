//! The auto-match of a store: shown first, applied when a person wants it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use domain::id::{CustomerId, ProductId, StoreId, StoreProductId, StoreVariantId, VariantId};
use domain::mapping::{Listed, Match, Matcher};
use domain::{AuditAction, MappedHow, MappingState, Permission, ProductUid};

use super::locked::LockedVariant;
use super::{recorded, write};
use crate::access::Viewer;
use crate::catalogue::orderable_definitions;
use crate::storage::{AsConn, StorageError, Tx, sql};
use crate::{Outcome, Portal, stores};

/// Variants connected in one transaction: each takes several statements, and others want to write in between.
const AT_ONCE: usize = 25;

/// What the auto-match makes of a store.
#[derive(Clone, Debug)]
pub struct AutoMatch {
    /// Every variant that is not connected, by title.
    pub rows: Vec<MatchRow>,
}

/// A variant with what the rules make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchRow {
    /// The variant.
    pub variant: StoreVariantId,
    /// The product it belongs to.
    pub product: StoreProductId,
    /// That product's title.
    pub title: String,
    /// What tells the variant from the others.
    pub variant_title: String,
    /// Its stock-keeping unit.
    pub sku: Option<String>,
    /// What the rules say.
    pub outcome: MatchOutcome,
}

/// What the rules make of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchOutcome {
    /// It can be connected.
    Connects {
        /// To this.
        uid: ProductUid,
        /// How many pieces of it: of a pack, as many as another one with its SKU.
        pieces: i64,
        /// By which rule.
        how: MappedHow,
        /// Where its designs come from.
        designs: DesignsFrom,
    },
    /// It is known what it is, but nobody has given a design for it: never applied.
    DesignNeeded {
        /// It is this.
        uid: ProductUid,
        /// By which rule.
        how: MappedHow,
    },
    /// It may be several things, or as many pieces as nobody has said: never applied.
    Ambiguous {
        /// Any of these.
        uids: Vec<ProductUid>,
        /// By which rule.
        how: MappedHow,
    },
    /// No rule says anything.
    Nothing,
}

/// Where the designs of an auto-matched variant come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DesignsFrom {
    /// It is not printed.
    NotNeeded,
    /// From a connected variant: one with its SKU, or a sibling made of the same catalogue product.
    Variant(StoreVariantId),
}

impl AutoMatch {
    /// Variants that can be connected, that need a design, that are ambiguous, and that nothing is known about.
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for row in &self.rows {
            counts[match row.outcome {
                MatchOutcome::Connects { .. } => 0,
                MatchOutcome::DesignNeeded { .. } => 1,
                MatchOutcome::Ambiguous { .. } => 2,
                MatchOutcome::Nothing => 3,
            }] += 1;
        }
        counts
    }
}

/// Which of the matches are connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Apply {
    /// None: the match is only looked at.
    Nothing,
    /// These, as far as they still match.
    Only(BTreeSet<StoreVariantId>),
    /// All that can be.
    All,
}

impl Apply {
    /// Whether a variant is looked at.
    fn concerns(&self, variant: StoreVariantId) -> bool {
        match self {
            Self::Nothing | Self::All => true,
            Self::Only(variants) => variants.contains(&variant),
        }
    }
}

/// Matches the variants of a store that are not connected, and connects those of `apply` that can be. Gives what was,
/// or would be, done; of [`Apply::Only`], for those variants.
///
/// # Errors
/// [`crate::Refusal::NotFound`] outside of the viewer's scope; [`crate::Refusal::Forbidden`] without
/// [`Permission::ConnectProducts`].
pub async fn auto_match(
    portal: &Portal,
    viewer: &Viewer,
    store: StoreId,
    apply: &Apply,
) -> Outcome<AutoMatch> {
    viewer.require(Permission::ConnectProducts)?;
    let mut conn = portal.db.read().await?;
    let store = stores::find_in(&mut conn, &viewer.scope(), store).await?;
    let known = Known::read(&mut conn, store.customer_id).await?;
    let open: Vec<Open> = sql("SELECT v.id, v.product_id, p.title, v.title AS variant_title, v.sku
         FROM store_variants v JOIN store_products p ON p.id = v.product_id
         WHERE v.store_id = $1 AND v.mapping_state = 'not_connected' AND v.gone_at IS NULL AND p.gone_at IS NULL
         ORDER BY p.sort_title, p.id, v.position")
    .bind(store.id)
    .fetch_all(&mut conn)
    .await?;
    drop(conn);
    let wanted = open.into_iter().filter(|open| apply.concerns(open.id));
    let rows: Vec<MatchRow> = wanted.map(|open| known.row(open)).collect();
    if *apply != Apply::Nothing {
        for some in rows.chunks(AT_ONCE) {
            connect(portal, viewer, &known, some).await?;
        }
    }
    Ok(AutoMatch { rows })
}

#[derive(sqlx::FromRow)]
struct Open {
    id: StoreVariantId,
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
struct Known {
    matcher: Matcher,
    made: BTreeMap<ProductUid, (VariantId, ProductId, bool)>,
    by_sku: HashMap<(String, ProductUid), Like>,
    siblings: HashMap<(StoreProductId, ProductId), Like>,
}

impl Known {
    async fn read(conn: &mut impl AsConn, customer: CustomerId) -> Outcome<Self> {
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

    fn row(&self, open: Open) -> MatchRow {
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

/// What a variant is to be connected to.
struct Wanted {
    made: (VariantId, i64),
    how: MappedHow,
    designs: DesignsFrom,
}

impl Wanted {
    /// The variant whose designs it takes.
    const fn template(&self) -> Option<StoreVariantId> {
        match self.designs {
            DesignsFrom::NotNeeded => None,
            DesignsFrom::Variant(template) => Some(template),
        }
    }
}

/// Those of `wanted` that nobody has connected or ignored since they were matched, and whose designs still come from a
/// variant that is connected.
async fn still_open(
    tx: &mut Tx,
    wanted: &HashMap<StoreVariantId, Wanted>,
) -> Result<BTreeSet<StoreVariantId>, StorageError> {
    let mut query = sql("SELECT id, mapping_state FROM store_variants WHERE id IN ");
    query.push_list(
        wanted
            .keys()
            .copied()
            .chain(wanted.values().filter_map(Wanted::template)),
    );
    let states: Vec<(StoreVariantId, MappingState)> = query.fetch_all(tx).await?;
    let states: HashMap<StoreVariantId, MappingState> = states.into_iter().collect();
    let is = |id: StoreVariantId, state| states.get(&id) == Some(&state);
    Ok(wanted
        .iter()
        .filter(|(id, _)| is(**id, MappingState::NotConnected))
        .filter(|(_, wanted)| {
            let template = wanted.template();
            template.is_none_or(|template| is(template, MappingState::Connected))
        })
        .map(|(id, _)| *id)
        .collect())
}

/// Connects those of `rows` that can be and that nobody has decided about meanwhile.
async fn connect(portal: &Portal, viewer: &Viewer, known: &Known, rows: &[MatchRow]) -> Outcome<()> {
    let mut ids: Vec<StoreVariantId> = Vec::new();
    let mut wanted: HashMap<StoreVariantId, Wanted> = HashMap::new();
    for row in rows {
        if let MatchOutcome::Connects {
            uid,
            pieces,
            how,
            designs,
        } = &row.outcome
            && let Some((made, ..)) = known.made.get(uid)
        {
            ids.push(row.variant);
            let (made, how, designs) = ((*made, *pieces), *how, *designs);
            wanted.insert(row.variant, Wanted { made, how, designs });
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    let actor = viewer.into();
    let mut tx = portal.db.begin().await?;
    let mut variants = LockedVariant::load(&mut tx, &viewer.scope(), &ids).await?;
    let open = still_open(&mut tx, &wanted).await?;
    variants.retain(|variant| variant.catalogue_variant_id.is_none() && open.contains(&variant.id));
    for variant in &variants {
        let Some(wanted) = wanted.get(&variant.id) else {
            continue;
        };
        if let Some(template) = wanted.template() {
            write::designs_of(portal, &mut tx, variant, template).await?;
        }
        write::connected(portal, &mut tx, variant.id, wanted.made, wanted.how, &actor).await?;
    }
    write::decided(portal, &mut tx, &variants).await?;
    recorded::record(portal, &mut tx, viewer, AuditAction::ProductsMatched, &variants).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::{ConnectForm, Ignore, disconnect, ignore};
    use crate::orders::testing::{self, shop};
    use crate::store_products::{testing::product, upsert};
    use crate::testing::on_both;

    #[tokio::test]
    async fn what_was_decided_since_the_match_was_shown_stays() {
        on_both(async |portal| {
            let (client, store) = shop(&portal, "Estudio Garabato").await;
            testing::catalogue(&portal).await;
            let products = [
                product(1, "Pen", &["PEN"]),
                product(2, "Cat", &["CAT"]),
                product(3, "Copy", &["CAT"]),
            ];
            let mut tx = portal.db.begin().await.unwrap();
            upsert(&portal, &mut tx, &store, portal.entropy.id(), &products)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            let viewer = Viewer::Client(client);
            let shown = auto_match(&portal, &viewer, store.id, &Apply::Nothing)
                .await
                .unwrap();
            let variant = |title| shown.rows.iter().find(|row| row.title == title).unwrap().variant;
            let design = ConnectForm {
                product_uid: "poster_a4-silk".to_owned(),
                designs: vec![("front".to_owned(), "https://example.com/cat.pdf".to_owned())],
                ..ConnectForm::default()
            };
            crate::mapping::connect(&portal, &viewer, variant("Cat"), &design)
                .await
                .unwrap();
            let mut conn = portal.db.read().await.unwrap();
            let known = Known::read(&mut conn, store.customer_id).await.unwrap();
            drop(conn);
            let rows = auto_match(&portal, &viewer, store.id, &Apply::Nothing)
                .await
                .unwrap();
            assert_eq!(rows.counts()[0], 2, "the pen, and the copy of the cat");
            let pen = Ignore::Variant(variant("Pen"));
            ignore(&portal, &viewer, pen).await.unwrap();
            disconnect(&portal, &viewer, variant("Cat")).await.unwrap();
            connect(&portal, &viewer, &known, &rows.rows).await.unwrap();
            let (connected,): (i64,) =
                sql("SELECT COUNT(*) FROM store_variants WHERE mapping_state = 'connected'")
                    .fetch_one(&mut portal.db.read().await.unwrap())
                    .await
                    .unwrap();
            assert_eq!(connected, 0);
        })
        .await;
    }
}
