//! The way every request to a store takes: paced, retried where that cannot do harm, recorded.

use std::sync::Arc;
use std::time::Duration;

use domain::Timestamp;
use tokio::sync::Semaphore;

use super::{Answer, Call, ConnectionError, Exchange, Outcome, Result, Surroundings};
use crate::outbound::Reading;
use crate::{Outbound, OutboundError};

/// Attempts at a request that can be repeated.
const ATTEMPTS: u32 = 3;
/// The first wait between attempts; it doubles, with full jitter.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// Waits longer than this are the caller's to plan: a worker must not sleep on them.
pub const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// Lists read piece by piece end here, in bytes.
const LARGEST_READING: u64 = 4 << 30;
/// What the event inspector keeps of a body, in bytes.
const RECORDED_BODY: usize = 64 * 1024;

/// How fast a store may be asked: fed by the platform's own headers, shared by all workers of this process.
pub trait Limits: Send + Sync {
    /// How long to wait before the next request that costs `cost` (1 where the platform counts requests). The
    /// request is counted as sent after that wait, unless the wait is longer than [`LONGEST_WAIT`].
    fn wait(&self, cost: u32, now: Timestamp) -> Option<Duration>;

    /// What an answer says about what is left.
    fn learn(&self, answer: &Answer, now: Timestamp);

    /// As many permits as requests may be under way at once; `None` where the platform does not mind.
    fn lanes(&self) -> Option<Arc<Semaphore>> {
        None
    }
}

/// A store's line to the outside.
#[derive(Clone)]
pub struct Wire {
    outbound: Outbound,
    surroundings: Arc<dyn Surroundings>,
    limits: Arc<dyn Limits>,
}

impl Wire {
    /// A line through `outbound`, as fast as `limits` allow.
    pub fn new(outbound: Outbound, surroundings: Arc<dyn Surroundings>, limits: Arc<dyn Limits>) -> Self {
        Self {
            outbound,
            surroundings,
            limits,
        }
    }

    /// Time and randomness.
    pub fn surroundings(&self) -> &dyn Surroundings {
        self.surroundings.as_ref()
    }

    /// Sends `call` and gives the answer, whatever its status but 429 and 5xx, which end as errors once a repeatable
    /// call has used up its attempts and any other at once.
    ///
    /// # Errors
    /// [`ConnectionError::Throttled`], [`ConnectionError::Failing`], [`ConnectionError::Unreachable`],
    /// [`ConnectionError::AddressRefused`]; for calls that are not repeatable [`ConnectionError::Uncertain`] when the
    /// request may have arrived.
    pub async fn send(&self, call: &Call) -> Result<Answer> {
        self.send_fresh(&|| call.clone()).await
    }

    /// Like [`send`](Self::send) for a call that must be made anew for each attempt: a signature with a nonce is
    /// good for one.
    ///
    /// # Errors
    /// Like [`send`](Self::send).
    pub async fn send_fresh(&self, make: &(dyn Fn() -> Call + Send + Sync)) -> Result<Answer> {
        let mut attempt = 1;
        loop {
            let call = make();
            if let Some(wait) = self.limits.wait(call.cost, self.surroundings.now()) {
                if wait > LONGEST_WAIT {
                    let retry_after = Some(wait);
                    return Err(ConnectionError::Throttled { retry_after });
                }
                self.surroundings.wait(wait).await;
            }
            let failure = match self.exchange(&call, attempt).await {
                Ok(answer) => match failure_of(&answer) {
                    None => return Ok(answer),
                    Some(failure) => failure,
                },
                Err(failure) => failure,
            };
            let wait = self.pause(attempt, failure.retry_after());
            if !call.repeatable || !failure.passes() || attempt == ATTEMPTS || wait > LONGEST_WAIT {
                return Err(failure);
            }
            self.surroundings.wait(wait).await;
            attempt += 1;
        }
    }

