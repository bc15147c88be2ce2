//! Writing down what a store says it sells.

use std::collections::HashMap;

use domain::id::{StoreProductId, StoreVariantId};
use domain::source::{ExternalId, Listing, SourceLine, StoreProduct, StoreVariant};
use domain::{MappingState, fold};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::roll_up;
use crate::Portal;
use crate::mapping::carry_over;
use crate::storage::search::searchable;
use crate::storage::{IntoValue, Sql, StorageError, Tx, Value, sql};
use crate::stores::{Store, lock};

/// Rows of one statement: SQLite takes 32,766 parameters.
const ROWS_AT_ONCE: usize = 1000;
/// What of a product's text is searched, in characters.
const SEARCHED: usize = 1000;

/// What became of some products of a store. Lists that shift give a product twice; it counts once in a sync.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Upserted {
    pub(crate) new: u64,
    pub(crate) changed: u64,
    pub(crate) unchanged: u64,
}

/// Writes products as their store has them now; `sync` is the run that saw them. Mappings stay, also those of variants
/// that come back under new ids. A page of some hundred products is a handful of statements, whatever it holds.
pub(crate) async fn upsert(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    sync: Uuid,
    products: &[StoreProduct],
) -> Result<Upserted, StorageError> {
    lock(tx, store.id).await?;
    // Paging may repeat: what came last is newest.
    let products: HashMap<&str, &StoreProduct> = products
        .iter()
        .map(|product| (product.external_id.as_str(), product))
        .collect();
    let known = known(tx, store, products.keys().copied()).await?;
    let mut result = Upserted::default();
    let (mut same, mut different) = (Vec::new(), Vec::new());
    for (external_id, product) in products {
        let hash = content_hash(product);
        match known.get(external_id) {
            Some(there) if there.is(&hash) => {
                result.unchanged += u64::from(!there.counted_in(sync));
                same.push(there.id);
            }
            Some(there) => {
                result.changed += u64::from(!there.counted_in(sync));
                different.push((there.id, product, hash));
            }
            None => {
                result.new += 1;
                different.push((StoreProductId(portal.entropy.id()), product, hash));
            }
        }
    }
    for ids in same.chunks(ROWS_AT_ONCE) {
        let mut seen = sql("UPDATE store_products SET seen_by = ");
        seen.push_bind(sync)
            .push(" WHERE id IN ")
            .push_list(ids.iter().copied());
        seen.execute(tx).await?;
    }
    for some in different.chunks(ROWS_AT_ONCE) {
        write(portal, tx, store, sync, some).await?;
    }
    Ok(result)
}

#[derive(sqlx::FromRow)]
struct Known {
    id: StoreProductId,
    external_id: String,
    content_hash: Option<Vec<u8>>,
    seen_by: Option<Uuid>,
    gone: bool,
}

impl Known {
    /// Whether this sync has seen it before.
    fn counted_in(&self, sync: Uuid) -> bool {
        self.seen_by == Some(sync)
    }

    /// Whether it says what is known already.
    fn is(&self, hash: &[u8; 32]) -> bool {
        !self.gone && self.content_hash.as_deref() == Some(hash)
    }
}

async fn known<'a>(
    tx: &mut Tx,
    store: &Store,
    external_ids: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Known>, StorageError> {
    let mut query = sql(
        "SELECT id, external_id, content_hash, seen_by, (gone_at IS NOT NULL) AS gone
         FROM store_products WHERE store_id = ",
    );
    query
        .push_bind(store.id)
        .push(" AND external_id IN ")
        .push_list(external_ids);
    let rows: Vec<Known> = query.fetch_all(tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.external_id.clone(), row))
        .collect())
}

/// What tells a change from a repetition: everything but the time, which stores move for stock and views.
fn content_hash(product: &StoreProduct) -> [u8; 32] {
    let product = StoreProduct {
        updated_at: None,
        ..product.clone()
    };
    Sha256::digest(serde_json::to_vec(&product).unwrap_or_default()).into()
}

type Different<'a> = (StoreProductId, &'a StoreProduct, [u8; 32]);

