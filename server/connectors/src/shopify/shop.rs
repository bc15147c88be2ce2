//! The address of a shop.

use std::fmt;

use domain::Problem;
use serde::{Deserialize, Serialize};

/// The permanent address of a shop at Shopify: `print-test.myshopify.com`. Nothing else is ever called or given our
/// secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShopDomain(String);

/// The end of every shop's permanent address.
const SUFFIX: &str = ".myshopify.com";

impl ShopDomain {
    /// Reads what people type or copy: the shop's name, its permanent address, the address of its admin in either
    /// form.
    ///
    /// # Errors
    /// `shopify-shop-invalid` for anything else, a shop's own domain included: it does not tell the permanent one.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim().to_ascii_lowercase();
        let text = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .unwrap_or(&text);
        let host = until_slash(text);
        let name = match text.strip_prefix("admin.shopify.com/store/") {
            Some(rest) => until_slash(rest),
            None => host.strip_suffix(SUFFIX).unwrap_or(host),
        };
        Self::of_name(name).ok_or_else(|| Problem::new("shopify-shop-invalid"))
    }

    /// Reads the `shop` of a callback or webhook, which must be the whole address and nothing more.
    pub(super) fn exact(text: &str) -> Option<Self> {
        Self::of_name(text.strip_suffix(SUFFIX)?)
    }

    /// Shopify's rule for names: letters, digits and hyphens, not beginning with a hyphen.
    fn of_name(name: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let valid =
            !name.is_empty() && name.len() <= 60 && !name.starts_with('-') && name.bytes().all(allowed);
        valid.then(|| Self(format!("{name}{SUFFIX}")))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn until_slash(text: &str) -> &str {
    text.split(['/', '?', '#']).next().unwrap_or_default()
}

impl fmt::Display for ShopDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ShopDomain {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

impl From<ShopDomain> for String {
    fn from(shop: ShopDomain) -> Self {
        shop.0
    }
}

/// Where shops are found: `https://{shop}`, in development a stand-in such as `http://127.0.0.1:4000/{shop}`. `{shop}` is
/// the whole permanent address, `{name}` what comes before `.myshopify.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts(String);

impl Hosts {
    /// Reads a template with `{shop}` or `{name}` in it.
    ///
    /// # Errors
    /// `invalid-url` when both are missing or it makes no web address.
    pub fn parse(template: &str) -> Result<Self, Problem> {
        let template = template.trim().trim_end_matches('/');
        let example = template.replace("{shop}", "shop").replace("{name}", "shop");
        let address = url::Url::parse(&example);
        let is_web = address.is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_web || example == template {
            return Err(Problem::new("invalid-url"));
        }
        Ok(Self(template.to_owned()))
    }

    /// The address of a shop, without a slash at its end.
    pub(super) fn base(&self, shop: &ShopDomain) -> String {
        let name = shop.as_str().strip_suffix(SUFFIX).unwrap_or_default();
        self.0.replace("{shop}", shop.as_str()).replace("{name}", name)
    }
}

impl Default for Hosts {
    /// Shopify itself.
    fn default() -> Self {
        Self("https://{shop}".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shops_are_recognised_in_every_form_people_copy() {
        for text in [
            "print-test",
            " Print-Test.myshopify.com ",
            "https://print-test.myshopify.com/admin/products?x=1",
            "https://admin.shopify.com/store/print-test/orders",
        ] {
            assert_eq!(
                ShopDomain::parse(text).unwrap().as_str(),
                "print-test.myshopify.com",
                "{text}"
            );
        }
    }

    #[test]
    fn nothing_but_a_shop_at_shopify_is_accepted() {
        for text in [
            "",
            "-shop",
            "shop.example.com",
            "shop.myshopify.com.example.com",
            "example.com/.myshopify.com",
            "user@shop.myshopify.com",
            "shop.myshopify.com:8080",
            "a.b.myshopify.com",
            "shop_1",
        ] {
            assert!(ShopDomain::parse(text).is_err(), "{text}");
        }
        assert_eq!(ShopDomain::exact("print-test"), None);
        assert_eq!(ShopDomain::exact("print-test.myshopify.com/"), None);
    }

    #[test]
    fn a_template_says_where_shops_are() {
        let shop = ShopDomain::parse("print-test").unwrap();
        assert_eq!(Hosts::default().base(&shop), "https://print-test.myshopify.com");
        let hosts = Hosts::parse("http://127.0.0.1:4000/{shop}/").unwrap();
        assert_eq!(
            hosts.base(&shop),
            "http://127.0.0.1:4000/print-test.myshopify.com"
        );
        let hosts = Hosts::parse("http://127.0.0.1:4000/shopify/{name}").unwrap();
        assert_eq!(hosts.base(&shop), "http://127.0.0.1:4000/shopify/print-test");
        assert!(Hosts::parse("http://127.0.0.1:4000").is_err());
        assert!(Hosts::parse("{shop}").is_err());
    }
}
