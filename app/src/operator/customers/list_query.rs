//! What the address of the list says: search, filters, sort, page.

use domain::InvitationState;
use portal::customers::{CustomerFilter, CustomerSort, PageRequest, SortColumn};

use crate::list_address::{ListAddress, Listed};

/// The list of customers.
#[derive(Clone, Debug)]
pub struct Customers;

impl Listed for Customers {
    const NAMES: &'static [&'static str] = &["q", "state", "access", "archived", "sort", "rows"];
}

/// What the list was asked for: words to search (`q`), the state of the client admin's invitation as a slug, `access`
/// `on` or `off`, `archived` `yes`, and a `sort` column, with `-` before it where the last comes first.
pub type ListQuery = ListAddress<Customers>;

/// The list's address.
pub(super) const LIST: &str = "/console/customers";

/// The columns the list can be sorted by, as the address names them.
const SORTS: [(&str, SortColumn); 3] = [
    ("name", SortColumn::Name),
    ("created", SortColumn::Created),
    ("last-order", SortColumn::LastOrder),
];

impl ListQuery {
    /// Which customers.
    pub fn filter(&self) -> CustomerFilter {
        let archived = self.get("archived") == Some("yes");
        CustomerFilter {
            search: self.text("q").unwrap_or_default(),
            access: match self.get("access") {
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
        self.parsed("state")
    }

    /// Whether a parameter says something.
    pub(super) fn means(&self) -> impl Fn(&str, &str) -> bool {
        let filter = self.filter();
        move |name, value| match name {
            "state" => value.parse::<InvitationState>().is_ok(),
            "access" => filter.access.is_some(),
            "archived" => filter.archived,
            _ => true,
        }
    }

    /// How the list is sorted.
    pub(super) fn sort(&self) -> CustomerSort {
        let Some(sort) = self.get("sort") else {
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
            rows: self.rows(),
            after: self.text("after"),
            before: self.text("before"),
        }
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

    fn query(pairs: &[(&str, &str)]) -> ListQuery {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        ListQuery::of(pairs.iter().map(owned))
    }

    #[test]
    fn filters_that_mean_nothing_are_told() {
        let query = query(&[("state", "lost"), ("access", "off"), ("archived", "perhaps")]);
        let odd: Vec<_> = query
            .odd(query.means())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(odd, ["state", "archived"]);
    }

    #[test]
    fn the_address_says_how_the_list_is_sorted_and_nonsense_does_not() {
        let sort = |text: &str| query(&[("sort", text)]).sort();
        for (_, column) in SORTS {
            for descending in [false, true] {
                let expected = CustomerSort { column, descending };
                assert_eq!(sort(&sort_name(expected)), expected);
            }
        }
        assert_eq!(sort("-nonsense"), CustomerSort::default());
    }
}
