//! The stand-in of Shopify over HTTP.

#![expect(clippy::unwrap_used, reason = "what is not there fails its test")]

mod admin_api;
mod operations;
mod shop;
mod webhooks;
