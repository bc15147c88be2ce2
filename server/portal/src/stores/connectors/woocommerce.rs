//! WooCommerce as the portal uses it.

use std::sync::Arc;

use connectors::Outbound;
use connectors::store::{
    self, AuthorisationError, ConnectionError, Secret, StoreConnection, Surroundings, Wire,
};
use connectors::woocommerce::{
    AuthorisationRequest as PageRequest, Connection, Credentials, Pace, ShopUrl, authorisation_url, find,
    receive_keys,
};
use domain::{FieldProblems, Platform, Problem};

use super::limits::PerShop;
use super::{read, written};
use crate::stores::{AuthorisationRequest, Granted, Shop, StoreSettings, TypedKeys};

/// Shops on web sites of their own.
#[derive(Debug)]
pub(super) struct WooCommerce {
    outbound: Outbound,
    limits: PerShop<Pace>,
}

impl WooCommerce {
    pub(super) fn new(outbound: &Outbound) -> Self {
        Self {
            outbound: outbound.clone(),
            limits: PerShop::default(),
        }
    }

    fn wire(&self, shop: &ShopUrl, around: Arc<dyn Surroundings>) -> Wire {
        Wire::new(self.outbound.clone(), around, self.limits.of(&shop.identity()))
    }

    pub(super) fn open(
        &self,
        shop: &Shop,
        credentials: &Secret,
        settings: &StoreSettings,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>> {
        let shop = url(shop)?;
        let mut credentials: Credentials = read(credentials)?;
        // A shop is known by an address without encryption only where its owner accepted that: keys that it posts by
        // itself do not say so.
        credentials.plain_http |= !shop.is_encrypted();
        let connection = Connection::new(self.wire(&shop, around), shop, credentials);
        Ok(Arc::new(connection.ready_when(settings.ready_statuses.clone())))
    }

    pub(super) async fn find(
        &self,
        shop: &Shop,
        plain_http: bool,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Shop> {
        let typed = url(shop)?;
        let found = find(&self.wire(&typed, around), &typed, plain_http).await?;
        Ok(at(&found.shop))
    }
}

/// The shop that a person means.
pub(super) fn shop(typed: &str) -> Result<Shop, Problem> {
    Ok(at(&ShopUrl::parse(typed)?))
}

/// The page of the shop itself.
pub(super) fn page(request: &AuthorisationRequest<'_>) -> Result<String, Problem> {
    let shop = request.shop.ok_or(Problem::new("required"))?;
    let shop = ShopUrl::parse(&shop.address)?;
    let page = PageRequest {
        app_name: request.application,
        token: request.state,
        return_url: request.return_to,
        callback_url: request.callback,
    };
    Ok(authorisation_url(&shop, page))
}

pub(super) fn keys(typed: &TypedKeys<'_>) -> Result<(Shop, Granted), FieldProblems> {
    let mut problems = FieldProblems::default();
    let shop = problems.take("shop", shop(typed.shop));
    let credentials = match Credentials::parse(typed.consumer_key, typed.consumer_secret) {
        Ok(credentials) => Some(credentials),
        Err(others) => {
            problems.append_under("", others);
            None
        }
    };
    let (Some(shop), Some(credentials)) = (shop, credentials) else {
        return Err(problems);
    };
    let credentials = Credentials {
        plain_http: typed.plain_http,
        ..credentials
    };
    match written(&credentials, None) {
        Ok(granted) => Ok((shop, granted)),
        Err(_) => Err(FieldProblems::of(
            "consumer_key",
            Problem::new("consumer-key-invalid"),
        )),
    }
}

pub(super) fn posted_keys(body: &[u8]) -> Result<(String, Granted), AuthorisationError> {
    let received = receive_keys(body)?;
    Ok((received.token, written(&received.credentials, None)?))
}

fn at(shop: &ShopUrl) -> Shop {
    Shop {
        platform: Platform::WooCommerce,
        address: shop.as_str().to_owned(),
        external_id: None,
    }
}

fn url(shop: &Shop) -> store::Result<ShopUrl> {
    ShopUrl::parse(&shop.address).map_err(|_| ConnectionError::NotThisPlatform)
}
