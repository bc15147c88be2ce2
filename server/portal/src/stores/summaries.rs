//! How online stores are doing, in a line each: for lists.

use std::collections::HashMap;

use domain::id::StoreId;
use domain::{MappingState, Timestamp};

use super::push_scope;
use crate::access::Scope;
use crate::storage::sql;
use crate::store_products::MappingCounts;
use crate::{Outcome, Portal};

/// How an online store is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreSummary {
    /// Why it is not fine, as in [`health`](super::health).
    pub reason: Option<String>,
    /// When its orders were read last.
    pub synced_at: Option<Timestamp>,
    /// Its products by state of mapping.
    pub products: MappingCounts,
}

/// Every online store of `scope`; manual ones are left out.
///
/// # Errors
/// Only unexpected ones.
pub async fn summaries(portal: &Portal, scope: &Scope) -> Outcome<HashMap<StoreId, StoreSummary>> {
    let mut conn = portal.db.read().await?;
    let mut query = sql(
        "SELECT stores.id, connections.reason, connections.orders_synced_at \
         FROM store_connections connections JOIN stores ON stores.id = connections.store_id WHERE TRUE",
    );
    push_scope(&mut query, scope);
    let rows: Vec<(StoreId, Option<String>, Option<Timestamp>)> = query.fetch_all(&mut conn).await?;
    let mut stores: HashMap<StoreId, StoreSummary> = rows
        .into_iter()
        .map(|(store, reason, synced_at)| {
            let summary = StoreSummary {
                reason,
                synced_at,
                ..StoreSummary::default()
            };
            (store, summary)
        })
        .collect();
    let mut query = sql("SELECT stores.id, products.mapping_state, COUNT(*) \
         FROM store_products products JOIN stores ON stores.id = products.store_id \
         WHERE products.gone_at IS NULL");
    push_scope(&mut query, scope);
    query.push(" GROUP BY stores.id, products.mapping_state");
    let counts: Vec<(StoreId, MappingState, i64)> = query.fetch_all(&mut conn).await?;
    for (store, state, count) in counts {
        if let Some(summary) = stores.get_mut(&store) {
            summary.products.add(state, count);
        }
    }
    Ok(stores)
}

#[cfg(test)]
mod tests {
    use connectors::store::ConnectionError;
    use domain::Platform;

    use super::*;
    use crate::orders::testing;
    use crate::stores::{create_manual, open};
    use crate::testing::{connect_store, on_both};

    #[tokio::test]
    async fn online_stores_say_why_they_are_not_fine() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            create_manual(&portal, &client, "Directos").await.unwrap();
            let (fine, _) = connect_store(&portal, client.customer, Platform::Etsy, "1").await;
            let (revoked, shop) = connect_store(
                &portal,
                client.customer,
                Platform::WooCommerce,
                "https://b.example",
            )
            .await;
            shop.fail_next(ConnectionError::ReadOnly);
            let open = open(&portal, revoked).await.unwrap();
            connectors::store::StoreConnection::verify(&open)
                .await
                .unwrap_err();

            let other = testing::client(&portal, "Nordlys Hotels").await;
            assert!(summaries(&portal, &other.scope()).await.unwrap().is_empty());
            let stores = summaries(&portal, &client.scope()).await.unwrap();
            assert_eq!(stores.len(), 2);
            assert_eq!(stores[&fine], StoreSummary::default());
            assert_eq!(stores[&revoked].reason.as_deref(), Some("store-read-only"));
        })
        .await;
    }
}
