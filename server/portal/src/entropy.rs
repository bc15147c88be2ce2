//! Randomness, injected: a test that knows the seed knows every id, token and delay.

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rand::TryRng;
use rand::rngs::SysRng;
use uuid::Uuid;

use crate::clock::Clock;

/// A source of randomness, and of what is made from it.
pub trait Entropy: Debug + Send + Sync {
    /// Fills `bytes` with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]);

    /// A new UUID of version 7, greater than every one this source gave before.
    fn id(&self) -> Uuid;

    /// 256 bits: a token nobody can guess.
    fn token(&self) -> [u8; 32] {
        let mut token = [0; 32];
        self.fill(&mut token);
        token
    }

    /// 128 bits: the salt of a password hash.
    fn salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        self.fill(&mut salt);
        salt
    }

    /// A number in `0.0..1.0`, evenly distributed.
    fn fraction(&self) -> f64 {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
    }
}

/// The randomness of the operating system.
#[derive(Debug)]
pub struct OsEntropy {
    ids: IdSequence,
}

impl OsEntropy {
    /// With ids that carry the time of `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            ids: IdSequence::new(clock),
        }
    }
}

impl Entropy for OsEntropy {
    /// # Panics
    /// When the operating system has no randomness to give: nothing safe can be done then.
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = SysRng.try_fill_bytes(bytes) {
            panic!("the operating system gives no randomness: {error}");
        }
    }

    fn id(&self) -> Uuid {
        let mut tail = [0; 8];
        self.fill(&mut tail);
        self.ids.next(tail)
    }
}

/// Makes version 7 UUIDs that grow even within one microsecond, so that lists ordered by id follow creation.
///
/// 48 bits of milliseconds, 12 bits of their fraction (RFC 9562, section 6.2, method 3), 62 random bits.
#[derive(Debug)]
pub(crate) struct IdSequence {
    clock: Arc<dyn Clock>,
    /// The 60 bits of time of the last id.
    last: AtomicU64,
}

impl IdSequence {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            last: AtomicU64::new(0),
        }
    }

    /// The next id, with the randomness of `tail`.
    pub(crate) fn next(&self, tail: [u8; 8]) -> Uuid {
        let micros = u64::try_from(self.clock.now().micros()).unwrap_or(0);
        let now = ((micros / 1000) << 12) | ((micros % 1000) * 4096 / 1000);
        let previous = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(now.max(last + 1))
            })
            .unwrap_or_default();
        let time = now.max(previous + 1);
        let high = ((time >> 12) << 16) | 0x7000 | (time & 0xfff);
        let low = (u64::from_be_bytes(tail) >> 2) | (1 << 63);
        Uuid::from_u64_pair(high, low)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::testing::{SeededEntropy, TestClock};

    #[test]
    fn ids_grow_while_the_clock_stands_still() {
        let clock = Arc::new(TestClock::default());
        let entropy = OsEntropy::new(clock.clone());
        let ids: Vec<Uuid> = (0..5000).map(|_| entropy.id()).collect();
        assert!(ids.is_sorted());
        clock.advance(Duration::from_mins(1));
        assert!(entropy.id() > ids[4999]);
        assert!(
            ids.iter()
                .all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122)
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_values() {
        let clock = Arc::new(TestClock::default());
        let [one, two] = [7, 7].map(|seed| SeededEntropy::new(seed, clock.clone()));
        assert_eq!((one.id(), one.token()), (two.id(), two.token()));
        assert_ne!(one.token(), one.token());
        assert!(
            (0..100)
                .map(|_| one.fraction())
                .all(|fraction| (0.0..1.0).contains(&fraction))
        );
    }
}
