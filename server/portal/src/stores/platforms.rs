//! The door to the platforms: whatever differs between them lies behind it.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use connectors::store::{
    self, Arrived, ConnectionError, Notice, NoticeRefused, Secret, StoreConnection, Surroundings,
};
use domain::source::ExternalId;
use domain::{Platform, Timestamp};

/// A shop, as its platform finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// Where it lives.
    pub platform: Platform,
    /// What it is called by: `shop.myshopify.com`, an Etsy shop id, the address of a WooCommerce site.
    pub address: String,
    /// Its id at the platform, once it is known.
    pub external_id: Option<ExternalId>,
}

/// Credentials that a platform gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The platform's own credentials as JSON: only its connector reads them. They are stored sealed.
    pub credentials: Secret,
    /// When they must be renewed; `None` when they do not end by themselves.
    pub expires_at: Option<Timestamp>,
}

/// Opens shops of all platforms. The portal's own is [`Connectors`]; tests bring one with shops of their own.
#[async_trait]
pub trait Platforms: Debug + Send + Sync {
    /// A line to `shop`. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ConnectionError`] when there is no such platform here, or the credentials are not its own.
    fn open(
        &self,
        shop: &Shop,
        credentials: &Secret,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>>;

    /// New credentials for those that end. Asking twice with the same ones gives valid credentials again, as long as
    /// the first answer was not used: it may have been lost.
    ///
    /// # Errors
    /// [`ConnectionError::Unauthorized`] when the shop must be authorised again; others as of any call.
    async fn renew(
        &self,
        shop: &Shop,
        credentials: &Secret,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted>;

    /// Makes sure that a webhook is genuine, and reads what it is about. `hook_secret` is the store's own; platforms
    /// that sign for the whole application use the application's.
    ///
    /// # Errors
    /// [`NoticeRefused`].
    fn verify_notice(
        &self,
        platform: Platform,
        hook_secret: Option<&Secret>,
        arrived: &Arrived<'_>,
    ) -> Result<Notice, NoticeRefused>;
}

/// The platforms as they are, over the outbound client.
#[derive(Clone, Debug)]
pub struct Connectors {}

#[async_trait]
impl Platforms for Connectors {
    fn open(
        &self,
        _shop: &Shop,
        _credentials: &Secret,
        _around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>> {
        Err(ConnectionError::NotThisPlatform)
    }

    async fn renew(
        &self,
        _shop: &Shop,
        _credentials: &Secret,
        _around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted> {
        Err(ConnectionError::NotThisPlatform)
    }

    fn verify_notice(
        &self,
        _platform: Platform,
        _hook_secret: Option<&Secret>,
        _arrived: &Arrived<'_>,
    ) -> Result<Notice, NoticeRefused> {
        Err(NoticeRefused::NoSecret)
    }
}
