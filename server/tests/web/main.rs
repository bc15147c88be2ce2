//! The real router, driven like a browser would: forms, redirects and cookies, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test whose surroundings are missing has failed"
)]

mod activity;
mod browser;
mod busy;
mod connecting;
mod customers;
mod development_mail;
mod edges;
mod events;
mod headers;
mod imports;
mod kept_forms;
mod logs;
mod matrix;
mod memberships;
mod open_sessions;
mod orders;
mod people;
mod products;
mod security;
mod sessions;
mod speed;
mod storefronts;
mod trade;
mod uploads;
mod users;
mod viewing;
mod webhooks;
