//! The place *Team*: the operators, and one of them.

pub mod access;
mod confirm;
pub mod invite;
pub mod list;
pub mod member;
pub mod role;
pub mod two_factor;