async fn write(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    sync: Uuid,
    products: &[Different<'_>],
) -> Result<(), StorageError> {
    let written = write_products(portal, tx, store, sync, products).await?;
    let mut variants: Vec<(StoreProductId, bool, usize, &StoreVariant)> = Vec::new();
    for (_, product, _) in products {
        let Some((id, ignored)) = written.get(product.external_id.as_str()) else {
            continue;
        };
        let mut seen = std::collections::HashSet::new();
        let different = product
            .variants
            .iter()
            .filter(|variant| seen.insert(&variant.external_id));
        variants.extend(
            different
                .enumerate()
                .map(|(position, variant)| (*id, *ignored, position, variant)),
        );
    }
    let ids: Vec<StoreProductId> = written.values().map(|(id, _)| *id).collect();
    let mut gone = sql("UPDATE store_variants SET gone_at = ");
    gone.push_bind(portal.now())
        .push(" WHERE gone_at IS NULL AND product_id IN ")
        .push_list(ids.iter().copied());
    gone.execute(tx).await?;
    for some in variants.chunks(ROWS_AT_ONCE) {
        write_variants(portal, tx, store, some).await?;
    }
    carry_over(portal, tx, store, &ids).await?;
    roll_up(tx, &ids).await
}

async fn write_products(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    sync: Uuid,
    products: &[Different<'_>],
) -> Result<HashMap<String, (StoreProductId, bool)>, StorageError> {
    let now = portal.now();
    let mut insert = sql("INSERT INTO store_products (id, store_id, customer_id, external_id, title, sort_title, listing,
             url, image_url, source_updated_at, content_hash, search, seen_by, created_at, updated_at) VALUES ");
    for (number, (id, product, hash)) in products.iter().enumerate() {
        push_row(
            &mut insert,
            number,
            [
                value(*id),
                value(store.id),
                value(store.customer_id),
                value(product.external_id.as_str()),
                value(product.title.as_str()),
                value(fold(&product.title)),
                value(product.listing.as_str()),
                value(product.url.as_deref()),
                value(product.image_url.as_deref()),
                value(product.updated_at),
                value(*hash),
                value(search_text(product)),
                value(sync),
                value(now),
                value(now),
            ],
        );
    }
    insert.push(
        " ON CONFLICT (store_id, external_id) DO UPDATE SET title = excluded.title, sort_title = excluded.sort_title,
              listing = excluded.listing, url = excluded.url, image_url = excluded.image_url,
              source_updated_at = excluded.source_updated_at, content_hash = excluded.content_hash,
              search = excluded.search, seen_by = excluded.seen_by, gone_at = NULL, updated_at = excluded.updated_at
          RETURNING external_id, id, ignored",
    );
    let rows: Vec<(String, StoreProductId, bool)> = insert.fetch_all(tx).await?;
    Ok(rows
        .into_iter()
        .map(|(external, id, ignored)| (external, (id, ignored)))
        .collect())
}

async fn write_variants(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    variants: &[(StoreProductId, bool, usize, &StoreVariant)],
) -> Result<(), StorageError> {
    let mut insert = sql(
        "INSERT INTO store_variants (id, product_id, store_id, external_id, position, title, options, sku,
             sku_key, price_minor, currency, image_url, ships, mapping_state) VALUES ",
    );
    for (number, (product, ignored, position, variant)) in variants.iter().enumerate() {
        // What is never sent needs nobody to connect it.
        let state = if *ignored || !variant.ships {
            MappingState::Ignored
        } else {
            MappingState::NotConnected
        };
        let sku = variant
            .sku
            .as_deref()
            .map(str::trim)
            .filter(|sku| !sku.is_empty());
        push_row(
            &mut insert,
            number,
            [
                value(StoreVariantId(portal.entropy.id())),
                value(*product),
                value(store.id),
                value(variant.external_id.as_str()),
                value(i64::try_from(*position).unwrap_or(i64::MAX)),
                value(variant.title()),
                Value::json(&variant.options),
                value(sku),
                value(sku.map(fold)),
                value(variant.price.map(|price| price.minor)),
                value(variant.price.map(|price| price.currency.to_string())),
                value(variant.image_url.as_deref()),
                value(variant.ships),
                value(state.as_str()),
            ],
        );
    }
    if variants.is_empty() {
        return Ok(());
    }
    insert.push(
        " ON CONFLICT (product_id, external_id) DO UPDATE SET position = excluded.position, title = excluded.title,
              options = excluded.options, sku = excluded.sku, sku_key = excluded.sku_key,
              price_minor = excluded.price_minor, currency = excluded.currency, image_url = excluded.image_url,
              ships = excluded.ships, gone_at = NULL",
    );
    insert.execute(tx).await?;
    Ok(())
}

fn value(value: impl IntoValue) -> Value {
    value.into_value()
}

/// Appends the row `number` of `VALUES`.
fn push_row<const N: usize>(insert: &mut Sql, number: usize, values: [Value; N]) {
    if number > 0 {
        insert.push(", ");
    }
    insert.push_list(values);
}

fn search_text(product: &StoreProduct) -> String {
    let mut text = product.title.clone();
    for sku in product
        .variants
        .iter()
        .filter_map(|variant| variant.sku.as_deref())
    {
        text.push(' ');
        text.push_str(sku);
    }
    searchable(&text).chars().take(SEARCHED).collect()
}

/// The variant that a line of an order names. What no sync has seen yet is noted as the order tells it, so that it can
/// be connected at once; nothing for a line that names no product.
pub(crate) async fn known_from_line(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    line: &SourceLine,
) -> Result<Option<StoreVariantId>, StorageError> {
    if let Some(known) = find_variant(tx, store, line).await? {
        return Ok(Some(known));
    }
    let Some(product_id) = &line.product_id else {
        return Ok(None);
    };
    let product = ensure_product(portal, tx, store, product_id, line).await?;
    let id = StoreVariantId(portal.entropy.id());
    let external_id = line.variant_id.as_ref().unwrap_or(product_id);
    let sku = line.sku.as_deref().map(str::trim).filter(|sku| !sku.is_empty());
    sql("INSERT INTO store_variants (id, product_id, store_id, external_id, position, title, options, sku, sku_key,
             ships, mapping_state)
         SELECT $1, $2, $3, $4, (SELECT COUNT(*) FROM store_variants WHERE product_id = $2), $5, $6, $7, $8, $9,
             CASE WHEN p.ignored OR NOT $9 THEN 'ignored' ELSE 'not_connected' END
         FROM store_products p WHERE p.id = $2
         ON CONFLICT (product_id, external_id) DO NOTHING")
    .bind(id)
    .bind(product)
    .bind(store.id)
    .bind(external_id.as_str())
    .bind(line.variant_title.as_str())
    .bind(Value::json(&Vec::<domain::source::VariantOption>::new()))
    .bind(sku)
    .bind(sku.map(fold))
    .bind(line.ships)
    .execute(tx)
    .await?;
    carry_over(portal, tx, store, &[product]).await?;
    roll_up(tx, &[product]).await?;
    find_variant(tx, store, line).await
}

/// The variant a line names: by product and variant, by variant alone, or as the only one its product ever had. Where
/// there were others the line may be of one that the store has deleted.
async fn find_variant(
    tx: &mut Tx,
    store: &Store,
    line: &SourceLine,
) -> Result<Option<StoreVariantId>, StorageError> {
    let variant = line.variant_id.as_ref().map(ExternalId::as_str);
    let mut query = sql(
        "SELECT v.id FROM store_variants v JOIN store_products p ON p.id = v.product_id WHERE v.store_id = ",
    );
    query.push_bind(store.id);
    match (&line.product_id, variant) {
        (Some(product), Some(variant)) => {
            query.push(" AND p.external_id = ").push_bind(product.as_str());
            query.push(" AND v.external_id = ").push_bind(variant);
        }
        (None, Some(variant)) => {
            query.push(" AND v.external_id = ").push_bind(variant);
        }
        (Some(product), None) => {
            query.push(" AND p.external_id = ").push_bind(product.as_str());
            query
                .push(" AND (v.external_id = ")
                .push_bind(product.as_str())
                .push(" OR (SELECT COUNT(*) FROM store_variants ever WHERE ever.product_id = p.id) = 1)");
        }
        (None, None) => return Ok(None),
    }
    query.push(" ORDER BY (v.gone_at IS NOT NULL), v.position LIMIT 1");
    let found: Option<(StoreVariantId,)> = query.fetch_optional(tx).await?;
    Ok(found.map(|(id,)| id))
}

async fn ensure_product(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    external_id: &ExternalId,
    line: &SourceLine,
) -> Result<StoreProductId, StorageError> {
    let insert = "INSERT INTO store_products (id, store_id, customer_id, external_id, title, sort_title, listing, search,
             created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         ON CONFLICT (store_id, external_id) DO UPDATE SET updated_at = store_products.updated_at
         RETURNING id";
    let search = format!("{} {}", line.title, line.sku.as_deref().unwrap_or_default());
    let (id,): (StoreProductId,) = sql(insert)
        .bind(StoreProductId(portal.entropy.id()))
        .bind(store.id)
        .bind(store.customer_id)
        .bind(external_id.as_str())
        .bind(line.title.as_str())
        .bind(fold(&line.title))
        .bind(Listing::Published.as_str())
        .bind(searchable(&search))
        .bind(portal.now())
        .fetch_one(tx)
        .await?;
    Ok(id)
}
