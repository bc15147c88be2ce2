//! What opens a shop.

use std::time::Duration;

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::Secret;

/// Tokens are renewed when they live no longer than this, as Shopify's own library does.
const RENEWED_BEFORE: Duration = Duration::from_mins(5);

/// The tokens of a shop. Each refresh replaces both: store them together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// Sent with every request.
    pub access_token: Secret,
    /// When it stops to work.
    pub expires_at: Timestamp,
    /// What gets the next pair; none with the lasting tokens of an application made for one merchant.
    pub refresh_token: Option<Secret>,
    /// When the refresh token stops to work: the owner must authorise again by then.
    pub refresh_expires_at: Option<Timestamp>,
    /// What the owner granted.
    pub scopes: Vec<String>,
}

impl Credentials {
    /// Whether to call [`refresh`](super::refresh) before using them.
    pub fn needs_refresh(&self, now: Timestamp) -> bool {
        self.refresh_token.is_some() && self.expires_at <= now + RENEWED_BEFORE
    }
}
