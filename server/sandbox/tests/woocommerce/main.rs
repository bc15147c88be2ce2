//! The stand-in for WooCommerce is as strict, as lossy and as odd as the real one was seen to be.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod auth;
mod bench;
mod consent;
mod desk;
mod faults;
mod lists;
mod troubles;
mod webhooks;
mod writes;
