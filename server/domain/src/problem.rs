//! What is wrong with an input, in a form the interface can say in the user's language.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing that is wrong: a stable code and the values its sentence names.
///
/// The interface translates `problem-<code>`; tests check that both languages have every code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable, kebab-case: `too-long`, `unknown-product-uid`.
    pub code: Cow<'static, str>,
    /// Named values for the sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(Cow<'static, str>, Argument)>,
}

/// A value named by the sentence of a [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Argument {
    /// A number; the translation decides how it is written.
    Number(i64),
    /// Text, quoted as it was typed.
    Text(String),
}

/// Every code that a [`Problem`] of this crate can have: what the translations must cover.
pub const PROBLEM_CODES: &[&str] = &[
    "address-in-name",
    "bidi-characters",
    "control-characters",
    "differs-within-order",
    "duplicate-key",
    "duplicate-product-uid",
    "file-changed-since-check",
    "file-empty",
    "file-encoding-mixed",
    "file-is-image",
    "file-is-spreadsheet",
    "file-not-text",
    "file-only-example",
    "file-only-header",
    "file-too-many-rows",
    "header-duplicate-column",
    "header-missing-columns",
    "invalid-email",
    "invalid-key",
    "invalid-length",
    "invalid-phone",
    "invalid-postcode",
    "invalid-product-uid",
    "invalid-size",
    "invalid-url",
    "max-below-min",
    "not-an-amount",
    "not-yes-or-no",
    "number-out-of-range",
    "option-without-values",
    "order-has-bad-row",
    "postcode-perhaps-required",
    "postcode-required",
    "product-retired",
    "product-without-print-areas",
    "quantity-not-whole",
    "quantity-too-large",
    "quantity-too-small",
    "quote-not-closed",
    "region-required",
    "required",
    "role-needs-all-stores",
    "role-needs-chosen-stores",
    "row-has-too-many-cells",
    "row-too-long",
    "same-combination-uid",
    "too-long",
    "too-many-combinations",
    "two-designs-for-one-area",
    "unknown-choice",
    "unknown-country",
    "unknown-currency",
    "unknown-file-format",
    "unknown-print-area",
    "unknown-product-uid",
    "unknown-product-uid-similar",
    "unknown-time-zone",
    "unreadable-part",
    "url-not-http",
    "url-with-password",
];

impl Problem {
    /// A problem whose sentence names no values.
    pub const fn new(code: &'static str) -> Self {
        Self {
            code: Cow::Borrowed(code),
            arguments: Vec::new(),
        }
    }

    /// Adds a value that the sentence names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.push((Cow::Borrowed(name), value.into()));
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}

impl std::error::Error for Problem {}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Argument {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The problems of a form, each with the name of the field it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldProblems(Vec<(Cow<'static, str>, Problem)>);

impl FieldProblems {
    /// No problems yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The problem of a single field.
    pub fn of(field: impl Into<Cow<'static, str>>, problem: Problem) -> Self {
        Self(vec![(field.into(), problem)])
    }

    /// Notes a problem of `field`, the `name` of its form control.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, problem: Problem) {
        self.0.push((field.into(), problem));
    }

    /// Keeps the value of a parsed field, or notes its problem and gives nothing.
    pub fn take<T>(&mut self, field: impl Into<Cow<'static, str>>, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.add(field, problem)).ok()
    }

    /// Adds the problems of a part of the form whose controls are named `<prefix><field>`.
    pub fn append_under(&mut self, prefix: &str, part: Self) {
        self.0.extend(
            part.0
                .into_iter()
                .map(|(field, problem)| (format!("{prefix}{field}").into(), problem)),
        );
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems in the order they were noted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Problem)> {
        self.0.iter().map(|(field, problem)| (field.as_ref(), problem))
    }

    /// The first problem of `field`.
    pub fn get(&self, field: &str) -> Option<&Problem> {
        self.iter()
            .find(|(name, _)| *name == field)
            .map(|(_, problem)| problem)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Collects the first string literal after each of the ways to make a problem, outside of tests.
    fn codes_of(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                codes_of(&path, found);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]\n").next().unwrap();
            for maker in [
                "Problem::new(",
                "refused(",
                "explain(",
                "identifier(",
                "ORDER_HAS_BAD_ROW: &str =",
            ] {
                for piece in code.split(maker).skip(1) {
                    let arguments = piece.split(')').next().unwrap();
                    found.extend(arguments.split('"').nth(1).map(str::to_owned));
                }
            }
        }
    }

    #[test]
    fn every_code_in_use_is_listed_once_and_in_order() {
        let mut found = BTreeSet::new();
        codes_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert_eq!(
            found.iter().map(String::as_str).collect::<Vec<_>>(),
            PROBLEM_CODES
        );
    }

    #[test]
    fn a_problem_travels_as_code_and_arguments() {
        let problem = Problem::new("too-long").with("max", 120_i64).with("example", "x");
        let text = serde_json::to_string(&problem).unwrap();
        assert_eq!(
            text,
            r#"{"code":"too-long","arguments":[["max",120],["example","x"]]}"#
        );
        assert_eq!(serde_json::from_str::<Problem>(&text).unwrap(), problem);
    }
}
