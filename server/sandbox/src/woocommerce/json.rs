//! JSON as PHP writes it, and dates as `WordPress` does.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::clock::Moment;

/// Text of a value the way `json_encode` writes it: slashes escaped, everything beyond ASCII as `\u…`.
pub(super) fn encoded(value: &Value) -> String {
    let plain = value.to_string();
    let mut text = String::with_capacity(plain.len() + plain.len() / 8);
    for character in plain.chars() {
        match character {
            // Slashes stand in strings only.
            '/' => text.push_str("\\/"),
            character if character.is_ascii() => text.push(character),
            character => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text
}

/// `date_created` and such in both kinds: the shop's time and `…_gmt`, both without an offset.
pub(super) fn put_dates(
    object: &mut Map<String, Value>,
    name: &str,
    at: Option<Moment>,
    offset_seconds: i32,
) {
    let text = |offset| at.map_or(Value::Null, |at| json!(at.format("%Y-%m-%dT%H:%M:%S", offset)));
    object.insert(name.to_owned(), text(offset_seconds));
    object.insert(format!("{name}_gmt"), text(0));
}

/// An amount as a JSON number: `38`, `0.75`. `minor` has `digits` decimal digits.
pub(super) fn number(minor: i64, digits: u32) -> Value {
    let unit = 10_i64.pow(digits);
    if minor % unit == 0 {
        return json!(minor / unit);
    }
    #[expect(clippy::cast_precision_loss, reason = "PHP computes with doubles too")]
    let number = minor as f64 / unit as f64;
    json!(number)
}

/// As `WordPress` makes the part of an address out of a name (`sanitize_title`).
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// `_links` of something at `self_url` with these methods.
pub(super) fn links(self_url: &str, collection: &str, allow: &[&str]) -> Value {
    json!({
        "self": [{ "href": self_url, "targetHints": { "allow": allow } }],
        "collection": [{ "href": collection }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_as_php_does() {
        assert_eq!(
            encoded(&json!({ "a/b": "größe 🎉" })),
            r#"{"a\/b":"gr\u00f6\u00dfe \ud83c\udf89"}"#
        );
    }

    #[test]
    fn prices_are_numbers() {
        assert_eq!(number(3800, 2).to_string(), "38");
        assert_eq!(number(75, 2).to_string(), "0.75");
    }

    #[test]
    fn names_become_slugs() {
        assert_eq!(slug("350gsm Silk"), "350gsm-silk");
        assert_eq!(slug("A & B!"), "a-b");
    }
}
