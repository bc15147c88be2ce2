//! The real router, driven like a browser would: forms, redirects and cookies, on both engines.

mod accounts;
mod browser;
mod edges;
mod people;
mod sessions;
