//! The users of a customer, as both faces show them: in Storefronts the account admin manages them under *Settings*,
//! in the console an operator does under the customer's *Users*.

pub mod access;
pub mod add;
pub mod correct;
mod list;
mod matrix;
mod place;
mod profile;
mod query;
pub mod role;
mod toolbar;
pub mod two_factor;

pub use add::{add_link, add_page};
pub use list::users_page;
pub use place::Place;
pub use profile::user_page;
