//! The stand-in of Etsy's Open API v3.
//!
//! One app serves all shops, as at Etsy. What is `https://openapi.etsy.com` (or `api.etsy.com`) there is
//! `http://127.0.0.1:PORT/etsy` here, and so is `https://www.etsy.com` of the page that asks the seller: the paths after it
//! are Etsy's (`/v3/application/…`, `/v3/public/oauth/token`, `/oauth/connect`).
//!
//! Routes, body types, fields and limits follow Etsy's `OpenAPI` document of 2026-08-17, read, not copied: its terms may not
//! allow that. Texts of errors are those sellers and developers quote in github.com/etsy/open-api.

mod error;
mod inventory;
mod limits;
mod listing_form;
mod listing_images;
mod listing_json;
mod listings;
mod oauth;
mod profiles;
mod receipt_json;
mod receipts;
mod routes;
mod service;
mod tokens;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

pub use routes::router;
pub use tokens::{ACCESS_LIFE, REFRESH_LIFE, challenge_of};
pub use webhooks::signature;

use limits::Limits;
use tokens::Tokens;

use crate::ledger::Event;
use crate::shop::{Platform, Shop, ShopKey};
use crate::world::{StandIn, World};

/// The app's public name at Etsy.
pub const KEYSTRING: &str = "sandboxetsykeystring";
/// Its other half, which every request must bear too.
pub const SHARED_SECRET: &str = "sandboxetsysecret";
/// What webhooks are signed with, as Etsy's portal shows it.
pub const WEBHOOK_SECRET: &str = "whsec_c2FuZGJveC1ldHN5LXdlYmhvb2stc2VjcmV0";

/// Setting: the app sees addresses of this seller's buyers.
pub const ADDRESS_ALLOWED: &str = "address_allowed";
/// Setting: the app may send tracking for this seller.
pub const TRACKING_ALLOWED: &str = "tracking_allowed";
/// Setting: tracking is answered with 200 and nothing is done.
pub const WITHOUT_EFFECT: &str = "tracking_without_effect";
/// Setting: statuses begin with a capital, as the live service has been seen to write them.
pub const CAPITALISED: &str = "capitalised_statuses";
/// Setting: lists hold a receipt that cannot be read.
pub const GHOST_RECEIPT: &str = "ghost_receipt";
/// Setting: requests for this seller do not count.
pub const UNLIMITED: &str = "unlimited";
/// Setting: where the app's webhooks go; empty: nowhere.
pub const WEBHOOK_URL: &str = "webhook_url";

/// The stand-in, with what only Etsy knows.
#[derive(Default)]
pub struct Etsy {
    sellers: Mutex<BTreeMap<String, Arc<Mutex<Tokens>>>>,
    limits: Mutex<Limits>,
}

impl Etsy {
    /// The stand-in.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Sets the limits of the app: queries per second and per day.
    pub fn limit(&self, per_second: u32, per_day: u32) {
        *lock(&self.limits) = Limits::new(per_second, per_day);
    }

    fn tokens(&self, seller: &str) -> Option<Arc<Mutex<Tokens>>> {
        lock(&self.sellers).get(seller).cloned()
    }

    /// The seller whose user id a token begins with.
    fn seller_of_token(&self, token: &str) -> Option<String> {
        let user: u64 = token.split_once('.')?.0.parse().ok()?;
        lock(&self.sellers)
            .keys()
            .find(|name| user_id(name) == user)
            .cloned()
    }

    /// The seller of a shop id.
    fn seller_of_shop(&self, shop: u64) -> Option<String> {
        lock(&self.sellers)
            .keys()
            .find(|name| shop_id(name) == shop)
            .cloned()
    }
}

impl StandIn for Etsy {
    fn platform(&self) -> Platform {
        Platform::Etsy
    }

    fn open(&self, world: &World, name: &str) -> Shop {
        let tokens = Tokens::new(world.seed, name, user_id(name));
        lock(&self.sellers).insert(name.to_owned(), Arc::new(Mutex::new(tokens)));
        let key = ShopKey::new(Platform::Etsy, name);
        let first_id = 2_000_000_000 + number_of(name) * 1_000_000;
        let mut shop = Shop::new(key, &format!("{name}Prints"), "EUR", first_id, world.clock.now());
        "DE".clone_into(&mut shop.country);
        let settings = [
            (ADDRESS_ALLOWED, json!(true)),
            (TRACKING_ALLOWED, json!(true)),
            (WITHOUT_EFFECT, json!(false)),
            (CAPITALISED, json!(false)),
            (GHOST_RECEIPT, json!(false)),
            (UNLIMITED, json!(false)),
            (WEBHOOK_URL, json!("")),
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
            "shop_id": shop_id(&shop.name),
            "user_id": user_id(&shop.name),
            "url": format!("{origin}/etsy"),
            "keystring": KEYSTRING,
            "shared_secret": SHARED_SECRET,
            "webhook_secret": WEBHOOK_SECRET,
        })
    }
}

/// A number that follows from a seller's name.
fn number_of(name: &str) -> u64 {
    name.bytes()
        .fold(7, |number, byte| (number * 31 + u64::from(byte)) % 900)
}

/// Etsy's id of a shop.
fn shop_id(name: &str) -> u64 {
    12_345_000 + number_of(name)
}

/// Etsy's id of a seller.
fn user_id(name: &str) -> u64 {
    900_100_000 + number_of(name)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
