//! The stand-in of Shopify.
//!
//! A shop `demo` keeps the domain `demo.myshopify.com` everywhere it is named (callback, webhooks, `myshopifyDomain`); it is
//! reached at `http://127.0.0.1:PORT/shopify/demo`. A client that builds the address of a shop from the template
//! `https://{shop}.myshopify.com` is given `http://127.0.0.1:PORT/shopify/{shop}` instead; the paths after it are Shopify's.
//!
//! Operations are checked against the official schema ([`schema`]), need the scopes Shopify asks for, cost points, and are
//! answered from the neutral [`shop`](crate::shop). Where the real service is kind, the stand-in is not: tokens expire,
//! subscriptions that fail are deleted, an app without approval sees no addresses.

mod access;
mod answer;
mod bulk;
mod cost;
mod execute;
mod merchant;
mod mutations;
mod oauth;
mod objects;
mod paging;
mod queries;
mod rest;
mod routes;
pub mod schema;
mod search;
mod session;
mod subscriptions;
mod tokens;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use serde_json::{Value, json};

pub use access::Scopes;
pub use cost::Plan;
pub use merchant::{PartAction, act_on_part};
pub use oauth::callback_hmac;
pub use routes::router;
pub use tokens::{ACCESS_LIFE, REFRESH_LIFE};

use answer::gid;
use cost::Bucket;
use tokens::Tokens;

use crate::ledger::Event;
use crate::shop::{Platform, Shop, ShopKey};
use crate::world::{StandIn, World};

/// The app's public name at Shopify.
pub const CLIENT_ID: &str = "sandbox-shopify-app";
/// What callbacks and webhooks are signed with.
pub const CLIENT_SECRET: &str = "sandbox-shopify-secret";

/// Setting: the app may see names, addresses and mail addresses (protected customer data, level 2).
pub const PROTECTED_DATA: &str = "protected_customer_data";
/// Setting: every webhook comes twice, with the same id.
pub const WEBHOOKS_DOUBLED: &str = "webhooks_doubled";
/// Setting: of several webhooks of one event the first comes last.
pub const WEBHOOKS_SHUFFLED: &str = "webhooks_shuffled";
/// Setting: no limit on cost.
pub const UNLIMITED: &str = "unlimited";
/// Setting: scopes the merchant does not grant, separated by commas.
pub const REFUSED_SCOPES: &str = "refused_scopes";
/// Setting: the shop answers everything with this status: 402 frozen, 404 gone, 423 locked; 0 as always.
pub const ANSWERS_WITH: &str = "answers_with";
/// Setting: where the app's configuration sends privacy requests; empty: nowhere.
pub const PRIVACY_URL: &str = "privacy_url";
pub use objects::shop::LOCATIONS;

/// Ids begin here: above what a number of JavaScript holds exactly, as Shopify's can be.
const FIRST_ID: u64 = 9_100_000_000_000_000;

/// The stand-in, with what only Shopify knows of each shop.
#[derive(Default)]
pub struct Shopify {
    shops: Mutex<BTreeMap<String, Arc<ShopState>>>,
}

impl Shopify {
    /// The stand-in; starts reading the schema.
    pub fn new() -> Arc<Self> {
        schema::prepare();
        Arc::default()
    }

    /// What is known of a shop; `None`: there is no such shop.
    fn state(&self, name: &str) -> Option<Arc<ShopState>> {
        lock(&self.shops).get(name).cloned()
    }
}

impl StandIn for Shopify {
    fn platform(&self) -> Platform {
        Platform::Shopify
    }

    fn open(&self, world: &World, name: &str) -> Shop {
        let now = world.clock.now();
        let state = ShopState::new(world, name);
        lock(&self.shops).insert(name.to_owned(), Arc::new(state));
        let key = ShopKey::new(Platform::Shopify, name);
        let mut shop = Shop::new(key, &format!("{name} prints"), "USD", FIRST_ID, now);
        "US".clone_into(&mut shop.country);
        shop.utc_offset_seconds = -5 * 3600;
        let settings = [
            (PROTECTED_DATA, json!(true)),
            (WEBHOOKS_DOUBLED, json!(false)),
            (WEBHOOKS_SHUFFLED, json!(false)),
            (UNLIMITED, json!(false)),
            (REFUSED_SCOPES, json!("")),
            (ANSWERS_WITH, json!(0)),
            (PRIVACY_URL, json!("")),
            (LOCATIONS, json!(1)),
        ];
        shop.settings
            .extend(settings.map(|(name, value)| (name.to_owned(), value)));
        shop
    }

    fn react(&self, world: &Arc<World>, shop: &ShopKey, event: &Event) {
        webhooks::react(world, shop, event);
    }

