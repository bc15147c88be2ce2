//! What every platform can be asked.

use async_trait::async_trait;
use domain::source::{ExternalId, SourceOrder, StoreProduct};
use domain::{Currency, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Capabilities, Cursor, NewStoreProduct, OutgoingShipment, Page, ProgressUpdate, Result, Secret,
    WebhookHealth, WebhookTarget, Written,
};

/// What a store says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreFacts {
    /// Its id at the platform: the same store connected twice is recognised by it.
    pub external_id: ExternalId,
    /// Its name.
    pub name: String,
    /// Its address for buyers.
    pub url: Option<String>,
    /// The currency it sells in.
    pub currency: Option<Currency>,
    /// The version of the shop software, where it has one.
    pub version: Option<String>,
    /// What the connection can do there, as far as it could be found out.
    pub capabilities: Capabilities,
    /// The places it sends from, where the platform tells orders apart by them.
    #[serde(default)]
    pub locations: Vec<StoreLocation>,
}

/// A place that a store sends from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreLocation {
    /// Its id at the platform.
    pub id: ExternalId,
    /// What people at the store call it.
    pub name: String,
}

/// A store that can be talked to.
///
/// Every method is one or a few requests, retried inside when that cannot do harm. Reading is always repeatable.
/// Methods that write look up what is there before they write, so that a repeated call has the effect of one.
#[async_trait]
pub trait StoreConnection: Send + Sync {
    /// What the platform allows in general. What this very store allows is in [`StoreFacts`].
    fn capabilities(&self) -> Capabilities;

    /// The credentials together with what was found out about how the shop takes them: stored, they spare the next
    /// connection the search. None where there is nothing to find out.
    fn learned(&self) -> Option<Secret> {
        None
    }

    /// Finds out whether the store can be used, and exactly what is wrong when it cannot.
    async fn verify(&self) -> Result<StoreFacts>;

    /// The places the store sends from now; none where the platform does not tell orders apart by them.
    async fn locations(&self) -> Result<Vec<StoreLocation>> {
        Ok(Vec::new())
    }

    /// A page of products that changed since `since` by the store's clock, all of them without; in an order that
    /// does not lose any while paging.
    async fn products(&self, since: Option<Timestamp>, cursor: Option<&Cursor>)
    -> Result<Page<StoreProduct>>;

    /// A product as it is now; `None` when there is none.
    async fn product(&self, id: &ExternalId) -> Result<Option<StoreProduct>>;

    /// A page of orders that changed since `since` by the store's clock, oldest change first where the platform can.
    /// The caller overlaps: it asks from some minutes before what it has seen.
    async fn orders(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>>;

    /// A page of orders placed since `since`, whatever changed: *Sync orders from a date*.
    async fn orders_placed(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>>;

    /// An order as it is now; `None` when there is none.
    async fn order(&self, id: &ExternalId) -> Result<Option<SourceOrder>>;

    /// Says at the store how far an order is. What a platform cannot say is answered with [`Written::NotSupported`].
    async fn write_progress(&self, update: &ProgressUpdate) -> Result<Written>;

    /// What the store calls everything that was sent of an order, by us or by others. Asked before a shipment is
    /// written for the first time, so that a later attempt knows its own. Empty where the platform keeps our own name
    /// with what we write.
    async fn sent(&self, _order: &ExternalId) -> Result<Vec<ExternalId>> {
        Ok(Vec::new())
    }

    /// Says at the store that something was shipped, or corrects what was said about that shipment before.
    async fn write_shipment(&self, shipment: &OutgoingShipment) -> Result<Written>;

    /// Creates a product, or finds the one that an earlier attempt created.
    async fn create_product(&self, product: &NewStoreProduct) -> Result<ExternalId>;

    /// Sets up what is missing of the store's webhooks and revives what was switched off.
    async fn watch(&self, target: &WebhookTarget) -> Result<WebhookHealth>;

    /// Takes away the webhooks that [`watch`](Self::watch) set up. Others are left alone.
    async fn unwatch(&self, target: &WebhookTarget) -> Result<()>;
}
