//! The list of what stores sell.

use domain::id::{StoreId, StoreProductId};
use domain::source::Listing;
use domain::{MappingState, Platform, Timestamp, fold};

use super::push_scope;
use crate::access::Scope;
use crate::paging::{Slice, Turn};
use crate::storage::search::{Searched, push_contains};
use crate::storage::{Sql, sql};
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
    /// The SKU of its first variant that has one.
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
    /// Since when the store has it no more.
    pub gone_at: Option<Timestamp>,
    /// When it was changed last, as far as the portal knows.
    pub updated_at: Timestamp,
}

impl StoreProductRow {
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
     (SELECT v.sku FROM store_variants v WHERE v.product_id = store_products.id AND v.sku IS NOT NULL \
         ORDER BY v.position LIMIT 1) AS sku, \
     store_products.listing, store_products.url, store_products.image_url, store_products.mapping_state, \
     store_products.variant_count, store_products.connected_count, store_products.gone_at, \
     store_products.updated_at FROM store_products JOIN stores ON stores.id = store_products.store_id WHERE TRUE";

/// Products of `scope` by title.
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
    let mut query = sql(SELECT);
    push_scope(&mut query, scope);
    push_filter(&mut query, filter);
    push_contains(&mut query, &conn, Searched::StoreProducts, &fold(&filter.search));
    push_turn(&mut query, &turn);
    query.push_bind(i64::from(limit) + 1);
    Ok(Slice::cut(query.fetch_all(&mut conn).await?, &turn, limit))
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

fn push_turn(query: &mut Sql, turn: &Turn<StoreProductKey>) {
    let (compare, key, order) = match turn {
        Turn::First => (
            "",
            None,
            " ORDER BY store_products.sort_title, store_products.id LIMIT ",
        ),
        Turn::After(key) => (
            " > (",
            Some(key),
            " ORDER BY store_products.sort_title, store_products.id LIMIT ",
        ),
        Turn::Before(key) => (
            " < (",
            Some(key),
            " ORDER BY store_products.sort_title DESC, store_products.id DESC LIMIT ",
        ),
    };
    if let Some(key) = key {
        query
            .push(" AND (store_products.sort_title, store_products.id)")
            .push(compare);
        query
            .push_bind(key.sort_title.as_str())
            .push(", ")
            .push_bind(key.id)
            .push(")");
    }
    query.push(order);
}
