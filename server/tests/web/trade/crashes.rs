//! The program is killed again and again while webhooks come in and parcels leave. Nothing is lost, nothing is doubled.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::id::JobId;
use domain::{OrderStatus, Platform};
use portal::access::Scope;
use portal::jobs;
use portal::storage::sql;
use portal::syncs;
use portal::testing::on_both;
use sandbox::chance::Chance;
use sandbox::clock::Clock;
use sandbox::outbox::Outbox;
use tokio::time::Instant;

use super::process::{PATIENCE, Program};
use super::{PLATFORMS, Trade};

/// The latest moment of a crash after a start, in milliseconds.
const LATEST: u64 = 600;

/// How often the program is killed: `CRASHES`, or ten times.
fn crashes() -> usize {
    std::env::var("CRASHES").map_or(10, |crashes| crashes.parse().unwrap())
}

impl Trade {
    /// Waits until the program has nothing left to do; gives how long that took.
    async fn idle(&self) -> Duration {
        let began = Instant::now();
        loop {
            let unfinished = self.jobs(&["queued", "running"]).await;
            if unfinished.is_empty() {
                return began.elapsed();
            }
            assert!(began.elapsed() < PATIENCE, "not finished: {unfinished:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Kind, state and last error of the jobs in these states.
    async fn jobs(&self, states: &[&str]) -> Vec<(String, String, Option<String>)> {
        let mut query = sql("SELECT kind, state, error FROM jobs WHERE state IN ");
        query.push_list(states.iter().copied());
        let mut conn = self.portal.db.read().await.unwrap();
        query.fetch_all(&mut conn).await.unwrap()
    }

    /// Retries what died ten deaths and so waits for a person, as an operator does.
    async fn retry_dead(&self) {
        let dead: Vec<(JobId,)> =
            sql("SELECT id FROM jobs WHERE state = 'dead' AND reason = 'job-worker-lost'")
                .fetch_all(&mut self.portal.db.read().await.unwrap())
                .await
                .unwrap();
        for (job,) in dead {
            let mut tx = self.portal.db.begin().await.unwrap();
            jobs::retry(&mut tx, &self.portal, &Scope::AllCustomers, job)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// How many jobs were begun more than once.
    async fn begun_again(&self) -> i64 {
        let (jobs,): (i64,) = sql("SELECT COUNT(*) FROM jobs WHERE attempt > 1")
            .fetch_one(&mut self.portal.db.read().await.unwrap())
            .await
            .unwrap();
        jobs
    }

    /// Prints and sends every order that waits for it; gives the tracking numbers, with where they belong.
    async fn ship_all(&self) -> Vec<(Platform, String)> {
        let mut sent = Vec::new();
        for order in self.orders().await {
            if order.status == OrderStatus::Created {
                let tracking = format!("{}-{}", order.platform, order.number);
                self.print(order.id).await;
                self.send(order.id, &tracking).await;
                sent.push((order.platform, tracking));
            }
        }
        sent
    }
}

async fn trade_while_crashing(trade: &Trade, program: &Program) {
    let mut chance = Chance::named(1, "crashes");
    let mut process = program.start().await;
    let mut stores = Vec::new();
    for platform in PLATFORMS {
        let store = trade.connect(platform).await;
        stores.push(store);
        trade.idle().await;
        for variant in trade.variants(store).await {
            trade.map(variant).await;
        }
    }
    let mut sent = Vec::new();
    for _ in 0..crashes() {
        for platform in PLATFORMS.repeat(2) {
            trade.place(platform, &trade.for_sale(platform, 1));
        }
        tokio::time::sleep(Duration::from_millis(chance.below(LATEST))).await;
        drop(process);
        // Buyers and operators do not wait for the program.
        let platform = PLATFORMS[usize::try_from(chance.below(3)).unwrap()];
        trade.place(platform, &trade.for_sale(platform, 1));
        sent.extend(trade.ship_all().await);
        process = program.start().await;
    }
    // What nobody told about is found by the next poll.
    for store in stores {
        syncs::sync_orders(&trade.portal, &trade.viewer(), store, None)
            .await
            .unwrap();
    }
    let recovered = trade.idle().await;
    trade.retry_dead().await;
    trade.idle().await;
    sent.extend(trade.ship_all().await);
    let finished = trade.idle().await;
    drop(process);
    eprintln!(
        "{:?}: {} jobs begun again; idle {recovered:.1?} after the last start, and {finished:.1?} after {} parcels",
        trade.portal.db.engine(),
        trade.begun_again().await,
        sent.len(),
    );
    for platform in PLATFORMS {
        let (theirs, ours) = trade.both_books(platform).await;
        assert_eq!(theirs.into_iter().collect::<Vec<_>>(), ours, "{platform}");
        let of_platform = sent.iter().filter(|(at, _)| *at == platform);
        let expected: BTreeSet<&String> = of_platform.map(|(_, tracking)| tracking).collect();
        assert_eq!(expected.len(), ours.len(), "{platform}: every order was sent");
        let shipped = trade.shipped_at(platform);
        assert_eq!(shipped.iter().collect::<BTreeSet<_>>(), expected, "{platform}");
        assert_eq!(
            shipped.len(),
            expected.len(),
            "{platform}: some parcel is told twice"
        );
    }
    assert_eq!(trade.jobs(&["dead", "failed", "partly_failed"]).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_doubled_whenever_the_program_dies() {
    on_both(async |test| {
        let (trade, listener) = Trade::prepare(&test, 5, Clock::system()).await;
        let address = listener.local_addr().unwrap();
        drop(listener);
        let origin = trade.announcement["origin"].as_str().unwrap().to_owned();
        let program = Program::new(test.database_url(), address, &origin);
        let deliveries = tokio::spawn(Outbox::run(Arc::clone(&trade.world)));
        trade_while_crashing(&trade, &program).await;
        deliveries.abort();
    })
    .await;
}
