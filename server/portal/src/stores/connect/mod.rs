//! Connecting online stores: the person agrees on the platform's own page, or brings keys; the shop is tried at once,
//! and only a shop that answers becomes a store.

mod begin;
mod elsewhere;
mod finish;
mod keys;
mod refused;
mod settle;
mod state;
#[cfg(test)]
mod tests;
mod woocommerce;

pub use begin::{NewAuthorisation, again, begin};
pub use finish::finish;
pub use keys::{KeysForm, woocommerce_keys};
pub use refused::{ConnectRefused, WhyNot};
pub use settle::Connected;
pub use woocommerce::{KeysAnswer, keys_arrived, refused_keys, returned};

use domain::Platform;

use crate::Portal;

/// Every code of [`WhyNot`], of a store's [`health`](super::health) and of what a store could not be told: each has a
/// sentence `connection-<code>` and a remedy `connection-<code>-fix` in both languages.
pub const CODES: &[&str] = &[
    "authorisation-application-refused",
    "authorisation-denied",
    "authorisation-expired",
    "authorisation-forged",
    "authorisation-keys-missing",
    "authorisation-no-shop",
    "authorisation-permissions-missing",
    "platform-not-set-up",
    "shipment-not-told",
    "store-address-refused",
    "store-already-connected",
    "store-api-closed",
    "store-failing",
    "store-firewall",
    "store-interrupted",
    "store-maintenance",
    "store-moved",
    "store-not-encrypted",
    "store-not-this-platform",
    "store-other-shop",
    "store-permission-missing",
    "store-plain-permalinks",
    "store-plan-without-api",
    "store-read-only",
    "store-refused",
    "store-shop-missing",
    "store-throttled",
    "store-timed-out",
    "store-too-old",
    "store-unauthorized",
    "store-uncertain",
    "store-uninstalled",
    "store-unreachable",
    "store-unreadable",
    "store-withheld",
    "store-wrong-secret",
];

/// Where a platform sends a person back to, once they agreed or not.
pub fn callback(portal: &Portal, platform: Platform) -> String {
    portal
        .settings
        .link(&format!("/connect/{}/callback", platform.slug()))
}
