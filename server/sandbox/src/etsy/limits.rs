//! The limits of one app, shared by all its sellers: so many queries a second, so many in the last 24 hours.

use std::collections::VecDeque;

/// Counts queries.
#[derive(Debug)]
pub(super) struct Limits {
    per_second: u32,
    per_day: u32,
    second: (i64, u32),
    /// Hours and the queries in them: the day rolls, it does not end at midnight.
    hours: VecDeque<(i64, u32)>,
}

impl Default for Limits {
    /// What a new app has.
    fn default() -> Self {
        Self::new(10, 10_000)
    }
}

/// What the headers of an answer tell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Left {
    pub(super) per_second: u32,
    pub(super) this_second: u32,
    pub(super) per_day: u32,
    pub(super) today: u32,
    /// Too many: seconds until the next may come.
    pub(super) wait: Option<u64>,
}

impl Limits {
    pub(super) fn new(per_second: u32, per_day: u32) -> Self {
        Self {
            per_second,
            per_day,
            second: (0, 0),
            hours: VecDeque::new(),
        }
    }

    /// Counts a query at this second of the clock; one too many does not count.
    pub(super) fn take(&mut self, now: i64) -> Left {
        let hour = now / 3600;
        self.hours.retain(|(old, _)| *old > hour - 24);
        if self.second.0 != now {
            self.second = (now, 0);
        }
        let today: u32 = self.hours.iter().map(|(_, count)| count).sum();
        let wait = if today >= self.per_day {
            let oldest = self.hours.front().map_or(hour, |(hour, _)| *hour);
            Some(u64::try_from((oldest + 24) * 3600 - now).unwrap_or(1))
        } else if self.second.1 >= self.per_second {
            Some(1)
        } else {
            None
        };
        if wait.is_none() {
            self.second.1 += 1;
            match self.hours.back_mut().filter(|(last, _)| *last == hour) {
                Some((_, count)) => *count += 1,
                None => self.hours.push_back((hour, 1)),
            }
        }
        let used = u32::from(wait.is_none());
        Left {
            per_second: self.per_second,
            this_second: self.per_second.saturating_sub(self.second.1),
            per_day: self.per_day,
            today: self.per_day.saturating_sub(today + used),
            wait,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_and_a_rolling_day_have_their_limits() {
        let mut limits = Limits::new(2, 3);
        assert_eq!(limits.take(36_000).wait, None);
        assert_eq!(limits.take(36_000).this_second, 0);
        assert_eq!(limits.take(36_000).wait, Some(1));
        let last = limits.take(36_001);
        assert_eq!((last.wait, last.today), (None, 0));
        assert_eq!(limits.take(36_002).wait, Some(24 * 3600 - 2));
        assert_eq!(limits.take(36_000 + 24 * 3600).wait, None);
    }
}
