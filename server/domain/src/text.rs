//! What text people may type, and how it is compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Problem;

/// One line of text: trimmed, not empty, at most `max` characters (Unicode scalar values).
///
/// # Errors
///
/// `required`, `too-long`, or the character that text must not hold: `control-characters`, `bidi-characters`.
pub fn line(raw: &str, max: usize) -> Result<String, Problem> {
    checked(raw.trim().to_owned(), max, char::is_control)
}

/// Text of several lines: as [`line()`], but line breaks (kept as `\n`) and tabs are allowed.
///
/// # Errors
///
/// As [`line()`].
pub fn paragraphs(raw: &str, max: usize) -> Result<String, Problem> {
    // Browsers send CRLF whatever was typed; counting it twice would refuse text that fits.
    checked(raw.trim().replace("\r\n", "\n"), max, |c| {
        c.is_control() && c != '\n' && c != '\t'
    })
}

/// Parses a field that may be left empty.
///
/// # Errors
///
/// What `parse` finds wrong with a value that is there.
pub fn optional<T>(raw: &str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    if is_blank(raw) {
        Ok(None)
    } else {
        parse(raw).map(Some)
    }
}

/// Whether nobody would see anything: no characters but white space and zero-width ones.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_zero_width(c))
}

/// Text as search and sorting see it: compatibility forms unified, accents and capitals gone, white space
/// collapsed to single blanks. "Café  Ñandú" becomes "cafe nandu".
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .nfkd()
        .collect();
    let mut folded = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // Lower-casing can bring marks back: İ becomes i and a dot above.
        folded.extend(word.chars().filter(|c| !is_combining_mark(*c)));
    }
    folded
}

fn checked(text: String, max: usize, refused: impl Fn(char) -> bool) -> Result<String, Problem> {
    if is_blank(&text) {
        return Err(Problem::new("required"));
    }
    if text
        .chars()
        .any(|c| refused(c) || matches!(c, '\u{2028}' | '\u{2029}'))
    {
        return Err(Problem::new("control-characters"));
    }
    if text.chars().any(overrides_direction) {
        return Err(Problem::new("bidi-characters"));
    }
    if text.chars().count() > max {
        return Err(Problem::new("too-long").with("max", max));
    }
    Ok(text)
}

/// Embeddings, overrides and isolates: they make text read differently from what it is ("Trojan Source").
/// Right-to-left text needs none of them.
fn overrides_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Declares text newtypes: `Name, rule, max;` where `rule(raw, max)` gives the text to keep.
macro_rules! text_newtypes {
    ($($(#[$doc:meta])* $name:ident, $rule:path, $max:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX_LENGTH: usize = $max;

            /// Reads what somebody typed.
            ///
            /// # Errors
            ///
            /// What is wrong with it.
            pub fn parse(raw: &str) -> Result<Self, $crate::Problem> {
                $rule(raw, Self::MAX_LENGTH).map(Self)
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Problem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::Problem;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        #[cfg(feature = "sqlx")]
        $crate::stored_as_text!($name);
    )+};
}
pub(crate) use text_newtypes;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(result: Result<String, Problem>) -> String {
        result.unwrap_err().code.into_owned()
    }

    #[test]
    fn emoji_and_right_to_left_text_are_welcome() {
        assert_eq!(line("  Imprenta 🖨️👩‍🎨 ", 20).unwrap(), "Imprenta 🖨️👩‍🎨");
        assert_eq!(line("دار الطباعة", 20).unwrap(), "دار الطباعة");
        assert_eq!(line("a  b", 20).unwrap(), "a  b");
    }

    #[test]
    fn what_cannot_be_seen_is_not_there() {
        for blank in ["", "   ", "\u{200B}", "\u{FEFF}\u{200F} "] {
            assert_eq!(code(line(blank, 20)), "required", "{blank:?}");
        }
    }

    #[test]
    fn text_that_reads_differently_from_what_it_is_gets_refused() {
        assert_eq!(code(line("inv\u{202E}fdp.exe", 20)), "bidi-characters");
        assert_eq!(code(line("a\u{0}b", 20)), "control-characters");
        assert_eq!(code(line("a\nb", 20)), "control-characters");
        assert_eq!(code(line("a\u{2028}b", 20)), "control-characters");
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(line(&"é".repeat(120), 120).is_ok());
        assert_eq!(
            line(&"x".repeat(300), 120).unwrap_err(),
            Problem::new("too-long").with("max", 120_usize)
        );
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs("one\r\n\ttwo\n", 20).unwrap(), "one\n\ttwo");
        assert_eq!(code(paragraphs("a\u{7}", 20)), "control-characters");
    }

    #[test]
    fn folding_ignores_accents_capitals_and_spacing() {
        assert_eq!(fold("  Café   ÑANDÚ "), "cafe nandu");
        assert_eq!(fold("ﬁne İstanbul"), "fine istanbul");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn accepted_text_is_accepted_again_unchanged(text in ".{0,40}") {
            if let Ok(kept) = line(&text, 30) {
                prop_assert_eq!(line(&kept, 30).unwrap(), kept);
            }
        }
    }
}
