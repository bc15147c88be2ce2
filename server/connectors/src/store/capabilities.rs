//! What a connection can do, so that pages offer nothing that would fail.

use serde::{Deserialize, Serialize};

/// What a connection can do at its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent answers, each asked by name"
)]
pub struct Capabilities {
    /// Reads where orders go. Without it, addresses are typed by hand.
    pub reads_addresses: bool,
    /// Says at the store that an order is in production.
    pub writes_progress: bool,
    /// Says at the store that an order is shipped, with tracking.
    pub writes_shipments: bool,
    /// Says at the store that a shipment was delivered.
    pub writes_delivery: bool,
    /// Cancels orders at the store.
    pub cancels_orders: bool,
    /// Creates products at the store.
    pub creates_products: bool,
    /// The store tells about changes by itself, once webhooks are set up by [`watch`](super::StoreConnection::watch).
    pub sets_up_webhooks: bool,
}
