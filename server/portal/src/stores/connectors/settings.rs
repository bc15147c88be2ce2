//! What a deployment sets about its applications at the platforms.

use connectors::shopify::Hosts;
use connectors::store::Secret;
use serde::{Deserialize, Serialize};

/// The application at Shopify: the table `[shopify]`. Without it shops there cannot be connected.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopifySettings {
    /// Its public id.
    pub client_id: Option<String>,
    /// Its secret.
    pub client_secret: Option<Secret>,
    /// The secret before that one: webhooks may still be signed with it for an hour after a change.
    pub former_client_secret: Option<Secret>,
    /// Where shops are found, `{shop}` being the shop's permanent address and `{name}` its first part. Another than Shopify's own only outside of
    /// production, for the sandbox.
    pub hosts: String,
}

impl Default for ShopifySettings {
    fn default() -> Self {
        Self {
            client_id: None,
            client_secret: None,
            former_client_secret: None,
            hosts: "https://{shop}".to_owned(),
        }
    }
}

/// The application at Etsy: the table `[etsy]`. Without it shops there cannot be connected.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EtsySettings {
    /// Its public key.
    pub keystring: Option<String>,
    /// Its shared secret.
    pub shared_secret: Option<Secret>,
    /// What its webhooks are signed with, as Etsy's webhook portal shows it. Without it none is accepted.
    pub webhook_secret: Option<Secret>,
    /// The one before that: accepted as well while a change is under way.
    pub former_webhook_secret: Option<Secret>,
    /// Where Etsy is found when it is not Etsy itself. Only outside of production, for the sandbox.
    pub base_url: Option<String>,
}

impl ShopifySettings {
    /// What is wrong with them, each in a sentence that names the option.
    pub fn problems(&self, production: bool) -> Vec<&'static str> {
        let mut problems = Vec::new();
        if self.client_id.is_some() != self.client_secret.is_some() {
            problems.push("shopify.client_id and shopify.client_secret: both or none");
        }
        if Hosts::parse(&self.hosts).is_err() {
            problems.push("shopify.hosts: an address with {shop} or {name} in it");
        }
        if production && self.hosts != Self::default().hosts {
            problems.push("shopify.hosts: never changed in production");
        }
        problems
    }
}

impl EtsySettings {
    /// What is wrong with them, each in a sentence that names the option.
    pub fn problems(&self, production: bool) -> Vec<&'static str> {
        let mut problems = Vec::new();
        if self.keystring.is_some() != self.shared_secret.is_some() {
            problems.push("etsy.keystring and etsy.shared_secret: both or none");
        }
        if production && self.base_url.is_some() {
            problems.push("etsy.base_url: never in production");
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_application_is_noticed() {
        assert!(ShopifySettings::default().problems(true).is_empty());
        assert!(EtsySettings::default().problems(true).is_empty());
        let half = ShopifySettings {
            client_id: Some("id".to_owned()),
            ..ShopifySettings::default()
        };
        assert_eq!(half.problems(false).len(), 1);
        let sandbox = ShopifySettings {
            hosts: "http://127.0.0.1:4000/{shop}".to_owned(),
            ..ShopifySettings::default()
        };
        assert!(sandbox.problems(false).is_empty());
        assert_eq!(sandbox.problems(true).len(), 1);
        let half = EtsySettings {
            keystring: Some("key".to_owned()),
            base_url: Some("http://127.0.0.1:4000".to_owned()),
            ..EtsySettings::default()
        };
        assert_eq!((half.problems(false).len(), half.problems(true).len()), (1, 2));
    }
}
