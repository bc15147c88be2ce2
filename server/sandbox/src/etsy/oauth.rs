//! The page on which a seller lets the app in (authorization code with PKCE), and the token endpoint.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::json;

use super::error::Refusal;
use super::service::Service;
use super::tokens::Code;
use super::{KEYSTRING, lock};
use crate::consent;
use crate::exchange::{Call, Twist, answer};
use crate::ledger::Event;
use crate::shop::{Platform, ShopKey};

/// The scopes Etsy knows.
const SCOPES: [&str; 19] = [
    "address_r",
    "address_w",
    "billing_r",
    "cart_r",
    "cart_w",
    "email_r",
    "favorites_r",
    "favorites_w",
    "feedback_r",
    "listings_d",
    "listings_r",
    "listings_w",
    "profile_r",
    "profile_w",
    "recommend_r",
    "shops_r",
    "shops_w",
    "transactions_r",
    "transactions_w",
];

/// What the app asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: String,
    code_challenge: String,
    code_challenge_method: String,
    /// Which seller agreed; empty: none did.
    seller: String,
}

/// The page that asks: every shop is a seller who could be logged in.
pub(super) async fn page(State(service): State<Service>, Query(asked): Query<Asked>) -> Response {
    if let Some(refusal) = refuses(&asked) {
        return refusal;
    }
    let sellers = service
        .world
        .shops()
        .into_iter()
        .filter(|key| key.platform == Platform::Etsy);
    let mut buttons: Vec<_> = sellers
        .map(|key| {
            (
                "seller",
                key.name.clone(),
                format!("Grant access as {}", key.name),
            )
        })
        .collect();
    buttons.push(("seller", String::new(), "Cancel".to_owned()));
    let hidden = [
        ("response_type", asked.response_type.as_str()),
        ("client_id", &asked.client_id),
        ("redirect_uri", &asked.redirect_uri),
        ("scope", &asked.scope),
        ("state", &asked.state),
        ("code_challenge", &asked.code_challenge),
        ("code_challenge_method", &asked.code_challenge_method),
    ];
    let wishes: Vec<&str> = asked.scope.split(' ').collect();
    Html(consent::page(
        "Print portal would like to use your Etsy shop",
        &wishes,
        "connect/decision",
        &hidden,
        &buttons,
    ))
    .into_response()
}

/// What the seller pressed: back to the app with a code, or with `access_denied`.
pub(super) async fn decide(State(service): State<Service>, Query(asked): Query<Asked>) -> Response {
    if let Some(refusal) = refuses(&asked) {
        return refusal;
    }
    let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let separator = if asked.redirect_uri.contains('?') {
        '&'
    } else {
        '?'
    };
    let outcome = match service.etsy.tokens(&asked.seller) {
        Some(tokens) => {
            let scopes: BTreeSet<String> = asked.scope.split(' ').map(str::to_owned).collect();
            let key = ShopKey::new(Platform::Etsy, &asked.seller);
            let detail = json!({ "scopes": scopes });
            service.world.note(
                &key,
                Event::Other {
                    what: "app_authorized",
                    detail,
                },
            );
            let code = Code {
                challenge: asked.code_challenge.clone(),
                redirect_uri: asked.redirect_uri.clone(),
                scopes,
            };
            format!("code={}", lock(&tokens).approve(code, service.world.clock.now()))
        }
        None => "error=access_denied&error_description=The%20user%20denied%20consent".to_owned(),
    };
    let location = format!(
        "{}{separator}{outcome}&state={}",
        asked.redirect_uri,
        escaped(&asked.state)
    );
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// Why the app cannot ask at all.
fn refuses(asked: &Asked) -> Option<Response> {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let is_local = local.iter().any(|start| {
        asked
            .redirect_uri
            .strip_prefix(start)
            .is_some_and(|rest| rest.starts_with([':', '/']))
    });
    let known = asked.scope.split(' ').all(|scope| SCOPES.contains(&scope));
    let problem = if asked.client_id != KEYSTRING {
        "An error occurred: the API key is not known or not active."
    } else if !asked.redirect_uri.starts_with("https://") && !is_local {
        "An error occurred: the redirect URL is not permitted."
    } else if asked.response_type != "code" || !known {
        "An error occurred: the response type or a scope is not known."
    } else if asked.code_challenge_method != "S256" || asked.code_challenge.len() != 43 {
        "An error occurred: PKCE is required (S256)."
    } else if asked.state.is_empty() {
        "An error occurred: a state is required."
    } else {
        return None;
    };
    Some((StatusCode::BAD_REQUEST, problem).into_response())
}

/// The body of a token request, as a form or as JSON.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TokenRequest {
    grant_type: String,
    client_id: String,
    redirect_uri: String,
    code: String,
    code_verifier: String,
    refresh_token: String,
}

/// Exchanges a code or a refresh token. There is no client secret: PKCE takes its place.
pub(super) async fn token(State(service): State<Service>, body: Bytes) -> Response {
    let request: Option<TokenRequest> = serde_json::from_slice(&body)
        .ok()
        .or_else(|| serde_urlencoded::from_bytes(&body).ok());
    let request = request.unwrap_or_default();
    let seller = service.etsy.seller_of_token(&request.refresh_token);
    let call = Call {
        shop: ShopKey::new(Platform::Etsy, seller.as_deref().unwrap_or_default()),
        operation: "oauth.token".to_owned(),
        method: "POST".to_owned(),
        path: "/v3/public/oauth/token".to_owned(),
        error_in_200: json!({ "error": "Server error" }),
    };
    let world = Arc::clone(&service.world);
    answer(&world, call, |twist| async move {
        match issue(&service, &request, twist) {
            Ok(tokens) => Json(tokens).into_response(),
            Err(refusal) => refusal.into_response(),
        }
    })
    .await
}

fn issue(service: &Service, request: &TokenRequest, twist: Twist) -> Result<serde_json::Value, Refusal> {
    let refused = |error: &str, why| Refusal::oauth(StatusCode::BAD_REQUEST, error, why);
    if request.client_id != KEYSTRING {
        return Err(Refusal::oauth(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "client_id is not known",
        ));
    }
    let now = service.world.clock.now();
    match request.grant_type.as_str() {
        "authorization_code" => {
            let sellers: Vec<_> = lock(&service.etsy.sellers).values().cloned().collect();
            let exchanged = sellers.iter().find_map(|tokens| {
                let mut tokens = lock(tokens);
                tokens.knows_code(&request.code).then(|| {
                    tokens.exchange(&request.code, &request.redirect_uri, &request.code_verifier, now)
                })
            });
            exchanged.unwrap_or_else(|| Err(refused("invalid_grant", "code is not valid")))
        }
        "refresh_token" => {
            let revoked = || refused("invalid_grant", "refresh_token is revoked");
            let seller = service
                .etsy
                .seller_of_token(&request.refresh_token)
                .ok_or_else(revoked)?;
            let tokens = service.etsy.tokens(&seller).ok_or_else(revoked)?;
            let mut tokens = lock(&tokens);
            if twist == Twist::TokenRevoked {
                tokens.revoke();
            }
            tokens.renew(&request.refresh_token, now)
        }
        _ => Err(refused("unsupported_grant_type", "grant_type is not supported")),
    }
}
