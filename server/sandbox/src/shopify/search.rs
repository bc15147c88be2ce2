//! The search syntax of `query:` arguments: `updated_at:>='2026-11-21T00:00:00Z' AND -status:draft`.
//!
//! As at Shopify, a field that the list does not know is ignored, with a warning in `extensions.search`.

use crate::clock::Moment;

/// What a record offers a search under one name.
pub(super) enum Searchable {
    /// Compared whole, whatever the case; `*` at the end of the search term matches any end.
    Text(String),
    /// Any of these.
    Texts(Vec<String>),
    /// An instant.
    Instant(Moment),
    /// A whole number, as ids are.
    Number(i64),
}

/// A search: one of the groups must match, and of a group every condition.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Search {
    groups: Vec<Vec<Condition>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Condition {
    field: Option<String>,
    comparison: Comparison,
    term: String,
    negated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Search {
    /// Reads a search; what makes no sense is a term that is looked for everywhere, as at Shopify.
    pub(super) fn parse(text: &str) -> Self {
        let mut groups = vec![Vec::new()];
        for token in tokens(text) {
            match token.as_str() {
                "AND" => {}
                "OR" => groups.push(Vec::new()),
                _ => {
                    if let Some(group) = groups.last_mut() {
                        group.push(Condition::parse(&token));
                    }
                }
            }
        }
        Self { groups }
    }

    /// The names that `known` does not hold.
    pub(super) fn unknown_fields(&self, known: &[&str]) -> Vec<String> {
        let mut unknown: Vec<String> = Vec::new();
        for field in self
            .groups
            .iter()
            .flatten()
            .filter_map(|condition| condition.field.as_deref())
        {
            if !known.contains(&field) && !unknown.iter().any(|seen| seen == field) {
                unknown.push(field.to_owned());
            }
        }
        unknown
    }

    /// Whether a record matches; `read` gives what the record holds under a name, `None` for a name it does not know,
    /// and `default` the text that a term without a name is looked for in.
    pub(super) fn matches(&self, default: &str, read: impl Fn(&str) -> Option<Searchable>) -> bool {
        self.groups.iter().any(|group| {
            group.iter().all(|condition| {
                let found = match &condition.field {
                    None => default.to_lowercase().contains(&condition.term.to_lowercase()),
                    Some(field) => match read(field) {
                        None => return true,
                        Some(value) => condition.holds(&value),
                    },
                };
                found != condition.negated
            })
        })
    }
}

impl Condition {
    fn parse(token: &str) -> Self {
        let (negated, token) = match token.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, token),
        };
        let Some((field, term)) = token.split_once(':') else {
            return Self {
                field: None,
                comparison: Comparison::Equal,
                term: unquoted(token),
                negated,
            };
        };
        let comparisons = [
            (">=", Comparison::GreaterOrEqual),
            ("<=", Comparison::LessOrEqual),
            (">", Comparison::Greater),
            ("<", Comparison::Less),
        ];
        let (comparison, term) = comparisons
            .into_iter()
            .find_map(|(sign, comparison)| Some((comparison, term.strip_prefix(sign)?)))
            .unwrap_or((Comparison::Equal, term));
        Self {
            field: Some(field.to_owned()),
            comparison,
            term: unquoted(term),
            negated,
        }
    }

    fn holds(&self, value: &Searchable) -> bool {
        match value {
            Searchable::Text(text) => self.equals(text),
            Searchable::Texts(texts) => texts.iter().any(|text| self.equals(text)),
            Searchable::Instant(instant) => {
                instant_of(&self.term).is_some_and(|term| self.compares(*instant, term))
            }
            Searchable::Number(number) => self.term.parse().is_ok_and(|term| self.compares(*number, term)),
        }
    }

    fn equals(&self, text: &str) -> bool {
        let (text, term) = (text.to_lowercase(), self.term.to_lowercase());
        match term.strip_suffix('*') {
            Some(start) => text.starts_with(start),
            None => text == term,
        }
    }

    fn compares<T: Ord>(&self, value: T, term: T) -> bool {
        match self.comparison {
            Comparison::Equal => value == term,
            Comparison::Less => value < term,
            Comparison::LessOrEqual => value <= term,
            Comparison::Greater => value > term,
            Comparison::GreaterOrEqual => value >= term,
        }
    }
}

/// An instant with an offset, or the first moment of a day in UTC.
fn instant_of(term: &str) -> Option<Moment> {
    Moment::parse(term).or_else(|| Moment::parse(&format!("{term}T00:00:00Z")))
}

/// Splits at spaces outside of quotes; brackets are spaces, for nothing here needs them.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let mut quote = None;
    for character in text.chars() {
        let separates = quote.is_none() && (character.is_whitespace() || matches!(character, '(' | ')'));
        if separates {
            tokens.push(String::new());
            continue;
        }
        if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && matches!(character, '\'' | '"') {
            quote = Some(character);
        }
        if let Some(token) = tokens.last_mut() {
            token.push(character);
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

fn unquoted(term: &str) -> String {
    term.trim_matches(|character| matches!(character, '\'' | '"'))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(field: &str) -> Option<Searchable> {
        Some(match field {
            "sku" => Searchable::Text("TEE-BLK-L".to_owned()),
            "tag" => Searchable::Texts(vec!["photo tee".to_owned(), "custom".to_owned()]),
            "updated_at" => Searchable::Instant(Moment::parse("2026-11-21T12:00:00Z").unwrap()),
            "id" => Searchable::Number(820_982_911_946_154_508),
            _ => return None,
        })
    }

    #[test]
    fn searches_match_as_at_shopify() {
        for (text, expected) in [
            ("", true),
            ("sku:'TEE-BLK-L'", true),
            ("sku:tee-blk-l", true),
            ("sku:TEE-*", true),
            ("sku:TEE", false),
            ("-sku:TEE", true),
            ("tag:'photo tee' AND sku:TEE*", true),
            ("tag:other OR tag:custom", true),
            ("updated_at:>='2026-11-21T12:00:00Z'", true),
            ("updated_at:>'2026-11-21T12:00:00Z'", false),
            ("updated_at:>'2026-11-21T07:00:00-05:00'", false),
            ("updated_at:>=2026-11-21 updated_at:<2026-11-22", true),
            ("updated_at:<'2026-11-21T12:00:00Z'", false),
            ("id:>820982911946154507", true),
            ("status:any", true),
            ("photo", true),
            ("mug", false),
        ] {
            assert_eq!(
                Search::parse(text).matches("Custom Photo T-Shirt", record),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn names_nobody_knows_are_told() {
        let search = Search::parse("updated_at:>=2026-11-21 colour:red colour:blue");
        assert_eq!(search.unknown_fields(&["updated_at"]), ["colour"]);
    }
}
