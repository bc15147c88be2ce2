//! All outbound HTTP of the portal, and the stores it talks to.
//!
//! [`outbound`] is the only place that opens connections to addresses somebody typed. Everything that talks to
//! another system (design files, platforms, postbacks) goes through it, so the guard against requests into our
//! own network is written once. [`store`] is what every platform can be asked, in the portal's words; [`shopify`],
//! [`etsy`] and [`woocommerce`] answer it.

pub mod etsy;
mod hex;
mod lenient;
mod moment;
pub mod outbound;
pub mod shopify;
pub mod store;
pub mod woocommerce;

pub use outbound::{Outbound, OutboundError, OutboundSettings};

#[cfg(test)]
mod testing;
