//! The portal trading with the stand-ins of the platforms, over real HTTP in both directions: what it claims is
//! compared with their own ledger.

mod acts;
mod books;
mod connecting;
mod crashes;
mod deliveries;
mod designs;
mod failpoints;
mod faults;
mod hanging;
mod looking;
mod opening;
mod parcels;
mod parts;
mod process;
mod story;
mod volume;

use std::sync::Arc;
use std::time::Duration;

use domain::{Platform, Timestamp};
use portal::Portal;
use portal::access::{Client, Operator, Scope, Viewer};
use portal::jobs::{NewJob, Worker, enqueue, registry};
use portal::storage::{StorageError, sql};
use portal::syncs::ScheduleStores;
use sandbox::clock::Clock as StandInClock;
use sandbox::outbox::Outbox;
use sandbox::shop::{Platform as ShopPlatform, ShopKey};
use sandbox::stores::DEMO;
use sandbox::world::World;
use tokio::task::JoinHandle;

/// The platforms with a connector.
const PLATFORMS: [Platform; 3] = [Platform::Shopify, Platform::Etsy, Platform::WooCommerce];

/// A portal and the shops it trades with.
struct Trade {
    portal: Portal,
    world: Arc<World>,
    announcement: serde_json::Value,
    clock: StandInClock,
    client: Client,
    /// What the client logs in with.
    email: String,
    operator: Operator,
    serving: Vec<JoinHandle<()>>,
}

impl Drop for Trade {
    fn drop(&mut self) {
        for task in &self.serving {
            task.abort();
        }
    }
}

impl Trade {
    fn viewer(&self) -> Viewer {
        Viewer::Client(self.client.clone())
    }

    fn scope(&self) -> Scope {
        self.client.scope()
    }

    /// Works, delivers webhooks and lets time pass until there is nothing left to do, two days at most.
    async fn settle(&self) {
        let worker = Worker::new(&self.portal, registry());
        let end = self.portal.now() + Duration::from_hours(48);
        loop {
            let delivered = Outbox::run_due(&self.world).await;
            let done = worker.run_until_idle().await.unwrap();
            if delivered + done > 0 {
                continue;
            }
            let (next,): (Option<Timestamp>,) = sql("SELECT MIN(run_at) FROM jobs WHERE state = 'queued'")
                .fetch_one(&mut self.portal.db.read().await.unwrap())
                .await
                .unwrap();
            match next {
                Some(next) if next <= end => {
                    let wait = next.micros() - self.portal.now().micros();
                    let wait = u64::try_from(wait).unwrap_or_default();
                    self.clock
                        .advance(Duration::from_micros(wait) + Duration::from_secs(1));
                }
                _ => return,
            }
        }
    }

    /// Lets so much time pass that every store is read again, and reads it.
    async fn poll(&self) {
        self.clock.advance(Duration::from_mins(20));
        self.look_at_stores().await.unwrap();
        self.settle().await;
    }

    /// Has the stores that are due read.
    async fn look_at_stores(&self) -> Result<(), StorageError> {
        let mut tx = self.portal.db.begin().await?;
        enqueue(&mut tx, &self.portal, NewJob::of(&ScheduleStores {})).await?;
        tx.commit().await
    }
}

/// The shop that a platform has from the start.
fn key(platform: Platform) -> ShopKey {
    let platform = match platform {
        Platform::Shopify => ShopPlatform::Shopify,
        Platform::Etsy => ShopPlatform::Etsy,
        _ => ShopPlatform::WooCommerce,
    };
    ShopKey::new(platform, DEMO)
}
