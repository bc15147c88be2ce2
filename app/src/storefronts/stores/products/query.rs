//! The address of the list of products: what it searches, filters, sorts and shows.

use domain::MappingState;
use domain::id::{StoreId, StoreProductId};
use domain::source::Listing;
use portal::access::Scope;
use portal::paging::Turn;
use portal::store_products::{self, StoreProductFilter, StoreProductKey, StoreProductSort};
use portal::{Outcome, Portal};

use crate::list_address::{ListAddress, Listed};

/// The list of a store's products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreProducts;

impl Listed for StoreProducts {
    const NAMES: &'static [&'static str] = &["q", "connection", "listing", "gone", "sort", "rows"];
}

/// What the list was asked for.
pub type ProductsQuery = ListAddress<StoreProducts>;

impl ProductsQuery {
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

    /// Whether a parameter says something.
    pub(super) fn means(name: &str, value: &str) -> bool {
        match name {
            "connection" => value.parse::<MappingState>().is_ok(),
            "listing" => value.parse::<Listing>().is_ok(),
            "gone" => value == "yes",
            "sort" => ["title", "-title", "-seen"].contains(&value),
            _ => true,
        }
    }

    /// Which page is wanted. A product that is not there any more begins the list anew.
    pub(super) async fn product_turn(
        &self,
        portal: &Portal,
        scope: &Scope,
    ) -> Outcome<Turn<StoreProductKey>> {
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
        let odd = query.odd(ProductsQuery::means);
        assert_eq!(
            odd.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            ["listing", "sort"]
        );
    }
}
