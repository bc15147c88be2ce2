//! What tests stand on: a fresh database on each engine, a clock to move, randomness to foresee.
//!
//! Only with the feature `testing`, or in this crate's own tests.

mod databases;
mod determinism;
mod fake_platforms;
mod fake_shop;

pub use databases::{TestPortal, on_both};
pub use determinism::{SeededEntropy, TestClock};
pub use fake_platforms::{FakePlatforms, connect_store};
pub use fake_shop::{FakeShop, Ledger};
