//! Shopify as the portal uses it.

use std::sync::Arc;

use connectors::Outbound;
use connectors::shopify::{
    App, Connection, CostBucket, Credentials, Hosts, ShopDomain, exchange_code, refresh, verify_callback,
    verify_install, verify_notice,
};
use connectors::store::{
    self, Arrived, AuthorisationError, ConnectionError, Notice, NoticeRefused, Secret, StoreConnection,
    Surroundings, Wire,
};
use domain::{Platform, Problem, Timestamp};

use super::limits::PerShop;
use super::{ShopifySettings, read, written};
use crate::stores::{AuthorisationAnswer, AuthorisationRequest, Granted, Shop, StoreSettings};

/// Our application at Shopify.
#[derive(Debug)]
pub(super) struct Shopify {
    outbound: Outbound,
    app: App,
    /// What webhooks are signed with: now, and until lately.
    secrets: Vec<Secret>,
    limits: PerShop<CostBucket>,
}

impl Shopify {
    /// The application; none when the deployment has not set it up.
    pub(super) fn new(outbound: &Outbound, settings: &ShopifySettings) -> Result<Option<Self>, Problem> {
        let (Some(client_id), Some(client_secret)) = (&settings.client_id, &settings.client_secret) else {
            return Ok(None);
        };
        let secrets = [Some(client_secret), settings.former_client_secret.as_ref()];
        Ok(Some(Self {
            outbound: outbound.clone(),
            app: App {
                client_id: client_id.clone(),
                client_secret: client_secret.clone(),
                hosts: Hosts::parse(&settings.hosts)?,
            },
            secrets: secrets.into_iter().flatten().cloned().collect(),
            limits: PerShop::default(),
        }))
    }

    fn wire(&self, shop: &ShopDomain, around: Arc<dyn Surroundings>) -> Wire {
        Wire::new(self.outbound.clone(), around, self.limits.of(shop.as_str()))
    }

    pub(super) fn open(
        &self,
        shop: &Shop,
        credentials: &Secret,
        settings: &StoreSettings,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>> {
        let shop = domain(shop)?;
        let credentials: Credentials = read(credentials)?;
        let wire = self.wire(&shop, around);
        let connection = Connection::new(
            wire,
            &self.app.hosts,
            &shop,
            &credentials,
            settings.location.clone(),
        )?;
        Ok(Arc::new(connection))
    }

    pub(super) async fn renew(
        &self,
        shop: &Shop,
        credentials: &Secret,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted> {
        let shop = domain(shop)?;
        let wire = self.wire(&shop, around);
        granted(&refresh(&wire, &self.app, &shop, &read(credentials)?).await?)
    }

    pub(super) fn page(&self, request: &AuthorisationRequest<'_>) -> Result<String, Problem> {
        let shop = request.shop.ok_or(Problem::new("required"))?;
        let shop = ShopDomain::parse(&shop.address)?;
        self.app.authorisation_url(&shop, request.callback, request.state)
    }

    pub(super) fn sent_from(
        &self,
        query: &[(String, String)],
        now: Timestamp,
    ) -> Result<Shop, AuthorisationError> {
        Ok(found(&verify_install(&self.app, query, now)?))
    }

    pub(super) async fn authorise(
        &self,
        answer: &AuthorisationAnswer<'_>,
        around: Arc<dyn Surroundings>,
    ) -> Result<(Shop, Granted), AuthorisationError> {
        let shop = answer.shop.ok_or(AuthorisationError::Forged("shop"))?;
        let shop = domain(shop)?;
        let callback = verify_callback(&self.app, answer.query, &shop, answer.state, around.now())?;
        let wire = self.wire(&shop, around);
        let credentials = exchange_code(&wire, &self.app, &callback).await?;
        Ok((found(&shop), granted(&credentials)?))
    }

    pub(super) fn verify_notice(&self, arrived: &Arrived<'_>) -> Result<Notice, NoticeRefused> {
        verify_notice(&self.secrets, arrived)
    }
}

/// The shop that a person means.
pub(super) fn shop(typed: &str) -> Result<Shop, Problem> {
    Ok(found(&ShopDomain::parse(typed)?))
}

fn found(shop: &ShopDomain) -> Shop {
    Shop {
        platform: Platform::Shopify,
        address: shop.as_str().to_owned(),
        external_id: None,
    }
}

fn domain(shop: &Shop) -> store::Result<ShopDomain> {
    ShopDomain::parse(&shop.address).map_err(|_| ConnectionError::NotThisPlatform)
}

/// Tokens without a successor do not end by themselves.
fn granted(credentials: &Credentials) -> store::Result<Granted> {
    let renewable = credentials.refresh_token.is_some();
    written(credentials, renewable.then_some(credentials.expires_at))
}
