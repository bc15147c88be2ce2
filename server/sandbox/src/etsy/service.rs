//! What every request to the API goes through: key, limits, token, scope, ledger.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error::Refusal;
use super::limits::Left;
use super::tokens::NoAccess;
use super::{Etsy, KEYSTRING, SHARED_SECRET, UNLIMITED, lock, shop_id};
use crate::exchange::{Call, Twist, answer};
use crate::shop::{Platform, Shop, ShopKey};
use crate::world::World;

/// What the handlers share.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) world: Arc<World>,
    pub(super) etsy: Arc<Etsy>,
    pub(super) origin: Arc<str>,
}

/// What an operation is called and needs.
#[derive(Clone, Copy)]
pub(super) struct Operation {
    /// As in Etsy's document: `getShopReceipts`.
    pub(super) name: &'static str,
    /// The scope; `None`: the key is enough.
    pub(super) scope: Option<&'static str>,
}

/// Who asks, once key, token and scope were found good.
pub(super) struct Caller<'a> {
    pub(super) service: &'a Service,
    /// The seller; of an operation that needs no token, of the shop in the path, or nobody.
    pub(super) key: ShopKey,
    pub(super) twist: Twist,
}

impl Caller<'_> {
    /// Works on the seller's shop.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Shop) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let missing = || Refusal::new(StatusCode::NOT_FOUND, "Shop not found");
        self.service.world.change(&self.key, work).ok_or_else(missing)?
    }

    /// Refuses a shop that is not the seller's.
    ///
    /// # Errors
    /// As Etsy does it.
    pub(super) fn owns(&self, shop: u64) -> Result<(), Refusal> {
        if shop_id(&self.key.name) == shop {
            return Ok(());
        }
        let error = "User does not own the requested shop.";
        Err(Refusal::new(StatusCode::FORBIDDEN, error))
    }
}

/// The parts of a request that are read before its body.
pub(super) struct Head {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
}

/// What an operation gives: a status and a body; `Value::Null` for none.
pub(super) type Done = Result<(StatusCode, Value), Refusal>;

impl Service {
    /// Answers an operation.
    pub(super) async fn serve(
        &self,
        operation: Operation,
        head: Head,
        work: impl FnOnce(&Caller<'_>) -> Done,
    ) -> Response {
        let seller = self.seller_of(&head);
        let key = ShopKey::new(Platform::Etsy, seller.as_deref().unwrap_or_default());
        let call = Call {
            shop: key.clone(),
            operation: operation.name.to_owned(),
            method: head.method.to_string(),
            path: head.uri.to_string(),
            error_in_200: json!({ "error": "Server error" }),
        };
        answer(&self.world, call, |twist| async move {
            let left = self.count(&key);
            let outcome = self.permit(operation, &head, &key, &left, twist).and_then(|()| {
                work(&Caller {
                    service: self,
                    key,
                    twist,
                })
            });
            let mut response = match outcome {
                Ok((status, Value::Null)) => status.into_response(),
                Ok((status, body)) => (status, Json(body)).into_response(),
                Err(refusal) => refusal.into_response(),
            };
            tell_limits(response.headers_mut(), left);
            response
        })
        .await
    }

    /// The seller a request is about: of its token, else of the shop or listing in its path.
    fn seller_of(&self, head: &Head) -> Option<String> {
        let number_after = |word: &str| -> Option<u64> {
            let mut parts = head.uri.path().split('/').skip_while(|part| *part != word);
            parts.nth(1)?.parse().ok()
        };
        let by_token = bearer(&head.headers).and_then(|token| self.etsy.seller_of_token(token));
        by_token
            .or_else(|| self.etsy.seller_of_shop(number_after("shops")?))
            .or_else(|| self.seller_of_listing(number_after("listings")?))
    }

    fn seller_of_listing(&self, listing: u64) -> Option<String> {
        let sells = |key: &ShopKey| self.world.read(key, |shop| shop.products.contains_key(&listing));
        let mut keys = self.world.shops().into_iter();
        let found = keys.find(|key| key.platform == Platform::Etsy && sells(key) == Some(true))?;
        Some(found.name)
    }

    fn count(&self, key: &ShopKey) -> Left {
        let free = self
            .world
            .read(key, |shop| shop.is_on(UNLIMITED))
            .unwrap_or_default();
        let mut limits = lock(&self.etsy.limits);
        if free {
            let (per_second, per_day) = (u32::MAX, u32::MAX);
            return Left {
                per_second,
                this_second: per_second,
                per_day,
                today: per_day,
                wait: None,
            };
        }
        limits.take(self.world.clock.now().unix_seconds())
    }

    /// Checks key, limits, token and scope, in this order.
    fn permit(
        &self,
        operation: Operation,
        head: &Head,
        key: &ShopKey,
        left: &Left,
        twist: Twist,
    ) -> Result<(), Refusal> {
        check_key(&head.headers)?;
        if left.wait.is_some() {
            let mut refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "Exceeded quota");
            refusal.retry_after = left.wait;
            return Err(refusal);
        }
        let Some(scope) = operation.scope else {
            return Ok(());
        };
        let granted = self.granted(&head.headers, key, twist)?;
        if granted.contains(scope) {
            return Ok(());
        }
        let error = format!("insufficient_scope: this operation needs {scope}");
        Err(Refusal::new(StatusCode::FORBIDDEN, error))
    }

    /// The scopes of the token a request bears.
    fn granted(&self, headers: &HeaderMap, key: &ShopKey, twist: Twist) -> Result<BTreeSet<String>, Refusal> {
        let refused = |why| Refusal::oauth(StatusCode::UNAUTHORIZED, "invalid_token", why);
        let token = bearer(headers).ok_or_else(|| refused("Missing bearer token"))?;
        let tokens = self
            .etsy
            .tokens(&key.name)
            .ok_or_else(|| refused("access token is not valid"))?;
        let mut tokens = lock(&tokens);
        let now = self.world.clock.now();
        match twist {
            Twist::TokenRevoked => tokens.revoke(),
            Twist::TokenExpired => tokens.expire_access(now),
            _ => {}
        }
        tokens.access(token, now).map_err(|problem| match problem {
            NoAccess::Expired => refused("access token is expired"),
            NoAccess::Unknown => refused("access token is not valid"),
        })
    }
}

/// Checks `x-api-key: keystring:shared_secret`.
pub(super) fn check_key(headers: &HeaderMap) -> Result<(), Refusal> {
    let refuse = |error: &str| Err(Refusal::new(StatusCode::FORBIDDEN, error));
    let Some(key) = headers.get("x-api-key").and_then(|value| value.to_str().ok()) else {
        return refuse("Missing x-api-key header.");
    };
    match key.split_once(':') {
        None => refuse("Shared secret is required in x-api-key header."),
        Some((KEYSTRING, SHARED_SECRET)) => Ok(()),
        Some(_) => refuse("Invalid API key: should be in the format 'keystring:shared_secret'."),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get("authorization")?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

fn tell_limits(headers: &mut HeaderMap, left: Left) {
    let told = [
        ("x-limit-per-second", left.per_second),
        ("x-remaining-this-second", left.this_second),
        ("x-limit-per-day", left.per_day),
        ("x-remaining-today", left.today),
    ];
    for (name, number) in told {
        headers.insert(name, HeaderValue::from(number));
    }
}
