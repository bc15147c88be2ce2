//! Changing what was chosen for a store.

use domain::Permission;
use domain::id::StoreId;

use super::{StoreSettings, find_in};
use crate::access::Client;
use crate::storage::{Value, sql};
use crate::{Outcome, Portal, Refusal};

/// Changes the settings of an online store.
///
/// # Errors
/// [`Refusal::Conflict`] with `store-not-online` for a manual store; [`Refusal::NotFound`] outside of the client's
/// scope; [`Refusal::Forbidden`] without [`Permission::ConfigureStores`].
pub async fn change_settings(
    portal: &Portal,
    client: &Client,
    id: StoreId,
    settings: &StoreSettings,
) -> Outcome<()> {
    client.require(Permission::ConfigureStores)?;
    let mut tx = portal.db.begin().await?;
    let store = find_in(&mut tx, &client.scope(), id).await?;
    let changed = sql("UPDATE store_connections SET settings = $2, updated_at = $3 WHERE store_id = $1")
        .bind(store.id)
        .bind(Value::json(settings))
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
    if changed == 0 {
        return Err(Refusal::conflict("store-not-online"));
    }
    Ok(tx.commit().await?)
}
