//! People and how they get in: log-in, sessions, invitations, passwords, profile.

pub mod arrival;
pub mod confirm;
pub mod current;
pub mod device;
pub mod first_operator;
pub mod invitation;
pub mod limits;
pub mod link;
pub mod log_in;
mod notice;
pub mod obvious;
pub mod password;
pub mod password_reset;
pub mod profile;
mod reset_mail;
pub mod sessions;
#[cfg(test)]
mod tests;
pub mod two_factor;
pub mod viewing;

pub use reset_mail::SendResetLink;
