//! Asking a shop's owner, and believing the answer.

use std::time::Duration;

use domain::{Problem, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use url::Url;

use super::{Hosts, SCOPES, ShopDomain};
use crate::hex;
use crate::store::{AuthorisationError, Secret};

/// How old a callback may be, either way: the tolerance of Shopify's own library.
const TOLERANCE: Duration = Duration::from_secs(90);

/// The portal as Shopify knows it.
#[derive(Clone, Debug)]
pub struct App {
    /// Its public id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: Secret,
    /// Where shops are found.
    pub hosts: Hosts,
}

/// A callback that Shopify made for this authorisation.
#[derive(Clone, Debug)]
pub struct Callback {
    /// The shop whose owner agreed.
    pub shop: ShopDomain,
    /// To be exchanged once, at once, by [`exchange_code`](super::exchange_code).
    pub code: Secret,
}

impl App {
    /// Where the owner's browser goes to agree. `state` is random, bound to the person's session and good for one
    /// callback; `redirect_uri` is one of those registered with the application.
    ///
    /// # Errors
    /// `invalid-url` when the configured hosts make no address.
    pub fn authorisation_url(
        &self,
        shop: &ShopDomain,
        redirect_uri: &str,
        state: &str,
    ) -> Result<String, Problem> {
        let page = format!("{}/admin/oauth/authorize", self.hosts.base(shop));
        let mut url = Url::parse(&page).map_err(|_| Problem::new("invalid-url"))?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("scope", &SCOPES.join(","))
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("state", state);
        Ok(url.into())
    }
}

/// Verifies the callback of an authorisation of `shop`. `query` is the decoded query as it came, in its order.
///
/// # Errors
/// [`AuthorisationError::Denied`], [`AuthorisationError::Forged`], [`AuthorisationError::Expired`].
pub fn verify_callback(
    app: &App,
    query: &[(String, String)],
    shop: &ShopDomain,
    state: &str,
    now: Timestamp,
) -> Result<Callback, AuthorisationError> {
    if state.is_empty() || !same(value(query, "state")?, state) {
        return Err(AuthorisationError::Forged("state"));
    }
    // Before the signature: a denial has none.
    if query.iter().any(|(name, _)| name == "error") {
        return Err(AuthorisationError::Denied);
    }
    let signed_shop = verify_install(app, query, now)?;
    if signed_shop != *shop {
        return Err(AuthorisationError::Forged("shop"));
    }
    Ok(Callback {
        shop: signed_shop,
        code: Secret::new(value(query, "code")?),
    })
}

/// Verifies that Shopify sent the browser here, as when an owner opens the application from the shop's admin; gives
/// the shop.
///
/// # Errors
/// [`AuthorisationError::Forged`], [`AuthorisationError::Expired`].
pub fn verify_install(
    app: &App,
    query: &[(String, String)],
    now: Timestamp,
) -> Result<ShopDomain, AuthorisationError> {
    if !signature_fits(&app.client_secret, query)? {
        return Err(AuthorisationError::Forged("hmac"));
    }
    let sent_at = value(query, "timestamp")?.parse().map(Timestamp::from_seconds);
    let sent_at = sent_at.map_err(|_| AuthorisationError::Forged("timestamp"))?;
    if now.since(sent_at) > TOLERANCE || sent_at.since(now) > TOLERANCE {
        return Err(AuthorisationError::Expired);
    }
    ShopDomain::exact(value(query, "shop")?).ok_or(AuthorisationError::Forged("shop"))
}

/// Whether `hmac` signs everything else: the parameters sorted by name, as `name=value` joined with `&`.
fn signature_fits(secret: &Secret, query: &[(String, String)]) -> Result<bool, AuthorisationError> {
    let given = value(query, "hmac")?;
    let mut signed: Vec<(&str, &str)> = query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| !matches!(*name, "hmac" | "signature"))
        .collect();
    signed.sort_unstable();
    // A repeated parameter would be signed as one and read as another.
    if signed.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(AuthorisationError::Forged("repeated"));
    }
    let message: Vec<String> = signed
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if secret.is_empty() {
        return Ok(false);
    }
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()) else {
        return Ok(false);
    };
    mac.update(message.join("&").as_bytes());
    let expected = hex::lower(&mac.finalize().into_bytes());
    Ok(same(given, &expected))
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

fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(secret: &str) -> App {
        App {
            client_id: "id".into(),
            client_secret: Secret::new(secret),
            hosts: Hosts::default(),
        }
    }

    fn query(text: &str) -> Vec<(String, String)> {
        url::form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .collect()
    }

    const WITH_STATE: &str = "code=0907a61c0c8d55e99db179b68161bc00\
        &hmac=700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf\
        &shop=some-shop.myshopify.com&state=0.6784241404160823&timestamp=1337178173";
    const OURS: &str = "code=abc&host=YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvcHJpbnQtdGVzdA\
        &hmac=020f2909d766b21476e41f37b7e42f3c08d64452343e9fb42f590b87f2315b12\
        &shop=print-test.myshopify.com&state=0123456789abcdef&timestamp=1790000000";

    fn verify(secret: &str, text: &str, shop: &str, state: &str, at: i64) -> Result<Callback, &'static str> {
        let shop = ShopDomain::parse(shop).unwrap();
        verify_callback(
            &app(secret),
            &query(text),
            &shop,
            state,
            Timestamp::from_seconds(at),
        )
        .map_err(|error| error.code())
    }

    #[test]
    fn published_signatures_are_accepted() {
        let without_state = "code=0907a61c0c8d55e99db179b68161bc00\
            &hmac=4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20\
            &shop=some-shop.myshopify.com&timestamp=1337178173";
        let shop = verify_install(
            &app("hush"),
            &query(without_state),
            Timestamp::from_seconds(1_337_178_173),
        );
        assert_eq!(shop.unwrap().as_str(), "some-shop.myshopify.com");
        let callback = verify(
            "hush",
            WITH_STATE,
            "some-shop",
            "0.6784241404160823",
            1_337_178_260,
        )
        .unwrap();
        assert_eq!(callback.code.reveal(), "0907a61c0c8d55e99db179b68161bc00");
        verify(
            "shpss_test_secret",
            OURS,
            "print-test",
            "0123456789abcdef",
            1_790_000_000,
        )
        .unwrap();
    }

    #[test]
    fn forged_late_and_denied_callbacks_are_refused() {
        let state = "0123456789abcdef";
        let at = 1_790_000_000;
        let refused = |secret: &str, text: &str, shop: &str, state: &str, at: i64| {
            verify(secret, text, shop, state, at).unwrap_err()
        };
        let secret = "shpss_test_secret";
        assert_eq!(
            refused(secret, OURS, "print-test", "another", at),
            "authorisation-forged"
        );
        assert_eq!(
            refused(secret, OURS, "print-test", "", at),
            "authorisation-forged"
        );
        assert_eq!(
            refused(secret, OURS, "other-shop", state, at),
            "authorisation-forged"
        );
        assert_eq!(
            refused("wrong", OURS, "print-test", state, at),
            "authorisation-forged"
        );
        assert_eq!(refused("", OURS, "print-test", state, at), "authorisation-forged");
        assert_eq!(
            refused(secret, OURS, "print-test", state, at + 91),
            "authorisation-expired"
        );
        assert_eq!(
            refused(secret, OURS, "print-test", state, at - 91),
            "authorisation-expired"
        );
        for changed in [
            OURS.replace("code=abc", "code=abd"),
            OURS.replace("code=abc", "code=abc&code=abc"),
            OURS.replace("&state=", "&state=x&state="),
            OURS.replace("hmac=020f", "hmac=020F"),
            format!("{OURS}&extra=1"),
        ] {
            assert_eq!(
                refused(secret, &changed, "print-test", state, at),
                "authorisation-forged",
                "{changed}"
            );
        }
        let denied = format!("error=access_denied&state={state}");
        assert_eq!(
            refused(secret, &denied, "print-test", state, at),
            "authorisation-denied"
        );
    }

    #[test]
    fn the_owner_is_asked_for_an_offline_token_of_this_shop() {
        let shop = ShopDomain::parse("print-test").unwrap();
        let url = app("hush")
            .authorisation_url(&shop, "https://portal.example.com/cb?a=1", "nonce")
            .unwrap();
        assert!(url.starts_with(
            "https://print-test.myshopify.com/admin/oauth/authorize?client_id=id&scope=read_products%2C"
        ));
        assert!(
            url.ends_with("&redirect_uri=https%3A%2F%2Fportal.example.com%2Fcb%3Fa%3D1&state=nonce"),
            "{url}"
        );
    }
}
