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

use std::time::Duration;

use domain::Platform;

use crate::Portal;

/// How long a shop may take over one of the two questions it is asked while a person waits. Real time: it is for shops
/// that do not answer.
pub const ANSWERS_WITHIN: Duration = Duration::from_secs(25);

/// What was asked of a shop, given up after `limit` with a sentence of its own: what answers the person is itself given
/// up after a minute, without a word.
async fn within<T, E>(
    limit: Duration,
    asked: impl Future<Output = Result<T, E>> + Send,
) -> Result<T, ConnectRefused>
where
    ConnectRefused: From<E>,
{
    match tokio::time::timeout(limit, asked).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(ConnectRefused::code("store-too-slow")),
    }
}

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
    "shipment-incomplete",
    "shipment-not-told",
    "shipment-not-wanted",
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
    "store-orders-hidden",
    "store-other-shop",
    "store-permission-missing",
    "store-plain-permalinks",
    "store-plan-without-api",
    "store-products-hidden",
    "store-read-only",
    "store-refused",
    "store-shop-missing",
    "store-throttled",
    "store-timed-out",
    "store-too-old",
    "store-too-slow",
    "store-unauthorized",
    "store-uncertain",
    "store-uninstalled",
    "store-unknown-key",
    "store-unreachable",
    "store-unreadable",
    "store-withheld",
    "store-write-only",
    "store-wrong-secret",
];

/// Where a platform sends a person back to, once they agreed or not.
pub fn callback(portal: &Portal, platform: Platform) -> String {
    portal
        .settings
        .link(&format!("/connect/{}/callback", platform.slug()))
}