    fn announce(&self, _: &World, shop: &ShopKey, origin: &str) -> Value {
        json!({
            "name": shop.name,
            "domain": format!("{}.myshopify.com", shop.name),
            "url": format!("{origin}/shopify/{}", shop.name),
            "url_template": format!("{origin}/shopify/{{shop}}"),
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        })
    }
}

/// What only Shopify knows of a shop.
struct ShopState {
    tokens: Mutex<Tokens>,
    bucket: Mutex<Bucket>,
    work: Mutex<Work>,
}

/// What was started and what came of it.
#[derive(Default)]
struct Work {
    /// Bulk operations by number, with their result.
    bulk: BTreeMap<u64, (Value, String)>,
    /// Operations of `productSet` by number.
    products: BTreeMap<u64, ProductOperation>,
    /// Uploads by token: where to, and what came.
    uploads: BTreeMap<String, (String, Option<Bytes>)>,
}

/// A `productSet` that was not waited for.
struct ProductOperation {
    product: Option<String>,
    errors: Value,
    asked: u32,
}

impl ShopState {
    fn new(world: &World, name: &str) -> Self {
        let now = world.clock.now();
        Self {
            tokens: Mutex::new(Tokens::new(world.seed, name)),
            bucket: Mutex::new(Bucket::full(Plan::STANDARD, now.unix_milliseconds())),
            work: Mutex::default(),
        }
    }

    /// `BulkOperation`.
    fn bulk_operation(&self, number: u64) -> Option<Value> {
        Some(lock(&self.work).bulk.get(&number)?.0.clone())
    }

    /// The bulk operation started last.
    fn current_bulk_operation(&self) -> Value {
        lock(&self.work)
            .bulk
            .last_key_value()
            .map(|(_, (operation, _))| operation.clone())
            .unwrap_or_default()
    }

    /// How many bulk operations have not ended.
    fn running_bulks(&self) -> usize {
        let work = lock(&self.work);
        work.bulk
            .values()
            .filter(|(operation, _)| operation["completedAt"].is_null())
            .count()
    }

    fn keep_bulk(&self, number: u64, operation: Value, lines: String) {
        lock(&self.work).bulk.insert(number, (operation, lines));
    }

    /// The result of a bulk operation.
    fn bulk_lines(&self, number: u64) -> Option<String> {
        Some(lock(&self.work).bulk.get(&number)?.1.clone())
    }

    fn start_product_operation(&self, number: u64, product: Option<String>, errors: Value) {
        let operation = ProductOperation {
            product,
            errors,
            asked: 0,
        };
        lock(&self.work).products.insert(number, operation);
    }

    /// `ProductSetOperation`: `ACTIVE` when first asked for, then `COMPLETE`.
    fn product_operation(&self, number: u64) -> Option<Value> {
        let mut work = lock(&self.work);
        let operation = work.products.get_mut(&number)?;
        operation.asked += 1;
        let complete = operation.asked > 1;
        Some(json!({
            "id": gid("ProductSetOperation", number),
            "status": if complete { "COMPLETE" } else { "ACTIVE" },
            "product": operation.product.as_ref().filter(|_| complete),
            "userErrors": if complete { operation.errors.clone() } else { json!([]) },
        }))
    }

    /// A file will be uploaded under this token.
    fn expect_upload(&self, token: &str, url: &str) {
        lock(&self.work)
            .uploads
            .insert(token.to_owned(), (url.to_owned(), None));
    }

    /// Takes an upload, once; false when none was expected.
    fn take_upload(&self, token: &str, content: Bytes) -> bool {
        let mut work = lock(&self.work);
        let Some((_, came)) = work.uploads.get_mut(token).filter(|(_, came)| came.is_none()) else {
            return false;
        };
        *came = Some(content);
        true
    }

    fn upload(&self, token: &str) -> Option<Bytes> {
        lock(&self.work).uploads.get(token)?.1.clone()
    }

    /// Address and text of each file of an input; a staged file that never came makes a failed picture.
    fn resolved_files(&self, files: Option<&Value>) -> Option<Vec<(String, String)>> {
        let work = lock(&self.work);
        let files = files?.as_array()?.iter().map(|file| {
            let source = file["originalSource"]
                .as_str()
                .or(file["id"].as_str())
                .unwrap_or_default();
            let staged = work.uploads.values().find(|(url, _)| url == source);
            let failed = staged.is_some_and(|(_, came)| came.is_none());
            let url = if failed {
                format!("{}{source}", objects::product::FAILED)
            } else {
                source.to_owned()
            };
            (url, file["alt"].as_str().unwrap_or_default().to_owned())
        });
        Some(files.collect())
    }
}

/// Locks; a thread that panicked while it held the lock left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
