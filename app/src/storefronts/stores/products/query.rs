//! The address of the list of products: what it searches, filters, sorts and shows.

use domain::MappingState;
use domain::id::{StoreId, StoreProductId};
use domain::source::Listing;
use portal::access::Scope;
use portal::paging::Turn;
use portal::store_products::{self, StoreProductFilter, StoreProductKey, StoreProductSort};
use portal::{Outcome, Portal};

use crate::action::encode;
use crate::ui::{Kept, PAGE_SIZES};

/// The parameters of the list, in the order they are written.
const NAMES: [&str; 6] = ["q", "connection", "listing", "gone", "sort", "rows"];

/// What the list was asked for. Nonsense counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductsQuery {
    pairs: Vec<(String, String)>,
}

impl ProductsQuery {
    /// Reads the parameters of an address.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs = pairs
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .collect();
        Self { pairs }
    }

    /// A parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// The state of connection that is filtered by.
    pub(super) fn connection(&self) -> Option<MappingState> {
        self.parsed("connection")
    }

    /// Whether the list shows what the store has no more.
    pub(super) fn gone(&self) -> bool {
        self.get("gone") == Some("yes")
    }

    /// How the list is sorted.
    pub(super) fn sort(&self) -> StoreProductSort {
        match self.get("sort") {
            Some("-title") => StoreProductSort::TitleDescending,
            Some("-seen") => StoreProductSort::Newest,
            _ => StoreProductSort::Title,
        }
    }

    /// The products of a store that are listed.
    pub fn filter(&self, store: StoreId) -> StoreProductFilter {
        StoreProductFilter {
            search: self.get("q").unwrap_or_default().to_owned(),
            store: Some(store),
            mapping: self.connection(),
            listing: self.parsed::<Listing>("listing"),
            gone: self.gone(),
            sort: self.sort(),
        }
    }

    /// Whether anything narrows the list.
    pub(super) fn is_narrowed(&self) -> bool {
        let plain = ["sort", "rows"];
        let narrowing = NAMES.iter().filter(|name| !plain.contains(name));
        narrowing.into_iter().any(|name| self.get(name).is_some())
    }

    /// Which page is wanted. A product that is not there any more begins the list anew.
    pub(super) async fn turn(&self, portal: &Portal, scope: &Scope) -> Outcome<Turn<StoreProductKey>> {
        let (after, before) = (self.parsed("after"), self.parsed("before"));
        let Some(id): Option<StoreProductId> = after.or(before) else {
            return Ok(Turn::First);
        };
        Ok(match store_products::key_of(portal, scope, id).await? {
            Some(key) if after.is_some() => Turn::After(key),
            Some(key) => Turn::Before(key),
            None => Turn::First,
        })
    }

    /// How many rows a page shows.
    pub(super) fn rows(&self) -> u32 {
        self.parsed("rows")
            .filter(|rows| PAGE_SIZES.contains(rows))
            .unwrap_or(PAGE_SIZES[0])
    }

    /// The parameters in force but for some, without the page.
    pub(super) fn kept(&self, except: &[&str]) -> Kept {
        NAMES
            .iter()
            .filter(|name| !except.contains(name))
            .filter_map(|name| Some(((*name).to_owned(), self.get(name)?.to_owned())))
            .collect()
    }

    /// The list at `path` with some parameters changed, from its first page; `None` takes one away.
    pub(super) fn link(&self, path: &str, changes: &[(&str, Option<&str>)]) -> String {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> ProductsQuery {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        ProductsQuery::of(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())))
    }

    #[test]
    fn an_address_says_what_is_listed() {
        let store: StoreId = "018f0000-0000-7000-8000-000000000000".parse().unwrap();
        let query = query("q=cat&connection=not_connected&sort=-seen&rows=50&after=x");
        let filter = query.filter(store);
        assert_eq!(filter.mapping, Some(MappingState::NotConnected));
        assert_eq!((filter.sort, query.rows()), (StoreProductSort::Newest, 50));
        assert!(query.is_narrowed());
        assert_eq!(
            query.link("/p", &[("connection", None)]),
            "/p?q=cat&sort=-seen&rows=50"
        );
    }

    #[test]
    fn nonsense_counts_as_absent() {
        let store: StoreId = "018f0000-0000-7000-8000-000000000000".parse().unwrap();
        let query = query("sort=price&rows=7&listing=lost");
        let plain = StoreProductFilter {
            store: Some(store),
            ..StoreProductFilter::default()
        };
        assert_eq!((query.filter(store), query.rows()), (plain, 25));
    }
}
