//! Where Etsy is, and which shop.

use std::fmt;

use domain::Problem;
use serde::{Deserialize, Serialize};
use url::Url;

/// The number of a shop at Etsy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShopId(pub u64);

impl fmt::Display for ShopId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where Etsy is found; in development a stand-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// Where requests go.
    pub(super) api: String,
    /// Where tokens are.
    pub(super) token: String,
    /// Where sellers are asked.
    pub(super) site: String,
}

impl Hosts {
    /// A stand-in for all of Etsy at one address.
    ///
    /// # Errors
    /// `invalid-url` when it is no web address.
    pub fn parse(base: &str) -> Result<Self, Problem> {
        let base = base.trim().trim_end_matches('/');
        let is_web = Url::parse(base).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_web {
            return Err(Problem::new("invalid-url"));
        }
        Ok(Self {
            api: base.to_owned(),
            token: base.to_owned(),
            site: base.to_owned(),
        })
    }
}

impl Default for Hosts {
    /// Etsy itself: its description names the first, its documentation the second for tokens.
    fn default() -> Self {
        Self {
            api: "https://openapi.etsy.com".to_owned(),
            token: "https://api.etsy.com".to_owned(),
            site: "https://www.etsy.com".to_owned(),
        }
    }
}
