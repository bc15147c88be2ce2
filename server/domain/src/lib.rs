//! Entities, states, roles and rules of the portal: no I/O, no clock, no async.
//!
//! Everything here can be reasoned about and tested without a database or a network, and most of it also
//! compiles for the browser.

pub mod id;
pub mod problem;
#[cfg(feature = "sqlx")]
pub mod stored;
pub mod timestamp;

pub use problem::{Argument, FieldProblems, Problem};
pub use timestamp::Timestamp;
