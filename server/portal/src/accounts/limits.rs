//! Limits on log-in attempts, per account and per address, with a delay that doubles.
//!
//! Persisted, so that a restart forgives nobody. Unknown accounts are limited like known ones.

use std::net::IpAddr;
use std::time::Duration;

use domain::Timestamp;

use crate::storage::{AsConn, Tx, sql};
use crate::{Outcome, Portal};

/// Failures that cost nothing: typing errors of an honest person.
const FREE_PER_ACCOUNT: i64 = 5;
/// An office shares one address.
const FREE_PER_ADDRESS: i64 = 20;
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
        let network = match address.to_canonical() {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        };
        let account: String = email_key.chars().take(254).collect();
        Self([
            (format!("account:{account}"), FREE_PER_ACCOUNT),
            (format!("address:{network}"), FREE_PER_ADDRESS),
        ])
    }
}

#[derive(sqlx::FromRow)]
struct Limit {
    failures: i64,
    blocked_until: Option<Timestamp>,
    updated_at: Timestamp,
}

async fn limit(conn: &mut impl AsConn, key: &str) -> Outcome<Option<Limit>> {
    Ok(
        sql("SELECT failures, blocked_until, updated_at FROM login_limits WHERE limit_key = $1")
            .bind(key)
            .fetch_optional(conn)
            .await?,
    )
}

/// Until when attempts are refused, if they are.
///
/// # Errors
/// Only unexpected ones.
pub async fn blocked_until(
    portal: &Portal,
    conn: &mut impl AsConn,
    keys: &LimitKeys,
) -> Outcome<Option<Timestamp>> {
    let now = portal.now();
    let mut latest = None;
    for (key, _) in &keys.0 {
        let until = limit(conn, key)
            .await?
            .and_then(|limit| limit.blocked_until)
            .filter(|until| *until > now);
        latest = latest.max(until);
    }
    Ok(latest)
}

/// Counts a failed attempt and sets the delay before the next one.
///
/// # Errors
/// Only unexpected ones.
pub async fn failed(portal: &Portal, tx: &mut Tx, keys: &LimitKeys) -> Outcome<()> {
    let now = portal.now();
    for (key, free) in &keys.0 {
        let earlier = limit(tx, key)
            .await?
            .filter(|limit| now.since(limit.updated_at) < MEMORY);
        let failures = earlier.map_or(0, |limit| limit.failures) + 1;
        let blocked_until = delay(failures - free).map(|delay| now + delay);
        sql("INSERT INTO login_limits (limit_key, failures, blocked_until, updated_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (limit_key) DO UPDATE SET failures = excluded.failures, \
             blocked_until = excluded.blocked_until, updated_at = excluded.updated_at")
        .bind(key.as_str())
        .bind(failures)
        .bind(blocked_until)
        .bind(now)
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Forgets the account's failures after a log-in; the address keeps its own, or one known password would
/// let somebody try the accounts of others without end.
///
/// # Errors
/// Only unexpected ones.
pub async fn succeeded(tx: &mut Tx, keys: &LimitKeys) -> Outcome<()> {
    sql("DELETE FROM login_limits WHERE limit_key = $1")
        .bind(keys.0[0].0.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

/// The pause after the n-th failure beyond the free ones.
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
