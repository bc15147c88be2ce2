//! Honest stand-ins for the systems the portal talks to. Depends on no other crate of this workspace.
//!
//! [`mail`] is a mail server. [`stores`] are the shops of the store platforms: [`shop`] is what all shops have in
//! common, [`world`] holds them with their [`ledger`], [`faults`], [`clock`] and [`outbox`] of webhooks,
//! [`exchange`] answers a request with the fault that was injected, and the [`desk`] is where people and tests
//! play buyer, shop owner and bad luck.

pub mod chance;
pub mod clock;
mod consent;
pub mod desk;
pub mod etsy;
pub mod exchange;
pub mod faults;
pub mod ledger;
pub mod mail;
pub mod outbox;
mod pictures;
pub mod shop;
pub mod shopify;
pub mod signature;
pub mod stores;
pub mod woocommerce;
pub mod world;
