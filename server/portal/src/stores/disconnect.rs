//! Taking a store's connection away.

use connectors::store::StoreConnection as _;
use domain::id::StoreId;
use domain::{AuditAction, Permission, Platform};

use super::{find, open};
use crate::access::Client;
use crate::audit::{self, Entry};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Disconnects a store: its webhooks are removed as far as the shop lets us, everything that lets us in is erased. Its
/// products, mappings and orders stay, and are found again when the same shop is connected once more.
///
/// # Errors
/// [`Refusal::Conflict`] with `store-not-online` for a manual store; [`Refusal::NotFound`] outside of the client's
/// scope; [`Refusal::Forbidden`] without [`Permission::ConnectStores`].
pub async fn disconnect(portal: &Portal, client: &Client, id: StoreId) -> Outcome<()> {
    client.require(Permission::ConnectStores)?;
    let store = find(portal, &client.scope(), id).await?;
    if store.platform == Platform::Manual {
        return Err(Refusal::conflict("store-not-online"));
    }
    remove_webhooks(portal, id).await;
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    sql("UPDATE stores SET state = 'disconnected', updated_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .execute(&mut tx)
        .await?;
    sql("UPDATE store_connections SET credentials = NULL, hook_secret = $3, token_expires_at = NULL, \
         refreshing_until = NULL, refresh_fence = refresh_fence + 1, reason = NULL, words = NULL, failures = 0, \
         failing_since = NULL, products_due_at = NULL, orders_due_at = NULL, webhooks_due_at = NULL, \
         disconnected_at = $2, updated_at = $2 WHERE store_id = $1 AND disconnected_at IS NULL")
    .bind(id)
    .bind(now)
    .bind(Vec::<u8>::new())
    .execute(&mut tx)
    .await?;
    let entry = Entry::new(AuditAction::StoreDisconnected)
        .of(store.customer_id)
        .about(store.id, store.name);
    audit::record(&mut tx, portal, &client.into(), entry).await?;
    Ok(tx.commit().await?)
}

/// The shop may be gone or refuse us already; then its webhooks come to an address that nobody answers.
async fn remove_webhooks(portal: &Portal, id: StoreId) {
    let removed = async {
        let open = open(portal, id).await?;
        let target = open.webhook_target()?;
        anyhow::Ok(open.unwatch(&target).await?)
    };
    if let Err(error) = removed.await {
        tracing::info!(store = %id, error = format!("{error:#}"), "webhooks were not removed");
    }
}
