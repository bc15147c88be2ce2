//! Sending a request and understanding every way it can fail.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::App;
use crate::store::{Answer, Call, ConnectionError, Result, Secret, Wire};

/// The Open API for one shop.
pub(super) struct Api {
    wire: Wire,
    base: String,
    key: HeaderValue,
    token: HeaderValue,
}

impl Api {
    pub(super) fn new(wire: Wire, app: &App, token: &Secret) -> Result<Self> {
        let key = app.key().ok_or_else(|| ConnectionError::Refused {
            status: 0,
            message: "the key of the application cannot be sent".to_owned(),
        })?;
        let token = HeaderValue::from_str(&format!("Bearer {}", token.reveal()));
        let mut token = token.map_err(|_| ConnectionError::Unauthorized {
            message: String::new(),
        })?;
        token.set_sensitive(true);
        Ok(Self {
            wire,
            base: format!("{}/v3/application", app.hosts.api),
            key,
            token,
        })
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.wire
    }

    /// Reads something that must be there.
    pub(super) async fn get<T: DeserializeOwned>(&self, operation: &'static str, path: &str) -> Result<T> {
        self.send(&self.call(operation, path)).await
    }

    /// Reads something that may not be there.
    pub(super) async fn find<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        path: &str,
    ) -> Result<Option<T>> {
        match self.get(operation, path).await {
            Ok(found) => Ok(Some(found)),
            Err(ConnectionError::Refused { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn send<T: DeserializeOwned>(&self, call: &Call) -> Result<T> {
        let answer = self.wire.send(call).await?;
        refusal(&answer).map_or_else(|| answer.json(), Err)
    }

    /// A request that reads.
    pub(super) fn call(&self, operation: &'static str, path: &str) -> Call {
        self.signed(Call::get(operation, format!("{}{path}", self.base)))
    }

    /// A request that writes JSON.
    pub(super) fn json(&self, method: Method, operation: &'static str, path: &str, body: &Value) -> Call {
        self.signed(Call::json(
            operation,
            method,
            format!("{}{path}", self.base),
            body,
        ))
    }

    /// A request that writes a form.
    pub(super) fn form(
        &self,
        method: Method,
        operation: &'static str,
        path: &str,
        form: &[(&str, &str)],
    ) -> Call {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.body(method, operation, path, kind, Bytes::from(body))
    }

    /// A request that writes a body of any type.
    pub(super) fn body(
        &self,
        method: Method,
        operation: &'static str,
        path: &str,
        kind: HeaderValue,
        body: Bytes,
    ) -> Call {
        Call {
            method,
            body: Some((kind, body)),
            repeatable: false,
            ..self.call(operation, path)
        }
    }

    fn signed(&self, call: Call) -> Call {
        call.header(HeaderName::from_static("x-api-key"), self.key.clone())
            .header(AUTHORIZATION, self.token.clone())
    }
}

/// What a status other than success means at Etsy. A 404 stays one: what it means depends on what was asked for.
pub(super) fn refusal(answer: &Answer) -> Option<ConnectionError> {
    let status = answer.status;
    if answer.is_success() {
        return None;
    }
    if answer.is_html() {
        return Some(ConnectionError::Firewall { status });
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let words = body["error_description"]
        .as_str()
        .or_else(|| body["error"].as_str());
    let message = words.unwrap_or_default().to_owned();
    let about_our_key = message.contains("x-api-key") || message.to_ascii_lowercase().contains("api key");
    Some(match status {
        // Our application's key, not the seller's token: nothing the seller could mend.
        401 | 403 if about_our_key => ConnectionError::Refused { status, message },
        401 => ConnectionError::Unauthorized { message },
        403 => ConnectionError::PermissionMissing { message },
        _ => ConnectionError::Refused { status, message },
    })
}
