//! Who asks, and whether they may: `WC_REST_Authentication` and the routes' permissions.

use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::keys::{Key, Keys, Permissions};
use super::oauth1;
use super::refusal::{Outcome, Refusal};
use super::visit::Visit;
use crate::clock::Moment;

/// The key a request proves; `None` when it proves none.
///
/// # Errors
/// Only for credentials that are wrong in a way WooCommerce tells: an unknown key over TLS is as good as none.
pub(super) fn authenticate(visit: &Visit, keys: &Keys, now: Moment) -> Outcome<Option<Key>> {
    if visit.is_tls()
        && let Some((consumer_key, secret)) = plain_credentials(visit)
        && let Some(key) = keys.find(&visit.shop.name, &consumer_key)
    {
        if key.consumer_secret != secret {
            return Err(Refusal::authentication("Consumer secret is invalid."));
        }
        return Ok(Some(key));
    }
    oauth1::signed_by(visit, keys, now)
}

/// Key and secret as they are: from the query, else from `Authorization: Basic`.
fn plain_credentials(visit: &Visit) -> Option<(String, String)> {
    let from_query = visit
        .parameter("consumer_key")
        .zip(visit.parameter("consumer_secret"));
    if let Some((key, secret)) = from_query {
        return Some((key.to_owned(), secret.to_owned()));
    }
    let header = visit.headers.get("authorization")?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (key, secret) = decoded.split_once(':')?;
    Some((key.to_owned(), secret.to_owned()))
}

/// Whether the key may be used with this method at all; asked before the route is looked for.
pub(super) fn check_permissions(key: &Key, method: &Method) -> Outcome<()> {
    let (needed, word) = match *method {
        Method::GET | Method::HEAD => (Permissions::Read, "read"),
        Method::OPTIONS => return Ok(()),
        _ => (Permissions::Write, "write"),
    };
    if key.permissions == needed || key.permissions == Permissions::ReadWrite {
        return Ok(());
    }
    let message = format!("The API key provided does not have {word} permissions.");
    Err(Refusal::authentication(&message))
}

/// What a route does, for the sentence with which it is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Access {
    /// Anybody may.
    Public,
    /// Reads a list.
    List,
    /// Reads one.
    View,
    /// Makes one.
    Create,
    /// Changes one.
    Edit,
    /// Deletes one.
    Delete,
    /// Does much at once.
    Batch,
}

/// Whether whoever asks may do this: 401 for nobody, 403 for a key of a user without rights.
pub(super) fn check_access(key: Option<&Key>, access: Access) -> Outcome<()> {
    if access == Access::Public || key.is_some_and(|key| key.user_manages) {
        return Ok(());
    }
    let status = match key {
        None => StatusCode::UNAUTHORIZED,
        Some(_) => StatusCode::FORBIDDEN,
    };
    let (code, message) = match access {
        Access::List | Access::Public => (
            "woocommerce_rest_cannot_view",
            "Sorry, you cannot list resources.",
        ),
        Access::View => (
            "woocommerce_rest_cannot_view",
            "Sorry, you cannot view this resource.",
        ),
        Access::Create => (
            "woocommerce_rest_cannot_create",
            "Sorry, you are not allowed to create resources.",
        ),
        Access::Edit => (
            "woocommerce_rest_cannot_edit",
            "Sorry, you are not allowed to edit this resource.",
        ),
        Access::Delete => (
            "woocommerce_rest_cannot_delete",
            "Sorry, you are not allowed to delete this resource.",
        ),
        Access::Batch => (
            "woocommerce_rest_cannot_batch",
            "Sorry, you are not allowed to batch manipulate this resource.",
        ),
    };
    Err(Refusal::new(status, code, message))
}
