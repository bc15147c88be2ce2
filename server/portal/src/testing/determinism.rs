//! A clock and a source of randomness that tests decide.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::Timestamp;
use futures::future::BoxFuture;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use uuid::Uuid;

use crate::clock::Clock;
use crate::entropy::{Entropy, IdSequence};

/// A clock that moves when it is told to.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// The present moment.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }

    /// Moves time on.
    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }

    /// Makes it `now`.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }
}

impl Default for TestClock {
    /// Starts at 2026-11-21T09:00:00Z.
    fn default() -> Self {
        Self(AtomicI64::new(Timestamp::from_seconds(1_795_251_600).micros()))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }

    /// Moves on at once.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.advance(duration);
        Box::pin(tokio::task::yield_now())
    }
}

/// Randomness that a seed determines.
#[derive(Debug)]
pub struct SeededEntropy {
    generator: Mutex<StdRng>,
    ids: IdSequence,
}

impl SeededEntropy {
    /// The randomness of `seed`, with ids that carry the time of `clock`.
    pub fn new(seed: u64, clock: Arc<dyn Clock>) -> Self {
        Self {
            generator: Mutex::new(StdRng::seed_from_u64(seed)),
            ids: IdSequence::new(clock),
        }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.generator
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .fill_bytes(bytes);
    }

    fn id(&self) -> Uuid {
        let mut tail = [0; 8];
        self.fill(&mut tail);
        self.ids.next(tail)
    }
}
