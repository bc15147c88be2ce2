//! The authorization of an app by a merchant (authorization code grant), and the token endpoint.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::Scopes;
use super::routes::Service;
use super::tokens::NoToken;
use super::{CLIENT_ID, CLIENT_SECRET, REFUSED_SCOPES, lock};
use crate::consent;
use crate::exchange::{Call, Twist, answer};
use crate::ledger::Event;
use crate::shop::{Platform, ShopKey};
use crate::signature::hmac_sha256_hex;

/// What an app asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    client_id: String,
    scope: String,
    redirect_uri: String,
    state: String,
    /// What the merchant pressed: `approve` or `deny`.
    decision: String,
}

/// The page that asks the merchant.
pub(super) async fn page(
    State(service): State<Service>,
    Path(shop): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    if let Some(refusal) = service.refuses(&shop, &asked) {
        return refusal;
    }
    let scopes = Scopes::parse(&asked.scope);
    let hidden = [
        ("client_id", asked.client_id.as_str()),
        ("scope", &asked.scope),
        ("redirect_uri", &asked.redirect_uri),
        ("state", &asked.state),
    ];
    let buttons = [("approve", "Install"), ("deny", "Cancel")];
    let buttons = buttons.map(|(value, label)| ("decision", value.to_owned(), label.to_owned()));
    Html(consent::page(
        &format!("Install Print portal in {shop}.myshopify.com"),
        &scopes.handles().collect::<Vec<_>>(),
        "authorize/decision",
        &hidden,
        &buttons,
    ))
    .into_response()
}

