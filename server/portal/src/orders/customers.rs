//! Whose orders a list of all customers' orders can be narrowed to.

use domain::id::CustomerId;
use domain::{Permission, Timestamp, fold};

use crate::access::Operator;
use crate::storage::search::{Searched, push_contains};
use crate::storage::sql;
use crate::{Outcome, Portal};

/// A customer as somebody who works on orders may know it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrderingCustomer {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// How the print company's own systems call it.
    pub reference_id: Option<String>,
}

/// The customer with this id.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_ordering_customer(
    portal: &Portal,
    operator: &Operator,
    id: CustomerId,
) -> Outcome<Option<OrderingCustomer>> {
    operator.require(Permission::SeeOrders)?;
    let found = sql("SELECT id, name, reference_id FROM customers WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut portal.db.read().await?)
        .await?;
    Ok(found)
}

/// The customers that ordered last: those that are probably looked for.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_recent_customers(
    portal: &Portal,
    operator: &Operator,
    limit: u32,
) -> Outcome<Vec<OrderingCustomer>> {
    operator.require(Permission::SeeOrders)?;
    let mut query = sql("SELECT id, name, reference_id FROM customers WHERE last_order_at > ");
    query
        .push_bind(Timestamp::EPOCH)
        .push(" ORDER BY last_order_at DESC, id DESC LIMIT ")
        .push_bind(limit);
    Ok(query.fetch_all(&mut portal.db.read().await?).await?)
}

/// The customers that `words` may mean: the one with exactly that name or reference or, when there is not exactly
/// one, those with all of the words, by name.
///
/// # Errors
/// [`crate::Refusal::Forbidden`] without [`Permission::SeeOrders`].
pub async fn any_customers_called(
    portal: &Portal,
    operator: &Operator,
    words: &str,
    limit: u32,
) -> Outcome<Vec<OrderingCustomer>> {
    operator.require(Permission::SeeOrders)?;
    let folded = fold(words);
    let mut conn = portal.db.read().await?;
    let exact: Vec<OrderingCustomer> = sql(
        "SELECT id, name, reference_id FROM customers WHERE sort_name = $1 OR reference_key = $2 LIMIT 2",
    )
    .bind(folded.as_str())
    .bind(words.trim().to_lowercase())
    .fetch_all(&mut conn)
    .await?;
    if exact.len() == 1 {
        return Ok(exact);
    }
    let mut query = sql("SELECT id, name, reference_id FROM customers WHERE TRUE");
    push_contains(&mut query, &conn, Searched::Customers, &folded);
    query.push(" ORDER BY sort_name, id LIMIT ").push_bind(limit);
    Ok(query.fetch_all(&mut conn).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::testing::{TestPortal, on_both};

    async fn called(portal: &TestPortal, words: &str) -> Vec<String> {
        let found = any_customers_called(portal, &testing::operator(portal), words, 10).await;
        found.unwrap().into_iter().map(|customer| customer.name).collect()
    }

    #[tokio::test]
    async fn customers_are_found_by_what_people_call_them() {
        on_both(async |portal| {
            for name in ["Estudio Garabato", "Estudio Garabato Norte", "Nordlys Hotels"] {
                testing::client(&portal, name).await;
            }
            assert_eq!(
                called(&portal, "estudio GARABATO").await,
                ["Estudio Garabato"],
                "exactly"
            );
            assert_eq!(
                called(&portal, "garabato").await,
                ["Estudio Garabato", "Estudio Garabato Norte"]
            );
            assert_eq!(called(&portal, "nord").await, ["Nordlys Hotels"]);
            assert!(called(&portal, "nobody").await.is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn those_who_ordered_last_come_first() {
        on_both(async |portal| {
            let (client, operator, _) = testing::stock_order(&portal).await;
            testing::client(&portal, "Nordlys Hotels").await;
            let recent = any_recent_customers(&portal, &operator, 5).await.unwrap();
            assert_eq!(recent.len(), 1, "the other has not ordered");
            assert_eq!(recent[0].id, client.customer);
            let found = any_ordering_customer(&portal, &operator, client.customer)
                .await
                .unwrap();
            assert_eq!(found.as_ref(), recent.first());
        })
        .await;
    }
}
