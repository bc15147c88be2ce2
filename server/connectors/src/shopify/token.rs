//! Getting and renewing the tokens of a shop.

use std::time::Duration;

use domain::Timestamp;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::graphql::refusal;
use super::{App, Callback, Credentials, ShopDomain, access};
use crate::lenient;
use crate::store::{Answer, AuthorisationError, Call, ConnectionError, Result, Secret, Wire};

/// How long an access token lives when the answer does not say: answers without it have been seen (shopify-app-js
/// issue 3400), and a token that is believed to last for ever breaks an hour later.
const USUAL_LIFE: i64 = 3600;

#[derive(Deserialize)]
struct Tokens {
    access_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    scope: Option<String>,
    #[serde(default, deserialize_with = "lenient::integer")]
    expires_in: Option<i64>,
    refresh_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::integer")]
    refresh_token_expires_in: Option<i64>,
}

#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default, deserialize_with = "lenient::text")]
    error: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    error_description: Option<String>,
}

/// Exchanges the code of a callback for expiring tokens, once.
///
/// # Errors
/// [`AuthorisationError::Expired`] when the code is used or too old, [`AuthorisationError::ApplicationRefused`],
/// [`AuthorisationError::PermissionsMissing`] when the owner granted less than [`SCOPES`](super::SCOPES),
/// [`AuthorisationError::Connection`].
pub async fn exchange_code(
    wire: &Wire,
    app: &App,
    callback: &Callback,
) -> std::result::Result<Credentials, AuthorisationError> {
    let body = json!({
        "client_id": app.client_id,
        "client_secret": app.client_secret.reveal(),
        "code": callback.code.reveal(),
        "expiring": "1",
    });
    let answer = wire
        .send(&call("authorisation.exchange", app, &callback.shop, &body))
        .await?;
    if !answer.is_success() {
        let refused = refused(&answer);
        return Err(match refused.error.as_deref() {
            Some("invalid_request" | "invalid_grant") => AuthorisationError::Expired,
            Some(_) => AuthorisationError::ApplicationRefused(refused.words()),
            None => connection_error(&answer).into(),
        });
    }
    let credentials = credentials(&answer, wire.surroundings().now(), None)?;
    match access::missing(&credentials.scopes) {
        missing if missing.is_empty() => Ok(credentials),
        missing => Err(AuthorisationError::PermissionsMissing(missing)),
    }
}

/// Gets the next pair of tokens. Shopify lets the same refresh token be used again until the next one is, so an
/// answer that was lost does no harm; two workers at once still would: call it by one.
///
/// # Errors
/// [`ConnectionError::Unauthorized`] when the owner must authorise again; anything that
/// [`passes`](ConnectionError::passes) can be tried again with the same credentials.
pub async fn refresh(
    wire: &Wire,
    app: &App,
    shop: &ShopDomain,
    current: &Credentials,
) -> Result<Credentials> {
    let unauthorized = |message: String| ConnectionError::Unauthorized { message };
    let token = current
        .refresh_token
        .as_ref()
        .ok_or_else(|| unauthorized("no refresh token".into()))?;
    let body = json!({
        "client_id": app.client_id,
        "client_secret": app.client_secret.reveal(),
        "grant_type": "refresh_token",
        "refresh_token": token.reveal(),
    });
    let mut call = call("authorisation.refresh", app, shop, &body);
    call.repeatable = true;
    let answer = wire.send(&call).await?;
    if answer.is_success() {
        return credentials(&answer, wire.surroundings().now(), Some(current));
    }
    let refused = refused(&answer);
    Err(match refused.error.as_deref() {
        Some("invalid_grant") => unauthorized(refused.words()),
        Some(_) => ConnectionError::Refused {
            status: answer.status,
            message: refused.words(),
        },
        None => connection_error(&answer),
    })
}

fn call(operation: &'static str, app: &App, shop: &ShopDomain, body: &Value) -> Call {
    let url = format!("{}/admin/oauth/access_token", app.hosts.base(shop));
    Call {
        confidential: true,
        cost: 0,
        ..Call::json(operation, Method::POST, url, body)
    }
}

fn credentials(answer: &Answer, now: Timestamp, before: Option<&Credentials>) -> Result<Credentials> {
    let tokens: Tokens = answer.json()?;
    let later = |seconds: i64| now + Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    let access_token = lenient::filled(tokens.access_token)
        .ok_or_else(|| ConnectionError::Unreadable("no access token".to_owned()))?;
    let scopes = tokens.scope.map_or_else(
        || before.map(|before| before.scopes.clone()).unwrap_or_default(),
        |scopes| scopes.split(',').map(|scope| scope.trim().to_owned()).collect(),
    );
    Ok(Credentials {
        access_token: Secret::new(access_token),
        expires_at: later(tokens.expires_in.unwrap_or(USUAL_LIFE)),
        refresh_token: lenient::filled(tokens.refresh_token)
            .map(Secret::new)
            .or_else(|| before?.refresh_token.clone()),
        refresh_expires_at: tokens
            .refresh_token_expires_in
            .map(later)
            .or_else(|| before?.refresh_expires_at),
        scopes,
    })
}

fn refused(answer: &Answer) -> Refusal {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

impl Refusal {
    fn words(self) -> String {
        self.error_description.or(self.error).unwrap_or_default()
    }
}

fn connection_error(answer: &Answer) -> ConnectionError {
    refusal(answer).unwrap_or_else(|| ConnectionError::Unreadable("no tokens".to_owned()))
}
