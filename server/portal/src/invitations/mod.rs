//! Invitations as those see them who invite: issue, resend, revoke, state, history.
//!
//! What the person invited sees is [`crate::accounts::invitation`]. An invitation is to a customer's Storefronts
//! or, without a customer, to the operator console. At most one of a person and a place is open at a time.

mod history;
mod issue;
mod limits;
mod person;
mod status;
mod watch;

use std::time::Duration;

pub use history::{HistoryEntry, HistoryEvent, history};
pub(crate) use issue::{NewInvitation, issue, revoke_all_open, revoke_open};
pub use person::PersonForm;
pub(crate) use person::{NewPerson, correct, find_or_create, name_invited, search_words};
pub(crate) use status::state_at;
pub use status::{InvitationStatus, latest};
pub use watch::is_unchanged;

/// How long the link of an invitation works.
pub const LINK_LIVES: Duration = Duration::from_hours(72);
