//! How online stores are doing, in a line each: for lists.

use std::collections::HashMap;

use domain::id::StoreId;
use domain::{MappingState, StoreState, Timestamp};

use super::failing::{Failing, NEXT_TRY};
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
    /// What keeps it from being read, while nobody has stopped it.
    pub failing: Option<Failing>,
    /// When its orders were read last.
    pub synced_at: Option<Timestamp>,
    /// Its products by state of mapping.
    pub products: MappingCounts,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: StoreId,
    state: StoreState,
    reason: Option<String>,
    words: Option<String>,
    failures: i64,
    failing_since: Option<Timestamp>,
    orders_synced_at: Option<Timestamp>,
    next_try_at: Option<Timestamp>,
}

impl Row {
    fn summary(self) -> StoreSummary {
        let failing = self.reason.clone().and_then(|reason| {
            Failing::of(
                self.state,
                reason,
                self.words,
                self.failures,
                self.failing_since,
                self.next_try_at,
            )
        });
        StoreSummary {
            reason: self.reason,
            failing,
            synced_at: self.orders_synced_at,
            products: MappingCounts::default(),
        }
    }
}

/// Every online store of `scope`; manual ones are left out.
///
/// # Errors
/// Only unexpected ones.
pub async fn summaries(portal: &Portal, scope: &Scope) -> Outcome<HashMap<StoreId, StoreSummary>> {
    let mut conn = portal.db.read().await?;
    let mut query = sql(
        "SELECT stores.id, stores.state, connections.reason, connections.words, connections.failures, \
         connections.failing_since, connections.orders_synced_at, ",
    );
    query.push(NEXT_TRY).push(
        " AS next_try_at FROM store_connections connections JOIN stores ON stores.id = connections.store_id \
         WHERE TRUE",
    );
    push_scope(&mut query, scope);
    let rows: Vec<Row> = query.fetch_all(&mut conn).await?;
    let mut stores: HashMap<StoreId, StoreSummary> =
        rows.into_iter().map(|row| (row.id, row.summary())).collect();
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
