//! The real router, driven like a browser would: forms, redirects and cookies, on both engines.

mod accounts;
mod activity;
mod browser;
mod customers;
mod development_mail;
mod edges;
mod people;
mod sessions;
mod storefronts;
