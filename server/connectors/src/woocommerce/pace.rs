//! How fast a shop is asked.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Timestamp;
use tokio::sync::Semaphore;

use crate::store::{Answer, Limits};

/// Requests under way at once: most shops share a small server with others.
const LANES: usize = 2;
/// How long a shop that is overrun is left alone when it does not say how long.
const BREATHER: Duration = Duration::from_secs(2);

/// The pace of one shop, shared by everything in this process that talks to it. `WooCommerce` itself has no limits and
/// says nothing of its host's: two requests at once, and a pause for all when the host has had enough.
#[derive(Debug)]
pub struct Pace {
    lanes: Arc<Semaphore>,
    rests_until: Mutex<Timestamp>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            lanes: Arc::new(Semaphore::new(LANES)),
            rests_until: Mutex::new(Timestamp::EPOCH),
        }
    }
}

impl Limits for Pace {
    fn wait(&self, _cost: u32, now: Timestamp) -> Option<Duration> {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        Some(until.since(now)).filter(|wait| !wait.is_zero())
    }

    fn learn(&self, answer: &Answer, now: Timestamp) {
        if matches!(answer.status, 429 | 503 | 508) {
            let until = now + answer.retry_after().unwrap_or(BREATHER);
            let mut rests_until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
            *rests_until = until.max(*rests_until);
        }
    }

    fn lanes(&self) -> Option<Arc<Semaphore>> {
        Some(Arc::clone(&self.lanes))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    use super::*;

    #[test]
    fn a_shop_that_is_overrun_is_left_alone_by_everybody() {
        let answer = |status, retry: Option<&'static str>| Answer {
            status,
            headers: retry
                .map(|seconds| (RETRY_AFTER, HeaderValue::from_static(seconds)))
                .into_iter()
                .collect::<HeaderMap>(),
            body: Bytes::new(),
            final_url: String::new(),
        };
        let (pace, now) = (Pace::default(), Timestamp::from_seconds(1_795_000_000));
        pace.learn(&answer(200, None), now);
        assert_eq!(pace.wait(1, now), None);
        pace.learn(&answer(503, None), now);
        assert_eq!(pace.wait(1, now), Some(BREATHER));
        pace.learn(&answer(429, Some("30")), now);
        pace.learn(&answer(429, Some("1")), now);
        assert_eq!(pace.wait(1, now), Some(Duration::from_secs(30)));
        assert_eq!(pace.wait(1, now + Duration::from_secs(30)), None);
        assert_eq!(pace.lanes().unwrap().available_permits(), 2);
        pace.learn(&answer(503, Some("99999999")), now);
        assert_eq!(pace.wait(1, now), Some(Duration::from_hours(1)));
    }
}
