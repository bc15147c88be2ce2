//! A stand-in for WooCommerce: several sites, each a subdirectory install under `/shops/{name}`.
//!
//! It behaves as a WooCommerce 11.0.1 on `WordPress` 7.0.4 was seen to behave, odd answers included, and as older
//! ones and sites in trouble do when a shop's [`Settings`] say so. What it stands in for:
//!
//! - `/shops/{name}/wp-json/wc/v3/…`, the REST API: products, variations, orders, notes, refunds, webhooks, batches,
//!   the index, `system_status`, `data/currencies/current`, `orders/statuses` and, switched on, fulfilments;
//! - `/shops/{name}/wc-auth/v1/authorize`, where a shop owner makes keys for an application. The owner is called
//!   `owner`, their password is `owner`; `buyer` with the password `buyer` may not make keys;
//! - webhooks that get lost as real ones do: see [`deliveries`].
//!
//! **TLS.** There is none on loopback, so the setting `https` says whether a site believes that it is served over TLS
//! (as a real one behind a proxy does). Only then are plain credentials looked at (Basic, or `consumer_key` and
//! `consumer_secret` in the query); otherwise they are ignored without a word and only OAuth 1.0a counts. A request
//! with `X-Forwarded-Proto: https` is believed too. OAuth 1.0a signs the address with `http` unless that header says
//! otherwise. For the same reason `callback_url` may be plain HTTP when it leads to this machine, and webhooks are
//! delivered over plain HTTP to any port.
//!
//! The shop `demo` believes in TLS, `plain` does not; more are opened at the desk.

mod api;
mod auth;
mod batch;
mod consent;
pub mod deliveries;
mod fulfillments;
mod json;
mod keys;
mod meta;
mod notes;
mod oauth1;
mod order_json;
mod order_write;
mod orders;
mod product_json;
mod product_write;
mod products;
mod refunds;
mod refusal;
mod reply;
mod settings;
mod site;
mod site_json;
mod variations;
mod visit;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use serde_json::{Value, json};

pub use keys::{Key, Permissions};
pub use settings::{Outage, Permalinks, Settings};

use crate::chance::Chance;
use crate::ledger::Event;
use crate::shop::{Order, Platform, Shop, ShopKey};
use crate::world::{StandIn, World};

/// The name of the shop that does not believe in TLS.
pub const WITHOUT_TLS: &str = "plain";

/// The stand-in: what only WooCommerce knows about its shops.
pub struct WooCommerce {
    origin: String,
    keys: keys::Keys,
    consents: consent::Consents,
}

impl WooCommerce {
    /// A stand-in that is served at `origin`, such as `http://127.0.0.1:4000`.
    pub fn new(origin: &str) -> Arc<Self> {
        Arc::new(Self {
            origin: origin.to_owned(),
            keys: keys::Keys::default(),
            consents: consent::Consents::default(),
        })
    }

    /// The address of a shop.
    pub fn home(&self, shop: &str) -> String {
        format!("{}/shops/{shop}", self.origin)
    }

    /// The keys of a shop, oldest first. Those it opened with: read and write; read; write; read and write of a user
    /// who does not manage the shop.
    pub fn keys(&self, shop: &str) -> Vec<Key> {
        self.keys.of(shop)
    }
}

/// Everything under `/shops`.
pub fn router(world: Arc<World>, stand_in: Arc<WooCommerce>) -> Router {
    site::router(world, stand_in)
}

impl StandIn for WooCommerce {
    fn platform(&self) -> Platform {
        Platform::WooCommerce
    }

    fn open(&self, world: &World, name: &str) -> Shop {
        let key = ShopKey::new(Platform::WooCommerce, name);
        let title = format!("Print shop {name}");
        let mut shop = Shop::new(key, &title, "EUR", 11, world.clock.now());
        "ES".clone_into(&mut shop.country);
        // An hour ahead, so that a program that confuses local and universal time is found out.
        shop.utc_offset_seconds = 3600;
        shop.status_after = status_after;
        shop.variants_touch_products = false;
        shop.settings
            .insert("https".to_owned(), json!(name != WITHOUT_TLS));
        let mut chance = Chance::named(world.seed, &format!("woocommerce keys of {name}"));
        for (permissions, manages) in [
            (Permissions::ReadWrite, true),
            (Permissions::Read, true),
            (Permissions::Write, true),
            (Permissions::ReadWrite, false),
        ] {
            self.keys.make(name, permissions, manages, &mut chance);
        }
        shop
    }

    fn react(&self, world: &Arc<World>, shop: &ShopKey, event: &Event) {
        deliveries::react(world, &self.home(&shop.name), shop, event);
    }

    fn announce(&self, world: &World, shop: &ShopKey, origin: &str) -> Value {
        let settings = world.read(shop, |shop| (shop.title.clone(), shop.settings.clone()));
        let (title, settings) = settings.unwrap_or_default();
        json!({
            "platform": shop.platform,
            "shop": shop.name,
            "title": title,
            "url": format!("{origin}/shops/{}", shop.name),
            "owner": { "user": consent::OWNER, "password": consent::OWNER },
            "keys": self.keys(&shop.name),
            "settings": settings,
        })
    }
}

/// WooCommerce's word for an order's status after something was done to it.
fn status_after(order: &Order, what: &str) -> String {
    let paid = || {
        // Downloads need nobody to do anything: such an order is complete once it is paid.
        let needs_work = order.lines.is_empty() || order.lines.iter().any(|line| line.requires_shipping);
        if needs_work { "processing" } else { "completed" }
    };
    let word = match what {
        "placed" if order.status.is_empty() => match order.paid_at {
            Some(_) => paid(),
            None => "on-hold",
        },
        "paid" if matches!(order.status.as_str(), "pending" | "on-hold" | "failed") => paid(),
        "cancelled" => "cancelled",
        "refunded" if order.refunded() >= order.total() => "refunded",
        _ => &order.status,
    };
    word.to_owned()
}
