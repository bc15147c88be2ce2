//! All the shops of all the platforms, with what they share: clock, ledger, faults, outgoing webhooks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde_json::Value;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::ledger::{Event, Ledger};
use crate::outbox::Outbox;
use crate::shop::{Platform, Refused, Shop, ShopKey, generate};

/// What a platform adds to the shops everybody has.
pub trait StandIn: Send + Sync {
    /// Whose stand-in it is.
    fn platform(&self) -> Platform;

    /// Makes an empty shop of this name, with the settings and credentials of this platform.
    fn open(&self, world: &World, name: &str) -> Shop;

    /// Something happened in one of its shops: time to think of webhooks. The shop is not locked.
    fn react(&self, world: &Arc<World>, shop: &ShopKey, event: &Event);

    /// What a tester needs to know about a shop: its address, credentials and switches. `origin` is where the
    /// stand-ins listen, such as `http://127.0.0.1:4000`.
    fn announce(&self, world: &World, shop: &ShopKey, origin: &str) -> Value;
}

/// The shops and what they share.
pub struct World {
    /// What time it is.
    pub clock: Clock,
    /// What the made-up data follows from.
    pub seed: u64,
    /// Where the stand-ins listen, such as `http://127.0.0.1:4000`.
    pub origin: String,
    /// What happened.
    pub ledger: Ledger,
    /// What goes wrong.
    pub faults: Faults,
    /// Webhooks to be delivered.
    pub outbox: Outbox,
    shops: RwLock<BTreeMap<ShopKey, Arc<Mutex<Shop>>>>,
    stand_ins: RwLock<Vec<Arc<dyn StandIn>>>,
    chance: Mutex<Chance>,
}

impl World {
    /// A world without shops.
    pub fn new(clock: Clock, seed: u64, origin: &str) -> Arc<Self> {
        Arc::new(Self {
            clock,
            seed,
            origin: origin.to_owned(),
            ledger: Ledger::default(),
            faults: Faults::new(seed),
            outbox: Outbox::default(),
            shops: RwLock::default(),
            stand_ins: RwLock::default(),
            chance: Mutex::new(Chance::named(seed, "world")),
        })
    }

    /// Adds a platform. Its stand-in holds what only it knows: tokens, keys, limits.
    pub fn add(&self, stand_in: Arc<dyn StandIn>) {
        let mut stand_ins = self.stand_ins.write().unwrap_or_else(PoisonError::into_inner);
        stand_ins.push(stand_in);
    }

    /// The stand-in of a platform.
    pub fn stand_in(&self, platform: Platform) -> Option<Arc<dyn StandIn>> {
        let stand_ins = self.stand_ins.read().unwrap_or_else(PoisonError::into_inner);
        stand_ins
            .iter()
            .find(|stand_in| stand_in.platform() == platform)
            .cloned()
    }

    /// Opens a shop; one of this name that is open stays as it is. `None` when the platform is not there.
    pub fn open(&self, key: &ShopKey) -> Option<()> {
        let stand_in = self.stand_in(key.platform)?;
        if self.find(key).is_none() {
            let shop = Arc::new(Mutex::new(stand_in.open(self, &key.name)));
            self.shops
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(key.clone(), shop);
        }
        Some(())
    }

    /// Every open shop.
    pub fn shops(&self) -> Vec<ShopKey> {
        let shops = self.shops.read().unwrap_or_else(PoisonError::into_inner);
        shops.keys().cloned().collect()
    }

    /// Reads a shop; `None` when it is not open.
    pub fn read<T>(&self, key: &ShopKey, look: impl FnOnce(&Shop) -> T) -> Option<T> {
        let shop = self.find(key)?;
        let shop = lock(&shop);
        Some(look(&shop))
    }

    /// Changes a shop. What happened goes to the ledger and then to the platform, which sends its webhooks.
    /// `None` when the shop is not open.
    pub fn change<T>(self: &Arc<Self>, key: &ShopKey, change: impl FnOnce(&mut Shop) -> T) -> Option<T> {
        let shop = self.find(key)?;
        let (result, events) = {
            let mut shop = lock(&shop);
            shop.now = self.clock.now();
            let result = change(&mut shop);
            let events = shop.take_events();
            // Under the lock, so that the ledger has the order in which it happened.
            for event in &events {
                self.ledger.write(shop.now, key, event.clone());
            }
            (result, events)
        };
        if let Some(stand_in) = self.stand_in(key.platform) {
            for event in &events {
                stand_in.react(self, key, event);
            }
        }
        Some(result)
    }

    /// Fills a shop with products and orders as if they had always been there: no webhooks, one line in the ledger.
    ///
    /// # Errors
    /// [`Refused::Impossible`] when there are to be orders but there are no products.
    pub fn stock(&self, key: &ShopKey, products: usize, orders: usize) -> Result<(), Refused> {
        let Some(shop) = self.find(key) else {
            return Err(Refused::Impossible("there is no such shop"));
        };
        let mut shop = lock(&shop);
        shop.now = self.clock.now();
        let mut chance = Chance::named(self.seed, &key.name);
        generate::products(&mut shop, products, &self.origin, &mut chance)?;
        generate::orders(&mut shop, orders, &mut chance)?;
        shop.take_events();
        let stocked = Event::Stocked {
            products: shop.products.len(),
            orders: shop.orders.len(),
        };
        self.ledger.write(shop.now, key, stocked);
        Ok(())
    }

    /// Leaves the ids and order numbers out that a shop of an earlier start may have used, as the time tells: somebody
    /// remembers its orders.
    pub fn skip_earlier(&self, key: &ShopKey) {
        let Some(shop) = self.find(key) else { return };
        let minutes = u64::try_from(self.clock.now().unix_seconds() / 60).unwrap_or_default();
        // More ids than a person's play at the desk uses up in a minute, and numbers that can still be read out.
        lock(&shop).skip((minutes % 10_000_000) * 100, (minutes % 1_000_000) * 10);
    }

    /// Writes a line about a shop into the ledger.
    pub fn note(&self, shop: &ShopKey, event: Event) {
        self.ledger.write(self.clock.now(), shop, event);
    }

    /// So many hexadecimal digits that were not given out before.
    pub fn fresh_hex(&self, digits: usize) -> String {
        self.chance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .hex(digits)
    }

    /// Chance for something made up at the desk.
    pub fn fresh_chance(&self) -> Chance {
        Chance::new(
            self.chance
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .number(),
        )
    }

    fn find(&self, key: &ShopKey) -> Option<Arc<Mutex<Shop>>> {
        let shops = self.shops.read().unwrap_or_else(PoisonError::into_inner);
        shops.get(key).cloned()
    }
}

fn lock(shop: &Mutex<Shop>) -> MutexGuard<'_, Shop> {
    shop.lock().unwrap_or_else(PoisonError::into_inner)
}
