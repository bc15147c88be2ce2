//! The stand-ins of the store platforms, started together.

use std::sync::Arc;

use axum::Router;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::desk;
use crate::etsy::{self, Etsy};
use crate::outbox::Outbox;
use crate::pictures;
use crate::shop::{Platform, ShopKey};
use crate::shopify::{self, Shopify};
use crate::woocommerce::{self, WooCommerce};
use crate::world::World;

/// The name of the shop that every platform has from the start.
pub const DEMO: &str = "demo";

/// How the stores start.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the made-up data follows from.
    pub seed: u64,
    /// How many products each shop has at first.
    pub products: usize,
    /// How many orders each shop has at first.
    pub orders: usize,
    /// Whether somebody may remember shops of an earlier start: nothing made from now on has an id of theirs.
    pub started_again: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            products: 250,
            orders: 0,
            started_again: false,
        }
    }
}

/// The stores, ready to be served.
pub struct Stores {
    /// The shops.
    pub world: Arc<World>,
    /// Everything they serve: the desk under `/desk`, each platform under its own path.
    pub router: Router,
    /// Addresses, app credentials, ready-made keys and shops, by platform.
    pub announcement: Value,
}

/// Makes the stores. `origin` is where they will be served, such as `http://127.0.0.1:4000`.
///
/// # Errors
/// When a shop cannot be stocked.
pub fn open(options: &Options, clock: Clock, origin: &str) -> anyhow::Result<Stores> {
    let world = World::new(clock, options.seed, origin);
    let shopify = Shopify::new();
    world.add(shopify.clone());
    let etsy = Etsy::new();
    world.add(etsy.clone());
    for platform in [Platform::Shopify, Platform::Etsy] {
        world.open(&ShopKey::new(platform, DEMO));
    }
    let woocommerce = WooCommerce::new(origin);
    world.add(woocommerce.clone());
    for name in [DEMO, woocommerce::WITHOUT_TLS] {
        world.open(&ShopKey::new(Platform::WooCommerce, name));
    }
    let router = desk::router(Arc::clone(&world), origin)
        .merge(pictures::router())
        .merge(shopify::router(&world, &shopify, origin))
        .merge(etsy::router(&world, &etsy, origin))
        .merge(woocommerce::router(Arc::clone(&world), woocommerce));
    for key in world.shops() {
        world.stock(&key, options.products, options.orders)?;
        if options.started_again {
            world.skip_earlier(&key);
        }
    }
    let announcement = announcement(&world, origin);
    Ok(Stores {
        world,
        router,
        announcement,
    })
}

impl Stores {
    /// Serves them and delivers their webhooks until `told` comes.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        self,
        listener: TcpListener,
        told: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let deliveries = tokio::spawn(Outbox::run(self.world));
        let served = axum::serve(listener, self.router)
            .with_graceful_shutdown(told)
            .await;
        deliveries.abort();
        served
    }
}

fn announcement(world: &World, origin: &str) -> Value {
    let shops_of = |platform: Platform| -> Value {
        let stand_in = world.stand_in(platform);
        let keys = world.shops().into_iter().filter(|key| key.platform == platform);
        keys.filter_map(|key| Some(stand_in.as_ref()?.announce(world, &key, origin)))
            .collect()
    };
    json!({
        "origin": origin,
        "desk": format!("{origin}/desk"),
        "woocommerce": { "shops": shops_of(Platform::WooCommerce) },
        "shopify": {
            "url_template": format!("{origin}/shopify/{{name}}"),
            "client_id": shopify::CLIENT_ID,
            "client_secret": shopify::CLIENT_SECRET,
            "shops": shops_of(Platform::Shopify),
        },
        "etsy": {
            "url": format!("{origin}/etsy"),
            "keystring": etsy::KEYSTRING,
            "shared_secret": etsy::SHARED_SECRET,
            "webhook_secret": etsy::WEBHOOK_SECRET,
            "shops": shops_of(Platform::Etsy),
        },
    })
}
