//! The platforms of tests: shops that exist because a test opened them.
#![expect(
    clippy::expect_used,
    reason = "a test whose surroundings are missing has failed"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use connectors::etsy::QuotaLeft;
use connectors::store::{
    self, Arrived, AuthorisationError, Buyer, Capabilities, ConnectionError, Notice, NoticeRefused, Secret,
    StoreConnection, StoreFacts, Subject, Surroundings,
};
use domain::id::{CustomerId, StoreId};
use domain::source::ExternalId;
use domain::{FieldProblems, Platform, Problem, StoreState, Timestamp, fold};

use super::fake_shop::{FakeConnection, FakeShop};
use super::{TestClock, TestPortal};
use crate::storage::sql;
use crate::stores::connection::{NewConnection, insert};
use crate::stores::{
    AuthorisationAnswer, AuthorisationRequest, Granted, Platforms, Shop, StoreSettings, TypedKeys,
};

/// What webhooks of all shops of Shopify and Etsy are signed with here.
const APP_SECRET: &str = "app-secret";

/// Shops that exist because a test opened them. Their credentials count up instead of being random, and their
/// webhooks carry the secret itself as the signature: real ones are the connectors' to test.
#[derive(Debug)]
pub struct FakePlatforms {
    clock: Arc<TestClock>,
    shops: Mutex<HashMap<(Platform, String), Arc<FakeShop>>>,
    quota_left: Mutex<Option<QuotaLeft>>,
}

impl FakePlatforms {
    pub(super) fn new(clock: Arc<TestClock>) -> Self {
        Self {
            clock,
            shops: Mutex::default(),
            quota_left: Mutex::default(),
        }
    }

    /// Opens a shop at this address. On Shopify and Etsy its credentials end after an hour.
    pub fn open_shop(&self, platform: Platform, address: &str) -> Arc<FakeShop> {
        let facts = StoreFacts {
            external_id: ExternalId::new(address),
            name: address.to_owned(),
            url: None,
            currency: "EUR".parse().ok(),
            version: None,
            capabilities: Capabilities {
                reads_addresses: true,
                writes_progress: true,
                writes_shipments: true,
                writes_delivery: true,
                cancels_orders: true,
                creates_products: true,
                sets_up_webhooks: platform != Platform::Etsy,
            },
            locations: Vec::new(),
        };
        let lives = (platform != Platform::WooCommerce).then_some(Duration::from_hours(1));
        let shop = Arc::new(FakeShop::new(self.clock.clone(), facts, lives));
        self.shops
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((platform, address.to_owned()), Arc::clone(&shop));
        shop
    }

    /// Leaves so much of Etsy's quota.
    pub fn leave_quota(&self, left: QuotaLeft) {
        *self.quota_left.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
    }

    /// What the owner of the shop at `address` gives to whoever is authorised there now.
    ///
    /// # Panics
    /// When no shop was opened there.
    pub fn authorise(&self, platform: Platform, address: &str) -> Granted {
        let shop = self.opened(platform, address).expect("the shop was opened");
        granted(shop.authorise())
    }

    fn opened(&self, platform: Platform, address: &str) -> store::Result<Arc<FakeShop>> {
        self.shops
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&(platform, address.to_owned()))
            .cloned()
            .ok_or(ConnectionError::NotThisPlatform)
    }
}

fn shop(platform: Platform, address: &str) -> Shop {
    Shop {
        platform,
        address: address.to_owned(),
        external_id: None,
    }
}

fn granted((generation, expires_at): (u32, Option<Timestamp>)) -> Granted {
    Granted {
        credentials: Secret::new(generation.to_string()),
        expires_at,
    }
}

fn generation(credentials: &Secret) -> store::Result<u32> {
    credentials
        .reveal()
        .parse()
        .map_err(|_| ConnectionError::Unauthorized {
            message: "no credentials of this shop".to_owned(),
        })
}

