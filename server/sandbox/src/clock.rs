//! The time the stand-ins live in: the machine's own, or one that tests set and move.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};

/// A point in time. In JSON it is RFC 3339 text in UTC.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Moment(Timestamp);

impl Moment {
    /// The moment so many seconds after 1970; the ends of time when it is outside of what can be written.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self(Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        }))
    }

    /// Reads RFC 3339, such as `2026-11-21T10:00:00Z`; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Whole seconds since 1970.
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// Milliseconds since 1970.
    pub fn unix_milliseconds(self) -> i64 {
        self.0.as_millisecond()
    }

    /// The moment `duration` later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        let later = SignedDuration::try_from(duration)
            .ok()
            .and_then(|duration| self.0.checked_add(duration).ok());
        Self(later.unwrap_or(Timestamp::MAX))
    }

    /// The moment `duration` earlier.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        let earlier = SignedDuration::try_from(duration)
            .ok()
            .and_then(|duration| self.0.checked_sub(duration).ok());
        Self(earlier.unwrap_or(Timestamp::MIN))
    }

    /// As long as it takes from now (`self`) until `later`; zero when that has passed.
    pub fn until(self, later: Self) -> Duration {
        Duration::try_from(self.0.duration_until(later.0)).unwrap_or_default()
    }

    /// With a format of `strftime`, on a clock that is `offset_seconds` ahead of UTC.
    pub fn format(self, format: &str, offset_seconds: i32) -> String {
        let offset = Offset::from_seconds(offset_seconds).unwrap_or(Offset::UTC);
        offset.to_datetime(self.0).strftime(format).to_string()
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A clock that can be moved on. Cheap to clone: every clone is the same clock.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where a clock that stands still began; `None`: the machine's time.
    start: Option<Moment>,
    moved: Mutex<Duration>,
}

impl Clock {
    /// The machine's time.
    pub fn system() -> Self {
        Self::starting(None)
    }

    /// A clock that stands still at `start` until it is moved on.
    pub fn standing_at(start: Moment) -> Self {
        Self::starting(Some(start))
    }

    fn starting(start: Option<Moment>) -> Self {
        let moved = Mutex::default();
        Self(Arc::new(Inner { start, moved }))
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        let moved = *self.0.moved.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.start.unwrap_or_else(machine_time).plus(moved)
    }

    /// Moves the clock on, so that tokens expire and retries fall due without waiting for them.
    pub fn advance(&self, by: Duration) {
        *self.0.moved.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that is injected")]
fn machine_time() -> Moment {
    Moment(Timestamp::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_it_is_told_to() {
        let clock = Clock::standing_at(Moment::parse("2026-11-21T10:00:00Z").unwrap());
        assert_eq!(clock.now(), clock.now());
        clock.advance(Duration::from_mins(90));
        assert_eq!(clock.now().to_string(), "2026-11-21T11:30:00Z");
        assert_eq!(clock.now().format("%H:%M", 3600), "12:30");
    }
}
