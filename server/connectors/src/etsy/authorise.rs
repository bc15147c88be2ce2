//! Asking a seller, and believing the answer: OAuth with PKCE.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Problem;
use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::Url;

use super::{Hosts, SCOPES};
use crate::store::{AuthorisationError, Secret, Surroundings};

/// The portal as Etsy knows it.
#[derive(Clone, Debug)]
pub struct App {
    /// Its public key.
    pub keystring: String,
    /// Its shared secret.
    pub shared_secret: Secret,
    /// Where Etsy is found.
    pub hosts: Hosts,
}

/// What proves that the code is redeemed by whom it was asked by. Kept with the state, never shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Verifier(Secret);

/// The code of a callback, to be exchanged once, at once.
#[derive(Clone, Debug)]
pub struct Code(pub(super) Secret);

impl Verifier {
    /// A new one.
    pub fn new(surroundings: &dyn Surroundings) -> Self {
        let mut bytes = [0; 32];
        surroundings.fill(&mut bytes);
        Self(Secret::new(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// What is shown of it beforehand (RFC 7636, S256).
    fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.reveal()))
    }

    pub(super) fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

impl App {
    /// Where the seller's browser goes to agree. `state` is random, bound to the person's session and good for one
    /// callback; `redirect_uri` is exactly one of those registered with the application.
    ///
    /// # Errors
    /// `invalid-url` when the configured hosts make no address.
    pub fn authorisation_url(
        &self,
        redirect_uri: &str,
        state: &str,
        verifier: &Verifier,
    ) -> Result<String, Problem> {
        let page = format!("{}/oauth/connect", self.hosts.site);
        let mut url = Url::parse(&page).map_err(|_| Problem::new("invalid-url"))?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.keystring)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("scope", &SCOPES.join(" "))
            .append_pair("state", state)
            .append_pair("code_challenge", &verifier.challenge())
            .append_pair("code_challenge_method", "S256");
        Ok(url.into())
    }

    /// The key as every request carries it, secret included (since 2026-02-09).
    pub(super) fn key(&self) -> Option<HeaderValue> {
        let key = format!("{}:{}", self.keystring, self.shared_secret.reveal());
        let mut key = HeaderValue::from_str(&key).ok()?;
        key.set_sensitive(true);
        Some(key)
    }
}

/// Verifies the callback of an authorisation. `query` is the decoded query as it came.
///
/// # Errors
/// [`AuthorisationError::Denied`], [`AuthorisationError::Forged`].
pub fn verify_callback(query: &[(String, String)], state: &str) -> Result<Code, AuthorisationError> {
    let given = value(query, "state")?;
    if state.is_empty() || !bool::from(given.as_bytes().ct_eq(state.as_bytes())) {
        return Err(AuthorisationError::Forged("state"));
    }
    if query.iter().any(|(name, _)| name == "error") {
        return Err(AuthorisationError::Denied);
    }
    Ok(Code(Secret::new(value(query, "code")?)))
}

/// The value of a parameter that must be there exactly once.
fn value<'q>(query: &'q [(String, String)], name: &'static str) -> Result<&'q str, AuthorisationError> {
    let mut values = query
        .iter()
        .filter(|(known, _)| known == name)
        .map(|(_, value)| value);
    match (values.next(), values.next()) {
        (Some(value), None) if !value.is_empty() => Ok(value),
        _ => Err(AuthorisationError::Forged(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Vec<(String, String)> {
        url::form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .collect()
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = Verifier(Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert_eq!(
            verifier.challenge(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_seller_is_asked_with_everything_etsy_wants() {
        let app = App {
            keystring: "key".into(),
            shared_secret: Secret::new("shh"),
            hosts: Hosts::default(),
        };
        let verifier = Verifier(Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        let url = app
            .authorisation_url("https://portal.example.com/cb", "nonce", &verifier)
            .unwrap();
        assert_eq!(
            url,
            "https://www.etsy.com/oauth/connect?response_type=code&client_id=key\
             &redirect_uri=https%3A%2F%2Fportal.example.com%2Fcb\
             &scope=listings_r+listings_w+transactions_r+transactions_w+shops_r&state=nonce\
             &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        );
        assert_eq!(app.key().unwrap(), "key:shh");
    }

    #[test]
    fn forged_and_denied_callbacks_are_told_apart() {
        assert_eq!(
            verify_callback(&query("code=abc&state=nonce"), "nonce")
                .unwrap()
                .0
                .reveal(),
            "abc"
        );
        for (text, state, code) in [
            (
                "error=access_denied&error_description=x&state=nonce",
                "nonce",
                "authorisation-denied",
            ),
            ("error=access_denied", "nonce", "authorisation-forged"),
            ("code=abc&state=other", "nonce", "authorisation-forged"),
            (
                "code=abc&state=nonce&state=nonce",
                "nonce",
                "authorisation-forged",
            ),
            ("code=abc&code=abd&state=nonce", "nonce", "authorisation-forged"),
            ("code=&state=nonce", "nonce", "authorisation-forged"),
            ("code=abc&state=", "", "authorisation-forged"),
        ] {
            assert_eq!(
                verify_callback(&query(text), state).unwrap_err().code(),
                code,
                "{text}"
            );
        }
    }
}
