//! The place *Orders*: the list, one order, and the form *Place order*.

pub mod list;
pub(super) mod next;
pub mod order;
pub mod place;
pub(super) mod table;
