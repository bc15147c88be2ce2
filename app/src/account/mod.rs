//! Getting in and being somebody: log in, accept an invitation, reset a password, profile.

pub mod choose_customer;
pub mod code;
pub mod confirm;
pub mod first_operator;
pub mod forgot;
pub mod invitation;
pub mod language;
pub mod log_in;
pub mod log_out;
pub mod preferences;
pub mod profile;
pub mod reset;
pub mod security;
mod session;
pub mod two_factor;
