//! The one HTTP client for addresses that people type: guarded, capped and timed.
//!
//! What it promises, whatever the other side does:
//! - only `http` and `https`, only public addresses (and loopback when the development setting says so), checked
//!   for the address as written, for every address its name resolves to, and again for every redirect;
//! - the connection goes to exactly the addresses that were checked, so a name cannot answer differently between
//!   check and use;
//! - no system proxy, no cookies, no decompression, no request without an end: connecting, waiting for the next
//!   bytes and the whole exchange are limited in time, and bodies in size while they arrive.

mod address;
mod download;
mod error;
mod exchange;
mod reading;
mod resolve;
mod retry_after;
mod settings;
mod target;
#[cfg(test)]
mod tests;

pub use address::{Refused, Targets};
pub use download::Download;
pub use error::OutboundError;
pub use exchange::{Request, Response};
pub use reading::Reading;
pub use resolve::{Resolver, SystemResolver};
pub use retry_after::{LONGEST_RETRY_AFTER, retry_after, retry_after_within};
pub use settings::OutboundSettings;
pub use target::check_url;

use std::sync::Arc;

use resolve::GuardedResolver;

/// The outbound HTTP client. Cheap to clone; all clones share one connection pool.
#[derive(Clone, Debug)]
pub struct Outbound {
    client: reqwest::Client,
    settings: Arc<OutboundSettings>,
}

impl Outbound {
    /// A client that behaves as `settings` say.
    ///
    /// # Errors
    /// [`OutboundError::Setup`] when the TLS library finds nothing to work with on this machine.
    pub fn new(settings: OutboundSettings) -> Result<Self, OutboundError> {
        // The TLS library wants one provider per process; whoever comes second finds it there, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let resolver = GuardedResolver::new(Arc::clone(&settings.resolver), settings.targets);
        let client = reqwest::Client::builder()
            .dns_resolver(Arc::new(resolver))
            .no_proxy()
            .referer(false)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(settings.user_agent.as_str())
            .connect_timeout(settings.connect_timeout)
            .read_timeout(settings.stall_timeout)
            .pool_max_idle_per_host(8)
            .build()
            .map_err(|error| OutboundError::Setup(error.to_string()))?;
        Ok(Self {
            client,
            settings: Arc::new(settings),
        })
    }

    /// What this client was set up with.
    pub fn settings(&self) -> &OutboundSettings {
        &self.settings
    }
}
