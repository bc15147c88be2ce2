//! Taking a store's connection away.

use std::time::Duration;

use domain::id::StoreId;
use domain::{AuditAction, Permission, Platform, ReasonCode};

use super::connection::{Farewell, StoredConnection};
use super::{Store, find};
use crate::access::Client;
use crate::audit::{self, Entry};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// How long a shop may take to forget our webhooks while a person waits. Real time: it is for a shop that does not
/// answer.
const FAREWELL: Duration = Duration::from_secs(10);

/// Disconnects a store: everything that lets us in is erased, then its webhooks are removed as far as the shop lets us.
/// Its products, mappings and orders stay, and are found again when the same shop is connected once more.
///
/// # Errors
/// [`Refusal::Conflict`] with `store-not-online` for a manual store; [`Refusal::NotFound`] outside of the client's
/// scope; [`Refusal::Forbidden`] without [`Permission::ConnectStores`].
pub async fn disconnect(portal: &Portal, client: &Client, id: StoreId) -> Outcome<()> {
    disconnect_within(FAREWELL, portal, client, id).await
}

async fn disconnect_within(limit: Duration, portal: &Portal, client: &Client, id: StoreId) -> Outcome<()> {
    client.require(Permission::ConnectStores)?;
    let store = find(portal, &client.scope(), id).await?;
    if store.platform == Platform::Manual {
        return Err(Refusal::conflict("store-not-online"));
    }
    let farewell = farewell(portal, id).await?;
    forget(portal, client, store).await?;
    let Some(farewell) = farewell else { return Ok(()) };
    // A shop that is gone, hangs or refuses us already sends its webhooks to an address that nobody answers.
    match tokio::time::timeout(limit, farewell.say(portal)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::info!(store = %id, %error, "webhooks were not removed"),
        Err(_) => tracing::info!(store = %id, "webhooks were not removed: the shop does not answer"),
    }
    Ok(())
}

async fn farewell(portal: &Portal, id: StoreId) -> Outcome<Option<Farewell>> {
    let stored = StoredConnection::any_customer_find(&mut portal.db.read().await?, id).await?;
    let farewell = stored.map(|stored| Farewell::of(portal, stored)).transpose();
    Ok(farewell
        .unwrap_or_else(|error| {
            tracing::warn!(store = %id, error = format!("{error:#}"), "webhooks are not removed");
            None
        })
        .flatten())
}

/// Erases what lets us in.
async fn forget(portal: &Portal, client: &Client, store: Store) -> Outcome<()> {
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    sql("UPDATE stores SET state = 'disconnected', updated_at = $2 WHERE id = $1")
        .bind(store.id)
        .bind(now)
        .execute(&mut tx)
        .await?;
    sql("UPDATE store_connections SET credentials = NULL, hook_secret = $3, token_expires_at = NULL, \
         refreshing_until = NULL, refresh_fence = refresh_fence + 1, reason = NULL, words = NULL, failures = 0, \
         failing_since = NULL, products_due_at = NULL, orders_due_at = NULL, webhooks_due_at = NULL, \
         webhook_health = NULL, webhooks_checked_at = NULL, \
         disconnected_at = $2, updated_at = $2 WHERE store_id = $1 AND disconnected_at IS NULL")
    .bind(store.id)
    .bind(now)
    .bind(Vec::<u8>::new())
    .execute(&mut tx)
    .await?;
    // What waited for the end of a pause is told when the store is connected again.
    sql(
        "UPDATE order_writes SET state = 'failed', reason = $2, updated_at = $3 \
         WHERE store_id = $1 AND state IN ('queued', 'failed') AND reason = 'store-paused'",
    )
    .bind(store.id)
    .bind(ReasonCode::StoreDisconnected.as_str())
    .bind(now)
    .execute(&mut tx)
    .await?;
    let entry = Entry::new(AuditAction::StoreDisconnected)
        .of(store.customer_id)
        .about(store.id, store.name);
    audit::record(&mut tx, portal, &client.into(), entry).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use domain::StoreState;

    use super::*;
    use crate::orders::testing;
    use crate::testing::{TestPortal, connect_store, on_both};

    async fn standing(portal: &TestPortal, store: StoreId) -> (StoreState, bool) {
        sql("SELECT stores.state, credentials IS NULL FROM stores \
             JOIN store_connections ON store_id = id WHERE id = $1")
        .bind(store)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn a_shop_that_hangs_is_disconnected_all_the_same() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let (store, shop) =
                connect_store(&portal, client.customer, Platform::Shopify, "a.myshopify.com").await;
            shop.hang();
            let limit = Duration::from_millis(20);
            disconnect_within(limit, &portal, &client, store).await.unwrap();
            assert_eq!(standing(&portal, store).await, (StoreState::Disconnected, true));
        })
        .await;
    }

    #[tokio::test]
    async fn webhooks_are_removed_with_the_credentials_that_are_erased() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let (store, shop) =
                connect_store(&portal, client.customer, Platform::Shopify, "a.myshopify.com").await;
            let open = crate::stores::open(&portal, store).await.unwrap();
            connectors::store::StoreConnection::watch(&open, &open.webhook_target().unwrap())
                .await
                .unwrap();
            assert_eq!(shop.watched().len(), 1);
            // Also those of a token that has ended meanwhile.
            portal.clock.advance(Duration::from_hours(2));
            disconnect(&portal, &client, store).await.unwrap();
            assert_eq!(shop.watched().len(), 0);
            assert_eq!(standing(&portal, store).await, (StoreState::Disconnected, true));
        })
        .await;
    }
}
