//! The list of what stores sell.

use domain::id::{StoreId, StoreProductId, StoreVariantId};
use domain::source::Listing;
use domain::{MappingState, Platform, ReasonCode, Timestamp, fold};

use super::push_scope;
use crate::access::Scope;
use crate::paging::{Slice, Turn};
use crate::storage::search::{Searched, push_contains};
use crate::storage::{AsConn, Sql, StorageError, sql};
use crate::{Outcome, Portal};

/// Which products to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreProductFilter {
    /// Words of the title or an SKU.
    pub search: String,
    /// Of this store.
    pub store: Option<StoreId>,
    /// In this state of mapping.
    pub mapping: Option<MappingState>,
    /// Whether buyers can see it.
    pub listing: Option<Listing>,
    /// Those that the store has no more, instead of those it has.
    pub gone: bool,
    /// Which come first.
    pub sort: StoreProductSort,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoreProductSort {
    /// By title, A first.
    #[default]
    Title,
    /// By title, A last.
    TitleDescending,
    /// Those first that the portal has seen last.
    Newest,
}

/// Where a page of the list begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreProductKey {
    /// The folded title.
    pub sort_title: String,
    /// The product, among those with the same title.
    pub id: StoreProductId,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoreProductRow {
    /// The product.
    pub id: StoreProductId,
    /// The store that sells it.
    pub store_id: StoreId,
    /// That store's name.
    pub store_name: String,
    /// Where that store lives.
    pub platform: Platform,
    /// Its id at the store.
    pub external_id: String,
    /// Its title.
    pub title: String,
    pub(super) sort_title: String,
    /// The SKU of its only variant; several may have one each.
    pub sku: Option<String>,
    /// Whether buyers can see it.
    pub listing: Listing,
    /// Its page at the store.
    pub url: Option<String>,
    /// A picture of it.
    pub image_url: Option<String>,
    /// Whether it is connected.
    pub mapping_state: MappingState,
    /// Its variants.
    pub variant_count: i64,
    /// Those of them that are connected.
    pub connected_count: i64,
    /// The first of them that is not connected.
    pub open_variant: Option<StoreVariantId>,
    /// The first of them with a design that cannot be printed.
    pub refused_variant: Option<StoreVariantId>,
    /// Why that one's cannot.
    pub refused_reason: Option<ReasonCode>,
    /// Since when the store has it no more.
    pub gone_at: Option<Timestamp>,
    /// When it was changed last, as far as the portal knows.
    pub updated_at: Timestamp,
}

impl StoreProductRow {
    /// Whether it waits and nothing of it is connected: what can be ignored among others without undoing anything.
    pub fn only_waits(&self) -> bool {
        self.gone_at.is_none()
            && self.mapping_state == MappingState::NotConnected
            && self.connected_count == 0
    }

    /// What a page that begins after this row, or ends before it, is asked for with.
    pub fn key(&self) -> StoreProductKey {
        StoreProductKey {
            sort_title: self.sort_title.clone(),
            id: self.id,
        }
    }
}

pub(super) const SELECT: &str = "SELECT store_products.id, store_products.store_id, stores.name AS store_name, \
     stores.platform, store_products.external_id, store_products.title, store_products.sort_title, \
     (SELECT v.sku FROM store_variants v WHERE v.product_id = store_products.id \
         AND store_products.variant_count = 1 ORDER BY v.gone_at IS NOT NULL, v.position LIMIT 1) AS sku, \
     store_products.listing, store_products.url, store_products.image_url, store_products.mapping_state, \
     store_products.variant_count, store_products.connected_count, \
     (SELECT v.id FROM store_variants v WHERE v.product_id = store_products.id AND v.gone_at IS NULL \
         AND v.mapping_state = 'not_connected' ORDER BY v.position LIMIT 1) AS open_variant, \
     (SELECT v.id FROM store_variants v JOIN store_variant_designs d ON d.store_variant_id = v.id \
         WHERE v.product_id = store_products.id AND v.gone_at IS NULL AND d.state = 'refused' \
         ORDER BY v.position, d.area_key LIMIT 1) AS refused_variant, \
     (SELECT d.reason FROM store_variants v JOIN store_variant_designs d ON d.store_variant_id = v.id \
         WHERE v.product_id = store_products.id AND v.gone_at IS NULL AND d.state = 'refused' \
         ORDER BY v.position, d.area_key LIMIT 1) AS refused_reason, \
     store_products.gone_at, \
     store_products.updated_at FROM store_products JOIN stores ON stores.id = store_products.store_id WHERE TRUE";

