//! Etsy's quota: so many requests a second and a day for the whole application, all shops together.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Timestamp;

use crate::outbound::retry_after_within;
use crate::store::{Answer, LONGEST_WAIT, Limits};

/// How long to leave Etsy alone when the day's requests are used up and it does not say until when: the day is a
/// rolling one, so some come back before midnight.
const DAY_USED_UP: Duration = Duration::from_mins(15);
/// The longest that Etsy closes the line for: until the day is over.
const DAY: Duration = Duration::from_hours(24);

/// What is left of the application's quota, kept up to date by every answer. One for the whole process.
///
/// Until an answer tells, that of a new application is assumed: 10 a second.
#[derive(Debug)]
pub struct Quota(Mutex<State>);

#[derive(Debug)]
struct State {
    per_second: f64,
    /// Requests that may be sent now; below zero when some wait already.
    available: f64,
    at: Timestamp,
    day: Option<QuotaLeft>,
    /// Nothing is sent before.
    closed_until: Timestamp,
}

/// What is left of the day's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaLeft {
    /// Requests left.
    pub remaining: u64,
    /// Requests of a day.
    pub limit: u64,
}

impl QuotaLeft {
    /// Whether less than a fifth is left: time to ask less often, and to tell somebody.
    pub const fn is_low(self) -> bool {
        self.remaining * 5 < self.limit
    }
}

impl Default for Quota {
    fn default() -> Self {
        Self(Mutex::new(State {
            per_second: 10.0,
            available: 10.0,
            at: Timestamp::EPOCH,
            day: None,
            closed_until: Timestamp::EPOCH,
        }))
    }
}

impl Quota {
    /// What is left of the day, once an answer told.
    pub fn left(&self) -> Option<QuotaLeft> {
        self.state().day
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Limits for Quota {
    fn wait(&self, cost: u32, now: Timestamp) -> Option<Duration> {
        let mut state = self.state();
        if state.closed_until > now {
            let closed = state.closed_until.since(now);
            if closed > LONGEST_WAIT {
                return Some(closed);
            }
        }
        let restored = now.since(state.at).as_secs_f64() * state.per_second;
        let after = (state.available + restored).min(state.per_second) - f64::from(cost);
        let paced = Duration::try_from_secs_f64(-after / state.per_second).unwrap_or_default();
        let wait = paced.max(state.closed_until.since(now));
        if wait <= LONGEST_WAIT {
            state.available = after;
            state.at = state.at.max(now);
        }
        (!wait.is_zero()).then_some(wait)
    }

    fn learn(&self, answer: &Answer, now: Timestamp) {
        let number = |name: &str| answer.header(name)?.trim().parse::<u64>().ok();
        let mut state = self.state();
        if let Some(limit) = number("x-limit-per-second").filter(|limit| *limit > 0) {
            state.per_second = f64::from(u32::try_from(limit).unwrap_or(u32::MAX));
        }
        if let (Some(remaining), Some(limit)) = (number("x-remaining-today"), number("x-limit-per-day")) {
            state.day = Some(QuotaLeft { remaining, limit });
        }
        let used_up = state.day.is_some_and(|day| day.remaining == 0);
        if answer.status == 429 {
            let wait = retry_after_within(&answer.headers, DAY).unwrap_or(if used_up {
                DAY_USED_UP
            } else {
                Duration::from_secs(1)
            });
            state.closed_until = state.closed_until.max(now + wait);
        } else if used_up {
            state.closed_until = state.closed_until.max(now + DAY_USED_UP);
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &'static str)]) -> Answer {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Answer {
            status,
            headers: headers.collect::<HeaderMap>(),
            body: Bytes::new(),
            final_url: String::new(),
        }
    }

    #[test]
    fn all_shops_together_stay_below_the_requests_a_second() {
        let quota = Quota::default();
        let now = Timestamp::from_seconds(1_000);
        let waits: Vec<_> = (0..12).map(|_| quota.wait(1, now)).collect();
        assert_eq!(waits.iter().filter(|wait| wait.is_none()).count(), 10);
        assert_eq!(waits[11], Some(Duration::from_millis(200)));
        quota.learn(&answer(200, &[("x-limit-per-second", "100")]), now);
        assert_eq!(quota.wait(1, now + Duration::from_secs(1)), None);
    }

    #[test]
    fn a_day_that_is_used_up_closes_the_line_for_everybody() {
        let quota = Quota::default();
        let now = Timestamp::from_seconds(1_000);
        let day = [("x-remaining-today", "1999"), ("x-limit-per-day", "10000")];
        quota.learn(&answer(200, &day), now);
        assert!(quota.left().unwrap().is_low());
        assert_eq!(quota.wait(1, now), None);
        let used_up = [
            ("x-remaining-today", "0"),
            ("x-limit-per-day", "10000"),
            ("retry-after", "86400"),
        ];
        quota.learn(&answer(429, &used_up), now);
        assert_eq!(quota.wait(1, now), Some(Duration::from_hours(24)));
        assert_eq!(quota.wait(1, now + Duration::from_hours(25)), None);
    }

    #[test]
    fn no_answer_closes_the_line_for_longer_than_a_day() {
        let quota = Quota::default();
        let now = Timestamp::from_seconds(1_000);
        quota.learn(&answer(429, &[("retry-after", "99999999")]), now);
        assert_eq!(quota.wait(1, now), Some(DAY));
    }
}
