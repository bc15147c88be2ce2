//! The place *Customers*: the list, and one customer with a page for each section.

mod access_card;
pub mod archive;
mod attention;
pub mod create;
pub mod edit;
mod history;
pub mod invitation;
pub mod list;
pub mod list_query;
mod list_table;
pub mod orders;
pub mod overview;
pub mod save_access;
mod sections;
pub mod settings;
pub mod stores;
pub mod users;
pub mod view_as;
