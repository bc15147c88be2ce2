//! Keys, and what is sealed with them.

use domain::id::{CustomerId, StoreId, UserId};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::entropy::Entropy;

/// The layout of sealed bytes: version, length of the key's name, name, nonce, ciphertext with tag.
const VERSION: u8 = 1;

/// Where a secret belongs. Sealed for one place, it opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What lets us into a store.
    Store {
        /// Whose secret it is.
        customer: CustomerId,
        /// The store it lets in to.
        store: StoreId,
        /// Which of the store's secrets it is.
        field: &'static str,
    },
    /// What lets a person in.
    Person {
        /// The person.
        user: UserId,
        /// Which of the person's secrets it is.
        field: &'static str,
    },
}

impl Place {
    /// Its authenticated form: ids have a fixed length and fields are names of ours, so no two places have the same.
    fn aad(&self) -> Aad<Vec<u8>> {
        let parts: [&[u8]; 3] = match self {
            Self::Store {
                customer,
                store,
                field,
            } => [customer.0.as_bytes(), store.0.as_bytes(), field.as_bytes()],
            Self::Person { user, field } => [b"person ", user.0.as_bytes(), field.as_bytes()],
        };
        Aad::from(parts.concat())
    }
}

/// A sealed secret, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

/// A sealed secret could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsealable {
    /// The key it names is not in the ring.
    #[error("sealed with the key {0}, which is not configured")]
    UnknownKey(String),
    /// It was changed, belongs to another place, or the key of that name is another one.
    #[error("the sealed secret does not belong here or was changed")]
    Refused,
}

/// The keys of a deployment.
pub struct KeyRing {
    current: String,
    keys: Vec<(String, LessSafeKey)>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRing")
            .field("current", &self.current)
            .finish_non_exhaustive()
    }
}

impl KeyRing {
    /// The keys `keys`, of which new secrets are sealed with `current`.
    pub fn new(current: &str, keys: &[(String, [u8; 32])]) -> Self {
        let keys = keys
            .iter()
            // 32 bytes are always a key of this cipher.
            .filter_map(|(name, bytes)| {
                let key = UnboundKey::new(&AES_256_GCM, bytes).ok()?;
                Some((name.clone(), LessSafeKey::new(key)))
            })
            .collect();
        Self {
            current: current.to_owned(),
            keys,
        }
    }

    /// The name of the key that new secrets are sealed with.
    pub fn current(&self) -> &str {
        &self.current
    }

    /// The names of all keys.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(name, _)| name.as_str())
    }

    fn key(&self, name: &str) -> Option<&LessSafeKey> {
        self.keys
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, key)| key)
    }

    /// Seals `secret` for `place` with the current key.
    ///
    /// # Errors
    /// [`Unsealable`] when the ring has no current key.
    pub fn seal(&self, entropy: &dyn Entropy, place: &Place, secret: &[u8]) -> Result<Sealed, Unsealable> {
        self.seal_with(&self.current, entropy, place.aad(), secret)
    }

    /// Seals with the key `name`.
    pub(super) fn seal_with(
        &self,
        name: &str,
        entropy: &dyn Entropy,
        aad: Aad<Vec<u8>>,
        secret: &[u8],
    ) -> Result<Sealed, Unsealable> {
        let key = self
            .key(name)
            .ok_or_else(|| Unsealable::UnknownKey(name.to_owned()))?;
        let length = u8::try_from(name.len()).map_err(|_| Unsealable::Refused)?;
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce);
        let mut text = secret.to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut text)
            .map_err(|_| Unsealable::Refused)?;
        let mut sealed = vec![VERSION, length];
        sealed.extend(name.as_bytes());
        sealed.extend(nonce);
        sealed.extend(text);
        Ok(Sealed(sealed))
    }

    /// The secret sealed for `place`.
    ///
    /// # Errors
    /// [`Unsealable`].
    pub fn open(&self, place: &Place, sealed: &Sealed) -> Result<Vec<u8>, Unsealable> {
        self.open_with(place.aad(), sealed)
    }

    pub(super) fn open_with(&self, aad: Aad<Vec<u8>>, sealed: &Sealed) -> Result<Vec<u8>, Unsealable> {
        let (name, rest) = sealed.split().ok_or(Unsealable::Refused)?;
        let key = self
            .key(name)
            .ok_or_else(|| Unsealable::UnknownKey(name.to_owned()))?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(Unsealable::Refused)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unsealable::Refused)?;
        let mut text = text.to_vec();
        let secret = key
            .open_in_place(nonce, aad, &mut text)
            .map_err(|_| Unsealable::Refused)?;
        Ok(secret.to_vec())
    }
}

impl Sealed {
    /// The name of its key.
    pub fn key_name(&self) -> Option<&str> {
        self.split().map(|(name, _)| name)
    }