/// Products of `scope`.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(
    portal: &Portal,
    scope: &Scope,
    filter: &StoreProductFilter,
    turn: Turn<StoreProductKey>,
    limit: u32,
) -> Outcome<Slice<StoreProductRow>> {
    let mut conn = portal.db.read().await?;
    let rows = fetch(&mut conn, scope, filter, &turn, i64::from(limit) + 1).await?;
    Ok(Slice::cut(rows, &turn, limit))
}

pub(super) async fn fetch(
    conn: &mut impl AsConn,
    scope: &Scope,
    filter: &StoreProductFilter,
    turn: &Turn<StoreProductKey>,
    limit: i64,
) -> Result<Vec<StoreProductRow>, StorageError> {
    let mut query = sql(SELECT);
    push_scope(&mut query, scope);
    push_filter(&mut query, filter);
    push_contains(&mut query, conn, Searched::StoreProducts, &fold(&filter.search));
    push_turn(&mut query, filter.sort, turn);
    query.push_bind(limit);
    query.fetch_all(conn).await
}

/// Where a page begins that follows or precedes a product: an address names it by its id alone.
///
/// # Errors
/// Only unexpected ones. A product that is not in `scope` is nothing.
pub async fn key_of(portal: &Portal, scope: &Scope, id: StoreProductId) -> Outcome<Option<StoreProductKey>> {
    let mut query = sql("SELECT sort_title FROM store_products WHERE id = ");
    query.push_bind(id);
    push_scope(&mut query, scope);
    let found: Option<(String,)> = query.fetch_optional(&mut portal.db.read().await?).await?;
    Ok(found.map(|(sort_title,)| StoreProductKey { sort_title, id }))
}

fn push_filter(query: &mut Sql, filter: &StoreProductFilter) {
    if let Some(store) = filter.store {
        query.push(" AND store_products.store_id = ").push_bind(store);
    }
    if let Some(state) = filter.mapping {
        query
            .push(" AND store_products.mapping_state = ")
            .push_bind(state.as_str());
    }
    if let Some(listing) = filter.listing {
        query
            .push(" AND store_products.listing = ")
            .push_bind(listing.as_str());
    }
    query.push(if filter.gone {
        " AND store_products.gone_at IS NOT NULL"
    } else {
        " AND store_products.gone_at IS NULL"
    });
}

fn push_turn(query: &mut Sql, sort: StoreProductSort, turn: &Turn<StoreProductKey>) {
    let descending = (sort != StoreProductSort::Title) != turn.is_backward();
    if let Turn::After(key) | Turn::Before(key) = turn {
        let compare = if descending { " < (" } else { " > (" };
        if sort == StoreProductSort::Newest {
            query.push(" AND (store_products.id)").push(compare);
        } else {
            query
                .push(" AND (store_products.sort_title, store_products.id)")
                .push(compare)
                .push_bind(key.sort_title.as_str())
                .push(", ");
        }
        query.push_bind(key.id).push(")");
    }
    query.push(match (sort, descending) {
        (StoreProductSort::Newest, true) => " ORDER BY store_products.id DESC LIMIT ",
        (StoreProductSort::Newest, false) => " ORDER BY store_products.id LIMIT ",
        (_, true) => " ORDER BY store_products.sort_title DESC, store_products.id DESC LIMIT ",
        (_, false) => " ORDER BY store_products.sort_title, store_products.id LIMIT ",
    });
}
