//! Shopify: Admin GraphQL, one pinned version, and nothing else.
//!
//! Making a connection:
//! 1. [`ShopDomain::parse`] what the person typed, keep a random `state` for ten minutes, and send the browser to
//!    [`App::authorisation_url`].
//! 2. The callback goes through [`verify_callback`]; its code is exchanged by [`exchange_code`] for [`Credentials`],
//!    which are stored encrypted.
//! 3. Before each piece of work: when [`Credentials::needs_refresh`], one worker calls [`refresh`] and stores the pair
//!    before anybody uses it. [`Connection::new`] then answers everything a store can be asked.
//!
//! Webhooks go through [`verify_notice`] with the application's secrets.

mod access;
mod authorise;
mod bulk;
mod carriers;
mod connection;
mod credentials;
mod fulfillment;
mod gid;
mod graphql;
mod limits;
mod locations;
mod notice;
mod operations;
mod order;
mod orders;
mod paging;
mod products;
mod progress;
mod publish;
mod shipment;
mod shop;
#[cfg(test)]
mod tests;
mod token;
mod webhooks;

pub use access::SCOPES;
pub use authorise::{App, Callback, verify_callback, verify_install};
pub use connection::Connection;
pub use credentials::Credentials;
pub use limits::CostBucket;
pub use notice::verify_notice;
pub use shop::{Hosts, ShopDomain};
pub use token::{exchange_code, refresh};

/// The version of the Admin API that every operation is checked against. Supported until autumn 2027.
pub const API_VERSION: &str = "2026-10";
