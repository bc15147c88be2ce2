//! Renewing credentials that end, by one process at a time.
//!
//! The platform is asked outside of any transaction, under a lease in the connection's row: whoever takes it asks,
//! all others wait for what they write. The new pair replaces the old one in one statement, under the fence of the
//! lease. A process that dies in between leaves the old pair, with which the next one asks again: platforms accept
//! it as long as the lost answer was not used.

use std::time::Duration;

use connectors::store::{ConnectionError, Secret};
use domain::StoreState;

use super::open::OpenError;
use super::refused::refused;
use super::stored::{CREDENTIALS, StoredConnection};
use crate::Portal;
use crate::storage::sql;
use crate::stores::Granted;

/// Credentials that live shorter than this are renewed before they are used.
const MIN_LIFE: Duration = Duration::from_mins(5);
/// How long a process may take to renew credentials before another one tries.
const LEASE: Duration = Duration::from_secs(90);
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

async fn reload(portal: &Portal, stored: &StoredConnection) -> Result<StoredConnection, OpenError> {
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
    match ask(portal, &stored).await {
        Ok(granted) => write(portal, &stored, &granted, fence).await,
        Err(error) => {
            give_lease_back(portal, &stored, fence).await?;
            if let OpenError::Connection(error) = &error
                && error.needs_reauthorisation()
            {
                refused(portal, stored.customer_id, stored.store_id, error)
                    .await
                    .map_err(anyhow::Error::from)?;
            }
            Err(error)
        }
    }
}

/// Asks the platform, again with the same pair when no answer came.
async fn ask(portal: &Portal, stored: &StoredConnection) -> Result<Granted, OpenError> {
    let Some(credentials) = stored.credentials(portal)? else {
        return Err(OpenError::NotConnected(StoreState::Disconnected));
    };
    let mut attempt = 1;
    loop {
        let around = stored.around(portal, None);
        match portal.platforms.renew(&stored.shop(), &credentials, around).await {
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

/// Writes the pair, both halves at once.
async fn write(
    portal: &Portal,
    stored: &StoredConnection,
    granted: &Granted,
    fence: i64,
) -> Result<StoredConnection, OpenError> {
    let sealed = stored.seal(portal, CREDENTIALS, &granted.credentials)?;
    let mut tx = portal.db.begin().await?;
    let written = sql(
        "UPDATE store_connections SET credentials = $3, token_expires_at = $4, refreshing_until = NULL, updated_at = $5 \
         WHERE store_id = $1 AND refresh_fence = $2 AND disconnected_at IS NULL",
    )
    .bind(stored.store_id)
    .bind(fence)
    .bind(sealed)
    .bind(granted.expires_at)
    .bind(portal.now())
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    if written == 0 {
        // Too slow: another process has taken over, or the store was disconnected.
        let late = ConnectionError::Interrupted("the renewal took too long".to_owned());
        return Err(late.into());
    }
    reload(portal, stored).await
}
