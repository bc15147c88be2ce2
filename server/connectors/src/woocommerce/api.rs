//! Requests to a shop's API, with its keys, and what its refusals mean.

use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde_json::Value;
use url::Url;

use super::credentials::{Credentials, Way};
use super::refusal::Refusal;
use super::shop_url::ShopUrl;
use super::signature;
use crate::hex;
use crate::store::{Answer, Call, ConnectionError, Result, Wire};

/// Where the API of `WooCommerce` is, below the shop's address.
pub(super) const API: &str = "/wp-json/wc/v3";

/// A request to the shop, before its keys are shown.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    operation: &'static str,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Value>,
    repeatable: bool,
    confidential: bool,
}

impl Ask {
    /// A request that reads `path` of the API: `/orders`.
    pub(super) fn get(operation: &'static str, path: impl AsRef<str>) -> Self {
        Self {
            operation,
            method: Method::GET,
            path: format!("{API}{}", path.as_ref()),
            query: Vec::new(),
            body: None,
            repeatable: true,
            confidential: false,
        }
    }

    /// A request that needs nothing but a key that may read.
    pub(super) fn trial() -> Self {
        Self::get("verify.read", "/orders")
            .with("per_page", 1)
            .with("_fields", "id")
    }

    /// A request that creates something, sent once.
    pub(super) fn post(operation: &'static str, path: impl AsRef<str>, body: Value) -> Self {
        Self {
            method: Method::POST,
            body: Some(body),
            repeatable: false,
            ..Self::get(operation, path)
        }
    }

    /// A request that sets something to what it shall be: doing it twice is doing it once.
    pub(super) fn put(operation: &'static str, path: impl AsRef<str>, body: Value) -> Self {
        Self {
            method: Method::PUT,
            body: Some(body),
            ..Self::get(operation, path)
        }
    }

    /// A request that deletes something for good.
    pub(super) fn delete(operation: &'static str, path: impl AsRef<str>) -> Self {
        Self {
            method: Method::DELETE,
            ..Self::get(operation, path).with("force", "true")
        }
    }

    /// Adds a parameter.
    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// Its body holds a secret.
    pub(super) fn confidential(mut self) -> Self {
        self.confidential = true;
        self
    }

    /// Leaves the API of `WooCommerce` for that of a plug-in, named by its path below the shop's address.
    pub(super) fn of_plugin(mut self, path: String) -> Self {
        self.path = path;
        self
    }
}

/// A shop that is spoken to with keys.
pub(super) struct Api {
    pub(super) wire: Wire,
    pub(super) shop: ShopUrl,
    credentials: Mutex<Credentials>,
}

impl Api {
    pub(super) fn new(wire: Wire, shop: ShopUrl, credentials: Credentials) -> Self {
        Self {
            wire,
            shop,
            credentials: Mutex::new(credentials),
        }
    }

