//! Limits on attempts to give a password or a code, per account and per address, and on requests for reset links per address,
//! with a delay that doubles.
//!
//! An attempt is noted as pending before its password is looked at, and becomes a failure or nothing when that is
//! known: attempts made at the same time are too few to guess with, and nobody waits because of somebody who is just
//! typing the right password. Failures are forgotten one by one, so that an office with a typing error a day is never
//! locked out. Persisted, so that a restart forgives nobody. Unknown accounts are limited like known ones.

use std::net::IpAddr;
use std::time::Duration;

use data_encoding::HEXLOWER;
use domain::id::UserId;
use domain::{Problem, Timestamp};
use sha2::{Digest, Sha256};

use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// An account: the failures before the fifth are typing errors of an honest person. One is forgotten each hour, which
/// is the longest delay: whoever goes on guessing gets an attempt an hour.
const ACCOUNT: Rule = Rule {
    delayed: 5,
    forgotten_after: Duration::from_hours(1),
};
/// An address, which an office shares. Whoever goes on guessing from one gets about four attempts an hour.
const ADDRESS: Rule = Rule {
    delayed: 20,
    forgotten_after: Duration::from_mins(15),
};
const FIRST_DELAY: Duration = Duration::from_secs(30);
const LONGEST_DELAY: Duration = Duration::from_hours(1);
/// A pending attempt whose end nobody has seen after this counts as a failure: its connection or process is gone.
const LONGEST_ATTEMPT: Duration = Duration::from_mins(1);

/// How the attempts under a key are limited.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// The failure that is followed by a delay; pending attempts and failures together stay below it.
    delayed: i64,
    /// The time after which one failure is forgotten.
    forgotten_after: Duration,
}

/// What attempts are counted under: the account's key and the caller's network.
#[derive(Clone, Debug)]
pub struct LimitKeys([(String, Rule); 2]);

impl LimitKeys {
    /// For codes of the second step. Right passwords do not forgive wrong codes.
    pub(super) fn of_codes(user: UserId, address: IpAddr) -> Self {
        Self([
            (format!("code:{user}"), ACCOUNT),
            (format!("address:{}", network(address)), ADDRESS),
        ])
    }

