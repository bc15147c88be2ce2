//! Who may open what: every role against every page and every server function, taken from the registries. A new
//! page or function without a row in its table fails the test.

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
}

impl Access {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Forbidden => "403",
            Self::Missing => "404",
            Self::LogIn => "log-in",
        }
    }
}

/// The columns of the tables: nobody, then every role.
fn visitors() -> Vec<Option<Role>> {
    std::iter::once(None).chain(Role::all().map(Some)).collect()
}

fn name(visitor: Option<Role>) -> &'static str {
    match visitor {
        None => "anonymous",
        Some(Role::Operator(role)) => role.as_str(),
        Some(Role::Client(role)) => role.as_str(),
    }
}

/// The rows of a table by their first word.
fn rows(table: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut lines = table.trim().lines();
    let head: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    let columns: Vec<&str> = visitors().into_iter().map(name).collect();
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

/// A browser in which this visitor is logged in.
async fn browser_of(house: &House, visitor: Option<Role>) -> Browser {
    match visitor {
        None => house.stranger(),
        Some(role) => house.logged_in(role).await,
    }
}
