//! Money: whole minor units and a currency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Currencies whose minor unit is not a hundredth, with their decimals (ISO 4217, table A.1).
const UNUSUAL_DECIMALS: [(&str, u32); 24] = [
    ("BHD", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

impl Currency {
    /// The code: three capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Decimals of its minor unit: 2 for EUR, 0 for JPY.
    pub fn decimals(&self) -> u32 {
        UNUSUAL_DECIMALS
            .iter()
            .find(|(code, _)| *code == self.as_str())
            .map_or(2, |(_, decimals)| *decimals)
    }
}

impl FromStr for Currency {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.trim().to_ascii_uppercase().as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(Problem::new("unknown-currency")),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Problem> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: cents for EUR, yen for JPY.
    pub minor: i64,
    /// What they are units of.
    pub currency: Currency,
}

impl Money {
    /// Reads a decimal number as shops write it: `12.5`, `-3`, `0.075`. Decimals beyond the minor unit are rounded
    /// half away from zero.
    ///
    /// # Errors
    ///
    /// `not-an-amount` for anything else, or a number that no account can hold.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, Problem> {
        let wrong = || Problem::new("not-an-amount");
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) {
            return Err(wrong());
        }
        let decimals = currency.decimals() as usize;
        let kept: String = fraction.chars().chain("000".chars()).take(decimals).collect();
        let rounds_up = fraction
            .as_bytes()
            .get(decimals)
            .is_some_and(|digit| *digit >= b'5');
        let amount: i64 = format!("{whole}{kept}").parse().map_err(|_| wrong())?;
        let amount = amount.checked_add(i64::from(rounds_up)).ok_or_else(wrong)?;
        Ok(Self {
            minor: if negative { -amount } else { amount },
            currency,
        })
    }

    /// The amount as a decimal number without currency: `12.50`.
    pub fn decimal(&self) -> String {
        let decimals = self.currency.decimals();
        let unit = 10_u64.pow(decimals);
        let amount = self.minor.unsigned_abs();
        let sign = if self.minor < 0 { "-" } else { "" };
        match decimals {
            0 => format!("{sign}{amount}"),
            _ => format!(
                "{sign}{}.{:0width$}",
                amount / unit,
                amount % unit,
                width = decimals as usize
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_their_currency_and_written_back() {
        for (text, currency, minor, written) in [
            ("12.5", "EUR", 1250, "12.50"),
            ("0.75", "eur", 75, "0.75"),
            ("38", "USD", 3800, "38.00"),
            ("-3.005", "EUR", -301, "-3.01"),
            ("1200", "JPY", 1200, "1200"),
            ("1.5", "JPY", 2, "2"),
            ("1.2345", "KWD", 1235, "1.235"),
            ("19.990000", "EUR", 1999, "19.99"),
        ] {
            let money = Money::parse(text, currency.parse().unwrap()).unwrap();
            assert_eq!(money.minor, minor, "{text} {currency}");
            assert_eq!(money.decimal(), written);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let euro: Currency = "EUR".parse().unwrap();
        for text in [
            "",
            "-",
            ".5",
            "1,5",
            "1e3",
            "NaN",
            "12.5 €",
            "99999999999999999999",
        ] {
            assert!(Money::parse(text, euro).is_err(), "{text}");
        }
        for text in ["EURO", "€", "", "E1R"] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
    }
}
