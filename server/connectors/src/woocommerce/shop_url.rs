//! The address of a shop, as people type it.

use std::fmt;

use domain::{Problem, WebUrl};
use serde::{Deserialize, Serialize};

/// The address of a `WordPress` site: scheme, host, and the directory it is installed in; no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShopUrl(String);

/// What people copy along with the address of their shop.
const TAILS: [&str; 5] = ["/wp-admin", "/wp-json", "/wp-login.php", "/index.php", "/wc-auth"];

impl ShopUrl {
    /// Reads an address as it was typed: `shop.example.com`, `https://example.com/shop/wp-admin/index.php?page=x`.
    ///
    /// # Errors
    /// Those of [`WebUrl`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        let whole = if typed.is_empty() || typed.contains("://") {
            typed.to_owned()
        } else {
            format!("https://{typed}")
        };
        let url = WebUrl::parse(&whole)?;
        let path_end = url.as_str().find(['?', '#']).unwrap_or(url.as_str().len());
        let mut address = &url.as_str()[..path_end];
        for tail in TAILS {
            if let Some(start) = address.find(&format!("{tail}/")) {
                address = &address[..start];
            } else if let Some(start) = address.strip_suffix(tail) {
                address = start;
            }
        }
        Ok(Self(address.trim_end_matches('/').to_owned()))
    }

    /// The address, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what is said there is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// What is the same however the address is written: host and directory, without scheme and `www.`.
    pub fn identity(&self) -> String {
        let (_, rest) = self.0.split_once("://").unwrap_or_default();
        rest.strip_prefix("www.").unwrap_or(rest).to_owned()
    }

    /// An address below the shop's: `/wp-json/wc/v3/orders`.
    pub(super) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl TryFrom<String> for ShopUrl {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

impl From<ShopUrl> for String {
    fn from(url: ShopUrl) -> Self {
        url.0
    }
}

impl fmt::Display for ShopUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_however_they_are_typed() {
        for (typed, read) in [
            ("shop.example.com", "https://shop.example.com"),
            (" HTTPS://Shop.Example.com/ ", "https://shop.example.com"),
            ("example.com/prints/", "https://example.com/prints"),
            (
                "https://example.com/prints/wp-admin/admin.php?page=wc-settings",
                "https://example.com/prints",
            ),
            (
                "https://example.com/wp-json/wc/v3/orders?per_page=1",
                "https://example.com",
            ),
            ("https://example.com/wp-admin", "https://example.com"),
            ("https://example.com/?product=1#top", "https://example.com"),
            ("http://localhost:8180", "http://localhost:8180"),
            ("localhost:8543", "https://localhost:8543"),
            ("münchen.example", "https://xn--mnchen-3ya.example"),
        ] {
            assert_eq!(ShopUrl::parse(typed).unwrap().as_str(), read, "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (typed, code) in [
            ("", "required"),
            ("ftp://example.com", "url-not-http"),
            ("https://ana:secret@example.com", "url-with-password"),
            ("https://", "invalid-url"),
        ] {
            assert_eq!(ShopUrl::parse(typed).unwrap_err().code, code, "{typed}");
        }
    }

    #[test]
    fn a_shop_is_the_same_with_and_without_www() {
        let identity = |typed| ShopUrl::parse(typed).unwrap().identity();
        assert_eq!(identity("http://www.example.com/prints/"), "example.com/prints");
        assert_eq!(identity("https://example.com/prints"), "example.com/prints");
    }
}
