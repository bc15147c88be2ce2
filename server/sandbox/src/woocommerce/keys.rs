//! Keys of the REST API: who made them and what they may do.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::chance::Chance;

/// What a key may do.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permissions {
    /// Only `GET` and `HEAD`.
    Read,
    /// Only the others.
    Write,
    /// Both.
    ReadWrite,
}

impl Permissions {
    /// Reads the `scope` of an authorisation.
    pub fn parse(scope: &str) -> Option<Self> {
        match scope {
            "read" => Some(Self::Read),
            "write" => Some(Self::Write),
            "read_write" => Some(Self::ReadWrite),
            _ => None,
        }
    }

    /// As WooCommerce writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::ReadWrite => "read_write",
        }
    }
}

/// A key.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    /// Its number.
    pub id: u64,
    /// `ck_` and 40 hexadecimal digits.
    pub consumer_key: String,
    /// `cs_` and 40 hexadecimal digits.
    pub consumer_secret: String,
    /// What it may do.
    pub permissions: Permissions,
    /// Whether the user it belongs to manages the shop; one who only buys has no rights.
    pub user_manages: bool,
}

#[derive(Default)]
struct ShopKeys {
    last_id: u64,
    keys: Vec<Key>,
    /// Nonces by consumer key and timestamp: WooCommerce keeps one for each timestamp.
    nonces: BTreeMap<(String, i64), String>,
}

/// The keys of every shop.
#[derive(Default)]
pub(super) struct Keys(Mutex<BTreeMap<String, ShopKeys>>);

impl Keys {
    /// Makes a key out of these digits.
    pub(super) fn make(
        &self,
        shop: &str,
        permissions: Permissions,
        user_manages: bool,
        chance: &mut Chance,
    ) -> Key {
        let mut all = self.lock();
        let keys = all.entry(shop.to_owned()).or_default();
        keys.last_id += 1;
        let key = Key {
            id: keys.last_id,
            consumer_key: format!("ck_{}", chance.hex(40)),
            consumer_secret: format!("cs_{}", chance.hex(40)),
            permissions,
            user_manages,
        };
        keys.keys.push(key.clone());
        key
    }

    /// The keys of a shop, oldest first.
    pub(super) fn of(&self, shop: &str) -> Vec<Key> {
        self.lock()
            .get(shop)
            .map(|keys| keys.keys.clone())
            .unwrap_or_default()
    }

    /// The key of this name.
    pub(super) fn find(&self, shop: &str, consumer_key: &str) -> Option<Key> {
        let all = self.lock();
        let mut keys = all.get(shop)?.keys.iter();
        keys.find(|key| key.consumer_key == consumer_key).cloned()
    }

    /// Revokes a key.
    pub(super) fn revoke(&self, shop: &str, id: u64) {
        if let Some(keys) = self.lock().get_mut(shop) {
            keys.keys.retain(|key| key.id != id);
        }
    }

    /// Uses a nonce; false when it was used before, at a timestamp not before `oldest`.
    pub(super) fn use_nonce(
        &self,
        shop: &str,
        consumer_key: &str,
        timestamp: i64,
        nonce: &str,
        oldest: i64,
    ) -> bool {
        let mut all = self.lock();
        let nonces = &mut all.entry(shop.to_owned()).or_default().nonces;
        nonces.retain(|(_, used_at), _| *used_at >= oldest);
        let used = nonces
            .iter()
            .any(|((key, _), used)| key == consumer_key && used == nonce);
        if !used {
            nonces.insert((consumer_key.to_owned(), timestamp), nonce.to_owned());
        }
        !used
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, ShopKeys>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
