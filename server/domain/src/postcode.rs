//! Postcodes: required and checked where the carriers insist, free elsewhere.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{is_blank, line};
use crate::{CountryCode, Problem};

/// A postcode, written as its country writes it: `SW1A 1AA`, `1012 AB`, `08001`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Postcode(String);

/// Country, example, and shapes: `9` is a digit, `A` a letter, `*` either; anything else separates and may be left
/// out or typed differently. The shapes are those of the Universal Postal Union's addressing guide.
const RULES: &[(&str, &str, &[&str])] = &[
    ("AD", "AD500", &["AA999"]),
    ("AT", "1010", &["9999"]),
    ("AU", "2000", &["9999"]),
    ("BE", "1000", &["9999"]),
    ("BG", "1000", &["9999"]),
    ("BR", "01310-100", &["99999-999"]),
    ("CA", "K1A 0B1", &["A9A 9A9"]),
    ("CH", "8001", &["9999"]),
    ("CN", "100000", &["999999"]),
    ("CY", "1010", &["9999"]),
    ("CZ", "110 00", &["999 99"]),
    ("DE", "10115", &["99999"]),
    ("DK", "1050", &["9999"]),
    ("EE", "10111", &["99999"]),
    ("ES", "28013", &["99999"]),
    ("FI", "00100", &["99999"]),
    ("FR", "75001", &["99999"]),
    (
        "GB",
        "SW1A 1AA",
        &["A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"],
    ),
    ("GR", "104 31", &["999 99"]),
    ("HR", "10000", &["99999"]),
    ("HU", "1011", &["9999"]),
    ("IE", "D02 AF30", &["A** ****"]),
    ("IN", "110001", &["999999"]),
    ("IS", "101", &["999"]),
    ("IT", "00118", &["99999"]),
    ("JP", "100-0001", &["999-9999"]),
    ("KR", "03051", &["99999"]),
    ("LI", "9490", &["9999"]),
    ("LT", "LT-01001", &["AA-99999", "99999"]),
    ("LU", "1111", &["9999"]),
    ("LV", "LV-1001", &["AA-9999"]),
    ("MC", "98000", &["99999"]),
    ("MT", "VLT 1117", &["AAA 9999"]),
    ("MX", "06000", &["99999"]),
    ("NL", "1012 AB", &["9999 AA"]),
    ("NO", "0150", &["9999"]),
    ("NZ", "6011", &["9999"]),
    ("PL", "00-001", &["99-999"]),
    ("PR", "00901", &["99999", "99999-9999"]),
    ("PT", "1000-001", &["9999-999"]),
    ("RO", "010011", &["999999"]),
    ("SE", "111 20", &["999 99"]),
    ("SG", "018956", &["999999"]),
    ("SI", "1000", &["9999"]),
    ("SK", "811 01", &["999 99"]),
    ("TR", "34000", &["99999"]),
    ("UA", "01001", &["99999"]),
    ("US", "10001", &["99999", "99999-9999"]),
    ("ZA", "0001", &["9999"]),
];

impl Postcode {
    /// The most characters a postcode may have where no rule is known.
    pub const MAX_LENGTH: usize = 20;

    /// Reads the postcode of an address in `country`. Capitals, blanks and hyphens are put right.
    ///
    /// # Errors
    ///
    /// `postcode-required` or `invalid-postcode`, both naming an `example` and the `country`; what
    /// [`line()`] refuses.
    pub fn parse(raw: &str, country: CountryCode) -> Result<Option<Self>, Problem> {
        let Some((_, example, shapes)) = RULES.iter().find(|(code, _, _)| *code == country.as_str()) else {
            return crate::optional(raw, |text| line(text, Self::MAX_LENGTH).map(Self));
        };
        let explain = |code| {
            Problem::new(code)
                .with("example", *example)
                .with("country", country.as_str())
        };
        if is_blank(raw) {
            return Err(explain("postcode-required"));
        }
        let typed: Vec<char> = raw
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let written = shapes.iter().find_map(|shape| write_as(shape, &typed));
        written
            .map(|text| Some(Self(text)))
            .ok_or_else(|| explain("invalid-postcode"))
    }

    /// The postcode itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `typed` in the form of `shape`, if it has that shape.
fn write_as(shape: &str, typed: &[char]) -> Option<String> {
    let mut rest = typed.iter().copied();
    let mut text = String::with_capacity(shape.len());
    for place in shape.chars() {
        let fits: fn(char) -> bool = match place {
            '9' => |c| c.is_ascii_digit(),
            'A' => |c| c.is_ascii_alphabetic(),
            '*' => |c| c.is_ascii_alphanumeric(),
            separator => {
                text.push(separator);
                continue;
            }
        };
        text.push(rest.next().filter(|c| fits(*c))?);
    }
    rest.next().is_none().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(raw: &str, country: &str) -> Result<Option<String>, Problem> {
        Postcode::parse(raw, CountryCode::parse(country).unwrap()).map(|code| code.map(|code| code.0))
    }

    #[test]
    fn postcodes_are_written_as_their_country_writes_them() {
        for (typed, country, written) in [
            ("sw1a1aa", "GB", "SW1A 1AA"),
            ("M1 1AE", "GB", "M1 1AE"),
            ("1012ab", "NL", "1012 AB"),
            ("08001", "ES", "08001"),
            ("1000001", "PT", "1000-001"),
            ("10001-1234", "US", "10001-1234"),
            ("k1a0b1", "CA", "K1A 0B1"),
            ("d6wxy00", "IE", "D6W XY00"),
        ] {
            assert_eq!(parse(typed, country), Ok(Some(written.to_owned())), "{typed}");
        }
    }

    #[test]
    fn a_wrong_or_missing_postcode_names_an_example() {
        let wrong = parse("1234", "ES").unwrap_err();
        assert_eq!(
            wrong,
            Problem::new("invalid-postcode")
                .with("example", "28013")
                .with("country", "ES")
        );
        assert_eq!(parse("", "FR").unwrap_err().code, "postcode-required");
        assert_eq!(parse("٠٨٠٠١", "ES").unwrap_err().code, "invalid-postcode");
    }

    #[test]
    fn elsewhere_postcodes_are_free() {
        assert_eq!(parse("", "HK"), Ok(None));
        assert_eq!(parse("Box 12", "AE"), Ok(Some("Box 12".to_owned())));
        assert_eq!(parse(&"1".repeat(21), "AE").unwrap_err().code, "too-long");
    }

    #[test]
    fn every_example_follows_its_own_rule() {
        for (country, example, _) in RULES {
            assert_eq!(
                parse(example, country),
                Ok(Some((*example).to_owned())),
                "{country}"
            );
        }
    }
}
