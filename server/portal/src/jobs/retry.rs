//! When a failed job is tried again.

use std::time::Duration;

use crate::entropy::Entropy;

/// When and how often a job is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryPolicy {
    /// A random time up to `first` after the first attempt, up to twice as much after each further one, never
    /// more than `longest`. Drawing from the whole span ("full jitter") keeps jobs that failed together from
    /// coming back together.
    Backoff {
        /// Attempts in all.
        attempts: u32,
        /// The span after the first attempt.
        first: Duration,
        /// The longest span.
        longest: Duration,
    },
    /// The times between the attempts, one after the other: one attempt more than there are times.
    Fixed(&'static [Duration]),
}

impl RetryPolicy {
    /// 10 attempts, from 5 seconds doubling to one hour.
    pub const DEFAULT: Self = Self::Backoff {
        attempts: 10,
        first: Duration::from_secs(5),
        longest: Duration::from_hours(1),
    };

    /// A single attempt.
    pub const NEVER: Self = Self::Fixed(&[]);

    /// Attempts in all.
    pub fn attempts(self) -> u32 {
        match self {
            Self::Backoff { attempts, .. } => attempts,
            Self::Fixed(times) => u32::try_from(times.len()).unwrap_or(u32::MAX).saturating_add(1),
        }
    }

    /// How long to wait after attempt number `attempt`, the first being 1.
    pub fn delay(self, attempt: u32, entropy: &dyn Entropy) -> Duration {
        let failures = attempt.saturating_sub(1);
        match self {
            Self::Backoff { first, longest, .. } => {
                let span = first.saturating_mul(2_u32.saturating_pow(failures)).min(longest);
                span.mul_f64(entropy.fraction())
            }
            Self::Fixed(times) => {
                let index = usize::try_from(failures).unwrap_or(usize::MAX);
                times.get(index).or(times.last()).copied().unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::{SeededEntropy, TestClock};

    #[test]
    fn the_span_doubles_up_to_an_hour_and_the_delay_lies_anywhere_in_it() {
        let entropy = SeededEntropy::new(3, Arc::new(TestClock::default()));
        for (attempt, span) in [
            (1, 5),
            (2, 10),
            (3, 20),
            (9, 1280),
            (10, 2560),
            (11, 3600),
            (400, 3600),
        ] {
            let delays: Vec<Duration> = (0..200)
                .map(|_| RetryPolicy::DEFAULT.delay(attempt, &entropy))
                .collect();
            let span = Duration::from_secs(span);
            assert!(delays.iter().all(|delay| *delay < span), "{attempt}");
            assert!(delays.iter().any(|delay| *delay < span / 4), "{attempt}");
            assert!(delays.iter().any(|delay| *delay > span / 4 * 3), "{attempt}");
        }
    }

    #[test]
    fn fixed_times_are_taken_in_order() {
        const POLICY: RetryPolicy = RetryPolicy::Fixed(&[Duration::ZERO, Duration::from_secs(5)]);
        let entropy = SeededEntropy::new(3, Arc::new(TestClock::default()));
        assert_eq!(POLICY.attempts(), 3);
        assert_eq!(
            [1, 2].map(|attempt| POLICY.delay(attempt, &entropy).as_secs()),
            [0, 5]
        );
        assert_eq!(RetryPolicy::NEVER.attempts(), 1);
    }
}
