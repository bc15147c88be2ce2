//! Where people come back to from a platform's own page.

use app::storefronts::stores::connect::{WORDS, connect_page};
use app::visitor::Visitor;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{Permission, Platform};
use portal::access::{Client, Viewer};
use portal::stores::connect::{ConnectRefused, Connected, finish, returned};
use portal::{Portal, Refusal};
use tower_sessions::Session;

/// A query in the order it came, with repeated names: a signature covers it as it is.
type Parameters = Query<Vec<(String, String)>>;

pub(super) async fn shopify(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    session: Session,
    Query(query): Parameters,
) -> Response {
    finished(&portal, &visitor, &session, Platform::Shopify, &query).await
}

/// Shopify sends people here who open the application in the admin of their shop: on to where that shop is connected.
pub(super) async fn opened_at_shopify(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(query): Parameters,
) -> Response {
    let platform = Platform::Shopify;
    let (name, value) = match portal.platforms.sent_from(platform, &query, portal.now()) {
        Ok(shop) => ("shop", shop.address),
        Err(refused) => ("failed", refused.code().to_owned()),
    };
    let page = format!("{}?{}", connect_page(platform), pairs(&[(name, &value)]));
    let allowed = client(&visitor).and_then(|client| client.require(Permission::ConnectStores));
    match allowed {
        Ok(()) => Redirect::to(&page).into_response(),
        Err(Refusal::NotLoggedIn) => Redirect::to(&visitor.way_in(&page)).into_response(),
        Err(refusal) => super::refused(&refusal),
    }
}

fn pairs(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

pub(super) async fn etsy(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    session: Session,
    Query(query): Parameters,
) -> Response {
    finished(&portal, &visitor, &session, Platform::Etsy, &query).await
}

/// The keys came on their own way, before.
pub(super) async fn woocommerce(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    session: Session,
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
    page(&session, Platform::WooCommerce, outcome).await
}

async fn finished(
    portal: &Portal,
    visitor: &Visitor,
    session: &Session,
    platform: Platform,
    query: &[(String, String)],
) -> Response {
    let outcome = match client(visitor) {
        Ok(client) => finish(portal, client, platform, query).await,
        Err(refusal) => Err(refusal.into()),
    };
    page(session, platform, outcome).await
}

fn client(visitor: &Visitor) -> Result<&Client, Refusal> {
    match visitor.current.as_ref().map(|current| &current.viewer) {
        Some(Viewer::Client(client)) => Ok(client),
        Some(Viewer::Operator(_)) => Err(Refusal::NotFound),
        None => Err(Refusal::NotLoggedIn),
    }
}

/// On to the store, or to where connecting begins, which says what was wrong.
async fn page(session: &Session, platform: Platform, outcome: Result<Connected, ConnectRefused>) -> Response {
    match outcome {
        Ok(connected) => {
            let done = if connected.again {
                "reconnected"
            } else {
                "connected"
            };
            Redirect::to(&format!("/storefronts/stores/{}?done={done}", connected.store)).into_response()
        }
        Err(ConnectRefused::Shop(why)) => {
            // What the platform said is kept aside: an address is written by anybody.
            if let Err(error) = session.insert(WORDS, &why.words).await {
                tracing::error!(error = %error, "what a platform said could not be kept");
            }
            Redirect::to(&format!("{}?failed={}", connect_page(platform), why.code)).into_response()
        }
        Err(ConnectRefused::Refused(Refusal::NotLoggedIn)) => Redirect::to("/login").into_response(),
        Err(ConnectRefused::Refused(refusal)) => super::refused(&refusal),
    }
}
