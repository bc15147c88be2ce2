//! Tokens.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::store::{AuthorisationError, ConnectionError, StoreConnection};

const TOKEN: &str = "POST /v3/public/oauth/token";
const REDIRECT: &str = "https://portal.example.com/cb";

fn tokens() -> Value {
    let sample = include_str!("../samples/oauth_token_response.json");
    changed(sample, &json!({ "access_token": "900100200.access" }))
}

async fn exchange(script: &Script) -> (Result<Credentials, AuthorisationError>, Arc<Still>) {
    let (app, still, wire) = app(script).await;
    let query = [("code", "abc"), ("state", "s")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let code = verify_callback(&query, "s").unwrap();
    let verifier = Verifier::new(still.as_ref());
    (
        exchange_code(&wire, &app, REDIRECT, &code, &verifier).await,
        still,
    )
}

#[tokio::test]
async fn a_code_becomes_tokens_of_a_shop_and_nothing_of_it_is_recorded() {
    let script = Script::default()
        .on(TOKEN, 200, tokens())
        .on("POST /scopes", 200, json!({ "scopes": SCOPES }))
        .on("GET /users/me", 200, include_str!("../samples/users_me.json"));
    let (credentials, still) = exchange(&script).await;
    let credentials = credentials.unwrap();
    assert_eq!(credentials.shop, SHOP);
    assert!(!credentials.needs_refresh(NOW + Duration::from_mins(54)));
    assert!(credentials.needs_refresh(NOW + Duration::from_mins(55)));
    let body = &script.bodies(TOKEN)[0];
    assert!(
        body.starts_with("grant_type=authorization_code&client_id=key&redirect_uri=https%3A%2F%2F"),
        "{body}"
    );
    assert!(!body.contains("shh"), "the shared secret is no part of it");
    let recorded = format!("{:?}", still.exchanges());
    for secret in ["shh", "abc", "900100200."] {
        assert!(!recorded.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let granted = |scopes: &[&str]| {
        Script::default()
            .on(TOKEN, 200, tokens())
            .on("POST /scopes", 200, json!({ "scopes": scopes }))
    };
    let refused = exchange(&granted(&SCOPES[..3])).await.0.unwrap_err();
    assert!(
        matches!(&refused, AuthorisationError::PermissionsMissing(missing) if missing == &["transactions_w", "shops_r"])
    );
    let no_shop = granted(SCOPES).on("GET /users/me", 200, json!({ "user_id": 1, "shop_id": null }));
    assert_eq!(
        exchange(&no_shop).await.0.unwrap_err().code(),
        "authorisation-no-shop"
    );
    for (error, code) in [
        ("invalid_grant", "authorisation-expired"),
        ("invalid_client", "authorisation-application-refused"),
    ] {
        let script = Script::default().on(TOKEN, 400, json!({ "error": error }));
        assert_eq!(exchange(&script).await.0.unwrap_err().code(), code);
    }
}

#[tokio::test]
async fn a_revoked_token_is_told_from_a_bad_moment() {
    let errors: Value = serde_json::from_str(include_str!("../samples/errors.json")).unwrap();
    let script = Script::default().on(TOKEN, 400, &errors["400_refresh_revoked"]["body"]);
    let (app, _, wire) = app(&script).await;
    let error = refresh(&wire, &app, &credentials()).await.unwrap_err();
    assert!(error.needs_reauthorisation());
    assert_eq!(error.words(), Some("refresh_token is revoked"));

    let script = Script::default().on(TOKEN, 500, "").on(TOKEN, 200, tokens());
    let (app, _, wire) = super::app(&script).await;
    let renewed = refresh(&wire, &app, &credentials()).await.unwrap();
    assert_eq!(renewed.refresh_token.reveal(), "900100200.example_refresh_token");
    assert_eq!(renewed.shop, SHOP);
}

#[tokio::test]
async fn an_expired_token_a_missing_secret_and_a_used_up_day_are_told_apart() {
    let errors: Value = serde_json::from_str(include_str!("../samples/errors.json")).unwrap();
    for (sample, status, code) in [
        ("401_expired", 401, "store-unauthorized"),
        ("403_missing_secret", 403, "store-refused"),
    ] {
        let script = Script::default().on("GET /shops", status, &errors[sample]["body"]);
        let error = connected(&script).await.verify().await.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
    let script = Script::default().on("GET /shops", 404, json!({ "error": "Shop not found" }));
    assert!(matches!(
        connected(&script).await.verify().await,
        Err(ConnectionError::NotThisPlatform)
    ));
    let script = Script::default().on("GET /shops", 403, "<!DOCTYPE html><p>Access denied");
    assert_eq!(
        connected(&script).await.verify().await.unwrap_err().code(),
        "store-firewall"
    );
}
