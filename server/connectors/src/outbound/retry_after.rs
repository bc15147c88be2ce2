//! When another system asks to be asked again.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// The longest wait that is believed: whoever asks for more has a wrong clock, a broken plug-in, or no wish for our
/// work to go on.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(1);

/// How long the server asks us to wait, [`LONGEST_RETRY_AFTER`] at most.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    retry_after_within(headers, LONGEST_RETRY_AFTER)
}

/// How long the server asks us to wait, `longest` at most: as seconds, or until a date, counted from the date of the
/// answer so that neither clock need be right.
pub fn retry_after_within(headers: &HeaderMap, longest: Duration) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let asked = text(RETRY_AFTER)?;
    let wait = match asked.parse::<f64>() {
        Ok(seconds) if seconds.is_nan() || seconds < 0.0 => return None,
        Ok(seconds) => Duration::try_from_secs_f64(seconds).unwrap_or(longest),
        Err(_) => {
            let date = |text| jiff::fmt::rfc2822::parse(text).ok().map(|date| date.timestamp());
            let wait = date(asked)?.duration_since(date(text(DATE)?)?);
            Duration::try_from(wait).unwrap_or_default()
        }
    };
    Some(wait.min(longest))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn asked(retry: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let date = date.map(|date| (DATE, HeaderValue::from_static(date)));
        let retry = (RETRY_AFTER, HeaderValue::from_static(retry));
        retry_after(&date.into_iter().chain([retry]).collect())
    }

    #[test]
    fn the_wait_asked_for_is_read_as_seconds_and_as_a_date() {
        assert_eq!(asked("600", None), Some(Duration::from_mins(10)));
        assert_eq!(asked(" 1.5 ", None), Some(Duration::from_millis(1500)));
        for nonsense in ["-3", "nan", "soon", "", "Sat, 21 Nov 2026 20:00:30 GMT"] {
            assert_eq!(asked(nonsense, None), None, "{nonsense}");
        }
        let until = |retry| asked(retry, Some("Sat, 21 Nov 2026 20:00:00 GMT"));
        assert_eq!(
            until("Sat, 21 Nov 2026 20:00:30 GMT"),
            Some(Duration::from_secs(30))
        );
        assert_eq!(until("Sat, 21 Nov 2026 19:00:00 GMT"), Some(Duration::ZERO));
    }

    #[test]
    fn nobody_makes_us_wait_for_longer_than_an_hour() {
        for long in ["3601", "99999999", "1e300", "inf"] {
            assert_eq!(asked(long, None), Some(LONGEST_RETRY_AFTER), "{long}");
        }
        let years = asked(
            "Sat, 21 Nov 2099 20:00:00 GMT",
            Some("Sat, 21 Nov 2026 20:00:00 GMT"),
        );
        assert_eq!(years, Some(LONGEST_RETRY_AFTER));
    }
}
