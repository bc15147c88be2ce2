//! What people choose for a store.

use serde::{Deserialize, Serialize};

/// What people choose for an online store. Fields that were stored before others existed read as their defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoreSettings {
    /// Whether orders come in although no product in them is connected yet; they wait as *not connected* then.
    pub import_unconnected: bool,
    /// Whether the platform may mail the buyer when something is shipped.
    pub notify_buyers: bool,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            import_unconnected: true,
            notify_buyers: true,
        }
    }
}
