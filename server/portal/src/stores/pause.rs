//! Pausing a store, and going on.

use domain::id::StoreId;
use domain::{AuditAction, Permission};

use super::find_in;
use super::notices::release_parked;
use crate::access::Client;
use crate::audit::{self, Entry};
use crate::orders::TellAgain;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Stops a store for a while: nothing is read from it or said to it; what it tells is kept for later.
///
/// # Errors
/// [`Refusal::Conflict`] with `store-not-connected` unless it is connected or needs attention;
/// [`Refusal::NotFound`] outside of the client's scope; [`Refusal::Forbidden`] without
/// [`Permission::ConfigureStores`].
pub async fn pause(portal: &Portal, client: &Client, id: StoreId) -> Outcome<()> {
    client.require(Permission::ConfigureStores)?;
    let mut tx = portal.db.begin().await?;
    let store = find_in(&mut tx, &client.scope(), id).await?;
    let paused = sql("UPDATE stores SET state = 'paused', updated_at = $2 \
         WHERE id = $1 AND platform <> 'manual' AND state IN ('connected', 'needs_attention')")
    .bind(store.id)
    .bind(portal.now())
    .execute(&mut tx)
    .await?;
    if paused == 0 {
        return Err(Refusal::conflict("store-not-connected"));
    }
    let entry = Entry::new(AuditAction::StorePaused)
        .of(store.customer_id)
        .about(store.id, store.name);
    audit::record(&mut tx, portal, &client.into(), entry).await?;
    Ok(tx.commit().await?)
}

/// Lets a paused store go on: it is read at once, what it told meanwhile is worked on, and what it could not be told
/// is told. What was asked of it meanwhile is done with its orders that are due.
///
/// # Errors
/// [`Refusal::Conflict`] with `store-not-paused`; otherwise as [`pause`].
pub async fn resume(portal: &Portal, client: &Client, id: StoreId) -> Outcome<()> {
    client.require(Permission::ConfigureStores)?;
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    let store = find_in(&mut tx, &client.scope(), id).await?;
    let resumed =
        sql("UPDATE stores SET state = 'connected', updated_at = $2 WHERE id = $1 AND state = 'paused'")
            .bind(store.id)
            .bind(now)
            .execute(&mut tx)
            .await?;
    if resumed == 0 {
        return Err(Refusal::conflict("store-not-paused"));
    }
    sql("UPDATE store_connections SET products_due_at = $2, orders_due_at = $2, webhooks_due_at = $2, updated_at = $2 \
         WHERE store_id = $1")
    .bind(store.id)
    .bind(now)
    .execute(&mut tx)
    .await?;
    release_parked(portal, &mut tx, store.customer_id, store.id).await?;
    TellAgain::after_recovery(portal, &mut tx, store.id, store.customer_id).await?;
    let entry = Entry::new(AuditAction::StoreResumed)
        .of(store.customer_id)
        .about(store.id, store.name);
    audit::record(&mut tx, portal, &client.into(), entry).await?;
    Ok(tx.commit().await?)
}
