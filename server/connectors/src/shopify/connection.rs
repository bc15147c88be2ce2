//! A shop that can be talked to.

use async_trait::async_trait;
use domain::Timestamp;
use domain::source::{ExternalId, SourceOrder, StoreProduct};
use serde::Deserialize;
use serde_json::json;

use super::graphql::Api;
use super::operations::SHOP;
use super::{
    Credentials, Hosts, ShopDomain, access, fulfillment, gid, locations, orders, products, progress, publish,
    shipment, webhooks,
};
use crate::store::{
    Capabilities, ConnectionError, Cursor, NewStoreProduct, OutgoingShipment, Page, ProgressUpdate, Result,
    StoreConnection, StoreFacts, StoreLocation, WebhookHealth, WebhookTarget, Wire, Written,
};

/// A connection to a shop at Shopify.
pub struct Connection {
    api: Api,
    scopes: Vec<String>,
    location: Option<ExternalId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    shop: Option<Shop>,
    current_app_installation: Option<Installation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shop {
    id: String,
    name: String,
    primary_domain: Option<Domain>,
    currency_code: Option<String>,
}

#[derive(Deserialize)]
struct Domain {
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Installation {
    access_scopes: Vec<Scope>,
}

#[derive(Deserialize)]
struct Scope {
    handle: String,
}

impl Connection {
    /// A connection that uses `credentials` as they are: refresh them before. `location` is the shop's location whose
    /// orders are ours; without one all are. The limits of `wire` are the shop's [`CostBucket`](super::CostBucket).
    ///
    /// # Errors
    /// [`ConnectionError::Unauthorized`] when the token cannot be one.
    pub fn new(
        wire: Wire,
        hosts: &Hosts,
        shop: &ShopDomain,
        credentials: &Credentials,
        location: Option<ExternalId>,
    ) -> Result<Self> {
        Ok(Self {
            api: Api::new(wire, &hosts.base(shop), &credentials.access_token)?,
            scopes: credentials.scopes.clone(),
            location,
        })
    }
}

fn capabilities(scopes: &[String]) -> Capabilities {
    let grants = |scope| access::grants(scopes, scope);
    Capabilities {
        reads_addresses: true,
        writes_progress: grants("write_merchant_managed_fulfillment_orders"),
        writes_shipments: grants("write_merchant_managed_fulfillment_orders"),
        writes_delivery: grants("write_fulfillments"),
        cancels_orders: grants("write_merchant_managed_fulfillment_orders"),
        creates_products: grants("write_products"),
        sets_up_webhooks: true,
    }
}

#[async_trait]
impl StoreConnection for Connection {
    fn capabilities(&self) -> Capabilities {
        capabilities(&self.scopes)
    }

    async fn verify(&self) -> Result<StoreFacts> {
        let answer: Answer = self.api.ask(&SHOP, json!({})).await?;
        let shop = answer.shop.ok_or(ConnectionError::NotThisPlatform)?;
        let granted = answer.current_app_installation.map(|installation| {
            let scopes = installation.access_scopes.into_iter();
            scopes.map(|scope| scope.handle).collect::<Vec<_>>()
        });
        let scopes = granted.as_ref().unwrap_or(&self.scopes);
        let missing = access::missing(scopes);
        if !missing.is_empty() {
            return Err(ConnectionError::PermissionMissing {
                message: missing.join(", "),
            });
        }
        Ok(StoreFacts {
            locations: self.locations().await?,
            capabilities: capabilities(scopes),
            external_id: ExternalId::new(shop.id),
            name: shop.name,
            url: shop.primary_domain.and_then(|domain| domain.url),
            currency: shop.currency_code.and_then(|code| code.parse().ok()),
            version: None,
        })
    }

    async fn locations(&self) -> Result<Vec<StoreLocation>> {
        locations::list(&self.api).await
    }

    async fn products(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Result<Page<StoreProduct>> {
        products::list(&self.api, since, cursor).await
    }

    async fn product(&self, id: &ExternalId) -> Result<Option<StoreProduct>> {
        products::one(&self.api, id).await
    }

    async fn orders(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        orders::list(
            &self.api,
            orders::By::Update,
            since,
            cursor,
            self.location.as_ref(),
        )
        .await
    }

    async fn orders_placed(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        orders::list(
            &self.api,
            orders::By::Placing,
            since,
            cursor,
            self.location.as_ref(),
        )
        .await
    }

    async fn order(&self, id: &ExternalId) -> Result<Option<SourceOrder>> {
        orders::one(&self.api, id, self.location.as_ref()).await
    }

    async fn write_progress(&self, update: &ProgressUpdate) -> Result<Written> {
        progress::write(&self.api, update, self.location.as_ref()).await
    }

    async fn sent(&self, order: &ExternalId) -> Result<Vec<ExternalId>> {
        let sent = fulfillment::sent(&self.api, &gid::of("Order", order.as_str())).await?;
        Ok(sent.into_iter().map(|sent| ExternalId::new(sent.id)).collect())
    }

    async fn write_shipment(&self, shipment: &OutgoingShipment) -> Result<Written> {
        shipment::write(&self.api, shipment, self.location.as_ref()).await
    }

    async fn create_product(&self, product: &NewStoreProduct) -> Result<ExternalId> {
        publish::create(&self.api, product).await
    }

    async fn watch(&self, target: &WebhookTarget) -> Result<WebhookHealth> {
        webhooks::watch(&self.api, target).await
    }

    async fn unwatch(&self, target: &WebhookTarget) -> Result<()> {
        webhooks::unwatch(&self.api, target).await
    }
}
