//! A shop that is spoken to.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::source::{ExternalId, SourceOrder, StoreProduct};
use domain::{Currency, Timestamp};
use tokio::sync::OnceCell;

use super::api::Api;
use super::credentials::Credentials;
use super::paging::{Mode, Position};
use super::shop_url::ShopUrl;
use super::verify::CAPABILITIES;
use crate::store::{
    Capabilities, Cursor, NewStoreProduct, OutgoingShipment, Page, ProgressUpdate, Result, Secret,
    StoreConnection, StoreFacts, WebhookHealth, WebhookTarget, Wire, Written,
};

/// A shop that is spoken to. Lives as long as one piece of work; what it found out about the shop's version and
/// products is forgotten with it.
pub struct Connection {
    pub(super) api: Api,
    /// Statuses that mean *to be made*.
    pub(super) ready: Vec<String>,
    pub(super) currency: OnceCell<Option<Currency>>,
    /// Names of the interfaces that the site has.
    pub(super) namespaces: OnceCell<Vec<String>>,
    /// Whether products and variations, by id, are sent.
    pub(super) goods: Mutex<HashMap<i64, bool>>,
}

impl Connection {
    /// A line to the shop that [`find`](super::find()) found.
    pub fn new(wire: Wire, shop: ShopUrl, credentials: Credentials) -> Self {
        Self {
            api: Api::new(wire, shop, credentials),
            ready: vec!["processing".to_owned()],
            currency: OnceCell::new(),
            namespaces: OnceCell::new(),
            goods: Mutex::default(),
        }
    }

    /// Takes these statuses for *to be made*, instead of `processing` alone: shops have plug-ins with their own.
    #[must_use]
    pub fn ready_when(mut self, statuses: Vec<String>) -> Self {
        self.ready = statuses;
        self
    }
}

#[async_trait]
impl StoreConnection for Connection {
    fn capabilities(&self) -> Capabilities {
        CAPABILITIES
    }

    /// The keys with the way the shop took them last.
    fn learned(&self) -> Option<Secret> {
        let credentials = self.api.credentials();
        credentials.way?;
        serde_json::to_string(&credentials).ok().map(Secret::new)
    }

    async fn verify(&self) -> Result<StoreFacts> {
        self.examine().await
    }

    async fn products(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Result<Page<StoreProduct>> {
        let start = match since {
            Some(since) => Position::start(Mode::Changed, since),
            None => Position::start(Mode::All, Timestamp::EPOCH),
        };
        self.list_products(Position::read(cursor, start)?).await
    }

    async fn product(&self, id: &ExternalId) -> Result<Option<StoreProduct>> {
        self.find_product(id).await
    }

    async fn orders(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        self.list_orders(Position::read(cursor, Position::start(Mode::Changed, since))?)
            .await
    }

    async fn orders_placed(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        self.list_orders(Position::read(cursor, Position::start(Mode::Created, since))?)
            .await
    }

    async fn order(&self, id: &ExternalId) -> Result<Option<SourceOrder>> {
        self.find_order(id).await
    }

    async fn write_progress(&self, update: &ProgressUpdate) -> Result<Written> {
        self.tell_progress(update).await
    }

    async fn write_shipment(&self, shipment: &OutgoingShipment) -> Result<Written> {
        self.tell_shipment(shipment).await
    }

    async fn create_product(&self, product: &NewStoreProduct) -> Result<ExternalId> {
        self.publish(product).await
    }

    async fn watch(&self, target: &WebhookTarget) -> Result<WebhookHealth> {
        self.set_up_webhooks(target).await
    }

    async fn unwatch(&self, target: &WebhookTarget) -> Result<()> {
        self.take_webhooks_away(target).await
    }
}

/// An id of the platform as a number; `None` for what cannot be one.
pub(super) fn number(id: &ExternalId) -> Option<i64> {
    id.as_str().parse().ok().filter(|id| *id > 0)
}
