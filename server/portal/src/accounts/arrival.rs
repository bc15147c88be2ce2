//! Noting that somebody is in: when, and with which browser. One that was not seen before is told by mail.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::UserId;
use sha2::{Digest, Sha256};

use super::notice;
use crate::mail::{self, MailKind};
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal};

/// Browsers remembered for each person, those used last.
const MOST_DEVICES: i64 = 10;

/// What somebody logs in with.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The token in the browser's long-lived cookie, if it has one.
    pub token: Option<&'a str>,
    /// What the browser says it is.
    pub user_agent: Option<&'a str>,
    /// The caller's address.
    pub address: IpAddr,
}

/// Notes that somebody has logged in. Gives the token that the browser is to keep: it is known by it the next time. The
/// first browser of a person is nobody else's: only those that follow are told.
///
/// # Errors
/// Only unexpected ones.
pub async fn note(portal: &Portal, user: UserId, arrival: Arrival<'_>) -> Outcome<String> {
    let now = portal.now();
    let token = arrival
        .token
        .and_then(parse)
        .unwrap_or_else(|| portal.entropy.token());
    let mut tx = portal.db.begin().await?;
    sql("UPDATE users SET last_login_at = $2 WHERE id = $1")
        .bind(user)
        .bind(now)
        .execute(&mut tx)
        .await?;
    let (others,): (i64,) = sql("SELECT COUNT(*) FROM known_devices WHERE user_id = $1")
        .bind(user)
        .fetch_one(&mut tx)
        .await?;
    let seen = sql("UPDATE known_devices SET seen_at = $3 WHERE user_id = $1 AND token_hash = $2")
        .bind(user)
        .bind(hash(&token))
        .bind(now)
        .execute(&mut tx)
        .await?;
    if seen == 0 {
        sql("INSERT INTO known_devices (user_id, token_hash, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(user)
            .bind(hash(&token))
            .bind(now)
            .execute(&mut tx)
            .await?;
        forget_oldest(&mut tx, user).await?;
        if others > 0 {
            let mail = notice::to(&mut tx, user, MailKind::NewDevice).await?;
            let mail = mail.from_browser(arrival.user_agent, arrival.address);
            mail::queue(&mut tx, portal, mail).await?;
        }
    }
    tx.commit().await?;
    Ok(URL_SAFE_NO_PAD.encode(token))
}

async fn forget_oldest(tx: &mut Tx, user: UserId) -> Outcome<()> {
    sql("DELETE FROM known_devices WHERE user_id = $1 AND token_hash NOT IN \
         (SELECT token_hash FROM known_devices WHERE user_id = $1 ORDER BY seen_at DESC, token_hash LIMIT $2)")
    .bind(user)
    .bind(MOST_DEVICES)
    .execute(tx)
    .await?;
    Ok(())
}

fn parse(token: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()
}

fn hash(token: &[u8; 32]) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
