//! People and how they get in: log-in, sessions, invitations, passwords, profile.

mod confirm;
pub mod current;
pub mod first_operator;
pub mod invitation;
pub mod limits;
pub mod link;
pub mod log_in;
pub mod obvious;
pub mod password;
pub mod password_reset;
pub mod profile;
mod reset_mail;
pub mod sessions;
#[cfg(test)]
mod tests;

pub use reset_mail::SendResetLink;
