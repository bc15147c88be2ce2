//! Renaming a store.

use domain::id::StoreId;
use domain::{AuditAction, AuditField, Permission, StoreName};

use super::create::name_taken;
use super::find_in;
use crate::access::Client;
use crate::audit::{self, Entry};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Gives a store another name.
///
/// # Errors
/// [`Refusal::Invalid`] in `name`, as for a new store; [`Refusal::NotFound`] outside of the client's scope;
/// [`Refusal::Forbidden`] without [`Permission::ConfigureStores`].
pub async fn rename(portal: &Portal, client: &Client, id: StoreId, name: &str) -> Outcome<()> {
    client.require(Permission::ConfigureStores)?;
    let mut tx = portal.db.begin().await?;
    let store = find_in(&mut tx, &client.scope(), id).await?;
    let name = StoreName::parse(name).map_err(|problem| Refusal::field("name", problem))?;
    sql("UPDATE stores SET name = $2, name_key = $3, updated_at = $4 WHERE id = $1")
        .bind(store.id)
        .bind(name.as_str())
        .bind(name.key())
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .map_err(name_taken)?;
    let entry = Entry::new(AuditAction::StoreRenamed)
        .of(store.customer_id)
        .about(store.id, name.as_str())
        .changed(AuditField::Name, store.name, name.as_str());
    if !entry.is_without_change() {
        audit::record(&mut tx, portal, &client.into(), entry).await?;
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing;
    use crate::stores::{create_manual, find};
    use crate::testing::on_both;

    #[tokio::test]
    async fn a_store_may_change_its_capitals_but_not_take_anothers_name() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let id = create_manual(&portal, &client, "Directos").await.unwrap();
            create_manual(&portal, &client, "Ferias").await.unwrap();
            rename(&portal, &client, id, "DIRECTOS").await.unwrap();
            assert_eq!(find(&portal, &client.scope(), id).await.unwrap().name, "DIRECTOS");
            let refusal = rename(&portal, &client, id, "ferias").await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "name"), "store-name-taken");

            let other = testing::client(&portal, "Nordlys Hotels").await;
            let refusal = rename(&portal, &other, id, "Mine").await.unwrap_err();
            assert!(matches!(refusal, Refusal::NotFound));
        })
        .await;
    }
}