    /// For an account name as typed (lower-cased), of which only a hash is kept: people type their password where the name
    /// goes. And for the caller's address; IPv6 counts by /64, which is what one subscriber gets.
    pub fn new(email_key: &str, address: IpAddr) -> Self {
        let account: [u8; 32] = Sha256::digest(email_key).into();
        Self([
            (format!("account:{}", HEXLOWER.encode(&account)), ACCOUNT),
            (format!("address:{}", network(address)), ADDRESS),
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

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
struct Limit {
    failures: i64,
    pending: i64,
    pending_at: Option<Timestamp>,
    blocked_until: Option<Timestamp>,
    /// From when on the next failure to be forgotten is counted.
    updated_at: Timestamp,
}

impl Limit {
    /// What is left of it at `now`: failures that are not forgotten yet, attempts that may still be going on.
    fn at(mut self, now: Timestamp, rule: Rule) -> Self {
        if let Some(begun) = self.pending_at
            && now.since(begun) >= LONGEST_ATTEMPT
        {
            for _ in 0..self.pending {
                self.fail(begun, rule);
            }
            self.pending = 0;
        }
        if self.pending == 0 {
            self.pending_at = None;
        }
        let every = rule.forgotten_after;
        let steps = now.since(self.updated_at).as_secs() / every.as_secs();
        let forgotten = i64::try_from(steps).unwrap_or(i64::MAX).min(self.failures);
        self.failures -= forgotten;
        self.updated_at = match u32::try_from(forgotten) {
            Ok(forgotten) if self.failures > 0 => self.updated_at + every * forgotten,
            _ => now,
        };
        self
    }

    /// Until when the next attempt must wait, if it must.
    fn refuses(&self, now: Timestamp, rule: Rule) -> Option<Timestamp> {
        let blocked = self.blocked_until.filter(|until| *until > now);
        // One attempt at a time is always possible once the delay is over.
        let crowded = self.pending > 0 && self.failures + self.pending >= rule.delayed;
        blocked.or(crowded.then(|| now + LONGEST_ATTEMPT))
    }

    fn fail(&mut self, now: Timestamp, rule: Rule) {
        if self.failures == 0 {
            self.updated_at = now;
        }
        self.failures += 1;
        let until = delay(self.failures - rule.delayed).map(|delay| now + delay);
        self.blocked_until = self.blocked_until.max(until);
    }

    async fn save(&self, tx: &mut Tx, key: &str) -> Outcome<()> {
        sql(
            "UPDATE login_limits SET failures = $2, pending = $3, pending_at = $4, blocked_until = $5, \
             updated_at = $6 WHERE limit_key = $1",
        )
        .bind(key)
        .bind(self.failures)
        .bind(self.pending)
        .bind(self.pending_at)
        .bind(self.blocked_until)
        .bind(self.updated_at)
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// Notes that an attempt has begun: [`failed`] or [`succeeded`] says how it ends.
///
/// # Errors
/// [`Refusal::Conflict`] with `too-many-attempts` (argument `minutes`) when there were too many; this one is then not
/// counted.
pub(in crate::accounts) async fn begin_attempt(portal: &Portal, keys: &LimitKeys) -> Outcome<()> {
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    for (key, rule) in &keys.0 {
        let mut limit = admit(&mut tx, key, now, *rule).await?;
        limit.pending += 1;
        limit.pending_at = Some(now);
        limit.save(&mut tx, key).await?;
    }
    Ok(tx.commit().await?)
}

/// Counts a request for a reset link, whoever it is for.
///
/// # Errors
/// As [`begin_attempt`].
pub(super) async fn count_reset(portal: &Portal, address: IpAddr) -> Outcome<()> {
    let now = portal.now();
    let key = format!("reset:{}", network(address));
    let mut tx = portal.db.begin().await?;
    let mut limit = admit(&mut tx, &key, now, ADDRESS).await?;
    limit.fail(now, ADDRESS);
    limit.save(&mut tx, &key).await?;
    Ok(tx.commit().await?)
}

/// What a key's limit is now, unless it refuses.
async fn admit(tx: &mut Tx, key: &str, now: Timestamp, rule: Rule) -> Outcome<Limit> {
    let limit = lock(tx, key, now).await?.at(now, rule);
    let Some(until) = limit.refuses(now, rule) else {
        return Ok(limit);
    };
    let minutes = until.since(now).as_secs().div_ceil(60);
    let minutes = i64::try_from(minutes).unwrap_or(i64::MAX);
    Err(Refusal::Conflict(
        Problem::new("too-many-attempts").with("minutes", minutes),
    ))
}

/// Counts an attempt that has begun as a failure.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn failed(portal: &Portal, keys: &LimitKeys) -> Outcome<()> {
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    for (key, rule) in &keys.0 {
        let mut limit = lock(&mut tx, key, now).await?.at(now, *rule);
        limit.pending = (limit.pending - 1).max(0);
        limit.fail(now, *rule);
        limit.save(&mut tx, key).await?;
    }
    Ok(tx.commit().await?)
}

/// Reads the row of a key, and makes others who want it wait until `tx` is over.
async fn lock(tx: &mut Tx, key: &str, now: Timestamp) -> Outcome<Limit> {
    Ok(sql(
        "INSERT INTO login_limits (limit_key, failures, updated_at) VALUES ($1, 0, $2) \
         ON CONFLICT (limit_key) DO UPDATE SET limit_key = excluded.limit_key \
         RETURNING failures, pending, pending_at, blocked_until, updated_at",
    )
    .bind(key)
    .bind(now)
    .fetch_one(tx)
    .await?)
}

/// Forgets the account's failures after a log-in. Of the address only this attempt is over, or one known password would
/// let somebody try the accounts of others without end.
///
/// # Errors
/// Only unexpected ones.
pub async fn succeeded(tx: &mut Tx, keys: &LimitKeys) -> Outcome<()> {
    let [(account, _), (address, _)] = &keys.0;
    sql("DELETE FROM login_limits WHERE limit_key = $1")
        .bind(account.as_str())
        .execute(tx)
        .await?;
    sql("UPDATE login_limits SET pending = pending - 1 WHERE limit_key = $1 AND pending > 0")
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

    #[test]
    fn what_somebody_types_as_their_name_is_not_kept() {
        let home = "192.0.2.7".parse().unwrap();
        let key = |typed: &str| LimitKeys::new(typed, home).0[0].0.clone();
        assert!(!key("siete barcos de papel").contains("barcos"));
        assert_eq!(key("a@b.example"), key("a@b.example"));
        assert_ne!(key("a@b.example"), key("c@b.example"));
        assert_eq!(key(&"x".repeat(10_000)).len(), "account:".len() + 64);
    }
}
