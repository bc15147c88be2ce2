//! How many.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// How many pieces: 1 to 1,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Quantity(u32);

impl Quantity {
    /// The least.
    pub const MIN: Self = Self(1);
    /// The most.
    pub const MAX: Self = Self(1_000_000);

    /// From a whole number.
    ///
    /// # Errors
    ///
    /// `quantity-too-small` naming the `min`, `quantity-too-large` naming the `max`.
    pub fn new(number: i64) -> Result<Self, Problem> {
        match u32::try_from(number) {
            Ok(number) if (Self::MIN.0..=Self::MAX.0).contains(&number) => Ok(Self(number)),
            _ if number < Self::MIN.get() => {
                Err(Problem::new("quantity-too-small").with("min", Self::MIN.get()))
            }
            _ => Err(Problem::new("quantity-too-large").with("max", Self::MAX.get())),
        }
    }

    /// Reads digits. Separators are refused, because `1.000` is a thousand here and one there.
    ///
    /// # Errors
    ///
    /// `required`, `quantity-not-whole`, and those of [`Quantity::new`].
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let text = raw.trim();
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if text.is_empty() {
            Err(Problem::new("required"))
        } else if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            Err(Problem::new("quantity-not-whole"))
        } else {
            // Digits that do not fit are a number still, only too large or too small a one.
            let beyond = if text.starts_with('-') { i64::MIN } else { i64::MAX };
            Self::new(text.parse().unwrap_or(beyond))
        }
    }

    /// Refuses a quantity outside of a product's limits.
    ///
    /// # Errors
    ///
    /// `quantity-too-small` naming the `min`, `quantity-too-large` naming the `max`.
    pub fn within(self, min: Self, max: Option<Self>) -> Result<Self, Problem> {
        if self < min {
            return Err(Problem::new("quantity-too-small").with("min", min.get()));
        }
        match max {
            Some(max) if self > max => Err(Problem::new("quantity-too-large").with("max", max.get())),
            _ => Ok(self),
        }
    }

    /// Reads a number that somebody typed, within the limits of what is ordered. They are told also for a number beyond
    /// every limit.
    ///
    /// # Errors
    ///
    /// Those of [`Self::parse`] and [`Self::within`].
    pub fn parse_within(raw: &str, min: Self, max: Option<Self>) -> Result<Self, Problem> {
        let nearest = match Self::parse(raw) {
            Ok(quantity) => return quantity.within(min, max),
            Err(problem) => problem,
        };
        match (nearest.code.as_ref(), max) {
            ("quantity-too-small", _) => Err(Problem::new("quantity-too-small").with("min", min.get())),
            ("quantity-too-large", Some(max)) => {
                Err(Problem::new("quantity-too-large").with("max", max.get()))
            }
            _ => Err(nearest),
        }
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0 as i64
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Quantity {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<i64> for Quantity {
    type Error = Problem;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        Self::new(number)
    }
}

impl From<Quantity> for i64 {
    fn from(quantity: Quantity) -> Self {
        quantity.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_from_one_to_a_million() {
        assert_eq!(Quantity::parse(" 250 ").map(Quantity::get), Ok(250));
        for (typed, code) in [
            ("0", "quantity-too-small"),
            ("-3", "quantity-too-small"),
            ("1000001", "quantity-too-large"),
            ("99999999999999999999", "quantity-too-large"),
            ("-99999999999999999999", "quantity-too-small"),
            ("1.5", "quantity-not-whole"),
            ("1,000", "quantity-not-whole"),
            ("ten", "quantity-not-whole"),
            ("-", "quantity-not-whole"),
            ("", "required"),
        ] {
            assert_eq!(Quantity::parse(typed).unwrap_err().code, code, "{typed}");
        }
    }

    #[test]
    fn a_product_may_set_narrower_limits() {
        let of = |n| Quantity::new(n).unwrap();
        assert_eq!(
            of(5).within(of(10), None).unwrap_err(),
            Problem::new("quantity-too-small").with("min", 10_i64)
        );
        assert_eq!(
            of(50).within(of(1), Some(of(20))).unwrap_err().code,
            "quantity-too-large"
        );
        assert_eq!(of(20).within(of(1), Some(of(20))), Ok(of(20)));
        for (typed, problem) in [
            (
                "1000000000",
                Problem::new("quantity-too-large").with("max", 20_i64),
            ),
            ("0", Problem::new("quantity-too-small").with("min", 10_i64)),
            ("x", Problem::new("quantity-not-whole")),
        ] {
            assert_eq!(
                Quantity::parse_within(typed, of(10), Some(of(20))),
                Err(problem),
                "{typed}"
            );
        }
    }
}
