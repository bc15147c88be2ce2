//! Identifiers that appear in CSV files, URLs and print files.

use crate::Problem;
use crate::text::{line, text_newtypes};

text_newtypes! {
    /// The product UID of a catalogue product or of one of its variants.
    ///
    /// Lower-case ASCII letters, digits, `-`, `_` and `.`, starting with a letter or digit; capitals are lowered,
    /// because spreadsheets like to add them.
    ProductUid, uid, 120;
    /// The key of an option, of an option's value, or of a print area: `size`, `a4`, `front`. As [`ProductUid`].
    CatalogueKey, key, 40;
}

fn uid(raw: &str, max: usize) -> Result<String, Problem> {
    identifier(raw, max, "invalid-product-uid")
}

fn key(raw: &str, max: usize) -> Result<String, Problem> {
    identifier(raw, max, "invalid-key")
}

fn identifier(raw: &str, max: usize, code: &'static str) -> Result<String, Problem> {
    let text = line(raw, max)?.to_ascii_lowercase();
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b);
    if text.bytes().all(allowed) && text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        Ok(text)
    } else {
        Err(Problem {
            code: code.into(),
            arguments: Vec::new(),
        })
    }
}

impl CatalogueKey {
    /// The key that fits a name: "Matt, 135 g" becomes `matt-135-g`.
    ///
    /// # Errors
    ///
    /// `invalid-key` when the name has no letter or digit of the Latin alphabet.
    pub fn of_name(name: &str) -> Result<Self, Problem> {
        let mut key = String::new();
        for c in crate::fold(name).chars() {
            if c.is_ascii_alphanumeric() || (c == '.' && !key.is_empty()) {
                key.push(c);
            } else if !key.is_empty() && !key.ends_with('-') {
                key.push('-');
            }
        }
        let key: String = key.chars().take(Self::MAX_LENGTH).collect();
        Self::parse(key.trim_end_matches(['-', '.'])).map_err(|_| Problem::new("invalid-key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_lowered_and_anything_odd_is_refused() {
        assert_eq!(
            ProductUid::parse(" Poster_A3-Silk ").unwrap().as_str(),
            "poster_a3-silk"
        );
        for odd in ["póster", "a b", "-a", "a/b", "=a", "a\u{202E}b"] {
            assert!(ProductUid::parse(odd).is_err(), "{odd}");
        }
        assert_eq!(ProductUid::parse("a b").unwrap_err().code, "invalid-product-uid");
        assert_eq!(ProductUid::parse(&"a".repeat(121)).unwrap_err().code, "too-long");
    }

    #[test]
    fn names_make_keys() {
        let key = |name| CatalogueKey::of_name(name).map(String::from);
        assert_eq!(key("Matt, 135 g").unwrap(), "matt-135-g");
        assert_eq!(key("  Tamaño (cm)").unwrap(), "tamano-cm");
        assert_eq!(key("尺寸").unwrap_err().code, "invalid-key");
    }
}
