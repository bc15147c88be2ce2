//! Looking a store up.

use domain::id::{CustomerId, StoreId};
use domain::{Platform, StoreState, Timestamp};

use super::push_scope;
use crate::access::Scope;
use crate::storage::{AsConn, sql};
use crate::{Outcome, Portal, Refusal};

/// A store.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Store {
    /// Its id.
    pub id: StoreId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// Where it lives.
    pub platform: Platform,
    /// What it is called.
    pub name: String,
    /// How its connection is.
    pub state: StoreState,
    /// When it was added.
    pub created_at: Timestamp,
}

/// What [`Store`] is read from, up to the conditions.
pub(super) const SELECT: &str = "SELECT stores.id, stores.customer_id, customers.name AS customer_name, \
     stores.platform, stores.name, stores.state, stores.created_at \
     FROM stores JOIN customers ON customers.id = stores.customer_id WHERE TRUE";

/// The store `id`.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none in `scope`.
pub async fn find(portal: &Portal, scope: &Scope, id: StoreId) -> Outcome<Store> {
    find_in(&mut portal.db.read().await?, scope, id).await
}

/// As [`find`], on a connection or in a transaction that is open already.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none in `scope`.
pub async fn find_in(conn: &mut impl AsConn, scope: &Scope, id: StoreId) -> Outcome<Store> {
    let mut query = sql(SELECT);
    query.push(" AND stores.id = ").push_bind(id);
    push_scope(&mut query, scope);
    query.fetch_optional(conn).await?.ok_or(Refusal::NotFound)
}

#[cfg(test)]
mod tests {
    use domain::StoreScope;

    use super::*;
    use crate::orders::testing;
    use crate::stores::create_manual;
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_store_outside_of_the_scope_is_not_there() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            let id = create_manual(&portal, &client, "Pedidos directos").await.unwrap();
            let store = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(
                (store.name.as_str(), store.platform),
                ("Pedidos directos", Platform::Manual)
            );
            assert_eq!(find(&portal, &Scope::AllCustomers, id).await.unwrap(), store);

            let mut narrow = client.clone();
            narrow.stores = StoreScope::Chosen(vec![StoreId(portal.entropy.id())]);
            for scope in [other.scope(), narrow.scope()] {
                assert!(matches!(find(&portal, &scope, id).await, Err(Refusal::NotFound)));
            }
        })
        .await;
    }
}
