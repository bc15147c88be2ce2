//! Which stores a list of all customers' orders can be narrowed to.

use domain::id::{CustomerId, StoreId};
use domain::{Permission, Platform};

use crate::access::Operator;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// A store as somebody who works on orders may know it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrderingStore {
    /// The store.
    pub id: StoreId,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub customer_name: String,
}

/// The stores of one customer or, without one, of those that ordered last; and `chosen`, whoever it belongs to.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_ordering_stores(
    portal: &Portal,
    operator: &Operator,
    customer: Option<CustomerId>,
    chosen: Option<StoreId>,
    limit: u32,
) -> Outcome<Vec<OrderingStore>> {
    operator.require(Permission::SeeOrders)?;
    let mut query = sql("SELECT stores.id, stores.name, customers.name AS customer_name
         FROM stores JOIN customers ON customers.id = stores.customer_id WHERE TRUE");
    if let Some(customer) = customer {
        query.push(" AND stores.customer_id = ").push_bind(customer);
    }
    query.push(" ORDER BY CASE WHEN stores.id = ").push_bind(chosen);
    query
        .push(" THEN 0 ELSE 1 END, customers.last_order_at DESC NULLS LAST, customers.id, stores.name_key LIMIT ")
        .push_bind(limit);
    Ok(query.fetch_all(&mut portal.db.read().await?).await?)
}

/// The platforms that any customer has a store on.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_platforms(portal: &Portal, operator: &Operator) -> Outcome<Vec<Platform>> {
    operator.require(Permission::SeeOrders)?;
    let found: Vec<(Platform,)> = sql("SELECT DISTINCT platform FROM stores ORDER BY platform")
        .fetch_all(&mut portal.db.read().await?)
        .await?;
    Ok(found.into_iter().map(|(platform,)| platform).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::testing::on_both;

    #[tokio::test]
    async fn stores_of_those_who_ordered_last_come_first_and_the_chosen_one_is_there() {
        on_both(async |portal| {
            let quiet = testing::client(&portal, "Nordlys Hotels").await;
            let idle = crate::stores::create_manual(&portal, &quiet, "Lobby")
                .await
                .unwrap();
            let (busy, operator, _) = testing::stock_order(&portal).await;
            let names = async |customer, chosen, limit| -> Vec<String> {
                let found = any_ordering_stores(&portal, &operator, customer, chosen, limit).await;
                found.unwrap().into_iter().map(|store| store.name).collect()
            };
            assert_eq!(names(None, None, 9).await, ["Directos", "Lobby"]);
            assert_eq!(names(None, Some(idle), 1).await, ["Lobby"]);
            assert_eq!(names(Some(busy.customer), None, 9).await, ["Directos"]);
            assert_eq!(
                any_platforms(&portal, &operator).await.unwrap(),
                [Platform::Manual]
            );
        })
        .await;
    }
}
