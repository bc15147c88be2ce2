//! What shops post: webhooks, and the keys of WooCommerce. Nobody is logged in here; what comes is believed only
//! after its signature, or the state it names, was verified.

use app::fault;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Extension, Router};
use connectors::store::Arrived;
use domain::Platform;
use http::{HeaderMap, StatusCode};
use portal::Portal;
use portal::stores::connect::{KeysAnswer, keys_arrived};
use portal::stores::notices::{NotAccepted, is_address, receive};

use super::room::Room;
use crate::router::Web;

/// Most bytes of posted keys.
const KEYS_LIMIT: usize = 16 * 1024;

/// The addresses that shops post to.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/hooks/shopify", post(shopify))
        .route("/hooks/etsy", post(etsy))
        .route("/hooks/{platform}/{token}", post(of_store))
        .layer(Extension(Room::default()))
        .merge(
            Router::new()
                .route("/connect/woocommerce/callback", post(woocommerce_keys))
                .layer(DefaultBodyLimit::max(KEYS_LIMIT)),
        )
}

async fn shopify(
    State(portal): State<Portal>,
    Extension(room): Extension<Room>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answer(&portal, &room, Platform::Shopify, None, &headers, body).await
}

async fn etsy(
    State(portal): State<Portal>,
    Extension(room): Extension<Room>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answer(&portal, &room, Platform::Etsy, None, &headers, body).await
}

async fn of_store(
    State(portal): State<Portal>,
    Extension(room): Extension<Room>,
    Path((platform, token)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let platform: Platform = match platform.parse() {
        Ok(platform) => platform,
        Err(_) => return StatusCode::NOT_FOUND.into_response(),
    };
    // These sign for all their shops: an address of one shop is as good as the common one.
    let token = Some(token.as_str()).filter(|_| !matches!(platform, Platform::Shopify | Platform::Etsy));
    answer(&portal, &room, platform, token, &headers, body).await
}

/// 200 once it is committed; exactly that, because WooCommerce repeats a ping after any other.
async fn answer(
    portal: &Portal,
    room: &Room,
    platform: Platform,
    token: Option<&str>,
    headers: &HeaderMap,
    body: Body,
) -> Response {
    // Whoever guesses addresses has nothing read.
    if let Some(token) = token {
        match is_address(portal, platform, token).await {
            Ok(true) => {}
            Ok(false) => return StatusCode::NOT_FOUND.into_response(),
            Err(error) => return fault::status_of(&error.into(), "a webhook").into_response(),
        }
    }
    match room.take(body).await {
        // Its room is taken until it is stored.
        Ok(taken) => store(portal, platform, token, headers, &taken.body)
            .await
            .into_response(),
        Err(why) => why.into_response(),
    }
}

async fn store(
    portal: &Portal,
    platform: Platform,
    token: Option<&str>,
    headers: &HeaderMap,
    body: &[u8],
) -> StatusCode {
    let headers: Vec<(String, String)> = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    let arrived = Arrived {
        headers: &headers,
        body,
        at: portal.now(),
    };
    match receive(portal, platform, token, &arrived).await {
        Ok(_) => StatusCode::OK,
        Err(NotAccepted::UnknownStore) => StatusCode::NOT_FOUND,
        Err(NotAccepted::Refused(refused)) => {
            tracing::warn!(%platform, code = refused.code(), "a webhook was refused");
            StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::BAD_REQUEST)
        }
        Err(NotAccepted::Unexpected(error)) => fault::status_of(&error, "a webhook"),
    }
}

/// Exactly 200 when the keys are stored; anything else has the shop delete them and tell its owner.
async fn woocommerce_keys(State(portal): State<Portal>, body: Bytes) -> StatusCode {
    match keys_arrived(&portal, &body).await {
        Ok(KeysAnswer::Taken) => StatusCode::OK,
        Ok(KeysAnswer::NotTaken) => StatusCode::BAD_REQUEST,
        Err(refusal) => fault::status_of(&refusal.into(), "the keys of a shop"),
    }
}
