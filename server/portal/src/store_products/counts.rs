//! How much of a store is connected.

use domain::MappingState;
use domain::id::StoreId;

use super::push_scope;
use crate::access::Scope;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// How many products are in each state of mapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MappingCounts {
    /// All their variants are connected or ignored, and some connected.
    pub connected: i64,
    /// Some variant is not connected.
    pub not_connected: i64,
    /// All their variants are ignored.
    pub ignored: i64,
}

impl MappingCounts {
    /// All products.
    pub const fn total(&self) -> i64 {
        self.connected + self.not_connected + self.ignored
    }

    /// Counts products in a state.
    pub(crate) const fn add(&mut self, state: MappingState, products: i64) {
        match state {
            MappingState::Connected => self.connected += products,
            MappingState::NotConnected => self.not_connected += products,
            MappingState::Ignored => self.ignored += products,
        }
    }
}

/// How many products of `scope`, or of one store, are in each state. Those that are gone do not count.
///
/// # Errors
/// Only unexpected ones.
pub async fn mapping_counts(
    portal: &Portal,
    scope: &Scope,
    store: Option<StoreId>,
) -> Outcome<MappingCounts> {
    let mut query = sql("SELECT mapping_state, COUNT(*) FROM store_products WHERE gone_at IS NULL");
    push_scope(&mut query, scope);
    if let Some(store) = store {
        query.push(" AND store_products.store_id = ").push_bind(store);
    }
    query.push(" GROUP BY mapping_state");
    let rows: Vec<(MappingState, i64)> = query.fetch_all(&mut portal.db.read().await?).await?;
    let mut counts = MappingCounts::default();
    for (state, products) in rows {
        counts.add(state, products);
    }
    Ok(counts)
}