/// What the merchant pressed.
pub(super) async fn decide(
    State(service): State<Service>,
    Path(shop): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    if let Some(refusal) = service.refuses(&shop, &asked) {
        return refusal;
    }
    if asked.decision != "approve" {
        // Shopify goes back to its own admin: the app hears nothing.
        let text = "<h1>The app was not installed</h1><p>Shopify tells the app nothing about this.</p>";
        return Html(format!(
            "<!DOCTYPE html><html lang=\"en\"><title>Not installed</title><body>{text}</body></html>"
        ))
        .into_response();
    }
    let Some(location) = service.approve(&shop, &asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

impl Service {
    /// Why an app cannot be authorized at all.
    fn refuses(&self, shop: &str, asked: &Asked) -> Option<Response> {
        if self.shopify.state(shop).is_none() {
            return Some((StatusCode::NOT_FOUND, "There is no shop of this name").into_response());
        }
        let problem = if asked.client_id != CLIENT_ID {
            "Oauth error invalid_request: Could not find Shopify API application with api_key"
        } else if !is_listed(&asked.redirect_uri) {
            "Oauth error invalid_request: The redirect_uri is not whitelisted"
        } else if asked.scope.is_empty() {
            "Oauth error invalid_scope: The access scope is invalid"
        } else {
            return None;
        };
        Some((StatusCode::BAD_REQUEST, problem).into_response())
    }

    /// The address the browser goes back to, with a code and signed.
    fn approve(&self, shop: &str, asked: &Asked) -> Option<String> {
        let state = self.shopify.state(shop)?;
        let key = ShopKey::new(Platform::Shopify, shop);
        let setting = self
            .world
            .read(&key, |shop| shop.settings.get(REFUSED_SCOPES).cloned())?;
        let refused = Scopes::parse(setting.as_ref().and_then(Value::as_str).unwrap_or_default());
        let now = self.world.clock.now();
        let granted = Scopes::parse(&asked.scope).without(&refused);
        self.world.note(
            &key,
            Event::Other {
                what: "app_authorized",
                detail: json!({ "scopes": granted.to_string() }),
            },
        );
        let code = lock(&state.tokens).approve(granted, now);
        let host = STANDARD_NO_PAD.encode(format!("admin.shopify.com/store/{shop}"));
        let mut parameters = vec![
            ("code", code),
            ("host", host),
            ("shop", format!("{shop}.myshopify.com")),
            ("state", asked.state.clone()),
            ("timestamp", now.unix_seconds().to_string()),
        ];
        let hmac = callback_hmac(CLIENT_SECRET, &parameters);
        parameters.push(("hmac", hmac));
        let query: Vec<String> = parameters
            .iter()
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        let separator = if asked.redirect_uri.contains('?') {
            '&'
        } else {
            '?'
        };
        Some(format!("{}{separator}{}", asked.redirect_uri, query.join("&")))
    }
}

/// The signature over the parameters of a callback: sorted by name, without `hmac` itself.
pub fn callback_hmac(secret: &str, parameters: &[(&str, String)]) -> String {
    let mut sorted: Vec<_> = parameters.iter().filter(|(name, _)| *name != "hmac").collect();
    sorted.sort();
    let pairs: Vec<String> = sorted
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    hmac_sha256_hex(secret.as_bytes(), pairs.join("&").as_bytes())
}

/// Whether the app's configuration lists an address to go back to: HTTPS, or this machine.
fn is_listed(uri: &str) -> bool {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    uri.starts_with("https://")
        || local.iter().any(|start| {
            uri.strip_prefix(start)
                .is_some_and(|rest| rest.starts_with([':', '/']))
        })
}

/// The body of a token request, as JSON or as a form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TokenRequest {
    client_id: String,
    client_secret: String,
    code: String,
    grant_type: String,
    refresh_token: String,
    expiring: Option<Value>,
}

/// Exchanges a code or a refresh token.
pub(super) async fn token(State(service): State<Service>, Path(shop): Path<String>, body: Bytes) -> Response {
    let call = Call {
        shop: ShopKey::new(Platform::Shopify, &shop),
        operation: "oauth.token".to_owned(),
        method: "POST".to_owned(),
        path: format!("/shopify/{shop}/admin/oauth/access_token"),
        error_in_200: json!({ "error": "internal_error" }),
    };
    let world = Arc::clone(&service.world);
    answer(&world, call, |twist| async move {
        if matches!(twist, Twist::TokenRevoked | Twist::TokenExpired) {
            return no_token(&NoToken("invalid_grant", "Token has been expired or revoked."));
        }
        issue(&service, &shop, &body)
    })
    .await
}

fn issue(service: &Service, shop: &str, body: &[u8]) -> Response {
    let Some(state) = service.shopify.state(shop) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let request: Option<TokenRequest> = serde_json::from_slice(body)
        .ok()
        .or_else(|| serde_urlencoded::from_bytes(body).ok());
    let request = request.unwrap_or_default();
    if request.client_id != CLIENT_ID || request.client_secret != CLIENT_SECRET {
        let problem = NoToken("application_cannot_be_found", "Client credentials are not valid.");
        return no_token(&problem);
    }
    let now = service.world.clock.now();
    let mut tokens = lock(&state.tokens);
    let expiring = match &request.expiring {
        Some(Value::String(text)) => text == "1",
        Some(Value::Number(number)) => number.as_u64() == Some(1),
        Some(Value::Bool(expiring)) => *expiring,
        _ => false,
    };
    let outcome = match request.grant_type.as_str() {
        "" | "authorization_code" => tokens.exchange(&request.code, expiring, now),
        "refresh_token" => tokens.renew(&request.refresh_token, now),
        _ => Err(NoToken(
            "unsupported_grant_type",
            "The grant type is not supported.",
        )),
    };
    match outcome {
        Ok(answer) => Json(answer).into_response(),
        Err(problem) => no_token(&problem),
    }
}

fn no_token(NoToken(error, description): &NoToken) -> Response {
    let body = Json(json!({ "error": error, "error_description": description }));
    (StatusCode::BAD_REQUEST, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors_are_signed_the_same() {
        let code = ("code", "0907a61c0c8d55e99db179b68161bc00".to_owned());
        let shop = ("shop", "some-shop.myshopify.com".to_owned());
        let timestamp = ("timestamp", "1337178173".to_owned());
        let hmac = ("hmac", "is left out".to_owned());
        let first = callback_hmac("hush", &[timestamp.clone(), code.clone(), hmac, shop.clone()]);
        assert_eq!(
            first,
            "4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20"
        );
        let state = ("state", "0.6784241404160823".to_owned());
        let second = callback_hmac("hush", &[code, shop, state, timestamp]);
        assert_eq!(
            second,
            "700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf"
        );
    }

    #[test]
    fn addresses_to_go_back_to_are_https_or_this_machine() {
        assert!(is_listed("https://portal.example/oauth"));
        assert!(is_listed("http://127.0.0.1:3000/oauth"));
        assert!(!is_listed("http://127.0.0.1.evil.example/oauth"));
        assert!(!is_listed("http://portal.example/oauth"));
    }
}
