//! Countries.

mod table;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::table::COUNTRIES;
use crate::{Language, Problem, fold};

/// A country or territory: the alpha-2 code of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(&'static str);

/// What people also call countries, folded.
const ALIASES: &[(&str, &str)] = &[
    ("america", "US"),
    ("czech republic", "CZ"),
    ("ee. uu.", "US"),
    ("ee.uu.", "US"),
    ("eeuu", "US"),
    ("england", "GB"),
    ("estados unidos de america", "US"),
    ("gran bretana", "GB"),
    ("great britain", "GB"),
    ("holanda", "NL"),
    ("holland", "NL"),
    ("hong kong", "HK"),
    ("inglaterra", "GB"),
    ("republica checa", "CZ"),
    ("scotland", "GB"),
    ("the netherlands", "NL"),
    ("turkey", "TR"),
    ("uk", "GB"),
    ("united states of america", "US"),
    ("usa", "US"),
    ("wales", "GB"),
];

/// The row of [`COUNTRIES`] for each folded name: folding the whole table for each row of a CSV would take longer
/// than all the rest of reading it.
static NAMES: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let row_of = |code: &str| COUNTRIES.iter().position(|(known, _, _)| *known == code);
    let aliases = ALIASES
        .iter()
        .filter_map(|(name, code)| Some(((*name).to_owned(), row_of(code)?)));
    let names = COUNTRIES
        .iter()
        .enumerate()
        .flat_map(|(row, (_, en, es))| [(fold(en), row), (fold(es), row)]);
    names.chain(aliases).collect()
});

impl CountryCode {
    /// Reads a code or a name in English or Spanish, whatever its capitals and accents.
    ///
    /// # Errors
    ///
    /// `required` or `unknown-country`.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let code = raw.trim().to_ascii_uppercase();
        if let Ok(row) = COUNTRIES.binary_search_by_key(&code.as_str(), |(code, _, _)| code) {
            return Ok(Self(COUNTRIES[row].0));
        }
        let folded = fold(raw);
        if folded.is_empty() {
            return Err(Problem::new("required"));
        }
        NAMES
            .get(&folded)
            .map(|row| Self(COUNTRIES[*row].0))
            .ok_or(Problem::new("unknown-country"))
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.iter().map(|(code, _, _)| Self(code))
    }

    /// The code: two capital letters.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The name in `language`.
    pub fn name(self, language: Language) -> &'static str {
        let row = COUNTRIES
            .binary_search_by_key(&self.0, |(code, _, _)| code)
            .map(|at| COUNTRIES[at]);
        match (row, language) {
            (Ok((_, en, _)), Language::En) => en,
            (Ok((_, _, es)), Language::Es) => es,
            (Err(_), _) => self.0,
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for CountryCode {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "sqlx")]
crate::stored_as_text!(CountryCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_in_both_languages_are_understood() {
        for typed in ["ES", "es", " Spain ", "españa", "ESPANA"] {
            assert_eq!(CountryCode::parse(typed).unwrap().as_str(), "ES", "{typed}");
        }
        assert_eq!(CountryCode::parse("UK").unwrap().as_str(), "GB");
        assert_eq!(CountryCode::parse("EE. UU.").unwrap().as_str(), "US");
        assert_eq!(CountryCode::parse("Narnia").unwrap_err().code, "unknown-country");
        assert_eq!(CountryCode::parse(" ").unwrap_err().code, "required");
    }

    #[test]
    fn every_country_is_found_by_its_code_and_names() {
        assert!(COUNTRIES.is_sorted_by_key(|(code, _, _)| code));
        for country in CountryCode::all() {
            for text in [
                country.as_str(),
                country.name(Language::En),
                country.name(Language::Es),
            ] {
                assert_eq!(CountryCode::parse(text), Ok(country), "{text}");
            }
        }
        assert!(ALIASES.iter().all(|(name, _)| fold(name) == *name));
    }
}