    fn split(&self) -> Option<(&str, &[u8])> {
        let [VERSION, length, rest @ ..] = self.0.as_slice() else {
            return None;
        };
        let (name, rest) = rest.split_at_checked(usize::from(*length))?;
        Some((std::str::from_utf8(name).ok()?, rest))
    }
}

/// A place of no customer: for what only proves which key it is.
pub(super) fn check_aad(name: &str) -> Aad<Vec<u8>> {
    Aad::from([b"check of key ", name.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::{SeededEntropy, TestClock};

    fn entropy() -> SeededEntropy {
        SeededEntropy::new(1, Arc::new(TestClock::default()))
    }

    fn ring(current: &str, keys: &[(&str, u8)]) -> KeyRing {
        let keys: Vec<_> = keys
            .iter()
            .map(|(name, byte)| ((*name).to_owned(), [*byte; 32]))
            .collect();
        KeyRing::new(current, &keys)
    }

    fn place(entropy: &SeededEntropy, field: &'static str) -> Place {
        Place::Store {
            customer: CustomerId(entropy.id()),
            store: StoreId(entropy.id()),
            field,
        }
    }

    #[test]
    fn a_secret_opens_in_its_place_only() {
        let entropy = entropy();
        let ring = ring("a", &[("a", 1)]);
        let [one, other] = [CustomerId(entropy.id()), CustomerId(entropy.id())];
        let [shop, market] = [StoreId(entropy.id()), StoreId(entropy.id())];
        let of_store = |customer, store, field| Place::Store {
            customer,
            store,
            field,
        };
        let of_person = |user, field| Place::Person { user, field };
        let user = UserId(one.0);
        for (here, elsewhere) in [
            (
                of_store(one, shop, "credentials"),
                vec![
                    of_store(one, shop, "hook_secret"),
                    of_store(one, market, "credentials"),
                    of_store(other, shop, "credentials"),
                    of_person(user, "credentials"),
                ],
            ),
            (
                of_person(user, "two_factor"),
                vec![
                    of_person(user, "recovery_codes"),
                    of_person(UserId(other.0), "two_factor"),
                    of_store(one, shop, "two_factor"),
                ],
            ),
        ] {
            let sealed = ring.seal(&entropy, &here, b"token").unwrap();
            assert_eq!(ring.open(&here, &sealed).unwrap(), b"token");
            for place in elsewhere {
                assert_eq!(ring.open(&place, &sealed), Err(Unsealable::Refused), "{place:?}");
            }
        }
    }

    #[test]
    fn swapped_secrets_of_two_stores_do_not_open() {
        let entropy = entropy();
        let ring = ring("a", &[("a", 1)]);
        let (one, other) = (place(&entropy, "credentials"), place(&entropy, "credentials"));
        let of_one = ring.seal(&entropy, &one, b"one").unwrap();
        let of_other = ring.seal(&entropy, &other, b"other").unwrap();
        assert_eq!(ring.open(&one, &of_other), Err(Unsealable::Refused));
        assert_eq!(ring.open(&other, &of_one), Err(Unsealable::Refused));
    }

    #[test]
    fn every_changed_bit_is_noticed_and_nothing_shows_through() {
        let entropy = entropy();
        let ring = ring("a", &[("a", 1)]);
        let here = place(&entropy, "credentials");
        let sealed = ring.seal(&entropy, &here, b"shpat_0123456789").unwrap();
        assert!(!sealed.0.windows(5).any(|window| window == b"shpat"));
        assert_ne!(sealed, ring.seal(&entropy, &here, b"shpat_0123456789").unwrap());
        for index in 0..sealed.0.len() {
            let mut changed = sealed.clone();
            changed.0[index] ^= 1;
            assert!(ring.open(&here, &changed).is_err(), "byte {index}");
            assert!(ring.open(&here, &Sealed(sealed.0[..index].to_vec())).is_err());
        }
    }

    #[test]
    fn a_former_key_still_opens_and_another_one_of_its_name_does_not() {
        let entropy = entropy();
        let here = place(&entropy, "credentials");
        let sealed = ring("a", &[("a", 1)]).seal(&entropy, &here, b"token").unwrap();
        assert_eq!(sealed.key_name(), Some("a"));
        assert_eq!(
            ring("b", &[("a", 1), ("b", 2)]).open(&here, &sealed).unwrap(),
            b"token"
        );
        assert_eq!(
            ring("a", &[("a", 2)]).open(&here, &sealed),
            Err(Unsealable::Refused)
        );
        assert_eq!(
            ring("b", &[("b", 2)]).open(&here, &sealed),
            Err(Unsealable::UnknownKey("a".to_owned()))
        );
    }
}
