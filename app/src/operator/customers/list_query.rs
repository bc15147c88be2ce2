//! What the address of the list says: search, filters, sort, page.

use domain::InvitationState;
use portal::customers::{CustomerFilter, CustomerSort, PageRequest, SortColumn};
use serde::Deserialize;

use crate::page::Page;
use crate::ui::{Kept, PAGE_SIZES};

/// The query of the list's address, as it stands there. Nonsense counts as absent and is told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Words searched for.
    pub q: Option<String>,
    /// State of the client admin's invitation, as a slug.
    pub state: Option<String>,
    /// `on` or `off`.
    pub access: Option<String>,
    /// `yes`: archived customers.
    pub archived: Option<String>,
    /// `name`, `created` or `last-order`; with `-` before it the last comes first.
    pub sort: Option<String>,
    /// How many rows a page has.
    pub rows: Option<u32>,
    /// The cursor the page comes after.
    pub after: Option<String>,
    /// The cursor the page ends before.
    pub before: Option<String>,
}

/// The columns the list can be sorted by, as the address names them.
const SORTS: [(&str, SortColumn); 3] = [
    ("name", SortColumn::Name),
    ("created", SortColumn::Created),
    ("last-order", SortColumn::LastOrder),
];

impl ListQuery {
    /// The query of the page being shown.
    pub(super) fn of(page: &Page) -> Self {
        Self {
            q: page.query("q"),
            state: page.query("state"),
            access: page.query("access"),
            archived: page.query("archived"),
            sort: page.query("sort"),
            rows: page.query_as("rows"),
            after: page.query("after"),
            before: page.query("before"),
        }
    }

    /// Which customers.
    pub fn filter(&self) -> CustomerFilter {
        let archived = self.archived.as_deref() == Some("yes");
        CustomerFilter {
            search: self.q.clone().unwrap_or_default(),
            access: match self.access.as_deref() {
                Some("on") => Some(true),
                Some("off") => Some(false),
                _ => None,
            },
            // Archived customers have no chips.
            invitation: self.state().filter(|_| !archived),
            archived,
        }
    }

    /// The state filtered by.
    pub(super) fn state(&self) -> Option<InvitationState> {
        self.state.as_deref().and_then(|state| state.parse().ok())
    }

    /// The filters that say something that means nothing: name, key of what they are called, and what they say.
    pub(super) fn not_understood(&self) -> Vec<(&'static str, &'static str, String)> {
        let filter = self.filter();
        let odd = [
            (
                "state",
                "customers-access-state",
                &self.state,
                self.state().is_some(),
            ),
            (
                "access",
                "customers-access",
                &self.access,
                filter.access.is_some(),
            ),
            ("archived", "customers-archived", &self.archived, filter.archived),
        ];
        odd.into_iter()
            .filter(|(.., understood)| !understood)
            .filter_map(|(name, label, value, _)| Some((name, label, value.clone()?)))
            .collect()
    }

    /// How the list is sorted.
    pub(super) fn sort(&self) -> CustomerSort {
        let Some(sort) = self.sort.as_deref() else {
            return CustomerSort::default();
        };
        let (name, descending) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
        let column = SORTS.iter().find(|(known, _)| *known == name);
        column.map_or_else(CustomerSort::default, |(_, column)| CustomerSort {
            column: *column,
            descending,
        })
    }

    /// Which page.
    pub(super) fn request(&self) -> PageRequest {
        PageRequest {
            sort: self.sort(),
            rows: self
                .rows
                .filter(|rows| PAGE_SIZES.contains(rows))
                .unwrap_or(PAGE_SIZES[0]),
            after: self.after.clone(),
            before: self.before.clone(),
        }
    }

    /// What a form keeps of the address: everything but the page and the fields it sends itself.
    pub(super) fn kept(&self, own: &[&str]) -> Kept {
        let rows = self.rows.map(|rows| rows.to_string());
        [
            ("q", &self.q),
            ("state", &self.state),
            ("access", &self.access),
            ("archived", &self.archived),
            ("sort", &self.sort),
            ("rows", &rows),
        ]
        .into_iter()
        .filter(|(name, _)| !own.contains(name))
        .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
        .collect()
    }
}

/// How the address names a sort.
pub(super) fn sort_name(sort: CustomerSort) -> String {
    let name = SORTS
        .iter()
        .find(|(_, column)| *column == sort.column)
        .map_or("", |(name, _)| *name);
    if sort.descending {
        format!("-{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_that_mean_nothing_are_told() {
        let query = ListQuery {
            state: Some("lost".to_owned()),
            access: Some("off".to_owned()),
            archived: Some("perhaps".to_owned()),
            ..ListQuery::default()
        };
        let odd: Vec<_> = query
            .not_understood()
            .into_iter()
            .map(|(name, ..)| name)
            .collect();
        assert_eq!(odd, ["state", "archived"]);
    }

    #[test]
    fn the_address_says_how_the_list_is_sorted_and_nonsense_does_not() {
        let sort = |text: &str| {
            ListQuery {
                sort: Some(text.to_owned()),
                ..ListQuery::default()
            }
            .sort()
        };
        for (_, column) in SORTS {
            for descending in [false, true] {
                let expected = CustomerSort { column, descending };
                assert_eq!(sort(&sort_name(expected)), expected);
            }
        }
        assert_eq!(sort("-nonsense"), CustomerSort::default());
        let rows = |rows| {
            ListQuery {
                rows: Some(rows),
                ..ListQuery::default()
            }
            .request()
            .rows
        };
        assert_eq!((rows(50), rows(51)), (50, 25));
    }
}
