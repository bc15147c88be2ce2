//! The door to the platforms: whatever differs between them lies behind it.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use connectors::etsy::QuotaLeft;
use connectors::store::{
    self, Arrived, AuthorisationError, Notice, NoticeRefused, Secret, StoreConnection, Surroundings,
};
use domain::source::ExternalId;
use domain::{FieldProblems, Platform, Problem, Timestamp};

use super::StoreSettings;

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

/// A person about to be sent to a platform.
#[derive(Clone, Copy, Debug)]
pub struct AuthorisationRequest<'a> {
    /// Which.
    pub platform: Platform,
    /// The shop, where the platform wants to be told.
    pub shop: Option<&'a Shop>,
    /// Comes back with the person.
    pub state: &'a str,
    /// Proves, when they are back, that it was us who asked.
    pub verifier: &'a Secret,
    /// Where the platform answers.
    pub callback: &'a str,
    /// Where the person comes back to, when that is somewhere else.
    pub return_to: &'a str,
    /// What the application is called on the page.
    pub application: &'a str,
}

/// A person who came back.
#[derive(Clone, Copy, Debug)]
pub struct AuthorisationAnswer<'a> {
    /// From where.
    pub platform: Platform,
    /// The shop asked for.
    pub shop: Option<&'a Shop>,
    /// The state they were sent with.
    pub state: &'a str,
    /// What was kept meanwhile.
    pub verifier: Option<&'a Secret>,
    /// Where the platform answers.
    pub callback: &'a str,
    /// The callback's query, decoded, in its order.
    pub query: &'a [(String, String)],
}

/// Keys as they were typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedKeys<'a> {
    /// The shop's address.
    pub shop: &'a str,
    /// `ck_…`
    pub consumer_key: &'a str,
    /// `cs_…`
    pub consumer_secret: &'a str,
    /// The owner accepts that the shop is spoken to without encryption.
    pub plain_http: bool,
}

/// Opens shops of all platforms. The portal's own is [`Connectors`](super::Connectors); tests bring one with shops of their own.
#[async_trait]
pub trait Platforms: Debug + Send + Sync {
    /// A line to `shop`, which reads its orders as `settings` say. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ConnectionError`](store::ConnectionError) when there is no such platform here, or the credentials are not its own.
    fn open(
        &self,
        shop: &Shop,
        credentials: &Secret,
        settings: &StoreSettings,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>>;

    /// New credentials for those that end. Asking twice with the same ones gives valid credentials again, as long as
    /// the first answer was not used: it may have been lost.
    ///
    /// # Errors
    /// [`Unauthorized`](store::ConnectionError::Unauthorized) when the shop must be authorised again; others as of any call.
    async fn renew(
        &self,
        shop: &Shop,
        credentials: &Secret,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted>;

    /// Whether shops of `platform` can be connected here: the deployment has an application there, or needs none.
    fn offers(&self, platform: Platform) -> bool;

    /// What is left of the requests that a platform grants the application for a day, all of its shops together. None
    /// where each shop has limits of its own, and until an answer told.
    fn quota_left(&self, _platform: Platform) -> Option<QuotaLeft> {
        None
    }

    /// The shop that a person means by what they typed.
    ///
    /// # Errors
    /// What is wrong with it as a name or address.
    fn shop(&self, platform: Platform, typed: &str) -> Result<Shop, Problem>;

    /// The shop where it really is: the address that was typed may lead on to another one. Nothing secret is sent.
    ///
    /// # Errors
    /// Exactly what is wrong with what is found there.
    async fn find(&self, shop: &Shop, plain_http: bool, around: Arc<dyn Surroundings>)
    -> store::Result<Shop>;

    /// The page of the platform where a person agrees.
    ///
    /// # Errors
    /// `invalid-url` when the configured hosts make no address.
    fn authorisation_page(&self, request: &AuthorisationRequest<'_>) -> Result<String, Problem>;

    /// The shop from which a platform sends a person who opens our application there. Only Shopify does so.
    ///
    /// # Errors
    /// [`AuthorisationError::Forged`] and [`AuthorisationError::Expired`].
    fn sent_from(
        &self,
        platform: Platform,
        query: &[(String, String)],
        now: Timestamp,
    ) -> Result<Shop, AuthorisationError>;

    /// The shop and credentials for what the platform sent the person back with.
    ///
    /// # Errors
    /// [`AuthorisationError`].
    async fn authorise(
        &self,
        answer: &AuthorisationAnswer<'_>,
        around: Arc<dyn Surroundings>,
    ) -> Result<(Shop, Granted), AuthorisationError>;

    /// The shop and credentials of keys as they were typed. Only WooCommerce has such.
    ///
    /// # Errors
    /// Problems in `shop`, `consumer_key`, `consumer_secret`.
    fn keys(&self, keys: &TypedKeys<'_>) -> Result<(Shop, Granted), FieldProblems>;

    /// The state and credentials of keys that a shop's server posts. Only WooCommerce does so.
    ///
    /// # Errors
    /// [`AuthorisationError`] for anything else, and for keys that do not read and write.
    fn posted_keys(&self, body: &[u8]) -> Result<(String, Granted), AuthorisationError>;

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
