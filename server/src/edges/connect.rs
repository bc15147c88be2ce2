//! Where people come back to from a platform's own page.

use app::visitor::Visitor;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::Platform;
use portal::access::{Client, Viewer};
use portal::stores::connect::{ConnectRefused, Connected, finish, returned};
use portal::{Portal, Refusal};

/// A query in the order it came, with repeated names: a signature covers it as it is.
type Parameters = Query<Vec<(String, String)>>;

pub(super) async fn shopify(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(query): Parameters,
) -> Response {
    finished(&portal, &visitor, Platform::Shopify, &query).await
}

pub(super) async fn etsy(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(query): Parameters,
) -> Response {
    finished(&portal, &visitor, Platform::Etsy, &query).await
}

/// The keys came on their own way, before.
pub(super) async fn woocommerce(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(query): Parameters,
) -> Response {
    let value = |name: &str| {
        let found = query.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let outcome = match client(&visitor) {
        Ok(client) => returned(&portal, client, value("user_id"), value("success") == "1").await,
        Err(refusal) => Err(refusal.into()),
    };
    page(Platform::WooCommerce, outcome)
}

async fn finished(
    portal: &Portal,
    visitor: &Visitor,
    platform: Platform,
    query: &[(String, String)],
) -> Response {
    let outcome = match client(visitor) {
        Ok(client) => finish(portal, client, platform, query).await,
        Err(refusal) => Err(refusal.into()),
    };
    page(platform, outcome)
}

fn client(visitor: &Visitor) -> Result<&Client, Refusal> {
    match visitor.current.as_ref().map(|current| &current.viewer) {
        Some(Viewer::Client(client)) => Ok(client),
        Some(Viewer::Operator(_)) => Err(Refusal::NotFound),
        None => Err(Refusal::NotLoggedIn),
    }
}

/// On to the store, or to where connecting begins, which says what was wrong.
fn page(platform: Platform, outcome: Result<Connected, ConnectRefused>) -> Response {
    match outcome {
        Ok(connected) => {
            let done = if connected.again {
                "reconnected"
            } else {
                "connected"
            };
            Redirect::to(&format!("/storefronts/stores/{}?done={done}", connected.store)).into_response()
        }
        Err(ConnectRefused::Shop(why)) => Redirect::to(&format!(
            "/storefronts/stores/connect/{}?failed={}",
            platform.slug(),
            why.code
        ))
        .into_response(),
        Err(ConnectRefused::Refused(Refusal::NotLoggedIn)) => Redirect::to("/login").into_response(),
        Err(ConnectRefused::Refused(refusal)) => super::refused(&refusal),
    }
}
