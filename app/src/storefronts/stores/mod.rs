//! The place *Stores*: where a customer's orders come from.

pub mod connect;
pub mod create;
mod diagnosis;
pub mod disconnect;
pub mod failing;
pub(in crate::storefronts) mod frame;
mod health_card;
pub mod list;
mod notice;
pub mod orders;
pub mod pause;
pub mod products;
pub mod rename;
mod restrictions;
mod runs_card;
pub mod settings;
pub mod store;
pub mod sync;
mod webhooks;

use domain::Platform;

pub(crate) use diagnosis::Diagnosis;
pub(crate) use failing::{failing_line, failing_tone, store_badge};

use crate::text::Text;

/// What a platform is called.
pub(super) fn platform_name(t: Text, platform: Platform) -> String {
    t.get(&format!("platform-{}", platform.slug()))
}

/// The page of a store.
pub(super) fn store_page(store: domain::id::StoreId) -> String {
    format!("/storefronts/stores/{store}")
}
