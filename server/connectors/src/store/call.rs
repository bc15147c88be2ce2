//! One request to a store, as a connector describes it.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::outbound::Request;

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

    pub(super) fn request(&self) -> Request {
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
