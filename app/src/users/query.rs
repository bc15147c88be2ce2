//! What the address of the list says: search, filters, sort, page.

use domain::{ClientRole, UserState};
use portal::users::{UserColumn, UserFilter, UserSort};

use crate::list_address::{ListAddress, Listed};
use crate::ui::Sorted;

/// The list of the users of a customer.
#[derive(Clone, Debug)]
pub struct Users;

impl Listed for Users {
    const NAMES: &'static [&'static str] = &["q", "role", "state", "sort", "rows"];
}

/// What the list was asked for: words to search (`q`), `role` and `state` as slugs, and a `sort` column, with `-` before it
/// where the last comes first.
pub(super) type UserQuery = ListAddress<Users>;

/// The columns the list can be sorted by, as the address names them, and whether the last usually comes first.
const SORTS: [(&str, UserColumn, bool); 2] = [
    ("name", UserColumn::Name, false),
    ("last-login", UserColumn::LastLogin, true),
];

impl UserQuery {
    /// Which users.
    pub(super) fn filter(&self) -> UserFilter {
        UserFilter {
            search: self.text("q").unwrap_or_default(),
            role: self.parsed("role"),
            state: self.parsed("state"),
            sort: self.sort(),
        }
    }

    /// Whether a parameter says something.
    pub(super) fn means(name: &str, value: &str) -> bool {
        match name {
            "role" => value.parse::<ClientRole>().is_ok(),
            "state" => value.parse::<UserState>().is_ok(),
            _ => true,
        }
    }

    fn sort(&self) -> UserSort {
        let asked = self.get("sort").unwrap_or_default();
        let (name, descending) = asked
            .strip_prefix('-')
            .map_or((asked, false), |name| (name, true));
        let known = SORTS.iter().find(|(known, ..)| *known == name);
        known.map_or_else(UserSort::default, |(_, column, _)| UserSort {
            column: *column,
            descending,
        })
    }

    /// How the list is sorted by a column now.
    pub(super) fn sorted(&self, column: UserColumn) -> Sorted {
        match self.sort() {
            sort if sort.column != column => Sorted::No,
            UserSort { descending: true, .. } => Sorted::Descending,
            _ => Sorted::Ascending,
        }
    }

    /// The list at `path` sorted by a column, the other way round where it already is.
    pub(super) fn sorted_by(&self, path: &str, column: UserColumn) -> String {
        let Some((name, _, usual)) = SORTS.iter().find(|(_, known, _)| *known == column) else {
            return path.to_owned();
        };
        let sort = self.sort();
        let descending = if sort.column == column {
            !sort.descending
        } else {
            *usual
        };
        let value = format!("{}{name}", if descending { "-" } else { "" });
        self.link(path, &[("sort", Some(&value))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> UserQuery {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        UserQuery::of(pairs.iter().map(owned))
    }

    #[test]
    fn a_column_is_sorted_the_usual_way_and_then_the_other() {
        let plain = query(&[("q", "ana")]);
        assert_eq!(plain.sorted_by("/u", UserColumn::Name), "/u?q=ana&sort=name");
        assert_eq!(
            plain.sorted_by("/u", UserColumn::LastLogin),
            "/u?q=ana&sort=-last-login"
        );
        let last_first = query(&[("sort", "-last-login")]);
        assert_eq!(
            last_first.sorted_by("/u", UserColumn::LastLogin),
            "/u?sort=last-login"
        );
        assert_eq!(last_first.sorted(UserColumn::LastLogin), Sorted::Descending);
        assert_eq!(last_first.sorted(UserColumn::Name), Sorted::No);
    }

    #[test]
    fn filters_that_mean_nothing_are_told() {
        let odd = query(&[("role", "king"), ("state", "blocked"), ("sort", "age")]);
        assert_eq!(odd.odd(UserQuery::means), [("role", "king".to_owned())]);
        assert_eq!(odd.filter().state, Some(UserState::Blocked));
        assert_eq!(odd.filter().sort, UserSort::default());
    }
}
