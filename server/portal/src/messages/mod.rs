//! The event inspector: everything that was said between stores and the portal, and what came of it.
//!
//! Webhooks are written by [`crate::stores::notices`] before they are acknowledged. What the portal asks stores is
//! collected by the [`Recorder`] and written in batches: it must not slow a sync down, and none of it is needed for
//! anything but looking.

mod badge;
mod find;
mod list;
mod record;
mod retry;

pub use badge::{dead_beside_jobs, dead_count};
pub use find::{Message, MessageOrder, find, order_of};
pub use list::{MessageFilter, MessageRow, list};
pub use record::{Recorder, Spoken};
pub use retry::{RetriedMessage, retry};
