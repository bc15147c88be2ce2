//! The tokens of the app for one seller: a code bound to a PKCE challenge, an access token for an hour, a refresh token for
//! ninety days that is replaced at every use.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::error::Refusal;
use crate::chance::Chance;
use crate::clock::Moment;

/// How long an access token lives.
pub const ACCESS_LIFE: Duration = Duration::from_hours(1);
/// How long a refresh token lives.
pub const REFRESH_LIFE: Duration = Duration::from_hours(24 * 90);
/// How long a code can be exchanged.
const CODE_LIFE: Duration = Duration::from_mins(10);

/// The S256 challenge of a PKCE verifier (RFC 7636).
pub fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

/// A code that waits to be exchanged.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) challenge: String,
    pub(super) redirect_uri: String,
    pub(super) scopes: BTreeSet<String>,
}

/// Why an access token is not let in.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum NoAccess {
    Unknown,
    Expired,
}

/// What Etsy knows of the app and a seller.
#[derive(Debug)]
pub(super) struct Tokens {
    chance: Chance,
    user: u64,
    scopes: BTreeSet<String>,
    code: Option<(String, Moment, Code)>,
    access: Vec<(String, Moment)>,
    refresh: Option<(String, Moment)>,
}

impl Tokens {
    pub(super) fn new(seed: u64, seller: &str, user: u64) -> Self {
        Self {
            chance: Chance::named(seed, &format!("etsy tokens of {seller}")),
            user,
            scopes: BTreeSet::new(),
            code: None,
            access: Vec::new(),
            refresh: None,
        }
    }

    /// The seller agreed: a code to exchange once.
    pub(super) fn approve(&mut self, code: Code, now: Moment) -> String {
        let text = self.chance.hex(48);
        self.code = Some((text.clone(), now.plus(CODE_LIFE), code));
        text
    }

    /// Whether a code was given out here.
    pub(super) fn knows_code(&self, text: &str) -> bool {
        self.code.as_ref().is_some_and(|(known, _, _)| known == text)
    }

    /// Exchanges a code.
    pub(super) fn exchange(
        &mut self,
        text: &str,
        redirect_uri: &str,
        verifier: &str,
        now: Moment,
    ) -> Result<Value, Refusal> {
        let refused = |why| Refusal::oauth(StatusCode::BAD_REQUEST, "invalid_grant", why);
        let (_, _, code) = self
            .code
            .take_if(|(known, until, _)| known == text && now < *until)
            .ok_or_else(|| refused("code is not valid"))?;
        if code.redirect_uri != redirect_uri {
            return Err(refused("redirect_uri does not match"));
        }
        if challenge_of(verifier) != code.challenge {
            return Err(refused("code_verifier is not valid"));
        }
        self.scopes = code.scopes;
        self.access.clear();
        Ok(self.issue(now))
    }

    /// Replaces a refresh token.
    pub(super) fn renew(&mut self, text: &str, now: Moment) -> Result<Value, Refusal> {
        let known = self
            .refresh
            .take_if(|(known, until)| known == text && now < *until);
        match known {
            Some(_) => Ok(self.issue(now)),
            None => Err(Refusal::oauth(
                StatusCode::BAD_REQUEST,
                "invalid_grant",
                "refresh_token is revoked",
            )),
        }
    }

    /// The scopes of an access token.
    pub(super) fn access(&self, text: &str, now: Moment) -> Result<BTreeSet<String>, NoAccess> {
        let (_, until) = self
            .access
            .iter()
            .find(|(known, _)| known == text)
            .ok_or(NoAccess::Unknown)?;
        if now < *until {
            Ok(self.scopes.clone())
        } else {
            Err(NoAccess::Expired)
        }
    }

    /// Ends all tokens: the seller changed the password or revoked the app.
    pub(super) fn revoke(&mut self) {
        self.code = None;
        self.access.clear();
        self.refresh = None;
    }

    /// Lets every access token expire.
    pub(super) fn expire_access(&mut self, now: Moment) {
        for (_, until) in &mut self.access {
            *until = now;
        }
    }

    fn issue(&mut self, now: Moment) -> Value {
        let access = format!("{}.{}", self.user, self.chance.hex(48));
        let refresh = format!("{}.{}", self.user, self.chance.hex(48));
        self.access.push((access.clone(), now.plus(ACCESS_LIFE)));
        self.refresh = Some((refresh.clone(), now.plus(REFRESH_LIFE)));
        json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": ACCESS_LIFE.as_secs(),
            "refresh_token": refresh,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn the_challenge_of_rfc_7636_is_the_same() {
        assert_eq!(
            challenge_of(VERIFIER),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_code_needs_its_verifier_and_works_once() {
        let now = Moment::parse("2026-11-21T10:00:00Z").unwrap();
        let mut tokens = Tokens::new(1, "demo", 7);
        let code = || Code {
            challenge: challenge_of(VERIFIER),
            redirect_uri: "https://portal.example/etsy".to_owned(),
            scopes: BTreeSet::from(["shops_r".to_owned()]),
        };
        let text = tokens.approve(code(), now);
        assert!(
            tokens
                .exchange(&text, "https://portal.example/etsy", "wrong", now)
                .is_err()
        );
        assert!(
            tokens
                .exchange(&text, "https://portal.example/etsy", VERIFIER, now)
                .is_err()
        );
        let text = tokens.approve(code(), now);
        let answer = tokens
            .exchange(&text, "https://portal.example/etsy", VERIFIER, now)
            .unwrap();
        let access = answer["access_token"].as_str().unwrap();
        assert!(access.starts_with("7."));
        assert!(tokens.access(access, now).is_ok());
        assert_eq!(
            tokens.access(access, now.plus(ACCESS_LIFE)),
            Err(NoAccess::Expired)
        );
        let refresh = answer["refresh_token"].as_str().unwrap();
        assert!(tokens.renew(refresh, now).is_ok());
        assert!(tokens.renew(refresh, now).is_err());
    }
}
