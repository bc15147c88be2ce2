//! The address of a list: what it searches, filters, sorts and shows.
//!
//! Each list says in its own module which parameters it has and what they mean; the rest is the same for all.

use std::marker::PhantomData;
use std::str::FromStr;

use portal::paging::{Slice, Turn};

use crate::action::encode;
use crate::text::Text;
use crate::ui::{Kept, PAGE_SIZES};

/// A list that people search and filter.
pub trait Listed {
    /// The parameters of its address but for the page, in the order they are written.
    const NAMES: &'static [&'static str];
}

/// What a list was asked for. Nonsense counts as absent; [`ListAddress::odd`] tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListAddress<L> {
    pairs: Vec<(String, String)>,
    list: PhantomData<L>,
}

impl<L: Listed> ListAddress<L> {
    /// Reads the parameters of an address.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs = pairs
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .collect();
        Self {
            pairs,
            list: PhantomData,
        }
    }

    /// A parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter, as text of its own.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A parameter, parsed.
    pub fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        let plain = ["sort", "rows"];
        let mut narrowing = L::NAMES.iter().filter(|name| !plain.contains(name));
        narrowing.any(|name| self.get(name).is_some())
    }

    /// The parameters that say something, but not what `means` takes, with what they say. The list is shown without
    /// them.
    pub fn odd(&self, means: impl Fn(&str, &str) -> bool) -> Vec<(&'static str, String)> {
        L::NAMES
            .iter()
            .filter_map(|name| Some((*name, self.get(name)?)))
            .filter(|(name, value)| !means(name, value))
            .map(|(name, value)| (name, value.to_owned()))
            .collect()
    }

    /// A chip for each [odd](Self::odd) parameter of the list at `path`, with the list without it. `label` is what people
    /// call a parameter.
    pub fn odd_chips(
        &self,
        t: Text,
        path: &str,
        means: impl Fn(&str, &str) -> bool,
        label: impl Fn(&str) -> String,
    ) -> Vec<(String, String)> {
        let chip = |(name, value): (&'static str, String)| {
            let said = [("filter", label(name).into()), ("value", value.into())];
            (
                t.with("ui-filter-unknown", said),
                self.link(path, &[(name, None)]),
            )
        };
        self.odd(means).into_iter().map(chip).collect()
    }

    /// Which page is wanted, as `after` or `before` a row.
    pub fn turn<K: FromStr>(&self) -> Turn<K> {
        match (self.parsed("after"), self.parsed("before")) {
            (Some(key), _) => Turn::After(key),
            (None, Some(key)) => Turn::Before(key),
            (None, None) => Turn::First,
        }
    }

    /// How many rows a page shows.
    pub fn rows(&self) -> u32 {
        self.parsed("rows")
            .filter(|rows| PAGE_SIZES.contains(rows))
            .unwrap_or(PAGE_SIZES[0])
    }

    /// The parameters in force but for some, without the page: what a form keeps.
    pub fn kept(&self, except: &[&str]) -> Kept {
        L::NAMES
            .iter()
            .filter(|name| !except.contains(name))
            .filter_map(|name| Some(((*name).to_owned(), self.get(name)?.to_owned())))
            .collect()
    }

    /// The list at `path` with some parameters changed, from its first page; `None` takes one away.
    pub fn link(&self, path: &str, changes: &[(&str, Option<&str>)]) -> String {
        let changed: Vec<&str> = changes.iter().map(|(name, _)| *name).collect();
        let added = changes
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), (*value)?.to_owned())));
        let pairs: Vec<String> = self
            .kept(&changed)
            .into_iter()
            .chain(added)
            .map(|(name, value)| format!("{name}={}", encode(&value)))
            .collect();
        if pairs.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", pairs.join("&"))
        }
    }

    /// The pages before and after `found`, whose rows are told apart by `key`, of the list at `path`.
    pub fn turns<T, K: ToString>(
        &self,
        path: &str,
        found: &Slice<T>,
        key: impl Fn(&T) -> K,
    ) -> (Option<String>, Option<String>) {
        let to = |name: &str, row: Option<&T>| {
            let key = row.map(&key)?.to_string();
            Some(self.link(path, &[(name, Some(&key))]))
        };
        (
            to("before", found.rows.first().filter(|_| found.has_previous)),
            to("after", found.rows.last().filter(|_| found.has_next)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fruit;

    impl Listed for Fruit {
        const NAMES: &'static [&'static str] = &["q", "colour", "sort", "rows"];
    }

    fn address(text: &str) -> ListAddress<Fruit> {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        ListAddress::of(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())))
    }

    #[test]
    fn a_link_keeps_what_it_does_not_change_and_begins_with_the_first_page() {
        let address = address("rows=50&q=a b&after=7&colour=red&other=x");
        assert_eq!(
            address.link("/f", &[("colour", Some("blue"))]),
            "/f?q=a%20b&rows=50&colour=blue"
        );
        assert_eq!(
            address.link("/f", &[("q", None), ("colour", None), ("rows", None)]),
            "/f"
        );
        assert_eq!((address.turn(), address.rows()), (Turn::After(7), 50));
        let found = Slice {
            rows: vec![8, 9],
            has_previous: false,
            has_next: true,
        };
        let next = "/f?q=a%20b&colour=red&rows=50&after=9".to_owned();
        assert_eq!(address.turns("/f", &found, |row| *row), (None, Some(next)));
    }

    #[test]
    fn nonsense_counts_as_absent_and_is_told() {
        let odd = address("colour=7&rows=7&after=x&q= ");
        assert_eq!((odd.turn::<i64>(), odd.rows()), (Turn::First, 25));
        let means = |name: &str, value: &str| name != "colour" || value.parse::<u8>().is_err();
        assert_eq!(odd.odd(means), [("colour", "7".to_owned())]);
        assert!(odd.is_narrowed());
        assert!(!address("sort=name&rows=50").is_narrowed());
    }
}
