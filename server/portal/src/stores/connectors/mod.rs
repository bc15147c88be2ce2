//! The platforms as they are.

mod etsy;
mod limits;
mod settings;
mod shopify;
mod woocommerce;

use std::sync::Arc;

use async_trait::async_trait;
use connectors::Outbound;
use connectors::etsy::QuotaLeft;
use connectors::store::{
    self, Arrived, AuthorisationError, ConnectionError, Notice, NoticeRefused, Secret, StoreConnection,
    Surroundings,
};
use domain::{FieldProblems, Platform, Problem, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use settings::{EtsySettings, ShopifySettings};

use super::platforms::{AuthorisationAnswer, AuthorisationRequest, TypedKeys};
use super::{Granted, Platforms, Shop, StoreSettings};
use crate::settings::Settings;
use etsy::Etsy;
use shopify::Shopify;
use woocommerce::WooCommerce;

/// The platforms as they are, over the outbound client, with the applications that the deployment has there.
#[derive(Debug)]
pub struct Connectors {
    shopify: Option<Shopify>,
    etsy: Option<Etsy>,
    woocommerce: WooCommerce,
}

impl Connectors {
    /// With the applications in `settings`.
    ///
    /// # Errors
    /// When an address in the settings cannot be one.
    pub fn new(outbound: &Outbound, settings: &Settings) -> Result<Self, Problem> {
        Ok(Self {
            shopify: Shopify::new(outbound, &settings.shopify)?,
            etsy: Etsy::new(outbound, &settings.etsy)?,
            woocommerce: WooCommerce::new(outbound),
        })
    }

    fn shopify(&self) -> store::Result<&Shopify> {
        self.shopify.as_ref().ok_or_else(not_set_up)
    }

    fn etsy(&self) -> store::Result<&Etsy> {
        self.etsy.as_ref().ok_or_else(not_set_up)
    }
}

/// The deployment has no application (any more) where a store was connected.
fn not_set_up() -> ConnectionError {
    ConnectionError::Interrupted("the platform is not set up".to_owned())
}

/// Credentials as they are stored.
fn written(credentials: &impl Serialize, expires_at: Option<Timestamp>) -> store::Result<Granted> {
    let credentials = serde_json::to_string(credentials)
        .map_err(|error| ConnectionError::Interrupted(error.to_string()))?;
    Ok(Granted {
        credentials: Secret::new(credentials),
        expires_at,
    })
}

/// Credentials as the connector wants them. The error must not quote what it could not read.
fn read<T: DeserializeOwned>(credentials: &Secret) -> store::Result<T> {
    serde_json::from_str(credentials.reveal())
        .map_err(|_| ConnectionError::Interrupted("the stored credentials cannot be read".to_owned()))
}

#[async_trait]
impl Platforms for Connectors {
    fn open(
        &self,
        shop: &Shop,
        credentials: &Secret,
        settings: &StoreSettings,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>> {
        match shop.platform {
            Platform::Shopify => self.shopify()?.open(shop, credentials, settings, around),
            Platform::Etsy => self.etsy()?.open(credentials, around),
            Platform::WooCommerce => self.woocommerce.open(shop, credentials, settings, around),
            _ => Err(ConnectionError::NotThisPlatform),
        }
    }

    async fn renew(
        &self,
        shop: &Shop,
        credentials: &Secret,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted> {
        match shop.platform {
            Platform::Shopify => self.shopify()?.renew(shop, credentials, around).await,
            Platform::Etsy => self.etsy()?.renew(credentials, around).await,
            _ => Err(ConnectionError::NotThisPlatform),
        }
    }

    fn offers(&self, platform: Platform) -> bool {
        match platform {
            Platform::Shopify => self.shopify.is_some(),
            Platform::Etsy => self.etsy.is_some(),
            Platform::WooCommerce => true,
            _ => false,
        }
    }

    fn quota_left(&self, platform: Platform) -> Option<QuotaLeft> {
        match platform {
            Platform::Etsy => self.etsy.as_ref()?.quota_left(),
            _ => None,
        }
    }

    fn shop(&self, platform: Platform, typed: &str) -> Result<Shop, Problem> {
        match platform {
            Platform::Shopify => shopify::shop(typed),
            Platform::WooCommerce => woocommerce::shop(typed),
            _ => Err(Problem::new("unknown-choice")),
        }
    }

    async fn find(
        &self,
        shop: &Shop,
        plain_http: bool,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Shop> {
        match shop.platform {
            Platform::WooCommerce => self.woocommerce.find(shop, plain_http, around).await,
            _ => Ok(shop.clone()),
        }
    }

    fn authorisation_page(&self, request: &AuthorisationRequest<'_>) -> Result<String, Problem> {
        match (request.platform, &self.shopify, &self.etsy) {
            (Platform::Shopify, Some(shopify), _) => shopify.page(request),
            (Platform::Etsy, _, Some(etsy)) => etsy.page(request),
            (Platform::WooCommerce, ..) => woocommerce::page(request),
            _ => Err(Problem::new("unknown-choice")),
        }
    }

    fn sent_from(
        &self,
        platform: Platform,
        query: &[(String, String)],
        now: Timestamp,
    ) -> Result<Shop, AuthorisationError> {
        match (platform, &self.shopify) {
            (Platform::Shopify, Some(shopify)) => shopify.sent_from(query, now),
            _ => Err(AuthorisationError::Forged("application")),
        }
    }

    async fn authorise(
        &self,
        answer: &AuthorisationAnswer<'_>,
        around: Arc<dyn Surroundings>,
    ) -> Result<(Shop, Granted), AuthorisationError> {
        match answer.platform {
            Platform::Shopify => self.shopify()?.authorise(answer, around).await,
            Platform::Etsy => self.etsy()?.authorise(answer, around).await,
            _ => Err(ConnectionError::NotThisPlatform.into()),
        }
    }

    fn keys(&self, keys: &TypedKeys<'_>) -> Result<(Shop, Granted), FieldProblems> {
        woocommerce::keys(keys)
    }

    fn posted_keys(&self, body: &[u8]) -> Result<(String, Granted), AuthorisationError> {
        woocommerce::posted_keys(body)
    }

    fn verify_notice(
        &self,
        platform: Platform,
        hook_secret: Option<&Secret>,
        arrived: &Arrived<'_>,
    ) -> Result<Notice, NoticeRefused> {
        match (platform, &self.shopify, &self.etsy) {
            (Platform::Shopify, Some(shopify), _) => shopify.verify_notice(arrived),
            (Platform::Etsy, _, Some(etsy)) => etsy.verify_notice(arrived),
            (Platform::WooCommerce, ..) => {
                connectors::woocommerce::verify_notice(hook_secret.map_or(&[], std::slice::from_ref), arrived)
            }
            _ => Err(NoticeRefused::NoSecret),
        }
    }
}
