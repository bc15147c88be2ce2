//! Changing what was chosen for a store.

use connectors::store::StoreFacts;
use domain::id::StoreId;
use domain::{Permission, Problem};
use sqlx::types::Json;

use super::{StoreSettings, find_in};
use crate::access::Client;
use crate::storage::{Value, sql};
use crate::{Outcome, Portal, Refusal};

/// Changes the settings of an online store.
///
/// # Errors
/// [`Refusal::Invalid`] in `location` for one that the store does not have; [`Refusal::Conflict`] with
/// `store-not-online` for a manual store; [`Refusal::NotFound`] outside of the client's
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
    let facts: Option<(Json<StoreFacts>,)> = sql("SELECT facts FROM store_connections WHERE store_id = $1")
        .bind(store.id)
        .fetch_optional(&mut tx)
        .await?;
    let Some((Json(facts),)) = facts else {
        return Err(Refusal::conflict("store-not-online"));
    };
    if let Some(location) = &settings.location
        && !facts.locations.iter().any(|known| known.id == *location)
    {
        return Err(Refusal::field("location", Problem::new("unknown-choice")));
    }
    sql("UPDATE store_connections SET settings = $2, updated_at = $3 WHERE store_id = $1")
        .bind(store.id)
        .bind(Value::json(settings))
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
    Ok(tx.commit().await?)
}
