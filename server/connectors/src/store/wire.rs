//! The way every request to a store takes: paced, retried where that cannot do harm, recorded.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::Timestamp;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::de::DeserializeOwned;

use super::{ConnectionError, Exchange, Outcome, Result, Surroundings};
use crate::outbound::{Reading, Request, Response};
use crate::{Outbound, OutboundError};

/// Attempts at a request that can be repeated.
const ATTEMPTS: u32 = 3;
/// The first wait between attempts; it doubles, with full jitter.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// Waits longer than this are the caller's to plan: a worker must not sleep on them.
pub const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// What the event inspector keeps of a body, in bytes.
const RECORDED_BODY: usize = 64 * 1024;

/// How fast a store may be asked: fed by the platform's own headers, shared by all workers of this process.
pub trait Limits: Send + Sync {
    /// How long to wait before the next request that costs `cost` (1 where the platform counts requests). The
    /// request is counted as sent after that wait, unless the wait is longer than [`LONGEST_WAIT`].
    fn wait(&self, cost: u32, now: Timestamp) -> Option<Duration>;

    /// What an answer says about what is left.
    fn learn(&self, answer: &Answer, now: Timestamp);
}

/// A store's line to the outside.
#[derive(Clone)]
pub struct Wire {
    outbound: Outbound,
    surroundings: Arc<dyn Surroundings>,
    limits: Arc<dyn Limits>,
}

/// A request to a store.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it is for, as the event inspector names it: `orders.list`.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The address, with secrets where the platform wants them there.
    pub url: String,
    /// The address as it is recorded, when the real one carries secrets.
    pub shown_url: Option<String>,
    /// Headers; never recorded.
    pub headers: HeaderMap,
    /// The body with its type.
    pub body: Option<(HeaderValue, Bytes)>,
    /// Whether the body holds secrets: it is not recorded then, nor is the answer's.
    pub confidential: bool,
    /// Whether doing it twice is doing it once. Only then is it repeated.
    pub repeatable: bool,
    /// What it costs of the platform's limit.
    pub cost: u32,
}

impl Call {
    /// A request that reads.
    pub fn get(operation: &'static str, url: impl Into<String>) -> Self {
        Self {
            operation,
            method: Method::GET,
            url: url.into(),
            shown_url: None,
            headers: HeaderMap::new(),
            body: None,
            confidential: false,
            repeatable: true,
            cost: 1,
        }
    }

    /// A request that writes JSON, and is not repeated unless [`repeatable`](Self::repeatable) is set.
    pub fn json(
        operation: &'static str,
        method: Method,
        url: impl Into<String>,
        body: &serde_json::Value,
    ) -> Self {
        Self {
            method,
            body: Some((
                HeaderValue::from_static("application/json"),
                Bytes::from(body.to_string()),
            )),
            repeatable: false,
            ..Self::get(operation, url)
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    fn request(&self) -> Request {
        let mut request = Request::new(self.method.clone(), self.url.clone());
        for (name, value) in &self.headers {
            request = request.header(name.clone(), value.clone());
        }
        match &self.body {
            Some((kind, body)) => request.body(kind.clone(), body.clone()),
            None => request,
        }
    }
}

/// The answer of a store, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
    /// Where it came from, after redirects of a request that reads.
    pub final_url: String,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self {
            status: response.status,
            headers: response.headers,
            body: response.body,
            final_url: response.final_url.to_string(),
        }
    }
}

impl Answer {
    /// Whether the status is one of success.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How long the server asks us to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds: f64 = self.header("retry-after")?.trim().parse().ok()?;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// Whether the body is a page for people: a firewall's, an error of the web server.
    pub fn is_html(&self) -> bool {
        let start = String::from_utf8_lossy(&self.body[..self.body.len().min(512)]).to_ascii_lowercase();
        let start = start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        start.starts_with("<!doctype html") || start.starts_with("<html")
    }

    /// The body read as JSON. What a broken plug-in printed before it is passed over.
    ///
    /// # Errors
    /// [`ConnectionError::Firewall`] for a page for people, [`ConnectionError::Unreadable`] for anything else.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if self.is_html() {
            return Err(ConnectionError::Firewall { status: self.status });
        }
        serde_json::from_slice(&self.body).or_else(|error| {
            let start = self.body.iter().position(|byte| matches!(byte, b'{' | b'['));
            start
                .filter(|start| *start > 0)
                .and_then(|start| serde_json::from_slice(&self.body[start..]).ok())
                .ok_or_else(|| ConnectionError::Unreadable(error.to_string()))
        })
    }
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
        let mut attempt = 1;
        loop {
            if let Some(wait) = self.limits.wait(call.cost, self.surroundings.now()) {
                if wait > LONGEST_WAIT {
                    let retry_after = Some(wait);
                    return Err(ConnectionError::Throttled { retry_after });
                }
                self.surroundings.wait(wait).await;
            }
            let failure = match self.exchange(call, attempt).await {
                Ok(answer) => match failure_of(&answer) {
                    None => return Ok(answer),
                    Some(failure) => failure,
                },
                Err(error) => no_answer(error, call.repeatable),
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
        let result = self.outbound.read(call.request()).await;
        let outcome = match &result {
            Ok(reading) => Outcome::Answered {
                status: reading.status(),
                body: String::new(),
            },
            Err(error) => Outcome::Failed(error.code()),
        };
        self.record(call, outcome, began_at, 1).await;
        let reading = result.map_err(|error| no_answer(error, true))?;
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

    async fn exchange(&self, call: &Call, attempt: u32) -> std::result::Result<Answer, OutboundError> {
        let began_at = self.surroundings.now();
        let result = self.outbound.send(call.request()).await.map(Answer::from);
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
        OutboundError::TimedOut | OutboundError::BrokenOff | OutboundError::Unreachable if !repeatable => {
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
