//! The tokens of one app in one shop: authorization codes, access tokens that expire after an hour, refresh tokens that are
//! replaced at every use.

use std::time::Duration;

use serde_json::{Value, json};

use super::access::Scopes;
use crate::chance::Chance;
use crate::clock::Moment;

/// How long an access token lives.
pub const ACCESS_LIFE: Duration = Duration::from_hours(1);
/// How long a refresh token lives.
pub const REFRESH_LIFE: Duration = Duration::from_hours(24 * 90);
/// How long a refresh token that was used can be used again, while nobody uses what it was replaced by.
const RETRY_LIFE: Duration = Duration::from_hours(24 * 30);
/// How long an authorization code can be exchanged.
const CODE_LIFE: Duration = Duration::from_mins(10);

/// Why no token is given: the OAuth error and a sentence.
#[derive(Debug, PartialEq)]
pub(super) struct NoToken(pub(super) &'static str, pub(super) &'static str);

const NO_CODE: NoToken = NoToken(
    "invalid_request",
    "The authorization code was not found or was already used",
);
const NO_GRANT: NoToken = NoToken("invalid_grant", "Token has been expired or revoked.");

/// An access token that was let in.
pub(super) enum Access {
    /// With these scopes.
    Granted(Scopes),
    /// Never issued, expired or revoked.
    Refused,
}

#[derive(Debug)]
struct Secret {
    text: String,
    expires_at: Option<Moment>,
}

impl Secret {
    fn holds(&self, text: &str, now: Moment) -> bool {
        self.text == text && self.expires_at.is_none_or(|expires_at| now < expires_at)
    }
}

/// What a shop knows of an app.
#[derive(Debug)]
pub(super) struct Tokens {
    chance: Chance,
    scopes: Scopes,
    code: Option<(Secret, Scopes)>,
    access: Vec<Secret>,
    refresh: Option<Secret>,
    /// The refresh token used last, and the access token that came for it.
    used: Option<(Secret, String)>,
}

impl Tokens {
    pub(super) fn new(seed: u64, shop: &str) -> Self {
        Self {
            chance: Chance::named(seed, &format!("shopify tokens of {shop}")),
            scopes: Scopes::default(),
            code: None,
            access: Vec::new(),
            refresh: None,
            used: None,
        }
    }

    /// The merchant approved: a code to exchange once.
    pub(super) fn approve(&mut self, scopes: Scopes, now: Moment) -> String {
        let text = self.chance.hex(32);
        let code = Secret {
            text: text.clone(),
            expires_at: Some(now.plus(CODE_LIFE)),
        };
        self.code = Some((code, scopes));
        text
    }

    /// Exchanges a code.
    pub(super) fn exchange(&mut self, code: &str, expiring: bool, now: Moment) -> Result<Value, NoToken> {
        let (_, scopes) = self
            .code
            .take_if(|(known, _)| known.holds(code, now))
            .ok_or(NO_CODE)?;
        self.scopes = scopes;
        self.refresh = None;
        self.used = None;
        self.access.clear();
        if expiring {
            return Ok(self.issue(now));
        }
        let text = format!("shpat_{}", self.chance.hex(32));
        self.access.push(Secret {
            text: text.clone(),
            expires_at: None,
        });
        Ok(json!({ "access_token": text, "scope": self.scopes.to_string() }))
    }

    /// Replaces a refresh token. The one used last works again as long as nothing that came for it was used: so an answer
    /// that was lost on its way is no disaster.
    pub(super) fn renew(&mut self, refresh_token: &str, now: Moment) -> Result<Value, NoToken> {
        if let Some(current) = self.refresh.take_if(|known| known.holds(refresh_token, now)) {
            let answer = self.issue(now);
            let retry = Secret {
                expires_at: Some(current.expires_at.unwrap_or(now).min(now.plus(RETRY_LIFE))),
                ..current
            };
            self.used = Some((retry, access_token(&answer)));
            return Ok(answer);
        }
        if self
            .used
            .as_ref()
            .is_some_and(|(known, _)| known.holds(refresh_token, now))
        {
            let answer = self.issue(now);
            if let Some((_, came_for_it)) = &mut self.used {
                *came_for_it = access_token(&answer);
            }
            return Ok(answer);
        }
        Err(NO_GRANT)
    }

