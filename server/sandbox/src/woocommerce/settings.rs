//! What kind of site a shop is: the switches of the desk, read.

use serde::Deserialize;
use serde_json::Value;

use crate::shop::Shop;

/// How addresses of the site look.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Permalinks {
    /// `/wp-json/…`.
    #[default]
    Pretty,
    /// Only `?rest_route=/…`, for which WooCommerce authenticates nobody.
    Plain,
}

/// Why a site does not answer as it should.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// A firewall in front of it shows a page of its own: 403 HTML.
    Firewall,
    /// An update is running: 503 HTML with `Retry-After`.
    Maintenance,
    /// PHP has crashed: 500 HTML.
    PhpFatal,
    /// The database is down: 500 HTML.
    Database,
    /// PHP is down: 502 HTML.
    BadGateway,
}

/// The switches, by the names the desk and `PATCH …/settings` use.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own at the desk, in any combination"
)]
pub struct Settings {
    /// The site believes that it is served over TLS (`is_ssl()` of `WordPress`). It also does when a request says
    /// `X-Forwarded-Proto: https`.
    pub https: bool,
    /// Its owner reads Spanish: so do the sentences in answers, but for those that nobody translates.
    pub spanish: bool,
    /// How its addresses look.
    pub permalinks: Permalinks,
    /// The web server does not hand `Authorization` on to PHP.
    pub strips_authorization: bool,
    /// Of WooCommerce.
    pub version: String,
    /// Why it does not answer as it should; `null`: it does.
    pub outage: Option<Outage>,
    /// A plugin prints a warning before every answer.
    pub php_warning: bool,
    /// A plugin lets nobody use the REST API.
    pub security_plugin: bool,
    /// It is a web site, but no shop.
    pub no_shop: bool,
    /// Everything is redirected to the shop of this name.
    pub moved_to: Option<String>,
    /// The routes of fulfilments are switched on.
    pub fulfillments: bool,
    /// Statuses that plugins add.
    pub extra_statuses: Vec<String>,
    /// Every key was revoked.
    pub keys_revoked: bool,
    /// How long the queue takes to deliver webhooks.
    pub webhook_delay_seconds: u64,
    /// The queue does not run: webhooks are never delivered.
    pub queue_stopped: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            https: false,
            spanish: false,
            permalinks: Permalinks::Pretty,
            strips_authorization: false,
            version: "11.0.1".to_owned(),
            outage: None,
            php_warning: false,
            security_plugin: false,
            no_shop: false,
            moved_to: None,
            fulfillments: false,
            extra_statuses: Vec::new(),
            keys_revoked: false,
            webhook_delay_seconds: 1,
            queue_stopped: false,
        }
    }
}

impl Settings {
    /// The switches of a shop; what cannot be read is as if it were not set.
    pub fn of(shop: &Shop) -> Self {
        serde_json::from_value(Value::Object(shop.settings.clone())).unwrap_or_default()
    }

    /// Whether the site's WooCommerce is at least of this version.
    pub fn is_at_least(&self, major: u32, minor: u32) -> bool {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        let version = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        version >= (major, minor)
    }

    /// The statuses an order can have.
    pub fn statuses(&self) -> Vec<String> {
        let core = [
            "pending",
            "processing",
            "on-hold",
            "completed",
            "cancelled",
            "refunded",
            "failed",
        ];
        let own = core.into_iter().map(str::to_owned);
        let draft = std::iter::once("checkout-draft".to_owned());
        own.chain(draft)
            .chain(self.extra_statuses.iter().cloned())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        let version = |text: &str| Settings {
            version: text.to_owned(),
            ..Settings::default()
        };
        assert!(version("11.0.1").is_at_least(5, 8));
        assert!(!version("5.4.2").is_at_least(5, 8));
        assert!(version("5.10").is_at_least(5, 8));
    }
}
