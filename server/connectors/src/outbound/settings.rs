//! How the outbound client behaves.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::address::Targets;
use super::resolve::{Resolver, SystemResolver};

/// How the outbound client behaves; the defaults are those of production.
#[derive(Clone)]
pub struct OutboundSettings {
    /// Which addresses may be called.
    pub targets: Targets,
    /// What the client calls itself in `User-Agent`.
    pub user_agent: String,
    /// Limit for resolving a name and opening the connection.
    pub connect_timeout: Duration,
    /// Limit for waiting for the next bytes of an answer.
    pub stall_timeout: Duration,
    /// Limit for a whole exchange with all its redirects and the body.
    pub total_timeout: Duration,
    /// Limit for fetching a file, which may be large: 200 MB at a slow 6 Mbit/s by default.
    pub download_timeout: Duration,
    /// Who turns names into addresses.
    pub resolver: Arc<dyn Resolver>,
}

impl Default for OutboundSettings {
    fn default() -> Self {
        Self {
            targets: Targets::PublicOnly,
            user_agent: concat!("portal/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(5),
            stall_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_mins(1),
            download_timeout: Duration::from_mins(5),
            resolver: Arc::new(SystemResolver),
        }
    }
}

impl fmt::Debug for OutboundSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboundSettings")
            .field("targets", &self.targets)
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .field("stall_timeout", &self.stall_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("download_timeout", &self.download_timeout)
            .finish_non_exhaustive()
    }
}
