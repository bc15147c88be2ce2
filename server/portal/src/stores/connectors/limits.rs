//! How fast each shop may be asked, shared by everything in this process that asks it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// One set of limits for each shop, made when the shop is first asked.
#[derive(Debug)]
pub(super) struct PerShop<L>(Mutex<HashMap<String, Arc<L>>>);

impl<L> Default for PerShop<L> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<L: Default> PerShop<L> {
    /// The limits of the shop at `address`.
    pub(super) fn of(&self, address: &str) -> Arc<L> {
        let mut shops = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shops.entry(address.to_owned()).or_default())
    }
}
