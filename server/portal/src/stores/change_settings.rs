//! Changing what was chosen for a store.

use connectors::store::StoreFacts;
use domain::id::StoreId;
use domain::{AuditAction, AuditField, Permission, Problem};
use sqlx::types::Json;

use super::{StoreSettings, find_in};
use crate::access::Client;
use crate::audit::{self, Entry};
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
    let known: Option<(Json<StoreFacts>, Json<StoreSettings>)> =
        sql("SELECT facts, settings FROM store_connections WHERE store_id = $1")
            .bind(store.id)
            .fetch_optional(&mut tx)
            .await?;
    let Some((Json(facts), Json(was))) = known else {
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
    let called = |settings: &StoreSettings| {
        let location = facts
            .locations
            .iter()
            .find(|known| Some(&known.id) == settings.location.as_ref());
        location.map(|location| location.name.clone())
    };
    let entry = Entry::new(AuditAction::StoreSettingsChanged)
        .of(store.customer_id)
        .about(store.id, store.name)
        .changed(
            AuditField::ImportUnconnected,
            was.import_unconnected,
            settings.import_unconnected,
        )
        .changed(
            AuditField::NotifyBuyers,
            was.notify_buyers,
            settings.notify_buyers,
        )
        .changed(
            AuditField::ReadyStatuses,
            was.ready_statuses.clone(),
            settings.ready_statuses.clone(),
        )
        .changed(AuditField::Location, called(&was), called(settings));
    if !entry.is_without_change() {
        audit::record(&mut tx, portal, &client.into(), entry).await?;
    }
    Ok(tx.commit().await?)
}
