//! Customers: the companies the print is made for.
//!
//! Operators create them, switch their Storefronts access on and off, and invite their client admin: the account
//! admin of a customer, who adds and removes its other users: see [`users`](crate::users).

mod access;
mod admin;
mod archive;
mod create;
pub mod demo;
mod edit;
mod export;
mod form;
mod list;
mod overview;
mod profile;
mod resend;
mod revoke;
mod row;

pub use access::{AccessChange, AccessForm, save_access};
pub use admin::ClientAdmin;
pub use archive::{archive, restore};
pub use create::{CreateForm, create};
pub use edit::edit;
pub use export::export_csv;
pub use form::CustomerForm;
pub use list::{
    Counts, CustomerFilter, CustomerPage, CustomerRow, CustomerSort, PageRequest, SortColumn, counts, list,
};
pub use overview::{Overview, overview, scope_of};
pub use profile::{CustomerProfile, find};
pub use resend::resend_invitation;
pub use revoke::{Revoked, revoke_invitation};
pub(crate) use row::{LockedCustomer, hold, lock, refresh_admin};

#[cfg(test)]
mod tests;
