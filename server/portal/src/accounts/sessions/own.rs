//! Somebody's own sessions: where they are logged in, and ending it there.

use data_encoding::HEXLOWER;
use domain::id::UserId;
use domain::{AuditAction, AuditField, Timestamp};

use super::{end_all, hash};
use crate::accounts::device::Device;
use crate::audit::{Entry, record_own};
use crate::storage::sql;
use crate::{Outcome, Portal};

/// A session of somebody's own, as they see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// What it is ended by: of no use to log in.
    pub handle: String,
    /// The browser.
    pub device: Device,
    /// Where its last request came from.
    pub address: Option<String>,
    /// When its person logged in.
    pub since: Timestamp,
    /// When its last request was, to the minute.
    pub last_seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Most sessions shown to their person.
const MOST_LISTED: i64 = 100;

#[derive(sqlx::FromRow)]
struct Listed {
    id_hash: Vec<u8>,
    user_agent: Option<String>,
    address: Option<String>,
    logged_in_at: Timestamp,
    last_seen_at: Timestamp,
}

/// Where somebody is logged in, those used last first. `this` is the id of the session that asks, which leads.
///
/// # Errors
/// Only unexpected ones.
pub async fn list(portal: &Portal, user: UserId, this: &[u8]) -> Outcome<Vec<OwnSession>> {
    let rows: Vec<Listed> = sql(
        "SELECT id_hash, user_agent, address, logged_in_at, last_seen_at FROM sessions \
         WHERE user_id = $1 AND logged_in_at IS NOT NULL AND expires_at > $2 AND successor IS NULL \
         ORDER BY CASE WHEN id_hash = $3 THEN 0 ELSE 1 END, last_seen_at DESC, id_hash LIMIT $4",
    )
    .bind(user)
    .bind(portal.now())
    .bind(hash(this))
    .bind(MOST_LISTED)
    .fetch_all(&mut portal.db.read().await?)
    .await?;
    let this = hash(this);
    let own = |row: Listed| OwnSession {
        handle: HEXLOWER.encode(&row.id_hash),
        device: row.user_agent.as_deref().map(Device::of).unwrap_or_default(),
        address: row.address,
        since: row.logged_in_at,
        last_seen_at: row.last_seen_at,
        is_this: row.id_hash == this,
    };
    Ok(rows.into_iter().map(own).collect())
}

/// Ends a session of somebody's own, by the handle in their list. One that has ended meanwhile, or is somebody else's,
/// stays as it is.
///
/// # Errors
/// Only unexpected ones.
pub async fn end_own(portal: &Portal, user: UserId, handle: &str) -> Outcome<()> {
    let Ok(id_hash) = HEXLOWER.decode(handle.as_bytes()) else {
        return Ok(());
    };
    let mut tx = portal.db.begin().await?;
    let ended: Vec<(Option<String>,)> = sql(
        "DELETE FROM sessions WHERE user_id = $1 AND (id_hash = $2 OR successor = $2) RETURNING user_agent",
    )
    .bind(user)
    .bind(id_hash)
    .fetch_all(&mut tx)
    .await?;
    if let Some((user_agent,)) = ended.into_iter().next() {
        let entry = Entry::new(AuditAction::SessionEnded).with(AuditField::Device, user_agent);
        record_own(&mut tx, portal, user, entry).await?;
    }
    Ok(tx.commit().await?)
}

/// Ends all sessions of a person but for the one that asks.
///
/// # Errors
/// Only unexpected ones.
pub async fn end_others(portal: &Portal, user: UserId, this: &[u8]) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    end_all(&mut tx, user, Some(this)).await?;
    record_own(&mut tx, portal, user, Entry::new(AuditAction::OtherSessionsEnded)).await?;
    Ok(tx.commit().await?)
}