    /// Lets an access token in.
    pub(super) fn access(&mut self, token: &str, now: Moment) -> Access {
        if !self.access.iter().any(|known| known.holds(token, now)) {
            return Access::Refused;
        }
        self.used.take_if(|(_, came_for_it)| came_for_it == token);
        Access::Granted(self.scopes.clone())
    }

    /// Ends all tokens: the merchant uninstalled the app or revoked it.
    pub(super) fn revoke(&mut self) {
        self.code = None;
        self.access.clear();
        self.refresh = None;
        self.used = None;
    }

    /// Lets every access token expire; the refresh token stays.
    pub(super) fn expire_access(&mut self, now: Moment) {
        for token in &mut self.access {
            token.expires_at = Some(now);
        }
    }

    fn issue(&mut self, now: Moment) -> Value {
        let access = format!("shpat_{}", self.chance.hex(32));
        let refresh = format!("shprt_{}", self.chance.hex(32));
        self.access
            .retain(|known| known.expires_at.is_none_or(|expires_at| now < expires_at));
        self.access.push(Secret {
            text: access.clone(),
            expires_at: Some(now.plus(ACCESS_LIFE)),
        });
        self.refresh = Some(Secret {
            text: refresh.clone(),
            expires_at: Some(now.plus(REFRESH_LIFE)),
        });
        json!({
            "access_token": access,
            "scope": self.scopes.to_string(),
            "expires_in": ACCESS_LIFE.as_secs(),
            "refresh_token": refresh,
            "refresh_token_expires_in": REFRESH_LIFE.as_secs(),
        })
    }
}

fn access_token(answer: &Value) -> String {
    answer["access_token"].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        Moment::parse("2026-11-21T10:00:00Z").unwrap()
    }

    fn installed() -> (Tokens, Value) {
        let mut tokens = Tokens::new(1, "demo");
        let code = tokens.approve(Scopes::parse("write_products"), now());
        let answer = tokens.exchange(&code, true, now()).unwrap();
        assert_eq!(tokens.exchange(&code, true, now()), Err(NO_CODE));
        (tokens, answer)
    }

    fn text<'a>(answer: &'a Value, field: &str) -> &'a str {
        answer[field].as_str().unwrap()
    }

    #[test]
    fn an_access_token_lives_an_hour_and_its_refresh_token_brings_the_next() {
        let (mut tokens, first) = installed();
        assert!(matches!(
            tokens.access(text(&first, "access_token"), now()),
            Access::Granted(_)
        ));
        let later = now().plus(ACCESS_LIFE);
        assert!(matches!(
            tokens.access(text(&first, "access_token"), later),
            Access::Refused
        ));
        let second = tokens.renew(text(&first, "refresh_token"), later).unwrap();
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        assert!(matches!(
            tokens.access(text(&second, "access_token"), later),
            Access::Granted(_)
        ));
    }

    #[test]
    fn a_used_refresh_token_works_until_what_it_brought_is_used() {
        let (mut tokens, first) = installed();
        let lost = tokens.renew(text(&first, "refresh_token"), now()).unwrap();
        let second = tokens.renew(text(&first, "refresh_token"), now()).unwrap();
        assert_eq!(tokens.renew(text(&lost, "refresh_token"), now()), Err(NO_GRANT));
        tokens.access(text(&second, "access_token"), now());
        assert_eq!(tokens.renew(text(&first, "refresh_token"), now()), Err(NO_GRANT));
        assert!(tokens.renew(text(&second, "refresh_token"), now()).is_ok());
    }

    #[test]
    fn refresh_tokens_die_after_ninety_days_and_with_the_installation() {
        let (mut tokens, first) = installed();
        assert_eq!(
            tokens.renew(text(&first, "refresh_token"), now().plus(REFRESH_LIFE)),
            Err(NO_GRANT)
        );
        let (mut tokens, first) = installed();
        tokens.revoke();
        assert_eq!(tokens.renew(text(&first, "refresh_token"), now()), Err(NO_GRANT));
        assert!(matches!(
            tokens.access(text(&first, "access_token"), now()),
            Access::Refused
        ));
    }
}
