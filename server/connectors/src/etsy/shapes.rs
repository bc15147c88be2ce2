//! What every answer of Etsy is made of.

use domain::{Currency, Money};
use serde::Deserialize;
use serde_json::Value;

use crate::lenient;

/// A list.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: serde::de::DeserializeOwned")]
pub(super) struct List<T = Value> {
    /// How many there are in all.
    pub(super) count: Option<u64>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) results: Vec<T>,
}

/// An amount: so many parts, so many of which make one.
#[derive(Debug, Deserialize)]
pub(super) struct Price {
    #[serde(default, deserialize_with = "lenient::integer")]
    amount: Option<i64>,
    #[serde(default, deserialize_with = "lenient::integer")]
    divisor: Option<i64>,
    currency_code: Option<String>,
}

impl Price {
    /// The amount in the portal's form: exactly, without a detour over floating point.
    pub(super) fn money(&self) -> Option<Money> {
        let currency: Currency = self.currency_code.as_ref()?.parse().ok()?;
        let divisor = i128::from(self.divisor.filter(|divisor| *divisor > 0)?);
        let parts = i128::from(self.amount?) * 10_i128.pow(currency.decimals());
        let half = if parts < 0 { -divisor / 2 } else { divisor / 2 };
        let minor = i64::try_from((parts + half) / divisor).ok()?;
        Some(Money { minor, currency })
    }
}

/// The id of a thing that is named by a field.
pub(super) fn id_of(value: &Value, field: &str) -> String {
    match &value[field] {
        Value::String(id) => id.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Text as people wrote it: Etsy gives `&quot;` and its like in titles and in what buyers write.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let entity = rest.find(';').filter(|end| *end <= 8).map(|end| &rest[1..end]);
        if let Some((entity, character)) = entity.and_then(|entity| Some((entity, character(entity)?))) {
            plain.push(character);
            rest = &rest[entity.len() + 2..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain + rest
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => char::from_u32(entity.strip_prefix('#')?.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_in_their_currency() {
        let money = |json: &str| serde_json::from_str::<Price>(json).unwrap().money();
        for (json, decimal) in [
            (
                r#"{"amount":2000,"divisor":100,"currency_code":"EUR"}"#,
                Some("20.00"),
            ),
            (
                r#"{"amount":1999,"divisor":1,"currency_code":"JPY"}"#,
                Some("1999"),
            ),
            (
                r#"{"amount":12345,"divisor":1000,"currency_code":"USD"}"#,
                Some("12.35"),
            ),
            (
                r#"{"amount":-5,"divisor":100,"currency_code":"USD"}"#,
                Some("-0.05"),
            ),
            (r#"{"amount":5,"divisor":0,"currency_code":"USD"}"#, None),
            (r#"{"amount":null,"divisor":100,"currency_code":"USD"}"#, None),
        ] {
            assert_eq!(
                money(json).map(|money| money.decimal()).as_deref(),
                decimal,
                "{json}"
            );
        }
    }

    #[test]
    fn text_is_as_people_wrote_it() {
        assert_eq!(
            plain("Don&#39;t &quot;stop&quot; &amp;lt; 3"),
            "Don't \"stop\" &lt; 3"
        );
        assert_eq!(plain("A & B; 5 &unknown; é&"), "A & B; 5 &unknown; é&");
    }
}
