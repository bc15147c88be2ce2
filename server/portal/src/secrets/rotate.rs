//! Moving every secret to the current key.

use domain::id::{CustomerId, StoreId};

use super::{Place, Sealed};
use crate::storage::{AsConn as _, Engine, sql};
use crate::stores::connection::{CREDENTIALS, HOOK_SECRET};
use crate::{Outcome, Portal};

/// Seals every stored secret with the current key, a store at a time, and forgets the other keys: after that they can
/// be taken out of the configuration. Gives how many secrets were sealed anew.
///
/// Interrupted, it goes on where it stopped when it is called again; the portal may run meanwhile.
///
/// # Errors
/// When a secret cannot be opened with any configured key.
pub async fn rotate(portal: &Portal) -> Outcome<u64> {
    let stores: Vec<(StoreId, CustomerId)> = sql(
        "SELECT stores.id, stores.customer_id FROM store_connections connections \
         JOIN stores ON stores.id = connections.store_id ORDER BY stores.id",
    )
    .fetch_all(&mut portal.db.read().await?)
    .await?;
    let mut sealed_anew = 0;
    for (store, customer) in stores {
        sealed_anew += rotate_store(portal, store, customer).await?;
    }
    let mut tx = portal.db.begin().await?;
    // Authorisations under way live for minutes; the few that lose their verifier begin again.
    sql("DELETE FROM store_authorisations WHERE verifier IS NOT NULL")
        .execute(&mut tx)
        .await?;
    sql("DELETE FROM encryption_keys WHERE key_id <> $1")
        .bind(portal.secrets.current())
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(sealed_anew)
}

async fn rotate_store(portal: &Portal, store: StoreId, customer: CustomerId) -> Outcome<u64> {
    let mut tx = portal.db.begin().await?;
    let mut query = sql("SELECT credentials, hook_secret FROM store_connections WHERE store_id = ");
    query.push_bind(store);
    if tx.engine() == Engine::Postgres {
        query.push(" FOR UPDATE");
    }
    let Some((credentials, hook_secret)) = query
        .fetch_optional::<(Option<Vec<u8>>, Vec<u8>)>(&mut tx)
        .await?
    else {
        return Ok(0);
    };
    let mut count = 0;
    let mut renewed = |bytes: Vec<u8>, field: &'static str| -> Outcome<Vec<u8>> {
        let sealed = Sealed(bytes);
        // A disconnected store has none.
        if sealed.0.is_empty() || sealed.key_name() == Some(portal.secrets.current()) {
            return Ok(sealed.0);
        }
        let place = Place {
            customer,
            store,
            field,
        };
        let secret = portal
            .secrets
            .open(&place, &sealed)
            .map_err(anyhow::Error::from)?;
        count += 1;
        let sealed = portal.secrets.seal(portal.entropy.as_ref(), &place, &secret);
        Ok(sealed.map_err(anyhow::Error::from)?.0)
    };
    let credentials = credentials.map(|bytes| renewed(bytes, CREDENTIALS)).transpose()?;
    let hook_secret = renewed(hook_secret, HOOK_SECRET)?;
    sql("UPDATE store_connections SET credentials = $2, hook_secret = $3 WHERE store_id = $1")
        .bind(store)
        .bind(credentials)
        .bind(hook_secret)
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(count)
}
