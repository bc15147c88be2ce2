//! Where sessions are kept. Ids are hashed, so that a copy of the database lets nobody in.

use std::net::IpAddr;
use std::time::Duration;

use domain::Timestamp;
use domain::id::{CustomerId, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::own::{OwnSession, end_others, end_own, list};
use crate::storage::{AsConn as _, Engine, Sql, Tx, sql};
use crate::{Outcome, Portal};

mod own;

/// A session as it is kept.
#[derive(Clone, Debug)]
pub struct SessionRecord {
    /// Whose it is; nothing before log-in.
    pub user: Option<UserId>,
    /// Its values, as JSON.
    pub data: String,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// When and where its person logged in; nothing before they have proved by both steps who they are.
    pub log_in: Option<LogIn>,
}

impl SessionRecord {
    /// Binds, from `$1` on: id, person, values, this moment, end, and of the log-in when, with what and where.
    fn bind(&self, query: Sql, id: &[u8], now: Timestamp) -> Sql {
        let log_in = self.log_in.as_ref();
        query
            .bind(hash(id))
            .bind(self.user)
            .bind(self.data.as_str())
            .bind(now)
            .bind(self.expires_at)
            .bind(log_in.map(|log_in| log_in.at))
            .bind(log_in.and_then(|log_in| log_in.user_agent.clone()))
            .bind(log_in.map(|log_in| log_in.address.clone()))
    }
}

/// When and where somebody logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogIn {
    /// When.
    pub at: Timestamp,
    /// What the browser says it is.
    pub user_agent: Option<String>,
    /// Where the session's last request came from.
    pub address: String,
}

impl LogIn {
    /// Most characters kept of what a browser says it is.
    const LONGEST_USER_AGENT: usize = 256;

    /// A log-in at `at` from `address`.
    pub fn new(at: Timestamp, user_agent: Option<&str>, address: IpAddr) -> Self {
        let user_agent = user_agent.map(|text| text.chars().take(Self::LONGEST_USER_AGENT).collect());
        Self {
            at,
            user_agent,
            address: address.to_string(),
        }
    }
}

/// Most sessions of people who are not logged in: they carry what a refused form left behind, and anybody can have one
/// made. With the few kilobytes each may hold, they stay below a size that matters.
pub const MOST_SIGNED_OUT: i64 = 4_096;

/// How long a former id of a session leads to it: long enough for requests that were on their way.
const FORMER_ID_LIVES: Duration = Duration::from_secs(10);

fn hash(id: &[u8]) -> Vec<u8> {
    Sha256::digest(id).to_vec()
}

/// Keeps a new session under the hash of `id`. False when the id is taken.
///
/// # Errors
/// Only unexpected ones.
pub async fn create(portal: &Portal, id: &[u8], record: &SessionRecord) -> Outcome<bool> {
    let mut tx = portal.db.begin().await?;
    if record.user.is_none() {
        make_room(&mut tx).await?;
    }
    let created = insert(portal, &mut tx, id, record).await?;
    tx.commit().await?;
    Ok(created)
}

async fn insert(portal: &Portal, tx: &mut Tx, id: &[u8], record: &SessionRecord) -> Outcome<bool> {
    let inserted = sql(
        "INSERT INTO sessions (id_hash, user_id, data, last_seen_at, expires_at, logged_in_at, user_agent, address, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $4) ON CONFLICT (id_hash) DO NOTHING",
    );
    Ok(record.bind(inserted, id, portal.now()).execute(tx).await? == 1)
}

/// Ends the signed-out sessions that have rested longest, where there are too many for one more.
async fn make_room(tx: &mut Tx) -> Outcome<()> {
    let (kept,): (i64,) = sql("SELECT COUNT(*) FROM sessions WHERE user_id IS NULL")
        .fetch_one(tx)
        .await?;
    if kept >= MOST_SIGNED_OUT {
        // Some at once, so that under attack not every request has to.
        sql("DELETE FROM sessions WHERE id_hash IN \
             (SELECT id_hash FROM sessions WHERE user_id IS NULL ORDER BY last_seen_at LIMIT $1)")
        .bind(kept - MOST_SIGNED_OUT + MOST_SIGNED_OUT / 16)
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Keeps the changed values of a session. One that was ended meanwhile stays ended, and one that goes on under another id
/// is kept there only.
///
/// # Errors
/// Only unexpected ones.
pub async fn save(portal: &Portal, id: &[u8], record: &SessionRecord) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    update(portal, &mut tx, id, record).await?;
    tx.commit().await?;
    Ok(())
}

async fn update(portal: &Portal, tx: &mut Tx, id: &[u8], record: &SessionRecord) -> Outcome<()> {
    let updated = sql(
        "UPDATE sessions SET user_id = $2, data = $3, last_seen_at = $4, expires_at = $5, logged_in_at = $6, \
         user_agent = $7, address = $8 WHERE id_hash = $1 AND successor IS NULL",
    );
    record.bind(updated, id, portal.now()).execute(tx).await?;
    Ok(())
}

/// Gives the id under which a session goes on that leaves the id `id`; nothing when it has ended. Requests that are on
/// their way with the former id find the session for some seconds, and are given the same id.
///
/// # Errors
/// Only unexpected ones.
pub async fn leave(portal: &Portal, id: &[u8]) -> Outcome<Option<[u8; 16]>> {
    let mut tx = portal.db.begin().await?;
    let mut query = sql("SELECT salt FROM sessions WHERE id_hash = ");
    query.push_bind(hash(id));
    // SQLite has one writer at a time anyway.
    if tx.engine() == Engine::Postgres {
        query.push(" FOR UPDATE");
    }
    let Some((left,)) = query.fetch_optional::<(Option<Vec<u8>>,)>(&mut tx).await? else {
        return Ok(None);
    };
    if let Some(salt) = left {
        return Ok(Some(successor(id, &salt)));
    }
    let salt = portal.entropy.token();
    let next = successor(id, &salt);
    sql("UPDATE sessions SET salt = $2, successor = $3, expires_at = $4 WHERE id_hash = $1")
        .bind(hash(id))
        .bind(salt.to_vec())
        .bind(hash(&next))
        .bind(portal.now() + FORMER_ID_LIVES)
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(Some(next))
}

/// The id that follows `id`: nobody knows it who has overheard the former one.
fn successor(id: &[u8], salt: &[u8]) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(salt)
        .chain_update(id)
        .finalize()
        .into();
    let (half, _) = digest.split_at(16);
    half.try_into().unwrap_or_default()
}

