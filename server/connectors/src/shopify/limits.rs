//! Shopify's leaky bucket of cost, for each application at each shop.

use std::sync::Mutex;
use std::time::Duration;

use domain::Timestamp;
use serde::Deserialize;

use crate::outbound::LONGEST_RETRY_AFTER;
use crate::store::{Answer, LONGEST_WAIT, Limits};

/// What is left of a shop's bucket, kept up to date by every answer. One for each shop, shared by all workers.
///
/// The size of the bucket and how fast it fills depend on the shop's plan; until an answer tells, those of the
/// smallest are assumed (1,000 points, 50 a second).
#[derive(Debug)]
pub struct CostBucket(Mutex<Level>);

#[derive(Clone, Copy, Debug)]
struct Level {
    size: f64,
    available: f64,
    restored_per_second: f64,
    at: Timestamp,
}

/// `extensions.cost` of an answer.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cost {
    pub(super) requested_query_cost: Option<f64>,
    pub(super) throttle_status: Option<ThrottleStatus>,
}

/// What is left, in points.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ThrottleStatus {
    maximum_available: f64,
    currently_available: f64,
    restore_rate: f64,
}

impl Cost {
    /// How long until the bucket holds what the request needs.
    pub(super) fn wait(&self) -> Option<Duration> {
        let status = self.throttle_status?;
        let missing = self.requested_query_cost? - status.currently_available;
        seconds(missing / status.restore_rate).map(|wait| wait.min(LONGEST_RETRY_AFTER))
    }
}

fn seconds(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|wait| !wait.is_zero())
}

#[derive(Deserialize)]
struct Body {
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
struct Extensions {
    cost: Option<Cost>,
}

impl Default for CostBucket {
    fn default() -> Self {
        Self(Mutex::new(Level {
            size: 1000.0,
            available: 1000.0,
            restored_per_second: 50.0,
            at: Timestamp::EPOCH,
        }))
    }
}

impl CostBucket {
    fn level(&self) -> std::sync::MutexGuard<'_, Level> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Limits for CostBucket {
    fn wait(&self, cost: u32, now: Timestamp) -> Option<Duration> {
        let mut level = self.level();
        let restored = now.since(level.at).as_secs_f64() * level.restored_per_second;
        let available = (level.available + restored).min(level.size);
        // More than the bucket holds is never there; the shop itself then says what it thinks of it.
        let after = available - f64::from(cost).min(level.size);
        let wait = seconds(-after / level.restored_per_second);
        if wait.is_none_or(|wait| wait <= LONGEST_WAIT) {
            level.available = after;
            level.at = level.at.max(now);
        }
        wait
    }

    fn learn(&self, answer: &Answer, now: Timestamp) {
        let body: Option<Body> = serde_json::from_slice(&answer.body).ok();
        let status = body
            .and_then(|body| body.extensions?.cost?.throttle_status)
            .filter(|status| status.restore_rate > 0.0 && status.maximum_available > 0.0);
        if let Some(status) = status {
            *self.level() = Level {
                size: status.maximum_available,
                available: status.currently_available,
                restored_per_second: status.restore_rate,
                at: now,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn answer(body: &'static str) -> Answer {
        Answer {
            status: 200,
            headers: reqwest::header::HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
            final_url: String::new(),
        }
    }

    #[test]
    fn requests_wait_until_the_bucket_holds_what_they_cost() {
        let bucket = CostBucket::default();
        let now = Timestamp::from_seconds(1_000);
        bucket.learn(
            &answer(include_str!("samples/graphql_throttled_response.json")),
            now,
        );
        // 118 points are there and 100 come back each second.
        assert_eq!(bucket.wait(100, now), None);
        assert_eq!(bucket.wait(118, now), Some(Duration::from_secs(1)));
        assert_eq!(bucket.wait(100, now), Some(Duration::from_secs(2)));
        let later = now + Duration::from_mins(1);
        assert_eq!(bucket.wait(2000, later), None);
        assert_eq!(bucket.wait(1900, later), Some(Duration::from_secs(19)));
        assert!(bucket.wait(2000, later).unwrap() > LONGEST_WAIT);
        assert!(
            bucket.wait(2000, later).unwrap() > LONGEST_WAIT,
            "a refused wait takes nothing"
        );
    }

    #[test]
    fn an_answer_that_says_nothing_changes_nothing() {
        let bucket = CostBucket::default();
        let now = Timestamp::from_seconds(1_000);
        bucket.learn(&answer("<html>"), now);
        bucket.learn(&answer(r#"{"extensions":{"cost":{"throttleStatus":null}}}"#), now);
        assert_eq!(bucket.wait(1000, now), None);
        assert_eq!(bucket.wait(50, now), Some(Duration::from_secs(1)));
    }
}
