//! The users of a customer: the people who work for it in Storefronts.
//!
//! Their account admin manages them, and so do operators. A customer never loses its last account admin who can log in,
//! and nobody shuts themself out. What is changed holds from the person's next request on: see
//! [`current`](crate::accounts::current).

mod add;
mod block;
mod change_role;
mod correct;
mod filter;
mod form;
mod guard;
mod list;
mod place;
mod remove;
mod resend;
mod revoke;
mod search;
mod stores;

pub use add::{AddForm, add};
pub use block::{block, unblock};
pub use change_role::change_role;
pub use correct::correct;
pub use filter::{UserColumn, UserFilter, UserSort};
pub use form::RoleForm;
pub use list::{CustomerUser, UserProfile, count, find, list};
pub use remove::remove;
pub use resend::resend_invitation;
pub use revoke::revoke_invitation;
pub use search::{FoundUser, search};
pub use stores::{StoreChoice, store_choices};

pub use crate::invitations::PersonForm;

#[cfg(test)]
mod tests;
