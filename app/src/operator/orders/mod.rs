//! The place *Orders*: every customer's orders, and one of them.

pub mod advance;
pub mod bulk;
pub mod correct_tracking;
mod customer;
pub mod detail;
pub mod list;
pub mod ship;
mod table;
pub mod views;
