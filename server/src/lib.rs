//! The process: configuration, router, sessions, edges and workers.

pub mod commands;
pub mod configuration;
pub mod development_mail;
pub mod edges;
pub mod health;
pub mod logging;
pub mod router;
mod sandbox_stores;
pub mod security;
pub mod sessions;
pub mod uploads;
pub mod visit;
