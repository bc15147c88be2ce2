//! What a deployment sets about encryption.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connectors::store::Secret;
use serde::{Deserialize, Serialize};

use super::KeyRing;

/// What a deployment sets about encryption: the table `[encryption]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EncryptionSettings {
    /// The name of the key that new secrets are sealed with.
    pub current: Option<String>,
    /// Keys by name: 32 bytes as base64 each.
    pub keys: BTreeMap<String, Secret>,
}

/// Why the keys cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// There is no key at all.
    #[error("encryption.keys: production needs a key; make one with `openssl rand -base64 32`")]
    Missing,
    /// A key is not 32 bytes as base64.
    #[error("encryption.keys.{0}: 32 bytes as base64, as `openssl rand -base64 32` makes them")]
    Malformed(String),
    /// A key's name is too long to be stored beside what it seals.
    #[error("encryption.keys.{0}: a name of 1 to 32 characters")]
    Name(String),
    /// Nobody says which key is current.
    #[error("encryption.current: the name of one of encryption.keys")]
    Current,
}

impl EncryptionSettings {
    /// The keys; none when none are set.
    ///
    /// # Errors
    /// The first thing that is wrong with them. With a single key, `current` may be left out.
    pub fn ring(&self) -> Result<Option<KeyRing>, KeyProblem> {
        let current = match (&self.current, self.keys.first_key_value()) {
            (None, None) => return Ok(None),
            (None, Some((name, _))) if self.keys.len() == 1 => name,
            (Some(name), _) if self.keys.contains_key(name) => name,
            _ => return Err(KeyProblem::Current),
        };
        let mut keys = Vec::new();
        for (name, text) in &self.keys {
            if name.is_empty() || name.len() > 32 {
                return Err(KeyProblem::Name(name.clone()));
            }
            let bytes = STANDARD
                .decode(text.reveal().trim())
                .ok()
                .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
                .ok_or_else(|| KeyProblem::Malformed(name.clone()))?;
            keys.push((name.clone(), bytes));
        }
        Ok(Some(KeyRing::new(current, &keys)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(current: Option<&str>, keys: &[(&str, &str)]) -> EncryptionSettings {
        EncryptionSettings {
            current: current.map(str::to_owned),
            keys: keys
                .iter()
                .map(|(name, key)| ((*name).to_owned(), Secret::new(*key)))
                .collect(),
        }
    }

    #[test]
    fn keys_are_whole_and_one_is_current() {
        let key = STANDARD.encode([7; 32]);
        assert!(settings(None, &[]).ring().unwrap().is_none());
        assert!(settings(None, &[("a", &key)]).ring().unwrap().is_some());
        assert!(
            settings(Some("b"), &[("a", &key), ("b", &key)])
                .ring()
                .unwrap()
                .is_some()
        );
        let problem = |settings: EncryptionSettings| settings.ring().unwrap_err();
        assert_eq!(
            problem(settings(None, &[("a", &key), ("b", &key)])),
            KeyProblem::Current
        );
        assert_eq!(problem(settings(Some("c"), &[("a", &key)])), KeyProblem::Current);
        assert_eq!(problem(settings(Some("c"), &[])), KeyProblem::Current);
        assert_eq!(
            problem(settings(None, &[("a", "c2hvcnQ=")])),
            KeyProblem::Malformed("a".to_owned())
        );
        let long = "k".repeat(33);
        assert_eq!(
            problem(settings(None, &[(&long, &key)])),
            KeyProblem::Name(long.clone())
        );
    }
}