    /// Sends a call that reads, and gives its answer to be read piece by piece: for lists too long for memory. The
    /// body is not recorded, and nothing is repeated.
    ///
    /// # Errors
    /// Like [`send`](Self::send); a status other than one of success is an error too.
    pub async fn open(&self, call: &Call) -> Result<Reading> {
        let began_at = self.surroundings.now();
        let result = self.outbound.read(call.request().max_body(LARGEST_READING)).await;
        let result = result.map_err(|error| no_answer(error, true));
        let outcome = match &result {
            Ok(reading) => Outcome::Answered {
                status: reading.status(),
                body: String::new(),
            },
            Err(error) => Outcome::Failed(error.code()),
        };
        self.record(call, outcome, began_at, 1).await;
        let reading = result?;
        let retry_after = reading.retry_after();
        match reading.status() {
            200..=299 => Ok(reading),
            429 => Err(ConnectionError::Throttled { retry_after }),
            status @ 500..=599 => Err(ConnectionError::Failing { status, retry_after }),
            status => Err(ConnectionError::Refused {
                status,
                message: String::new(),
            }),
        }
    }

    async fn exchange(&self, call: &Call, attempt: u32) -> Result<Answer> {
        // Held until the answer is read, never while waiting for the next attempt.
        let _lane = match self.limits.lanes() {
            Some(lanes) => lanes.acquire_owned().await.ok(),
            None => None,
        };
        let began_at = self.surroundings.now();
        let result = self.outbound.send(call.request()).await;
        let result = result
            .map(Answer::from)
            .map_err(|error| no_answer(error, call.repeatable));
        if let Ok(answer) = &result {
            self.limits.learn(answer, self.surroundings.now());
        }
        let outcome = match &result {
            Ok(answer) => Outcome::Answered {
                status: answer.status,
                body: shown(call, &answer.body),
            },
            Err(error) => Outcome::Failed(error.code()),
        };
        self.record(call, outcome, began_at, attempt).await;
        result
    }

    async fn record(&self, call: &Call, outcome: Outcome, began_at: Timestamp, attempt: u32) {
        let request = call.body.as_ref().map(|(_, body)| shown(call, body));
        self.surroundings
            .record(Exchange {
                operation: call.operation,
                method: call.method.to_string(),
                url: call.shown_url.clone().unwrap_or_else(|| call.url.clone()),
                request: request.unwrap_or_default(),
                outcome,
                began_at,
                took: self.surroundings.now().since(began_at),
                attempt,
            })
            .await;
    }

    /// What the server asks for, else exponential with full jitter.
    fn pause(&self, attempt: u32, asked: Option<Duration>) -> Duration {
        asked.unwrap_or_else(|| {
            let mut bytes = [0; 4];
            self.surroundings.fill(&mut bytes);
            let fraction = f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX);
            (FIRST_WAIT * 2_u32.pow(attempt - 1)).mul_f64(fraction)
        })
    }
}

/// Statuses that every platform means in the same way.
fn failure_of(answer: &Answer) -> Option<ConnectionError> {
    let retry_after = answer.retry_after();
    match answer.status {
        429 => Some(ConnectionError::Throttled { retry_after }),
        503 if answer.is_html() => Some(ConnectionError::Maintenance { retry_after }),
        status @ 500..=599 => Some(ConnectionError::Failing { status, retry_after }),
        _ => None,
    }
}

fn no_answer(error: OutboundError, repeatable: bool) -> ConnectionError {
    match error {
        OutboundError::InvalidUrl
        | OutboundError::RefusedAddress(_)
        | OutboundError::RefusedPort(_)
        | OutboundError::InsecureRedirect
        | OutboundError::TooManyRedirects => ConnectionError::AddressRefused(error),
        OutboundError::TimedOut
        | OutboundError::BrokenOff
        | OutboundError::Unreachable
        | OutboundError::TooLarge { .. }
        | OutboundError::UnexpectedEncoding
            if !repeatable =>
        {
            ConnectionError::Uncertain(error)
        }
        OutboundError::TooLarge { .. } | OutboundError::UnexpectedEncoding => {
            ConnectionError::Unreadable(error.to_string())
        }
        _ => ConnectionError::Unreachable(error),
    }
}

/// A body as it is recorded.
fn shown(call: &Call, body: &[u8]) -> String {
    if call.confidential {
        return String::new();
    }
    String::from_utf8_lossy(&body[..body.len().min(RECORDED_BODY)]).into_owned()
}

#[cfg(test)]
mod tests;
