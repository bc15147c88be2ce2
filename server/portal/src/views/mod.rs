//! Saved views: the filters of a list that a person uses again and again, under a name of their own.
//!
//! A view is a query of the list's address, so that whatever a list can be asked for can be saved.

mod delete;
mod list;
mod rename;
mod save;
#[cfg(test)]
mod tests;

pub use delete::delete;
pub use list::{SavedView, list};
pub use rename::rename;
pub use save::{MOST_VIEWS, save};

/// A list whose views can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewedList {
    /// Every customer's orders, in the operator console.
    ConsoleOrders,
}

impl ViewedList {
    const fn as_str(self) -> &'static str {
        match self {
            Self::ConsoleOrders => "console-orders",
        }
    }
}
