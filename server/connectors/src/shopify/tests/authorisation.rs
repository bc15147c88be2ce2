//! Tokens.

use std::time::Duration;

use super::*;
use crate::store::{AuthorisationError, ConnectionError, Wire};

const TOKENS: &str = include_str!("../samples/oauth_token_response.expiring.json");

/// A token endpoint that answers once; gives what it heard.
async fn endpoint(status: u16, body: String) -> (App, Wire, Arc<Still>, Arc<Mutex<Vec<Value>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let answer = move |Json(request): Json<Value>| async move {
        hears.lock().unwrap().push(request);
        (StatusCode::from_u16(status).unwrap(), body)
    };
    let address = serve(Router::new().route("/{shop}/admin/oauth/access_token", post(answer))).await;
    let app = App {
        client_id: "id".into(),
        client_secret: Secret::new("hush"),
        hosts: Hosts::parse(&format!("{address}/{{shop}}")).unwrap(),
    };
    let still = Still::at(NOW);
    let wire = wire(&still, Arc::new(CostBucket::default()));
    (app, wire, still, heard)
}

fn callback() -> Callback {
    Callback {
        shop: ShopDomain::parse("print-test").unwrap(),
        code: Secret::new("abc"),
    }
}

fn with_scopes(scopes: &str) -> String {
    let mut tokens: Value = serde_json::from_str(TOKENS).unwrap();
    tokens["scope"] = json!(scopes);
    tokens.to_string()
}

#[tokio::test]
async fn a_code_becomes_expiring_tokens_and_nothing_of_it_is_recorded() {
    let (app, wire, still, heard) = endpoint(200, with_scopes(&SCOPES.join(","))).await;
    let credentials = exchange_code(&wire, &app, &callback()).await.unwrap();
    assert_eq!(credentials.expires_at, NOW + Duration::from_hours(1));
    assert!(!credentials.needs_refresh(NOW + Duration::from_mins(54)));
    assert!(credentials.needs_refresh(NOW + Duration::from_mins(55)));
    assert_eq!(heard.lock().unwrap()[0]["expiring"], "1");
    let recorded = format!("{:?}", still.exchanges());
    for secret in ["hush", "abc", "shpat_", "shprt_"] {
        assert!(!recorded.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_partial_grant_and_a_used_code_are_named() {
    let (app, wire, ..) = endpoint(200, TOKENS.to_owned()).await;
    let refused = exchange_code(&wire, &app, &callback()).await.unwrap_err();
    let AuthorisationError::PermissionsMissing(missing) = &refused else {
        panic!("{refused}");
    };
    assert!(missing.contains(&"write_files".to_owned()) && !missing.contains(&"read_products".to_owned()));
    for (status, error, code) in [
        (400, "invalid_request", "authorisation-expired"),
        (401, "invalid_client", "authorisation-application-refused"),
        (404, "", "store-not-this-platform"),
    ] {
        let body = if error.is_empty() {
            "{}".to_owned()
        } else {
            json!({ "error": error }).to_string()
        };
        let (app, wire, ..) = endpoint(status, body).await;
        assert_eq!(
            exchange_code(&wire, &app, &callback()).await.unwrap_err().code(),
            code
        );
    }
}

#[tokio::test]
async fn a_refresh_replaces_both_tokens_and_a_missing_lifetime_is_an_hour() {
    let shop = ShopDomain::parse("print-test").unwrap();
    let (app, wire, ..) = endpoint(200, TOKENS.to_owned()).await;
    let renewed = refresh(&wire, &app, &shop, &credentials()).await.unwrap();
    assert_eq!(renewed.access_token.reveal(), "shpat_example_access_token");
    assert_eq!(
        renewed.refresh_token.unwrap().reveal(),
        "shprt_example_refresh_token"
    );

    let lasting = include_str!("../samples/oauth_token_response.non_expiring.json");
    let (app, wire, ..) = endpoint(200, lasting.to_owned()).await;
    let renewed = refresh(&wire, &app, &shop, &credentials()).await.unwrap();
    assert_eq!(renewed.expires_at, NOW + Duration::from_hours(1));
    assert_eq!(renewed.refresh_token, credentials().refresh_token);
}

#[tokio::test]
async fn a_revoked_refresh_token_is_told_from_a_bad_moment() {
    let shop = ShopDomain::parse("print-test").unwrap();
    let refused = include_str!("../samples/oauth_refresh_error.json");
    let (app, wire, ..) = endpoint(400, refused.to_owned()).await;
    let error = refresh(&wire, &app, &shop, &credentials()).await.unwrap_err();
    assert!(matches!(error, ConnectionError::Unauthorized { .. }), "{error}");
    let (app, wire, _, heard) = endpoint(500, String::new()).await;
    let error = refresh(&wire, &app, &shop, &credentials()).await.unwrap_err();
    assert!(error.passes() && !error.needs_reauthorisation(), "{error}");
    assert_eq!(heard.lock().unwrap().len(), 3);
}
