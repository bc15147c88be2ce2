//! `WooCommerce`: shops on `WordPress`, spoken to over their REST API v3.
//!
//! Every shop is a web site of its own, with its own host, plug-ins, firewall and version, so most of this module is
//! about finding out what a site is ([`find()`], [`Connection::verify`](crate::store::StoreConnection::verify)) and
//! about reading what it really sends. Lists of what changed are the truth; its webhooks are lossy and only a hint.
//!
//! A connection is made in three steps: [`find()`] the shop at the address that was typed, let its owner grant keys
//! ([`authorisation_url`], [`receive_keys`]) or type them ([`Credentials::parse`]), and open the [`Connection`].

mod api;
mod authorise;
mod connection;
mod credentials;
mod find;
mod goods;
mod json;
mod notice;
mod orders;
mod pace;
mod paging;
mod products;
mod progress;
mod publish;
mod refusal;
mod shipment;
mod shop_url;
mod signature;
mod text;
mod verify;
mod webhooks;

pub use authorise::{AuthorisationRequest, ReceivedKeys, authorisation_url, read_return, receive_keys};
pub use connection::Connection;
pub use credentials::{Credentials, Way};
pub use find::{Found, find};
pub use notice::verify_notice;
pub use pace::Pace;
pub use shop_url::ShopUrl;
pub use webhooks::new_webhook_secret;

#[cfg(test)]
mod tests;
