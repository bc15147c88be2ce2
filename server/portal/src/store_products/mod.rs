//! What stores sell: read from their platforms by syncs, connected to the catalogue by people.

mod counts;
mod detail;
mod export;
mod find;
mod gone;
mod list;
mod roll_up;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod upsert;

pub use counts::{MappingCounts, mapping_counts};
pub use detail::{DesignDetail, StoreProductDetail, StoreVariantDetail};
pub use export::export_csv;
pub use find::{find, find_variant, next_not_connected};
pub(crate) use gone::{mark_gone, missed, one_gone};
pub use list::{StoreProductFilter, StoreProductKey, StoreProductRow, StoreProductSort, key_of, list};
pub(crate) use roll_up::roll_up;
#[cfg(test)]
pub(crate) use upsert::Upserted;
pub(crate) use upsert::{known_from_line, upsert};

use crate::access::Scope;
use crate::storage::Sql;

/// Appends ` AND …`: products within `scope`. The statement must name the table `store_products` without an alias.
pub(crate) fn push_scope(query: &mut Sql, scope: &Scope) {
    if let Some(customer) = scope.customer() {
        query
            .push(" AND store_products.customer_id = ")
            .push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query
            .push(" AND store_products.store_id IN ")
            .push_list(stores.iter().copied());
    }
}
