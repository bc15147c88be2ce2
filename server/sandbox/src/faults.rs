//! What a stand-in has been told to get wrong: by platform, shop, operation, how often and how many times.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::shop::{Platform, ShopKey};

/// What goes wrong.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Not done; an HTML error page of this status.
    ServerError {
        /// 500 to 599.
        #[serde(default = "internal_server_error")]
        status: u16,
    },
    /// Not done; 429.
    TooManyRequests {
        /// Seconds in `Retry-After`; `None`: without the header.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// Not done; silence, then 504.
    Hang {
        /// How long.
        seconds: f64,
    },
    /// Done; silence, then the answer.
    HangAfter {
        /// How long.
        seconds: f64,
    },
    /// Done, but the connection is closed without an answer.
    DropAnswer,
    /// Done; the body is not what its content type says.
    Malformed,
    /// Done; only the first half of the body comes.
    Truncated,
    /// Not done; 200 with the platform's error object.
    ErrorIn200,
    /// Not done; an HTML page of this status, as a firewall or a parked domain shows it.
    Html {
        /// Any status, also 200.
        status: u16,
    },
    /// Not done; the platform says that the credentials were revoked.
    TokenRevoked,
    /// Not done; the platform says that the credentials have expired.
    TokenExpired,
    /// A page after the first repeats the one before.
    RepeatPage,
    /// Rows move by one between two pages, so that one row is not seen.
    ShiftPage,
}

fn internal_server_error() -> u16 {
    500
}

impl Effect {
    /// The name it bears in JSON and in the ledger.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ServerError { .. } => "server_error",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::Hang { .. } => "hang",
            Self::HangAfter { .. } => "hang_after",
            Self::DropAnswer => "drop_answer",
            Self::Malformed => "malformed",
            Self::Truncated => "truncated",
            Self::ErrorIn200 => "error_in200",
            Self::Html { .. } => "html",
            Self::TokenRevoked => "token_revoked",
            Self::TokenExpired => "token_expired",
            Self::RepeatPage => "repeat_page",
            Self::ShiftPage => "shift_page",
        }
    }
}

/// An effect with when it happens.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub effect: Effect,
    /// Only at this platform.
    #[serde(default)]
    pub platform: Option<Platform>,
    /// Only in the shop of this name.
    #[serde(default)]
    pub shop: Option<String>,
    /// Only in this operation; `orders.*` is every operation that begins so, `*` is all.
    #[serde(default = "every_operation")]
    pub operation: String,
    /// In how many of a hundred requests.
    #[serde(default = "always")]
    pub percent: u8,
    /// How many requests to let through before the first.
    #[serde(default)]
    pub skip: u32,
    /// How many times at most; `None`: until it is removed.
    #[serde(default)]
    pub times: Option<u32>,
}

fn every_operation() -> String {
    "*".to_owned()
}

fn always() -> u8 {
    100
}

impl Fault {
    /// This effect, on every request of this operation.
    pub fn new(operation: &str, effect: Effect) -> Self {
        Self {
            effect,
            platform: None,
            shop: None,
            operation: operation.to_owned(),
            percent: 100,
            skip: 0,
            times: None,
        }
    }

    fn concerns(&self, shop: &ShopKey, operation: &str) -> bool {
        let operation_fits = match self.operation.strip_suffix('*') {
            Some(beginning) => operation.starts_with(beginning),
            None => operation == self.operation,
        };
        operation_fits
            && self.platform.is_none_or(|platform| platform == shop.platform)
            && self.shop.as_ref().is_none_or(|name| *name == shop.name)
            && self.times != Some(0)
    }
}

/// A fault that is injected.
#[derive(Clone, Debug, Serialize)]
pub struct Injected {
    /// To remove it by.
    pub id: u64,
    /// How often it has happened.
    pub happened: u64,
    /// The fault; `times` and `skip` are what is left.
    #[serde(flatten)]
    pub fault: Fault,
}

/// The injected faults. Cheap to clone: every clone is the same.
#[derive(Clone)]
pub struct Faults(Arc<Mutex<Inner>>);

struct Inner {
    chance: Chance,
    last_id: u64,
    injected: Vec<Injected>,
}

impl Faults {
    /// No faults yet; `seed` decides which requests a percentage hits.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            chance: Chance::named(seed, "faults"),
            last_id: 0,
            injected: Vec::new(),
        })))
    }

    /// Injects a fault; gives its id.
    pub fn inject(&self, fault: Fault) -> u64 {
        let mut inner = self.lock();
        inner.last_id += 1;
        let id = inner.last_id;
        inner.injected.push(Injected {
            id,
            happened: 0,
            fault,
        });
        id
    }

    /// Removes a fault; false when there is none of this id.
    pub fn remove(&self, id: u64) -> bool {
        let mut inner = self.lock();
        let before = inner.injected.len();
        inner.injected.retain(|injected| injected.id != id);
        inner.injected.len() < before
    }

    /// Removes all faults.
    pub fn clear(&self) {
        self.lock().injected.clear();
    }

    /// The faults there are.
    pub fn injected(&self) -> Vec<Injected> {
        self.lock().injected.clone()
    }

    /// What goes wrong with this request: the first fault that concerns it and happens.
    pub fn draw(&self, shop: &ShopKey, operation: &str) -> Option<Effect> {
        let Inner { chance, injected, .. } = &mut *self.lock();
        for candidate in injected
            .iter_mut()
            .filter(|candidate| candidate.fault.concerns(shop, operation))
        {
            if let Some(left) = candidate.fault.skip.checked_sub(1) {
                candidate.fault.skip = left;
                continue;
            }
            if chance.below(100) >= u64::from(candidate.fault.percent) {
                continue;
            }
            candidate.happened += 1;
            candidate.fault.times = candidate.fault.times.map(|times| times.saturating_sub(1));
            return Some(candidate.fault.effect.clone());
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> ShopKey {
        ShopKey::new(Platform::Etsy, "demo")
    }

    #[test]
    fn a_fault_happens_where_and_as_often_as_it_was_told_to() {
        let faults = Faults::new(1);
        faults.inject(Fault {
            times: Some(2),
            skip: 1,
            ..Fault::new("orders.*", Effect::DropAnswer)
        });
        assert_eq!(faults.draw(&shop(), "products.list"), None);
        let drawn: Vec<_> = (0..4).map(|_| faults.draw(&shop(), "orders.list")).collect();
        assert_eq!(
            drawn,
            [None, Some(Effect::DropAnswer), Some(Effect::DropAnswer), None]
        );
    }

    #[test]
    fn a_percentage_hits_about_that_many_and_repeats_with_the_seed() {
        let hits = |seed| {
            let faults = Faults::new(seed);
            faults.inject(Fault {
                percent: 30,
                ..Fault::new("*", Effect::ServerError { status: 500 })
            });
            (0..1000)
                .filter(|_| faults.draw(&shop(), "orders.list").is_some())
                .count()
        };
        assert!((250..350).contains(&hits(7)), "{}", hits(7));
        assert_eq!(hits(7), hits(7));
    }

    #[test]
    fn a_fault_reads_from_json_with_defaults() {
        let fault: Fault = serde_json::from_str(r#"{"effect":"too_many_requests","percent":5}"#).unwrap();
        assert_eq!(fault.operation, "*");
        assert_eq!(fault.effect, Effect::TooManyRequests { retry_after: None });
    }
}
