//! The keys of a shop, and how it takes them.

use domain::{FieldProblems, Problem};
use serde::{Deserialize, Serialize};

use crate::store::Secret;

/// The keys of a shop. Serialised to be encrypted and stored, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// `ck_…`
    pub consumer_key: Secret,
    /// `cs_…`
    pub consumer_secret: Secret,
    /// Whether the owner allowed that the shop is spoken to without encryption.
    #[serde(default)]
    pub plain_http: bool,
    /// How the shop took the keys last: tried first.
    #[serde(default)]
    pub way: Option<Way>,
}

/// How keys are shown to a shop. Not every web server lets every way through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The header that everybody uses; some hosts strip it.
    Basic,
    /// In the address. It lands in the shop's logs, so it is for those that strip the header.
    Query,
    /// Signed with OAuth 1.0a: the only one without encryption.
    Signed,
    /// The same behind a proxy that ends the encryption and does not say so: `WordPress` believes it is spoken to
    /// without, and signs the `http` address.
    SignedBehindProxy,
}

impl Way {
    /// What is tried where the connection is encrypted. The signed ways also tell a wrong key from a stripped header.
    pub(super) const ENCRYPTED: [Self; 4] = [Self::Basic, Self::Query, Self::Signed, Self::SignedBehindProxy];
    /// What is tried where it is not.
    pub(super) const PLAIN: [Self; 1] = [Self::Signed];
}

impl Credentials {
    /// Keys that the shop granted.
    pub fn new(consumer_key: impl Into<String>, consumer_secret: impl Into<String>) -> Self {
        Self {
            consumer_key: Secret::new(consumer_key),
            consumer_secret: Secret::new(consumer_secret),
            plain_http: false,
            way: None,
        }
    }

    /// Reads keys as they were typed, in fields `consumer_key` and `consumer_secret`.
    ///
    /// # Errors
    /// `required`, or `consumer-key-invalid` and `consumer-secret-invalid` for what is no key of WooCommerce, such as
    /// the two in each other's place.
    pub fn parse(consumer_key: &str, consumer_secret: &str) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::default();
        let key = problems.take("consumer_key", typed(consumer_key, "ck_", "consumer-key-invalid"));
        let secret = problems.take(
            "consumer_secret",
            typed(consumer_secret, "cs_", "consumer-secret-invalid"),
        );
        match (key, secret) {
            (Some(key), Some(secret)) => Ok(Self::new(key, secret)),
            _ => Err(problems),
        }
    }
}

fn typed(text: &str, prefix: &str, otherwise: &'static str) -> Result<String, Problem> {
    let text = text.trim();
    let rest = text.strip_prefix(prefix).unwrap_or_default();
    if text.is_empty() {
        Err(Problem::new("required"))
    } else if rest.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Err(Problem::new(otherwise))
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_trimmed_and_not_taken_for_each_other() {
        let keys = Credentials::parse(" ck_12ab\n", "cs_34cd").unwrap();
        assert_eq!(
            (keys.consumer_key.reveal(), keys.consumer_secret.reveal()),
            ("ck_12ab", "cs_34cd")
        );
        let problems = Credentials::parse("cs_34cd", "").unwrap_err();
        assert_eq!(problems.get("consumer_key").unwrap().code, "consumer-key-invalid");
        assert_eq!(problems.get("consumer_secret").unwrap().code, "required");
    }

    #[test]
    fn stored_keys_of_an_older_release_are_read() {
        let keys: Credentials =
            serde_json::from_str(r#"{"consumer_key":"ck_1","consumer_secret":"cs_1"}"#).unwrap();
        assert_eq!(keys, Credentials::new("ck_1", "cs_1"));
        assert!(!format!("{keys:?}").contains("cs_1"));
    }
}
