//! Where sessions are kept. Ids are hashed, so that a copy of the database lets nobody in.

use domain::Timestamp;
use domain::id::UserId;
use sha2::{Digest, Sha256};

use crate::storage::{Tx, sql};
use crate::{Outcome, Portal};

/// A session as it is kept.
#[derive(Clone, Debug)]
pub struct SessionRecord {
    /// Whose it is; nothing before log-in.
    pub user: Option<UserId>,
    /// Its values, as JSON.
    pub data: String,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
}

/// Most sessions of people who are not logged in: they carry what a refused form left behind, and anybody can have one
/// made. With the few kilobytes each may hold, they stay below a size that matters.
pub const MOST_SIGNED_OUT: i64 = 4_096;

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
    let created = sql(
        "INSERT INTO sessions (id_hash, user_id, data, created_at, last_seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $4, $5) ON CONFLICT (id_hash) DO NOTHING",
    )
    .bind(hash(id))
    .bind(record.user)
    .bind(record.data.as_str())
    .bind(portal.now())
    .bind(record.expires_at)
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(created == 1)
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

/// Keeps the changed values of a session. One that was ended meanwhile stays ended.
///
/// # Errors
/// Only unexpected ones.
pub async fn save(portal: &Portal, id: &[u8], record: &SessionRecord) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    sql("UPDATE sessions SET user_id = $2, data = $3, last_seen_at = $4, expires_at = $5 WHERE id_hash = $1")
        .bind(hash(id))
        .bind(record.user)
        .bind(record.data.as_str())
        .bind(portal.now())
        .bind(record.expires_at)
        .execute(&mut tx)
        .await?;
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

/// Ends one session.
///
/// # Errors
/// Only unexpected ones.
pub async fn end(portal: &Portal, id: &[u8]) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    sql("DELETE FROM sessions WHERE id_hash = $1")
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

/// Ends all sessions of everybody who works only for this customer.
///
/// # Errors
/// Only unexpected ones.
pub async fn end_all_of_customer(tx: &mut Tx, customer: domain::id::CustomerId) -> Outcome<()> {
    sql("DELETE FROM sessions WHERE user_id IN (SELECT m.user_id FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.customer_id = $1 AND u.operator_role IS NULL AND NOT EXISTS \
         (SELECT 1 FROM memberships other WHERE other.user_id = m.user_id AND other.customer_id <> $1))")
    .bind(customer)
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends all sessions of somebody who can work for no customer but this one.
///
/// # Errors
/// Only unexpected ones.
pub async fn end_all_at(tx: &mut Tx, user: UserId, customer: domain::id::CustomerId) -> Outcome<()> {
    sql("DELETE FROM sessions WHERE user_id = $1 AND NOT EXISTS \
         (SELECT 1 FROM memberships other WHERE other.user_id = $1 AND other.customer_id <> $2 \
         AND other.accepted_at IS NOT NULL AND other.removed_at IS NULL)")
    .bind(user)
    .bind(customer)
    .execute(tx)
    .await?;
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