#[async_trait]
impl Platforms for FakePlatforms {
    fn open(
        &self,
        shop: &Shop,
        credentials: &Secret,
        _settings: &StoreSettings,
        _around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>> {
        Ok(Arc::new(FakeConnection {
            shop: self.opened(shop.platform, &shop.address)?,
            generation: generation(credentials)?,
        }))
    }

    async fn renew(
        &self,
        shop: &Shop,
        credentials: &Secret,
        _around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted> {
        let shop = self.opened(shop.platform, &shop.address)?;
        // Others get their turn meanwhile, as with a real request.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        shop.await_renewal().await;
        shop.renew(generation(credentials)?).map(granted)
    }

    fn offers(&self, platform: Platform) -> bool {
        matches!(
            platform,
            Platform::Shopify | Platform::Etsy | Platform::WooCommerce
        )
    }

    fn quota_left(&self, platform: Platform) -> Option<QuotaLeft> {
        let left = self.quota_left.lock().unwrap_or_else(PoisonError::into_inner);
        left.filter(|_| platform == Platform::Etsy)
    }

    fn shop(&self, platform: Platform, typed: &str) -> Result<Shop, Problem> {
        let address = typed.trim();
        if address.is_empty() {
            return Err(Problem::new("required"));
        }
        Ok(shop(platform, address))
    }

    async fn find(
        &self,
        shop: &Shop,
        _plain_http: bool,
        _around: Arc<dyn Surroundings>,
    ) -> store::Result<Shop> {
        self.opened(shop.platform, &shop.address)?;
        Ok(shop.clone())
    }

    fn authorisation_page(&self, request: &AuthorisationRequest<'_>) -> Result<String, Problem> {
        Ok(format!(
            "https://platform.example/authorise?state={}",
            request.state
        ))
    }

    /// `code` names the shop whose owner agreed; `error` says that they did not.
    /// Genuine when its `hmac` is the application's secret.
    fn sent_from(
        &self,
        platform: Platform,
        query: &[(String, String)],
        _now: Timestamp,
    ) -> Result<Shop, AuthorisationError> {
        let value = |name: &str| {
            let found = query.iter().find(|(known, _)| known == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        if platform == Platform::Shopify && value("hmac") == APP_SECRET {
            Ok(shop(platform, value("shop")))
        } else {
            Err(AuthorisationError::Forged("hmac"))
        }
    }

    async fn authorise(
        &self,
        answer: &AuthorisationAnswer<'_>,
        _around: Arc<dyn Surroundings>,
    ) -> Result<(Shop, Granted), AuthorisationError> {
        let value = |name: &str| answer.query.iter().find(|(known, _)| known == name);
        if value("error").is_some() {
            return Err(AuthorisationError::Denied);
        }
        let (_, address) = value("code").ok_or(AuthorisationError::Forged("code"))?;
        if answer.verifier.is_none() || answer.shop.is_some_and(|shop| shop.address != *address) {
            return Err(AuthorisationError::Forged("shop"));
        }
        let found = self.opened(answer.platform, address)?;
        Ok((shop(answer.platform, address), granted(found.authorise())))
    }

    /// Any key opens the shop, until it is revoked.
    fn keys(&self, keys: &TypedKeys<'_>) -> Result<(Shop, Granted), FieldProblems> {
        let mut problems = FieldProblems::default();
        let required = |text: &str| {
            if text.trim().is_empty() {
                Err(Problem::new("required"))
            } else {
                Ok(())
            }
        };
        problems.take("shop", required(keys.shop));
        problems.take("consumer_key", required(keys.consumer_key));
        problems.take("consumer_secret", required(keys.consumer_secret));
        if !problems.is_empty() {
            return Err(problems);
        }
        let shop = shop(Platform::WooCommerce, keys.shop.trim());
        let generation = self
            .opened(Platform::WooCommerce, &shop.address)
            .map_or((0, None), |found| found.authorise());
        Ok((shop, granted(generation)))
    }

    /// `state address`.
    fn posted_keys(&self, body: &[u8]) -> Result<(String, Granted), AuthorisationError> {
        let text = String::from_utf8_lossy(body);
        let (state, address) = text.split_once(' ').ok_or(AuthorisationError::Forged("body"))?;
        let found = self.opened(Platform::WooCommerce, address)?;
        Ok((state.to_owned(), granted(found.authorise())))
    }

    /// Headers: `x-secret` (the signature), `x-topic`, `x-key`, `x-shop`, `x-id`, `x-at` (seconds since 1970).
    fn verify_notice(
        &self,
        platform: Platform,
        hook_secret: Option<&Secret>,
        arrived: &Arrived<'_>,
    ) -> Result<Notice, NoticeRefused> {
        let app = Secret::new(APP_SECRET);
        let secret = match platform {
            Platform::WooCommerce => hook_secret.ok_or(NoticeRefused::NoSecret)?,
            _ => &app,
        };
        let signature = arrived.header("x-secret").ok_or(NoticeRefused::HeaderMissing)?;
        if signature != secret.reveal() {
            return Err(NoticeRefused::BadSignature);
        }
        let topic = arrived.header("x-topic").ok_or(NoticeRefused::HeaderMissing)?;
        let id = || ExternalId::new(arrived.header("x-id").unwrap_or_default());
        Ok(Notice {
            topic: topic.to_owned(),
            key: arrived.header("x-key").unwrap_or_default().to_owned(),
            shop: arrived.header("x-shop").map(ToOwned::to_owned),
            subject: match topic {
                "orders/create" | "orders/updated" => Subject::Order(id()),
                "orders/deleted" => Subject::OrderGone(id()),
                "products/update" => Subject::Product(id()),
                "products/deleted" => Subject::ProductGone(id()),
                "app/uninstalled" => Subject::Uninstalled,
                "app/scopes_update" => Subject::PermissionsChanged,
                "shop/redact" => Subject::EraseStore,
                "customers/redact" => Subject::EraseBuyer(ana()),
                "customers/data_request" => Subject::DataRequest(ana()),
                _ => Subject::Nothing,
            },
            happened_at: arrived
                .header("x-at")
                .and_then(|at| at.parse().ok())
                .map(Timestamp::from_seconds),
        })
    }
}

/// A store of `customer` that is connected to the shop at `address`, which is opened when it is not there.
///
/// # Panics
/// When the database fails.
pub async fn connect_store(
    portal: &TestPortal,
    customer: CustomerId,
    platform: Platform,
    address: &str,
) -> (StoreId, Arc<FakeShop>) {
    let fake = match portal.shops.opened(platform, address) {
        Ok(shop) => shop,
        Err(_) => portal.shops.open_shop(platform, address),
    };
    let granted = portal.shops.authorise(platform, address);
    let shop = shop(platform, address);
    let around: Arc<dyn Surroundings> = Arc::new(NoSurroundings(portal.clock.clone()));
    let facts = portal
        .shops
        .open(&shop, &granted.credentials, &StoreSettings::default(), around)
        .expect("the shop opens")
        .verify()
        .await
        .expect("the shop answers");
    let store = StoreId(portal.entropy.id());
    let mut tx = portal.db.begin().await.expect("a transaction");
    sql(
        "INSERT INTO stores (id, customer_id, platform, name, name_key, state, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(store)
    .bind(customer)
    .bind(platform.as_str())
    .bind(address)
    .bind(fold(address))
    .bind(StoreState::Connected.as_str())
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .expect("a store");
    let new = NewConnection {
        store,
        customer,
        shop: &shop,
        granted: &granted,
        facts: &facts,
    };
    insert(portal, &mut tx, &new).await.expect("a connection");
    tx.commit().await.expect("a commit");
    (store, fake)
}

/// Only the time.
struct NoSurroundings(Arc<TestClock>);

#[async_trait]
impl Surroundings for NoSurroundings {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }

    async fn wait(&self, duration: Duration) {
        self.0.advance(duration);
    }

    async fn record(&self, _exchange: store::Exchange) {}
}

/// The buyer that privacy requests are about.
fn ana() -> Buyer {
    Buyer {
        email: Some("Ana@example.com".to_owned()),
        ..Buyer::default()
    }
}
