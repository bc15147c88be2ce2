//! A shop that can be talked to.

use async_trait::async_trait;
use domain::Timestamp;
use domain::source::{ExternalId, SourceOrder, StoreProduct};
use serde::Deserialize;

use super::api::Api;
use super::{App, Credentials, ShopId, listings, publish, receipt, receipts, shipment};
use crate::lenient;
use crate::store::{
    Capabilities, ConnectionError, Cursor, NewStoreProduct, OutgoingShipment, Page, ProgressUpdate, Result,
    StoreConnection, StoreFacts, WebhookHealth, WebhookTarget, Wire, Written,
};

/// A connection to a shop at Etsy.
pub struct Connection {
    api: Api,
    shop: ShopId,
}

#[derive(Deserialize)]
struct Shop {
    #[serde(default, rename = "shop_name", deserialize_with = "lenient::or_default")]
    name: String,
    url: Option<String>,
    currency_code: Option<String>,
}

impl Connection {
    /// A connection that uses `credentials` as they are: refresh them before. The limits of `wire` are the
    /// application's one [`Quota`](super::Quota).
    ///
    /// # Errors
    /// [`ConnectionError::Unauthorized`] when the token cannot be one.
    pub fn new(wire: Wire, app: &App, credentials: &Credentials) -> Result<Self> {
        Ok(Self {
            api: Api::new(wire, app, &credentials.access_token)?,
            shop: credentials.shop,
        })
    }
}

#[async_trait]
impl StoreConnection for Connection {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            reads_addresses: true,
            // Between paid and shipped Etsy has no words.
            writes_progress: false,
            writes_shipments: true,
            writes_delivery: false,
            cancels_orders: false,
            creates_products: true,
            // By hand, in Etsy's portal, for the whole application.
            sets_up_webhooks: false,
        }
    }

    async fn verify(&self) -> Result<StoreFacts> {
        let shop: Option<Shop> = self
            .api
            .find("shops.get", &format!("/shops/{}", self.shop))
            .await?;
        let shop = shop.ok_or(ConnectionError::NotThisPlatform)?;
        let withheld = receipts::addresses_withheld(&self.api, self.shop).await?;
        Ok(StoreFacts {
            external_id: ExternalId::new(self.shop.to_string()),
            name: shop.name,
            url: shop.url,
            currency: shop.currency_code.and_then(|code| code.parse().ok()),
            version: None,
            capabilities: Capabilities {
                reads_addresses: !withheld.unwrap_or_default(),
                ..self.capabilities()
            },
            locations: Vec::new(),
        })
    }

    async fn products(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Result<Page<StoreProduct>> {
        listings::list(&self.api, self.shop, since, cursor).await
    }

    async fn product(&self, id: &ExternalId) -> Result<Option<StoreProduct>> {
        listings::one(&self.api, self.shop, id).await
    }

    async fn orders(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        receipts::list(&self.api, self.shop, receipts::By::Update, since, cursor).await
    }

    async fn orders_placed(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        receipts::list(&self.api, self.shop, receipts::By::Placing, since, cursor).await
    }

    async fn order(&self, id: &ExternalId) -> Result<Option<SourceOrder>> {
        Ok(receipts::read(&self.api, self.shop, id)
            .await?
            .map(receipt::order))
    }

    async fn write_progress(&self, _: &ProgressUpdate) -> Result<Written> {
        Ok(Written::NotSupported)
    }

    async fn sent(&self, order: &ExternalId) -> Result<Vec<ExternalId>> {
        let receipt = receipts::read(&self.api, self.shop, order).await?;
        let told = receipt.iter().flat_map(|receipt| &receipt.shipments);
        Ok(told.filter_map(receipt::Shipment::external_id).collect())
    }

    async fn write_shipment(&self, shipment: &OutgoingShipment) -> Result<Written> {
        shipment::write(&self.api, self.shop, shipment).await
    }

    async fn create_product(&self, product: &NewStoreProduct) -> Result<ExternalId> {
        publish::create(&self.api, self.shop, product).await
    }

    async fn watch(&self, _: &WebhookTarget) -> Result<WebhookHealth> {
        Ok(WebhookHealth::default())
    }

    async fn unwatch(&self, _: &WebhookTarget) -> Result<()> {
        Ok(())
    }
}
