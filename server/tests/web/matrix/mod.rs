//! Who may open what: every role against every page and every server function, taken from the registries. A new
//! page or function without a row in its table fails the test.

mod audited;
mod dead_ends;
mod filled;
mod functions;
mod house;
mod pages;
mod strangers;

use std::collections::BTreeMap;

use domain::Role;
use house::House;

use crate::browser::Browser;

/// What a visitor gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    /// It opens, or does something.
    Yes,
    /// The role does not include it.
    Forbidden,
    /// It does not exist, for this visitor.
    Missing,
    /// The log-in page.
    LogIn,
    /// It would change something, and the visitor only looks at a customer's Storefronts.
    OnlyLooks,
}

impl Access {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Forbidden => "403",
            Self::Missing => "404",
            Self::LogIn => "log-in",
            Self::OnlyLooks => "view",
        }
    }
}

/// Somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visitor {
    /// Nobody who is known.
    Anonymous,
    /// An operator, or somebody of the customer whose things are asked for.
    As(Role),
    /// The account admin of another customer.
    Stranger,
    /// An administrator who looks at the customer's Storefronts.
    Viewing,
}

impl Visitor {
    fn name(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::As(Role::Operator(role)) => role.as_str(),
            Self::As(Role::Client(role)) => role.as_str(),
            Self::Stranger => "stranger",
            Self::Viewing => "viewing",
        }
    }

    /// A browser in which this visitor is logged in.
    async fn browser(self, house: &House) -> Browser {
        match self {
            Self::Anonymous => house.anonymous(),
            Self::As(role) => house.logged_in(role).await,
            Self::Stranger => house.session_of(house.other.admin).await,
            Self::Viewing => house.viewing().await,
        }
    }
}

/// The columns of the tables.
fn visitors() -> Vec<Visitor> {
    let roles = Role::all().map(Visitor::As);
    std::iter::once(Visitor::Anonymous)
        .chain(roles)
        .chain([Visitor::Stranger, Visitor::Viewing])
        .collect()
}

/// The rows of a table by their first word.
fn rows(table: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut lines = table.trim().lines();
    let head: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    let columns: Vec<&str> = visitors().into_iter().map(Visitor::name).collect();
    assert_eq!(head, columns, "the head of the table");
    lines
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut cells = line.split_whitespace();
            (cells.next().unwrap(), cells.collect())
        })
        .collect()
}

/// Compares what was found with the table; a mismatch prints the row that was found, ready to be judged.
fn compare(table: &str, found: &BTreeMap<String, Vec<&'static str>>) {
    let expected = rows(table);
    let unknown: Vec<&&str> = expected.keys().filter(|row| !found.contains_key(**row)).collect();
    assert!(unknown.is_empty(), "rows without a page or function: {unknown:?}");
    let wrong: Vec<String> = found
        .iter()
        .filter(|(row, cells)| expected.get(row.as_str()) != Some(cells))
        .map(|(row, cells)| format!("{row:<40} {}", cells.join(" ")))
        .collect();
    assert!(
        wrong.is_empty(),
        "these rows are missing or differ; decide what is right:\n{}",
        wrong.join("\n")
    );
}
