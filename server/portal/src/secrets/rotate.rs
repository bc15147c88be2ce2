//! Moving every secret to the current key.

use domain::AuditAction;
use domain::id::{CustomerId, StoreId, UserId};

use super::{Place, Sealed};
use crate::accounts::two_factor;
use crate::audit::{self, Entry};
use crate::storage::{AsConn as _, Engine, sql};
use crate::stores::connection::{CREDENTIALS, HOOK_SECRET};
use crate::{Actor, Outcome, Portal};

/// Seals every stored secret with the current key, a store or a person at a time, and forgets the other keys: after that they can
/// be taken out of the configuration. Gives how many secrets were sealed anew.
///
/// Interrupted, it goes on where it stopped when it is called again; the portal may run meanwhile.
///
/// # Errors
/// When a secret cannot be opened with any configured key.
pub async fn rotate(portal: &Portal) -> Outcome<u64> {
    let mut sealed_anew = 0;
    // A process that runs with the former key still may have renewed a store behind our back.
    loop {
        let in_this_pass = pass(portal).await?;
        sealed_anew += in_this_pass;
        if in_this_pass == 0 {
            break;
        }
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
    audit::record(
        &mut tx,
        portal,
        &Actor::SYSTEM,
        Entry::new(AuditAction::KeysRotated),
    )
    .await?;
    tx.commit().await?;
    Ok(sealed_anew)
}

/// Looks at every secret once.
async fn pass(portal: &Portal) -> Outcome<u64> {
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
    let people: Vec<(UserId,)> = sql("SELECT user_id FROM two_factors ORDER BY user_id")
        .fetch_all(&mut portal.db.read().await?)
        .await?;
    for (user,) in people {
        sealed_anew += rotate_person(portal, user).await?;
    }
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
        let place = Place::Store {
            customer,
            store,
            field,
        };
        let fresh = resealed(portal, &place, &Sealed(bytes.clone()))?;
        count += u64::from(fresh.is_some());
        Ok(fresh.map_or(bytes, |sealed| sealed.0))
    };
    let credentials = credentials.map(|bytes| renewed(bytes, CREDENTIALS)).transpose()?;
    let hook_secret = renewed(hook_secret, HOOK_SECRET)?;
    if count == 0 {
        return Ok(0);
    }
    sql("UPDATE store_connections SET credentials = $2, hook_secret = $3 WHERE store_id = $1")
        .bind(store)
        .bind(credentials)
        .bind(hook_secret)
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(count)
}

async fn rotate_person(portal: &Portal, user: UserId) -> Outcome<u64> {
    let mut tx = portal.db.begin().await?;
    let Some(sealed) = two_factor::hold_secret(&mut tx, user).await? else {
        return Ok(0);
    };
    let Some(sealed) = resealed(portal, &two_factor::place(user), &sealed)? else {
        return Ok(0);
    };
    sql("UPDATE two_factors SET secret = $2 WHERE user_id = $1")
        .bind(user)
        .bind(sealed.0)
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(1)
}

/// A secret sealed with the current key, unless it is already or there is none: a disconnected store has no credentials.
fn resealed(portal: &Portal, place: &Place, sealed: &Sealed) -> Outcome<Option<Sealed>> {
    if sealed.0.is_empty() || sealed.key_name() == Some(portal.secrets.current()) {
        return Ok(None);
    }
    let secret = portal.secrets.open(place, sealed).map_err(anyhow::Error::from)?;
    let sealed = portal.secrets.seal(portal.entropy.as_ref(), place, &secret);
    Ok(Some(sealed.map_err(anyhow::Error::from)?))
}
