//! Etsy: Open API v3.
//!
//! Making a connection:
//! 1. Make a [`Verifier`] and a random `state`, keep both for ten minutes, and send the browser to
//!    [`App::authorisation_url`].
//! 2. The callback goes through [`verify_callback`]; its code is exchanged by [`exchange_code`] for [`Credentials`],
//!    which name the shop and are stored encrypted.
//! 3. Before each piece of work: when [`Credentials::needs_refresh`], one worker calls [`refresh`] and stores the pair
//!    before anybody uses it. Call it weekly for shops at rest, or their tokens lapse. [`Connection::new`] then answers
//!    everything a store can be asked.
//!
//! All connections share one [`Quota`]: Etsy counts the requests of the application, not of a shop. Webhooks are set up
//! by hand in Etsy's portal for the whole application and go through [`verify_notice`].

mod address;
mod api;
mod authorise;
mod connection;
mod credentials;
mod inventory;
mod listings;
mod notice;
mod publish;
mod quota;
mod receipt;
mod receipts;
mod shapes;
mod shipment;
#[cfg(test)]
mod tests;
mod token;

pub use address::{Hosts, ShopId};
pub use authorise::{App, Code, Verifier, verify_callback};
pub use connection::Connection;
pub use credentials::Credentials;
pub use notice::verify_notice;
pub use quota::{Quota, QuotaLeft};
pub use token::{exchange_code, refresh};

/// The access scopes that connecting asks for.
pub const SCOPES: &[&str] = &[
    "listings_r",
    "listings_w",
    "transactions_r",
    "transactions_w",
    "shops_r",
];
