//! Getting in and being somebody: log in, accept an invitation, reset a password, profile.

pub mod log_in;
pub mod log_out;
pub mod preferences;
mod session;
