//! Renewing credentials that end, by one process at a time.
//!
//! The platform is asked outside of any transaction, under a lease in the connection's row: whoever takes it asks,
//! all others wait for what they write. Asking ends well before the lease does. The new pair replaces the one that
//! was asked with, in one statement, however late it comes: it may be the only one that is still good. A process that
//! dies in between leaves the old pair, with which the next one asks again: platforms accept it as long as the lost
//! answer was not used.

use std::time::Duration;

use connectors::store::{ConnectionError, Secret};
use domain::StoreState;

use super::open::OpenError;
use super::refused::refused;
use super::stored::{CREDENTIALS, StoredConnection};
use super::surroundings::Errand;
use crate::Portal;
use crate::storage::sql;
use crate::stores::Granted;

/// Credentials that live shorter than this are renewed before they are used.
const MIN_LIFE: Duration = Duration::from_mins(5);
/// How long a process may take to renew credentials before another one tries.
const LEASE: Duration = Duration::from_secs(90);
/// How long asking may take, with all its repetitions. Real time: it is for a platform that does not answer.
const ASK_AT_MOST: Duration = Duration::from_mins(1);
const _: () = assert!(
    ASK_AT_MOST.as_secs() < LEASE.as_secs(),
    "nobody else asks meanwhile"
);
/// How often those who wait look. Real time: nothing else moves the clock while they wait.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Times the platform is asked before the attempt is given up; in between passes what it asks for, or a second.
const ATTEMPTS: u32 = 3;

/// The connection with credentials that live long enough.
pub(super) async fn renewed(
    portal: &Portal,
    stored: StoredConnection,
) -> Result<StoredConnection, OpenError> {
    let ends = |stored: &StoredConnection| {
        stored
            .token_expires_at
            .is_some_and(|end| end < portal.now() + MIN_LIFE)
    };
    renew_while(portal, stored, ends).await
}

/// The connection with other credentials than `refused`, which the shop does not accept although they should live.
pub(super) async fn renewed_after(
    portal: &Portal,
    stored: StoredConnection,
    refused: &Secret,
) -> Result<StoredConnection, OpenError> {
    let still = |stored: &StoredConnection| {
        stored
            .credentials(portal)
            .is_ok_and(|credentials| credentials.as_ref() == Some(refused))
    };
    renew_while(portal, stored, still).await
}

async fn renew_while(
    portal: &Portal,
    mut stored: StoredConnection,
    needed: impl Fn(&StoredConnection) -> bool + Send + Sync,
) -> Result<StoredConnection, OpenError> {
    while needed(&stored) {
        match take_lease(portal, &stored).await? {
            Some(fence) => {
                // What was read before the lease may be what another process has just replaced.
                let fresh = reload(portal, &stored).await?;
                if needed(&fresh) {
                    return renew(portal, fresh, fence).await;
                }
                give_lease_back(portal, &fresh, fence).await?;
                return Ok(fresh);
            }
            None => tokio::time::sleep(LOOK_EVERY).await,
        }
        stored = reload(portal, &stored).await?;
    }
    Ok(stored)
}

pub(super) async fn reload(
    portal: &Portal,
    stored: &StoredConnection,
) -> Result<StoredConnection, OpenError> {
    let stored = StoredConnection::any_customer_find(&mut portal.db.read().await?, stored.store_id)
        .await?
        .ok_or(OpenError::NotFound)?;
    match stored.state {
        StoreState::Connected | StoreState::NeedsAttention => Ok(stored),
        state => Err(OpenError::NotConnected(state)),
    }
}

