//! Reading what platforms really send: numbers for text, null for lists.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Null, or nothing, is the default.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Text, a number or a truth value as text; null and anything else are `None`.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    })
}

/// A whole number, also where it is written as text; anything else is `None`.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// Text with something in it.
pub(crate) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize, Debug, PartialEq)]
    struct Row {
        #[serde(default, deserialize_with = "or_default")]
        list: Vec<u8>,
        #[serde(default, deserialize_with = "text")]
        name: Option<String>,
        #[serde(default, deserialize_with = "integer")]
        count: Option<i64>,
    }

    #[test]
    fn nulls_and_numbers_for_text_are_read() {
        let read = |json: &str| serde_json::from_str::<Row>(json).unwrap();
        let nothing = Row {
            list: vec![],
            name: None,
            count: None,
        };
        assert_eq!(read("{}"), nothing);
        assert_eq!(read(r#"{"list":null,"name":null,"count":null}"#), nothing);
        assert_eq!(
            read(r#"{"list":[1],"name":12.5,"count":"7"}"#),
            Row {
                list: vec![1],
                name: Some("12.5".into()),
                count: Some(7)
            }
        );
    }
}
