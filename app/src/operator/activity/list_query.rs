//! What the address of a list says: filters and page.

use std::str::FromStr;

use domain::JobState;
use domain::id::CustomerId;
use portal::jobs::JobFilter;
use portal::paging::Turn;

use crate::page::Page;
use crate::ui::{Kept, PAGE_SIZES};

/// The filters of the list of jobs, as its address says them. Nonsense counts as absent.
#[derive(Clone, Debug, Default)]
pub(super) struct JobsQuery {
    pub(super) state: Option<JobState>,
    pub(super) kind: Option<String>,
    pub(super) customer: Option<CustomerId>,
}

impl JobsQuery {
    pub(super) fn of(page: &Page) -> Self {
        Self {
            state: page.query_as("state"),
            kind: page.query("kind"),
            customer: page.query_as("customer"),
        }
    }

    pub(super) fn filter(&self) -> JobFilter {
        JobFilter {
            states: self.state.into_iter().collect(),
            kinds: self.kind.clone().into_iter().collect(),
            customer: self.customer,
        }
    }

    /// Whether the list shows only some of the jobs.
    pub(super) fn narrows(&self) -> bool {
        self.filter() != JobFilter::default()
    }

    /// What a form keeps of the address: everything but the page and the field it sends itself.
    pub(super) fn kept(&self, own: &str) -> Kept {
        let values = [
            ("state", self.state.map(|state| state.as_str().to_owned())),
            ("kind", self.kind.clone()),
            ("customer", self.customer.map(|customer| customer.to_string())),
        ];
        values
            .into_iter()
            .filter(|(name, _)| *name != own)
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }
}

/// Which page of a list the address asks for: `after` or `before` a row.
pub(super) fn turn<K: FromStr>(page: &Page) -> Turn<K> {
    match (page.query_as("after"), page.query_as("before")) {
        (Some(key), _) => Turn::After(key),
        (None, Some(key)) => Turn::Before(key),
        (None, None) => Turn::First,
    }
}

/// How many rows a page shows.
pub(super) fn rows(page: &Page) -> u32 {
    page.query_as("rows")
        .filter(|rows| PAGE_SIZES.contains(rows))
        .unwrap_or(PAGE_SIZES[0])
}