    /// The keys, with the way that worked last.
    pub(super) fn credentials(&self) -> Credentials {
        self.credentials
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Sends `ask`, showing the keys in the way that works, and gives the answer when it is one of success.
    ///
    /// # Errors
    /// Whatever the answer means.
    pub(super) async fn send(&self, ask: &Ask) -> Result<Answer> {
        self.ask(ask).await.map_err(|refusal| refusal.meaning)
    }

    /// Like [`send`](Self::send); the refusal knows the shop's own code.
    async fn ask(&self, ask: &Ask) -> std::result::Result<Answer, Refusal> {
        match self.show_keys(ask).await {
            // The sentence that tells a key which may not write from a wrong one is in the shop's language: what tells
            // them apart is whether it may read.
            Err(Refusal {
                meaning: ConnectionError::Unauthorized { .. },
                ..
            }) if ask.method != Method::GET && self.show_keys(&Ask::trial()).await.is_ok() => {
                Err(ConnectionError::ReadOnly.into())
            }
            answer => answer,
        }
    }

    async fn show_keys(&self, ask: &Ask) -> std::result::Result<Answer, Refusal> {
        let credentials = self.credentials();
        if !self.shop.is_encrypted() && !credentials.plain_http {
            return Err(ConnectionError::NotEncrypted.into());
        }
        let mut refused = None;
        for way in self.ways(credentials.way) {
            let answer = self
                .wire
                .send_fresh(&|| self.call(ask, &credentials, way))
                .await?;
            self.check_place(&answer)?;
            if answer.is_success() {
                self.remember(way);
                return Ok(answer);
            }
            let refusal = Refusal::of(&answer);
            if !refusal.keys_unseen(way) {
                return Err(refusal);
            }
            refused = Some(refusal);
        }
        Err(refused.unwrap_or_else(|| ConnectionError::NotEncrypted.into()))
    }

    /// Reads one thing by its id; `None` only where the shop says that it has none with this id. Other answers of *not
    /// found* say nothing about it: without its plug-in a shop has none of these addresses.
    pub(super) async fn look_up(&self, ask: &Ask) -> Result<Option<Answer>> {
        match self.ask(ask).await {
            Ok(answer) => Ok(Some(answer)),
            Err(refusal) if refusal.denies_id() => Ok(None),
            Err(refusal) if refusal.denies_route() => Err(ConnectionError::ShopMissing),
            Err(refusal) => Err(refusal.meaning),
        }
    }

    /// Like [`send`](Self::send); `None` where the shop's version, or its plug-ins, have no such address.
    pub(super) async fn find(&self, ask: &Ask) -> Result<Option<Answer>> {
        match self.send(ask).await {
            Err(ConnectionError::Refused {
                status: 404 | 410, ..
            }) => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// The way that worked last first, then the others.
    pub(super) fn ways(&self, known: Option<Way>) -> Vec<Way> {
        let all: &[Way] = if self.shop.is_encrypted() {
            &Way::ENCRYPTED
        } else {
            &Way::PLAIN
        };
        let mut ways: Vec<Way> = known.into_iter().filter(|way| all.contains(way)).collect();
        ways.extend(all.iter().filter(|way| Some(**way) != known));
        ways
    }

    fn remember(&self, way: Way) {
        self.credentials
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .way = Some(way);
    }

    /// The request with its keys.
    pub(super) fn call(&self, ask: &Ask, credentials: &Credentials, way: Way) -> Call {
        let url = self.shop.join(&ask.path);
        let (key, secret) = (&credentials.consumer_key, &credentials.consumer_secret);
        let mut parameters = ask.query.clone();
        match way {
            Way::Basic => {}
            Way::Query => {
                parameters.push(("consumer_key".to_owned(), key.reveal().to_owned()));
                parameters.push(("consumer_secret".to_owned(), secret.reveal().to_owned()));
            }
            Way::Signed => self.sign(ask, &url, key.reveal(), secret.reveal(), &mut parameters),
            Way::SignedBehindProxy => {
                let as_seen = url.replacen("https://", "http://", 1);
                self.sign(ask, &as_seen, key.reveal(), secret.reveal(), &mut parameters);
            }
        }
        let mut call = match &ask.body {
            Some(body) => Call::json(
                ask.operation,
                ask.method.clone(),
                with_query(&url, &parameters),
                body,
            ),
            None => Call {
                method: ask.method.clone(),
                ..Call::get(ask.operation, with_query(&url, &parameters))
            },
        };
        call.repeatable = ask.repeatable;
        call.confidential = ask.confidential;
        call.shown_url = Some(with_query(&url, &ask.query));
        if way == Way::Basic {
            let keys = STANDARD.encode(format!("{}:{}", key.reveal(), secret.reveal()));
            if let Ok(header) = HeaderValue::from_str(&format!("Basic {keys}")) {
                call = call.header(AUTHORIZATION, header);
            }
        }
        call
    }

    fn sign(&self, ask: &Ask, url: &str, key: &str, secret: &str, parameters: &mut Vec<(String, String)>) {
        let around = self.wire.surroundings();
        let mut nonce = [0; 16];
        around.fill(&mut nonce);
        let nonce = hex::lower(&nonce);
        for (name, value) in [
            ("oauth_consumer_key", key.to_owned()),
            ("oauth_timestamp", around.now().seconds().to_string()),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA256".to_owned()),
        ] {
            parameters.push((name.to_owned(), value));
        }
        let signature = signature::oauth1(ask.method.as_str(), url, parameters, secret);
        parameters.push(("oauth_signature".to_owned(), signature));
    }

    /// An answer from elsewhere means that the keys were not sent along, and one that sends elsewhere that nothing
    /// was done.
    fn check_place(&self, answer: &Answer) -> Result<()> {
        let origin = |url: &str| Url::parse(url).ok().map(|url| url.origin());
        let to = match answer.status {
            300..=399 => answer.header("location").unwrap_or_default(),
            _ if origin(&answer.final_url) != origin(self.shop.as_str()) => &answer.final_url,
            _ => return Ok(()),
        };
        let to = ShopUrl::parse(to).map_or_else(|_| to.to_owned(), String::from);
        Err(ConnectionError::Moved { to })
    }
}

fn with_query(url: &str, parameters: &[(String, String)]) -> String {
    if parameters.is_empty() {
        url.to_owned()
    } else {
        format!("{url}?{}", signature::query(parameters))
    }
}
