//! One request and its answer, with redirects followed by hand so that every hop is checked.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Method;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION,
};
use url::Url;

use super::Outbound;
use super::address::Targets;
use super::error::OutboundError;
use super::target::{check, check_url};

/// Redirects followed before giving up.
const MAX_REDIRECTS: usize = 5;

/// Body limit of an answer when a request sets none: 10 MiB, generous for a page of JSON.
const DEFAULT_MAX_BODY: u64 = 10 * 1024 * 1024;

/// A request to another system.
#[derive(Clone, Debug)]
pub struct Request {
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Bytes,
    max_body: u64,
    total_timeout: Option<Duration>,
}

impl Request {
    /// A request without headers or body to an address as it was written.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            max_body: DEFAULT_MAX_BODY,
            total_timeout: None,
        }
    }

    /// A GET request.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new(Method::GET, url)
    }

    /// A POST request.
    pub fn post(url: impl Into<String>) -> Self {
        Self::new(Method::POST, url)
    }

    /// Sets a header. Redirects to another origin do not carry it on.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the body and what it is.
    #[must_use]
    pub fn body(mut self, content_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        self.headers.insert(CONTENT_TYPE, content_type);
        self.body = body.into();
        self
    }

    /// Limits the body of the answer, in bytes.
    #[must_use]
    pub const fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Limits the whole exchange, instead of the limit in the client's settings.
    #[must_use]
    pub const fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }
}

/// The answer to a [`Request`], whatever its status.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body, as it was sent.
    pub body: Bytes,
    /// Where the answer came from after redirects.
    pub final_url: Url,
}

impl Response {
    /// Whether the status is one of success.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

impl Outbound {
    /// Sends `request` and reads the whole answer into memory, up to the request's body limit.
    ///
    /// Only GET requests follow redirects: anything else could be done twice or elsewhere. Their answers of 3xx
    /// are returned as they are.
    ///
    /// # Errors
    /// When the address is refused, no answer comes, it comes too late, is too large, or breaks off. An answer
    /// with any status is an answer.
    pub async fn send(&self, request: Request) -> Result<Response, OutboundError> {
        let timeout = request.total_timeout.unwrap_or(self.settings.total_timeout);
        let exchange = async {
            let mut answer = self.open(&request).await?;
            let mut body = BytesMut::new();
            while let Some(chunk) = answer.chunk().await? {
                body.extend_from_slice(&chunk);
            }
            let response = answer.response;
            Ok(Response {
                status: response.status().as_u16(),
                final_url: response.url().clone(),
                headers: response.headers().clone(),
                body: body.freeze(),
            })
        };
        tokio::time::timeout(timeout, exchange)
            .await
            .map_err(|_| OutboundError::TimedOut)?
    }

    /// Sends `request`, follows redirects and stops before the body.
    pub(super) async fn open(&self, request: &Request) -> Result<Answer, OutboundError> {
        let mut url = check_url(&request.url, self.settings.targets)?;
        let mut headers = request.headers.clone();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        for _ in 0..=MAX_REDIRECTS {
            let response = self
                .client
                .request(request.method.clone(), url.clone())
                .headers(headers.clone())
                .body(request.body.clone())
                .send()
                .await
                .map_err(|error| OutboundError::from_library(&error))?;
            // Never the path or the query: both may carry keys.
            tracing::debug!(
                host = url.host_str(),
                status = response.status().as_u16(),
                "outbound request answered"
            );
            let Some(location) = redirect(&request.method, &response) else {
                return Answer::new(response, request.max_body);
            };
            let next = next_hop(&url, location, self.settings.targets)?;
            if url.origin() != next.origin() {
                headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]);
            }
            url = next;
        }
        Err(OutboundError::TooManyRedirects)
    }
}

/// Where a GET is sent on to; nothing when the answer is final.
fn redirect<'r>(method: &Method, response: &'r reqwest::Response) -> Option<&'r HeaderValue> {
    let redirects =
        method == Method::GET && matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    response.headers().get(LOCATION).filter(|_| redirects)
}

fn next_hop(from: &Url, location: &HeaderValue, targets: Targets) -> Result<Url, OutboundError> {
    let location = location.to_str().map_err(|_| OutboundError::InvalidUrl)?;
    let next = from.join(location).map_err(|_| OutboundError::InvalidUrl)?;
    check(&next, targets)?;
    if from.scheme() == "https" && next.scheme() == "http" {
        return Err(OutboundError::InsecureRedirect);
    }
    Ok(next)
}

/// An answer whose body is still to be read, never beyond its limit.
pub(super) struct Answer {
    pub(super) response: reqwest::Response,
    limit: u64,
    received: u64,
}

impl Answer {
    fn new(response: reqwest::Response, limit: u64) -> Result<Self, OutboundError> {
        let encoding = response.headers().get(CONTENT_ENCODING);
        if encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
            return Err(OutboundError::UnexpectedEncoding);
        }
        // An honest server saves us the transfer; the others are caught while reading.
        if response.content_length().is_some_and(|length| length > limit) {
            return Err(OutboundError::TooLarge { limit });
        }
        Ok(Self {
            response,
            limit,
            received: 0,
        })
    }

    /// The next piece of the body; nothing after the last.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, OutboundError> {
        let chunk = self
            .response
            .chunk()
            .await
            .map_err(|error| OutboundError::from_library(&error))?;
        if let Some(chunk) = &chunk {
            self.received += chunk.len() as u64;
            if self.received > self.limit {
                return Err(OutboundError::TooLarge { limit: self.limit });
            }
        }
        Ok(chunk)
    }

    /// Bytes read so far.
    pub(super) const fn received(&self) -> u64 {
        self.received
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secure_address_does_not_lead_to_an_insecure_one() {
        let hop = |from: &str, to: &'static str| {
            let from = Url::parse(from).unwrap();
            next_hop(&from, &HeaderValue::from_static(to), Targets::PublicOnly).map(String::from)
        };
        let answer = hop("https://example.com/a", "http://example.com/a");
        assert!(
            matches!(answer, Err(OutboundError::InsecureRedirect)),
            "{answer:?}"
        );
        assert_eq!(
            hop("http://example.com/a", "https://example.com/a").unwrap(),
            "https://example.com/a"
        );
        assert_eq!(
            hop("https://example.com/a/b?c", "../d").unwrap(),
            "https://example.com/d"
        );
        assert_eq!(
            hop("https://example.com/a", "http://127.0.0.1/")
                .unwrap_err()
                .code(),
            "refused-address"
        );
    }
}
