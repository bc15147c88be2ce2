//! All outbound HTTP of the portal.
//!
//! [`outbound`] is the only place that opens connections to addresses somebody typed. Everything that talks to
//! another system (design files, platforms, postbacks) goes through it, so the guard against requests into our
//! own network is written once.

pub mod outbound;

pub use outbound::{Outbound, OutboundError, OutboundSettings};
