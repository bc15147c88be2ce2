//! Where a page of the list starts: after or before a row, told by what the list is sorted by.
//!
//! A cursor holds the value itself, not only the row: a customer that is renamed or orders something while
//! somebody pages through the list neither repeats nor hides others.

use domain::Timestamp;
use domain::id::CustomerId;

use super::query::Found;
use crate::paging::Turn;
use crate::storage::{IntoValue as _, Sql};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortColumn {
    /// The name, without capitals and accents.
    Name,
    /// When the customer was created.
    Created,
    /// When the customer last ordered; those that never did are the oldest.
    #[default]
    LastOrder,
}

/// How the list is sorted. The default: whoever ordered last comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerSort {
    /// By what.
    pub column: SortColumn,
    /// Whether the last comes first.
    pub descending: bool,
}

impl Default for CustomerSort {
    fn default() -> Self {
        Self {
            column: SortColumn::LastOrder,
            descending: true,
        }
    }
}

/// Which page of the list. The default: the first 25.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How the list is sorted.
    pub sort: CustomerSort,
    /// The most rows.
    pub rows: u32,
    /// The cursor of the row the page comes after.
    pub after: Option<String>,
    /// The cursor of the row the page ends before.
    pub before: Option<String>,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            sort: CustomerSort::default(),
            rows: 25,
            after: None,
            before: None,
        }
    }
}

impl PageRequest {
    /// Which page that is. Nonsense cursors lead to the first one.
    pub(super) fn turn(&self) -> Turn<Position> {
        let position = |cursor: &Option<String>| self.sort.position(cursor.as_deref()?);
        match (position(&self.after), position(&self.before)) {
            (Some(position), _) => Turn::After(position),
            (None, Some(position)) => Turn::Before(position),
            (None, None) => Turn::First,
        }
    }
}

/// What a cursor says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Name(String, CustomerId),
    Created(CustomerId),
    LastOrder(Timestamp, CustomerId),
}

impl CustomerSort {
    /// The cursor of a row: its id and, unless they are sorted by it, what they are sorted by.
    pub(super) fn cursor(self, row: &Found) -> String {
        match self.column {
            SortColumn::Created => row.id.to_string(),
            SortColumn::Name => format!("{}.{}", row.id, row.sort_name),
            SortColumn::LastOrder => format!("{}.{}", row.id, row.last_order_at.micros()),
        }
    }

    /// Reads a cursor; nonsense is no cursor.
    fn position(self, cursor: &str) -> Option<Position> {
        let (id, value) = cursor
            .split_once('.')
            .map_or((cursor, None), |(id, value)| (id, Some(value)));
        let id = id.parse().ok()?;
        Some(match self.column {
            SortColumn::Created => Position::Created(id),
            SortColumn::Name => Position::Name(value?.to_owned(), id),
            SortColumn::LastOrder => Position::LastOrder(Timestamp::from_micros(value?.parse().ok()?), id),
        })
    }

    /// Appends ` ORDER BY …`, the other way round for a page that ends before a row.
    pub(super) fn push_order(self, query: &mut Sql, backwards: bool) {
        let descending = self.descending != backwards;
        query.push(match (self.column, descending) {
            (SortColumn::Name, false) => " ORDER BY sort_name, id",
            (SortColumn::Name, true) => " ORDER BY sort_name DESC, id DESC",
            (SortColumn::Created, false) => " ORDER BY id",
            (SortColumn::Created, true) => " ORDER BY id DESC",
            (SortColumn::LastOrder, false) => " ORDER BY last_order_at, id",
            (SortColumn::LastOrder, true) => " ORDER BY last_order_at DESC, id DESC",
        });
    }
}

impl Position {
    /// Appends ` AND …`: only rows beyond this one.
    pub(super) fn push(&self, query: &mut Sql, sort: CustomerSort, backwards: bool) {
        let descending = sort.descending != backwards;
        let beyond = if descending { " < " } else { " > " };
        match self {
            Self::Created(id) => {
                query.push(" AND id").push(beyond).push_bind(*id);
            }
            Self::Name(name, id) => {
                query
                    .push(" AND (sort_name, id)")
                    .push(beyond)
                    .push_list([name.clone().into_value(), id.into_value()]);
            }
            Self::LastOrder(at, id) => {
                query
                    .push(" AND (last_order_at, id)")
                    .push(beyond)
                    .push_list([at.into_value(), id.into_value()]);
            }
        }
    }
}
