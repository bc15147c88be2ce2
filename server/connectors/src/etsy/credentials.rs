//! What opens a shop.

use std::time::Duration;

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use super::ShopId;
use crate::store::Secret;

/// Tokens are renewed when they live no longer than this.
const RENEWED_BEFORE: Duration = Duration::from_mins(5);

/// The tokens of a shop. Each refresh replaces both: store them together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// The shop they open.
    pub shop: ShopId,
    /// Sent with every request.
    pub access_token: Secret,
    /// When it stops to work.
    pub expires_at: Timestamp,
    /// What gets the next pair.
    pub refresh_token: Secret,
    /// When the refresh token stops to work: 90 days after it was given.
    pub refresh_expires_at: Timestamp,
}

impl Credentials {
    /// Whether to call [`refresh`](super::refresh) before using them.
    pub fn needs_refresh(&self, now: Timestamp) -> bool {
        self.expires_at <= now + RENEWED_BEFORE
    }
}
