//! The use cases of the portal, with storage, job queue, mail and files.

pub mod access;
pub mod accounts;
pub mod clock;
pub mod entropy;
pub mod files;
pub mod jobs;
pub mod mail;
mod portal;
mod refusal;
pub mod settings;
pub mod storage;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod texts;

pub use portal::Portal;
pub use refusal::{Outcome, Refusal};
