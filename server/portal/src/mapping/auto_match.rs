//! The auto-match of a store: shown first, applied when a person wants it.

use std::collections::{BTreeSet, HashMap};

use domain::id::{StoreId, StoreProductId, StoreVariantId, VariantId};
use domain::{AuditAction, MappedHow, MappingState, Permission, ProductUid};

use super::known::{Known, Open};
use super::locked::LockedVariant;
use super::{recorded, write};
use crate::access::Viewer;
use crate::storage::{StorageError, Tx, sql};
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
