//! Getting and renewing the tokens of a shop.

use std::time::Duration;

use bytes::Bytes;
use domain::Timestamp;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde::Deserialize;
use serde_json::Value;

use super::api::{Api, refusal};
use super::{App, Code, Credentials, SCOPES, ShopId, Verifier};
use crate::lenient;
use crate::store::{Answer, AuthorisationError, Call, ConnectionError, Result, Secret, Wire};

/// How long an access token lives when the answer does not say, in seconds.
const USUAL_LIFE: i64 = 3600;
/// How long a refresh token lives.
const REFRESH_LIFE: Duration = Duration::from_hours(24 * 90);

#[derive(Deserialize)]
struct Tokens {
    access_token: Option<String>,
    refresh_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::integer")]
    expires_in: Option<i64>,
}

#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default, deserialize_with = "lenient::text")]
    error: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    error_description: Option<String>,
}

#[derive(Deserialize)]
struct Me {
    #[serde(default, deserialize_with = "lenient::integer")]
    shop_id: Option<i64>,
}

/// Exchanges the code of a callback for tokens, once, and finds out whose shop they open.
///
/// # Errors
/// [`AuthorisationError::Expired`] when the code is used or too old, [`AuthorisationError::ApplicationRefused`],
/// [`AuthorisationError::PermissionsMissing`], [`AuthorisationError::NoShop`], [`AuthorisationError::Connection`].
pub async fn exchange_code(
    wire: &Wire,
    app: &App,
    redirect_uri: &str,
    code: &Code,
    verifier: &Verifier,
) -> std::result::Result<Credentials, AuthorisationError> {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", &app.keystring),
        ("redirect_uri", redirect_uri),
        ("code", code.0.reveal()),
        ("code_verifier", verifier.reveal()),
    ];
    let answer = wire.send(&call("authorisation.exchange", app, &form)).await?;
    if !answer.is_success() {
        let refused = refused(&answer);
        return Err(match refused.error.as_deref() {
            Some("invalid_grant") => AuthorisationError::Expired,
            Some(_) => AuthorisationError::ApplicationRefused(refused.words()),
            None => connection_error(&answer).into(),
        });
    }
    let credentials = credentials(&answer, wire.surroundings().now(), ShopId(0))?;
    let api = Api::new(wire.clone(), app, &credentials.access_token)?;
    check_scopes(&api, &credentials.access_token).await?;
    let me: Me = api.get("users.me", "/users/me").await?;
    let shop = me
        .shop_id
        .and_then(|shop| u64::try_from(shop).ok())
        .ok_or(AuthorisationError::NoShop)?;
    Ok(Credentials {
        shop: ShopId(shop),
        ..credentials
    })
}

/// The answer to a code does not say what was granted; Etsy is asked.
async fn check_scopes(api: &Api, token: &Secret) -> std::result::Result<(), AuthorisationError> {
    let mut call = api.form(
        Method::POST,
        "authorisation.scopes",
        "/scopes",
        &[("token", token.reveal())],
    );
    call.confidential = true;
    call.repeatable = true;
    let granted: Value = api.send(&call).await?;
    let granted = granted.get("scopes").unwrap_or(&granted);
    let missing: Vec<String> = SCOPES
        .iter()
        .filter(|scope| {
            !granted
                .as_array()
                .is_some_and(|granted| granted.iter().any(|known| known == **scope))
        })
        .map(|scope| (*scope).to_owned())
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(AuthorisationError::PermissionsMissing(missing))
    }
}

/// Gets the next pair of tokens. Call it by one worker.
///
/// # Errors
/// [`ConnectionError::Unauthorized`] when the seller must authorise again: revoked, lapsed, or the password was changed;
/// anything that [`passes`](ConnectionError::passes) can be tried again with the same credentials.
pub async fn refresh(wire: &Wire, app: &App, current: &Credentials) -> Result<Credentials> {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", &app.keystring),
        ("refresh_token", current.refresh_token.reveal()),
    ];
    let mut call = call("authorisation.refresh", app, &form);
    // Etsy's token endpoint fails at times, and works when asked again.
    call.repeatable = true;
    let answer = wire.send(&call).await?;
    if answer.is_success() {
        return credentials(&answer, wire.surroundings().now(), current.shop);
    }
    let refused = refused(&answer);
    Err(match refused.error.as_deref() {
        Some("invalid_grant") => ConnectionError::Unauthorized {
            message: refused.words(),
        },
        Some(_) => ConnectionError::Refused {
            status: answer.status,
            message: refused.words(),
        },
        None => connection_error(&answer),
    })
}

fn call(operation: &'static str, app: &App, form: &[(&str, &str)]) -> Call {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    Call {
        method: Method::POST,
        body: Some((
            HeaderValue::from_static("application/x-www-form-urlencoded"),
            Bytes::from(body),
        )),
        confidential: true,
        repeatable: false,
        ..Call::get(operation, format!("{}/v3/public/oauth/token", app.hosts.token))
    }
}

fn credentials(answer: &Answer, now: Timestamp, shop: ShopId) -> Result<Credentials> {
    let tokens: Tokens = answer.json()?;
    let token = |token: Option<String>| {
        let token = lenient::filled(token).map(Secret::new);
        token.ok_or_else(|| ConnectionError::Unreadable("a token is missing".to_owned()))
    };
    let life = u64::try_from(tokens.expires_in.unwrap_or(USUAL_LIFE)).unwrap_or_default();
    Ok(Credentials {
        shop,
        access_token: token(tokens.access_token)?,
        expires_at: now + Duration::from_secs(life),
        refresh_token: token(tokens.refresh_token)?,
        refresh_expires_at: now + REFRESH_LIFE,
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
