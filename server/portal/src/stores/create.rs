//! Adding a store.

use domain::id::{CustomerId, StoreId};
use domain::{AuditAction, AuditField, Permission, Platform, Problem, StoreName, StoreState};

use crate::access::Client;
use crate::audit::{self, Entry};
use crate::storage::{StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// Adds a manual store: one without a platform, whose orders are placed by form and CSV.
///
/// # Errors
/// [`Refusal::Invalid`] in `name`: empty, too long, or the name of another store of the customer, whatever its
/// capitals and accents. [`Refusal::Forbidden`] without [`Permission::ConnectStores`].
pub async fn create_manual(portal: &Portal, client: &Client, name: &str) -> Outcome<StoreId> {
    client.require(Permission::ConnectStores)?;
    let name = StoreName::parse(name).map_err(|problem| Refusal::field("name", problem))?;
    let mut tx = portal.db.begin().await?;
    let id = insert(portal, &mut tx, client, &name).await.map_err(name_taken)?;
    let entry = Entry::new(AuditAction::StoreCreated)
        .of(client.customer)
        .about(id, name.as_str())
        .with(AuditField::Platform, Platform::Manual.as_str());
    audit::record(&mut tx, portal, &client.into(), entry).await?;
    tx.commit().await?;
    Ok(id)
}

async fn insert(
    portal: &Portal,
    tx: &mut Tx,
    client: &Client,
    name: &StoreName,
) -> Result<StoreId, StorageError> {
    let id = StoreId(portal.entropy.id());
    let customer: CustomerId = client.customer;
    sql("INSERT INTO stores (id, customer_id, platform, name, name_key, state, created_at, created_by, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)")
    .bind(id)
    .bind(customer)
    .bind(Platform::Manual.as_str())
    .bind(name.as_str())
    .bind(name.key())
    .bind(StoreState::Connected.as_str())
    .bind(portal.now())
    .bind(client.user)
    .execute(tx)
    .await?;
    Ok(id)
}

/// Says it at the field when another store of the customer has the name.
pub(super) fn name_taken(error: StorageError) -> Refusal {
    match error.unique_violation().as_deref() {
        Some("stores.customer_id,name_key") => Refusal::field("name", Problem::new("store-name-taken")),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use domain::ClientRole;

    use super::*;
    use crate::orders::testing;
    use crate::testing::on_both;

    #[tokio::test]
    async fn names_are_unique_within_a_customer() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            create_manual(&portal, &client, " Pedidos directos ")
                .await
                .unwrap();
            create_manual(&portal, &other, "Pedidos directos").await.unwrap();
            for name in ["PEDIDOS DIRECTOS", "pédidos  directos"] {
                let refusal = create_manual(&portal, &client, name).await.unwrap_err();
                assert_eq!(testing::problem_of(&refusal, "name"), "store-name-taken");
            }
            let refusal = create_manual(&portal, &client, &"x".repeat(300))
                .await
                .unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "name"), "too-long");
        })
        .await;
    }

    #[tokio::test]
    async fn only_those_who_connect_stores_add_one() {
        on_both(async |portal| {
            let mut client = testing::client(&portal, "Estudio Garabato").await;
            client.role = ClientRole::OrderManager;
            let refusal = create_manual(&portal, &client, "Pedidos directos")
                .await
                .unwrap_err();
            assert!(matches!(refusal, Refusal::Forbidden));
        })
        .await;
    }
}
