//! What the address of the list says: search, filters, page.

use domain::id::ProductId;
use portal::catalogue::ProductFilter;
use portal::paging::Turn;

use crate::page::Page;
use crate::ui::{Kept, PAGE_SIZES};

/// The query of the list's address. Nonsense counts as absent.
#[derive(Clone, Debug, Default)]
pub(super) struct ListQuery {
    /// Words searched for.
    pub(super) search: Option<String>,
    /// The category shown.
    pub(super) category: Option<String>,
    /// Whether archived products are shown.
    pub(super) archived: bool,
    rows: Option<u32>,
    after: Option<ProductId>,
    before: Option<ProductId>,
}

impl ListQuery {
    /// The query of the page being shown.
    pub(super) fn of(page: &Page) -> Self {
        Self {
            search: page.query("q"),
            category: page.query("category"),
            archived: page.query("archived").as_deref() == Some("yes"),
            rows: page.query_as("rows").filter(|rows| PAGE_SIZES.contains(rows)),
            after: page.query_as("after"),
            before: page.query_as("before"),
        }
    }

    /// Which products.
    pub(super) fn filter(&self) -> ProductFilter {
        ProductFilter {
            search: self.search.clone().unwrap_or_default(),
            category: self.category.clone(),
            archived: self.archived,
        }
    }

    /// Which page.
    pub(super) fn turn(&self) -> Turn<ProductId> {
        match (self.after, self.before) {
            (Some(id), _) => Turn::After(id),
            (None, Some(id)) => Turn::Before(id),
            (None, None) => Turn::First,
        }
    }

    /// How many rows a page has.
    pub(super) fn rows(&self) -> u32 {
        self.rows.unwrap_or(PAGE_SIZES[0])
    }

    /// What a form keeps of the address: everything but the page and the fields it sends itself.
    pub(super) fn kept(&self, own: &[&str]) -> Kept {
        [
            ("q", self.search.clone()),
            ("category", self.category.clone()),
            ("archived", self.archived.then(|| "yes".to_owned())),
            ("rows", self.rows.map(|rows| rows.to_string())),
        ]
        .into_iter()
        .filter(|(name, _)| !own.contains(name))
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }
}
