//! Lengths and sizes of print, exact to the micrometre.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// A length in micrometres, so that halves of a millimetre stay exact. At most ten metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Length(i64);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0);
    /// The longest there is: ten metres.
    pub const MAX: Self = Self(10_000_000);

    /// From micrometres.
    pub const fn from_um(um: i64) -> Self {
        Self(um)
    }

    /// In micrometres.
    pub const fn um(self) -> i64 {
        self.0
    }

    /// Reads a number with an optional unit: `3`, `3 mm`, `0,5 cm`, `8.5in`. Without a unit it is millimetres.
    ///
    /// # Errors
    ///
    /// `required`, `invalid-length`.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let text = raw.trim().to_lowercase();
        if text.is_empty() {
            return Err(Problem::new("required"));
        }
        let (number, unit) = split_unit(&text);
        scaled(number, unit)
            .map(Self)
            .filter(|length| *length <= Self::MAX)
            .ok_or(Problem::new("invalid-length"))
    }

    /// The number of millimetres, without the unit: `297` or `3.5`.
    pub fn millimetres(self) -> String {
        let (whole, part) = (self.0 / 1000, self.0 % 1000);
        if part == 0 {
            return whole.to_string();
        }
        format!("{whole}.{part:03}").trim_end_matches('0').to_owned()
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mm", self.millimetres())
    }
}

/// Width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    /// From left to right.
    pub width: Length,
    /// From top to bottom.
    pub height: Length,
}

impl Size {
    /// Reads `297 x 420 mm`, `29,7×42cm`, `8.5x11 in`.
    ///
    /// # Errors
    ///
    /// `required`; `invalid-size` naming an `example`.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let text = raw.trim().to_lowercase().replace('×', "x");
        if text.is_empty() {
            return Err(Problem::new("required"));
        }
        let invalid = || Problem::new("invalid-size").with("example", "297 x 420 mm");
        let (width, height) = text.split_once('x').ok_or_else(invalid)?;
        // "297 mm x 420 mm" is as good as "297 x 420 mm".
        let (height, unit) = split_unit(height.trim());
        let width = width.trim().strip_suffix(unit).unwrap_or(width).trim();
        let side = |number| {
            scaled(number, unit)
                .map(Length)
                .filter(|side| *side > Length::ZERO && *side <= Length::MAX)
        };
        match (side(width), side(height)) {
            (Some(width), Some(height)) => Ok(Self { width, height }),
            _ => Err(invalid()),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} x {} mm",
            self.width.millimetres(),
            self.height.millimetres()
        )
    }
}

impl FromStr for Size {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

fn split_unit(text: &str) -> (&str, &str) {
    let end = text
        .trim_end_matches(|c: char| c.is_alphabetic() || c == '"')
        .len();
    (text[..end].trim(), &text[end..])
}

/// A decimal number of `unit` in micrometres, rounded.
fn scaled(number: &str, unit: &str) -> Option<i64> {
    let um: i64 = match unit {
        "" | "mm" => 1_000,
        "cm" => 10_000,
        "m" => 1_000_000,
        "in" | "\"" => 25_400,
        _ => return None,
    };
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let is_digits = |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let scale = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let (whole, part): (i64, i64) = (whole.parse().ok()?, part.parse().ok()?);
    Some(whole * um + (part * um + scale / 2) / scale)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let a3 = Size {
            width: Length(297_000),
            height: Length(420_000),
        };
        for typed in [
            "297 x 420 mm",
            "297x420",
            "29,7×42cm",
            "297mm X 420mm",
            " 0.297 x 0.42 m ",
        ] {
            assert_eq!(Size::parse(typed), Ok(a3), "{typed}");
        }
        assert_eq!(
            Size::parse("8.5 x 11 in").unwrap().to_string(),
            "215.9 x 279.4 mm"
        );
        for odd in [
            "297",
            "x",
            "a x b",
            "0 x 10",
            "-1 x 5",
            "1 x 2 ft",
            "99999 x 1 m",
            "1e3 x 2",
        ] {
            assert_eq!(Size::parse(odd).unwrap_err().code, "invalid-size", "{odd}");
        }
    }

    #[test]
    fn lengths_have_a_unit_or_are_millimetres() {
        assert_eq!(Length::parse("3"), Ok(Length(3_000)));
        assert_eq!(Length::parse("1/8").unwrap_err().code, "invalid-length");
        assert_eq!(Length::parse("0,125 in"), Ok(Length(3_175)));
        assert_eq!(Length::parse("").unwrap_err().code, "required");
        assert_eq!(Length(3_500).to_string(), "3.5 mm");
    }

    proptest! {
        #[test]
        fn a_written_size_reads_back(width in 1_i64..=10_000_000, height in 1_i64..=10_000_000) {
            let size = Size { width: Length(width), height: Length(height) };
            prop_assert_eq!(Size::parse(&size.to_string()), Ok(size));
        }
    }
}