/// The fence of the lease; none while another process has it.
async fn take_lease(portal: &Portal, stored: &StoredConnection) -> Result<Option<i64>, OpenError> {
    let mut tx = portal.db.begin().await?;
    let fence: Option<(i64,)> = sql(
        "UPDATE store_connections SET refreshing_until = $3, refresh_fence = refresh_fence + 1 \
         WHERE store_id = $1 AND (refreshing_until IS NULL OR refreshing_until <= $2) RETURNING refresh_fence",
    )
    .bind(stored.store_id)
    .bind(portal.now())
    .bind(portal.now() + LEASE)
    .fetch_optional(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(fence.map(|(fence,)| fence))
}

async fn give_lease_back(portal: &Portal, stored: &StoredConnection, fence: i64) -> Result<(), OpenError> {
    let mut tx = portal.db.begin().await?;
    sql("UPDATE store_connections SET refreshing_until = NULL WHERE store_id = $1 AND refresh_fence = $2")
        .bind(stored.store_id)
        .bind(fence)
        .execute(&mut tx)
        .await?;
    Ok(tx.commit().await?)
}

async fn renew(portal: &Portal, stored: StoredConnection, fence: i64) -> Result<StoredConnection, OpenError> {
    let Some(credentials) = stored.credentials(portal)? else {
        return Err(OpenError::NotConnected(StoreState::Disconnected));
    };
    match ask_within(ASK_AT_MOST, portal, &stored, &credentials).await {
        Ok(granted) => {
            replace(portal, &stored, &credentials, &granted).await?;
            give_lease_back(portal, &stored, fence).await?;
            reload(portal, &stored).await
        }
        Err(error) => {
            give_lease_back(portal, &stored, fence).await?;
            if let OpenError::Connection(error) = &error
                && error.needs_reauthorisation()
                && !refused(portal, stored.store_id, &credentials, error)
                    .await
                    .map_err(anyhow::Error::from)?
            {
                return reload(portal, &stored).await;
            }
            Err(error)
        }
    }
}

/// As [`ask`], given up after `limit`.
async fn ask_within(
    limit: Duration,
    portal: &Portal,
    stored: &StoredConnection,
    credentials: &Secret,
) -> Result<Granted, OpenError> {
    tokio::time::timeout(limit, ask(portal, stored, credentials))
        .await
        .unwrap_or_else(|_| Err(ConnectionError::Interrupted("the renewal took too long".to_owned()).into()))
}

/// Asks the platform, again with the same pair when no answer came.
async fn ask(portal: &Portal, stored: &StoredConnection, credentials: &Secret) -> Result<Granted, OpenError> {
    let mut attempt = 1;
    loop {
        let around = stored.around(portal, Errand::default());
        match portal.platforms.renew(&stored.shop(), credentials, around).await {
            Ok(granted) => return Ok(granted),
            Err(error) if error.passes() && attempt < ATTEMPTS => {
                let wait = error.retry_after().unwrap_or(Duration::from_secs(1));
                if wait > LEASE / 4 {
                    return Err(error.into());
                }
                portal.clock.sleep(wait).await;
            }
            Err(error) => return Err(error.into()),
        }
        attempt += 1;
    }
}

/// Writes credentials, all parts at once, in the place of `former`: unless others have come there meanwhile, from a
/// person who connected the store again.
pub(super) async fn replace(
    portal: &Portal,
    stored: &StoredConnection,
    former: &Secret,
    granted: &Granted,
) -> Result<(), OpenError> {
    let sealed = stored.seal(portal, CREDENTIALS, &granted.credentials)?;
    loop {
        let mut tx = portal.db.begin().await?;
        let there = StoredConnection::any_customer_find(&mut tx, stored.store_id)
            .await?
            .ok_or(OpenError::NotFound)?;
        if there.credentials(portal)?.as_ref() != Some(former) {
            return Ok(());
        }
        let written = sql(
            "UPDATE store_connections SET credentials = $3, token_expires_at = $4, updated_at = $5 \
             WHERE store_id = $1 AND credentials = $2",
        )
        .bind(stored.store_id)
        .bind(there.credentials)
        .bind(sealed.clone())
        .bind(granted.expires_at)
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
        tx.commit().await?;
        // None when the same credentials were sealed anew in between, with another key.
        if written > 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Platform;

    use super::*;
    use crate::orders::testing;
    use crate::testing::{connect_store, on_both};

    #[tokio::test]
    async fn a_platform_that_does_not_answer_is_given_up_in_time() {
        on_both(async |portal| {
            let customer = testing::client(&portal, "Estudio Garabato").await.customer;
            let (store, shop) = connect_store(&portal, customer, Platform::Etsy, "12345").await;
            let stored = StoredConnection::any_customer_find(&mut portal.db.read().await.unwrap(), store)
                .await
                .unwrap()
                .unwrap();
            let credentials = stored.credentials(&portal).unwrap().unwrap();
            let _gate = shop.hold_renewal();
            let limit = Duration::from_millis(20);
            let asked = ask_within(limit, &portal, &stored, &credentials).await;
            assert!(matches!(
                asked,
                Err(OpenError::Connection(ConnectionError::Interrupted(_)))
            ));
        })
        .await;
    }
}
