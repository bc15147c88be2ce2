//! The platforms of tests: shops that exist because a test opened them.
#![expect(
    clippy::expect_used,
    reason = "a test whose surroundings are missing has failed"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use connectors::store::{
    self, Arrived, Capabilities, ConnectionError, Notice, NoticeRefused, Secret, StoreConnection, StoreFacts,
    Subject, Surroundings,
};
use domain::id::{CustomerId, StoreId};
use domain::source::ExternalId;
use domain::{Platform, StoreState, Timestamp, fold};

use super::fake_shop::{FakeConnection, FakeShop};
use super::{TestClock, TestPortal};
use crate::storage::sql;
use crate::stores::connection::{NewConnection, insert};
use crate::stores::{Granted, Platforms, Shop};

/// What webhooks of all shops of Shopify and Etsy are signed with here.
const APP_SECRET: &str = "app-secret";

/// Shops that exist because a test opened them. Their credentials count up instead of being random, and their
/// webhooks carry the secret itself as the signature: real ones are the connectors' to test.
#[derive(Debug)]
pub struct FakePlatforms {
    clock: Arc<TestClock>,
    shops: Mutex<HashMap<(Platform, String), Arc<FakeShop>>>,
}

impl FakePlatforms {
    pub(super) fn new(clock: Arc<TestClock>) -> Self {
        Self {
            clock,
            shops: Mutex::default(),
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
        };
        let lives = (platform != Platform::WooCommerce).then_some(Duration::from_hours(1));
        let shop = Arc::new(FakeShop::new(self.clock.clone(), facts, lives));
        self.shops
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((platform, address.to_owned()), Arc::clone(&shop));
        shop
    }

    /// What the owner of the shop at `address` gives to whoever is authorised there now.
    ///
    /// # Panics
    /// When no shop was opened there.
    pub fn authorise(&self, platform: Platform, address: &str) -> Granted {
        let shop = self.find(platform, address).expect("the shop was opened");
        granted(shop.authorise())
    }

    fn find(&self, platform: Platform, address: &str) -> store::Result<Arc<FakeShop>> {
        self.shops
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&(platform, address.to_owned()))
            .cloned()
            .ok_or(ConnectionError::NotThisPlatform)
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
        _around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>> {
        Ok(Arc::new(FakeConnection {
            shop: self.find(shop.platform, &shop.address)?,
            generation: generation(credentials)?,
        }))
    }

    async fn renew(
        &self,
        shop: &Shop,
        credentials: &Secret,
        _around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted> {
        let shop = self.find(shop.platform, &shop.address)?;
        // Others get their turn meanwhile, as with a real request.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        shop.renew(generation(credentials)?).map(granted)
    }

    /// Headers: `x-secret` (the signature), `x-topic`, `x-key`, `x-shop`, `x-id`.
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
                _ => Subject::Nothing,
            },
            happened_at: None,
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
    let fake = match portal.shops.find(platform, address) {
        Ok(shop) => shop,
        Err(_) => portal.shops.open_shop(platform, address),
    };
    let granted = portal.shops.authorise(platform, address);
    let shop = Shop {
        platform,
        address: address.to_owned(),
        external_id: None,
    };
    let around: Arc<dyn Surroundings> = Arc::new(NoSurroundings(portal.clock.clone()));
    let facts = portal
        .shops
        .open(&shop, &granted.credentials, around)
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
