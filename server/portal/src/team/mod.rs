//! The team: the operators of the print company.
//!
//! Administrators invite them, change their roles, keep them out and remove them. The portal never loses its last
//! administrator, and nobody shuts themself out.

mod block;
mod change_role;
mod guard;
mod invite;
mod list;
mod remove;
mod resend;
mod reset_two_factor;
mod revoke;
mod search;

pub use block::{block, unblock};
pub use change_role::change_role;
pub use invite::{InviteForm, invite};
pub use list::{TeamMember, find, list};
pub use remove::remove;
pub use resend::resend_invitation;
pub use reset_two_factor::reset_two_factor;
pub use revoke::revoke_invitation;
pub use search::{FoundOperator, search};

#[cfg(test)]
mod tests;