/// Keeps a session under the id that [`leave`] gave. When it was ended meanwhile, it stays ended.
///
/// # Errors
/// Only unexpected ones.
pub async fn go_on(portal: &Portal, id: &[u8], record: &SessionRecord) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    let (expected,): (bool,) = sql("SELECT EXISTS (SELECT 1 FROM sessions WHERE successor = $1)")
        .bind(hash(id))
        .fetch_one(&mut tx)
        .await?;
    if expected && !insert(portal, &mut tx, id, record).await? {
        update(portal, &mut tx, id, record).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The values of a session that has not ended, with its end.
///
/// # Errors
/// Only unexpected ones.
pub async fn load(portal: &Portal, id: &[u8]) -> Outcome<Option<(String, Timestamp)>> {
    Ok(
        sql("SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2")
            .bind(hash(id))
            .bind(portal.now())
            .fetch_optional(&mut portal.db.read().await?)
            .await?,
    )
}

/// Ends one session. A former id ends by itself, or with the session it leads to.
///
/// # Errors
/// Only unexpected ones.
pub async fn end(portal: &Portal, id: &[u8]) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    sql("DELETE FROM sessions WHERE id_hash = $1 AND successor IS NULL OR successor = $1")
        .bind(hash(id))
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all sessions of a person, but for the one they are using.
///
/// # Errors
/// Only unexpected ones.
pub async fn end_all(tx: &mut Tx, user: UserId, except: Option<&[u8]>) -> Outcome<()> {
    sql("DELETE FROM sessions WHERE user_id = $1 AND id_hash <> $2")
        .bind(user)
        .bind(except.map_or_else(Vec::new, hash))
        .execute(tx)
        .await?;
    Ok(())
}

/// That whoever a session is of can work for no customer but `$1`: by what lets them in, as in
/// [`current`](super::current).
const WORKS_NOWHERE_ELSE: &str = " AND NOT EXISTS (SELECT 1 FROM memberships other \
     JOIN customers c ON c.id = other.customer_id \
     WHERE other.user_id = sessions.user_id AND other.customer_id <> $1 AND other.accepted_at IS NOT NULL \
     AND other.blocked_at IS NULL AND other.removed_at IS NULL AND c.storefronts_access AND c.archived_at IS NULL)";

/// Ends all sessions of everybody who can work for no customer but this one.
///
/// # Errors
/// Only unexpected ones.
pub async fn end_all_of_customer(tx: &mut Tx, customer: CustomerId) -> Outcome<()> {
    let mut end = sql("DELETE FROM sessions WHERE user_id IN \
                       (SELECT m.user_id FROM memberships m JOIN users u ON u.id = m.user_id \
                       WHERE m.customer_id = $1 AND u.operator_role IS NULL)")
    .bind(customer);
    end.push(WORKS_NOWHERE_ELSE);
    end.execute(tx).await?;
    Ok(())
}

/// Ends all sessions of somebody who can work for no customer but this one.
///
/// # Errors
/// Only unexpected ones.
pub async fn end_all_at(tx: &mut Tx, user: UserId, customer: CustomerId) -> Outcome<()> {
    let mut end = sql("DELETE FROM sessions WHERE user_id = $2")
        .bind(customer)
        .bind(user);
    end.push(WORKS_NOWHERE_ELSE);
    end.execute(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both;

    #[tokio::test]
    async fn sessions_that_anybody_can_have_made_stay_few() {
        on_both(async |portal| {
            let mut tx = portal.db.begin().await.unwrap();
            for number in 0..MOST_SIGNED_OUT {
                sql(
                    "INSERT INTO sessions (id_hash, data, created_at, last_seen_at, expires_at) \
                     VALUES ($1, '{}', $2, $2, $3)",
                )
                .bind(hash(&number.to_le_bytes()))
                .bind(portal.now())
                .bind(portal.now() + std::time::Duration::from_hours(1))
                .execute(&mut tx)
                .await
                .unwrap();
            }
            tx.commit().await.unwrap();
            portal.clock.advance(std::time::Duration::from_secs(1));
            let record = SessionRecord {
                user: None,
                data: "{}".to_owned(),
                expires_at: portal.now() + std::time::Duration::from_hours(1),
                log_in: None,
            };
            assert!(create(&portal, b"one more", &record).await.unwrap());
            let (kept,): (i64,) = sql("SELECT COUNT(*) FROM sessions")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
            assert_eq!(kept, MOST_SIGNED_OUT - MOST_SIGNED_OUT / 16 + 1);
            assert!(load(&portal, b"one more").await.unwrap().is_some());
        })
        .await;
    }
}
