//! What the address of the list says: search, filters, page.

use portal::catalogue::ProductFilter;

use crate::list_address::{ListAddress, Listed};

/// The catalogue.
#[derive(Clone, Debug)]
pub(super) struct Catalogue;

impl Listed for Catalogue {
    const NAMES: &'static [&'static str] = &["q", "category", "archived", "rows"];
}

/// What the list was asked for.
pub(super) type ListQuery = ListAddress<Catalogue>;

impl ListQuery {
    /// Which products.
    pub(super) fn filter(&self) -> ProductFilter {
        ProductFilter {
            search: self.text("q").unwrap_or_default(),
            category: self.text("category"),
            archived: self.archived(),
        }
    }

    /// Whether archived products are shown.
    pub(super) fn archived(&self) -> bool {
        self.get("archived") == Some("yes")
    }
}
