//! Times as platforms write them.

use domain::Timestamp;

/// Reads `2021-12-31T19:00:00-05:00`, in any offset.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let moment: jiff::Timestamp = text.trim().parse().ok()?;
    Some(Timestamp::from_micros(moment.as_microsecond()))
}

/// Writes `2021-12-31T19:00:00Z`, rounded down to the second.
pub(crate) fn rfc3339(moment: Timestamp) -> String {
    jiff::Timestamp::from_second(moment.seconds()).map_or_else(|_| String::new(), |moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_taken_into_account_and_seconds_written() {
        let moment = parse("2021-12-31T19:00:00.25-05:00").unwrap();
        assert_eq!(rfc3339(moment), "2022-01-01T00:00:00Z");
        assert_eq!(parse("yesterday"), None);
    }
}
