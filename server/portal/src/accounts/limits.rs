//! Limits on attempts to give a password, per account and per address, and on requests for reset links per address,
//! with a delay that doubles.
//!
//! An attempt is counted before its password is looked at, and taken back when it succeeds: attempts made at the
//! same time count one after the other. Persisted, so that a restart forgives nobody. Unknown accounts are limited
//! like known ones.

use std::net::IpAddr;
use std::time::Duration;

use domain::{Problem, Timestamp};

use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// The failure of an account that is followed by a delay; those before are typing errors of an honest person.
const DELAYED_PER_ACCOUNT: i64 = 5;
/// The failure from one address that is followed by a delay: an office shares one address.
const DELAYED_PER_ADDRESS: i64 = 20;
const FIRST_DELAY: Duration = Duration::from_secs(30);
const LONGEST_DELAY: Duration = Duration::from_hours(1);
/// Failures older than this are forgotten.
const MEMORY: Duration = Duration::from_hours(24);

/// What attempts are counted under: the account's key and the caller's network.
#[derive(Clone, Debug)]
pub struct LimitKeys([(String, i64); 2]);

impl LimitKeys {
    /// For an account name as typed (lower-cased) and the caller's address; IPv6 counts by /64, which is what
    /// one subscriber gets.
    pub fn new(email_key: &str, address: IpAddr) -> Self {
        let account: String = email_key.chars().take(254).collect();
        Self([
            (format!("account:{account}"), DELAYED_PER_ACCOUNT),
            (format!("address:{}", network(address)), DELAYED_PER_ADDRESS),
        ])
    }
}

/// What addresses are counted by.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[derive(sqlx::FromRow)]
struct Limit {
    failures: i64,
    blocked_until: Option<Timestamp>,
    updated_at: Timestamp,
}

/// Counts an attempt as failed until [`succeeded`] says otherwise.
///
/// # Errors
/// [`Refusal::Conflict`] with `too-many-attempts` (argument `minutes`) when there were too many; this one is then not
/// counted.
pub(super) async fn begin_attempt(portal: &Portal, keys: &LimitKeys) -> Outcome<()> {
    count(portal, &keys.0).await
}

/// Counts a request for a reset link, whoever it is for.
///
/// # Errors
/// As [`begin_attempt`].
pub(super) async fn count_reset(portal: &Portal, address: IpAddr) -> Outcome<()> {
    count(
        portal,
        &[(format!("reset:{}", network(address)), DELAYED_PER_ADDRESS)],
    )
    .await
}

async fn count(portal: &Portal, keys: &[(String, i64)]) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    let Some(until) = attempt(portal, &mut tx, keys).await? else {
        return Ok(tx.commit().await?);
    };
    let minutes = until.since(portal.now()).as_secs().div_ceil(60);
    let minutes = i64::try_from(minutes).unwrap_or(i64::MAX);
    Err(Refusal::Conflict(
        Problem::new("too-many-attempts").with("minutes", minutes),
    ))
}

/// Counts an attempt. Gives until when attempts are refused, if they are; this one is then not counted.
async fn attempt(portal: &Portal, tx: &mut Tx, keys: &[(String, i64)]) -> Outcome<Option<Timestamp>> {
    let now = portal.now();
    for (key, delayed) in keys {
        let limit = lock(tx, key, now).await?;
        if let Some(until) = limit.blocked_until.filter(|until| *until > now) {
            return Ok(Some(until));
        }
        let forgotten = now.since(limit.updated_at) >= MEMORY;
        let failures = if forgotten { 1 } else { limit.failures + 1 };
        sql(
            "UPDATE login_limits SET failures = $2, blocked_until = $3, updated_at = $4 WHERE limit_key = $1",
        )
        .bind(key.as_str())
        .bind(failures)
        .bind(delay(failures - delayed).map(|delay| now + delay))
        .bind(now)
        .execute(tx)
        .await?;
    }
    Ok(None)
}

/// Reads the row of a key, and makes others who want it wait until `tx` is over.
async fn lock(tx: &mut Tx, key: &str, now: Timestamp) -> Outcome<Limit> {
    Ok(sql(
        "INSERT INTO login_limits (limit_key, failures, updated_at) VALUES ($1, 0, $2) \
         ON CONFLICT (limit_key) DO UPDATE SET limit_key = excluded.limit_key \
         RETURNING failures, blocked_until, updated_at",
    )
    .bind(key)
    .bind(now)
    .fetch_one(tx)
    .await?)
}

/// Forgets the account's failures after a log-in. Of the address only this attempt is taken back, or one known
/// password would let somebody try the accounts of others without end.
///
/// # Errors
/// Only unexpected ones.
pub async fn succeeded(tx: &mut Tx, keys: &LimitKeys) -> Outcome<()> {
    let [(account, _), (address, _)] = &keys.0;
    sql("DELETE FROM login_limits WHERE limit_key = $1")
        .bind(account.as_str())
        .execute(tx)
        .await?;
    sql("UPDATE login_limits SET failures = failures - 1, blocked_until = NULL WHERE limit_key = $1 AND failures > 0")
        .bind(address.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

/// The pause after a failure; `beyond` is 0 for the first one that has one.
fn delay(beyond: i64) -> Option<Duration> {
    let doublings = u32::try_from(beyond).ok()?;
    Some(
        FIRST_DELAY
            .saturating_mul(2_u32.saturating_pow(doublings.min(16)))
            .min(LONGEST_DELAY),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_up_to_an_hour() {
        assert_eq!(delay(-1), None);
        assert_eq!(delay(0), Some(Duration::from_secs(30)));
        assert_eq!(delay(1), Some(Duration::from_mins(1)));
        assert_eq!(delay(40), Some(LONGEST_DELAY));
    }

    #[test]
    fn neighbours_in_an_ipv6_network_share_a_limit() {
        let key = |address: &str| {
            LimitKeys::new("a@b.example", address.parse().unwrap()).0[1]
                .0
                .clone()
        };
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.7"), "address:192.0.2.7");
    }
}
