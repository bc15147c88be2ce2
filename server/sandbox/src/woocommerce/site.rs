//! The site itself: everything under `/shops/{name}`, in good days and in bad ones.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::any;
use serde_json::json;

use super::api::{self, Context, Route};
use super::reply::Reply;
use super::settings::{Outage, Permalinks, Settings};
use super::visit::{Visit, decoded_pairs};
use super::{WooCommerce, consent};
use crate::exchange::{self, Call, Twist, page};
use crate::shop::{Platform, ShopKey};
use crate::world::World;

/// The largest request it reads, in bytes.
const MOST: usize = 32 * 1024 * 1024;

#[derive(Clone)]
struct Site {
    world: Arc<World>,
    stand_in: Arc<WooCommerce>,
}

pub(super) fn router(world: Arc<World>, stand_in: Arc<WooCommerce>) -> Router {
    Router::new()
        .route("/shops/{name}", any(front))
        .route("/shops/{name}/", any(front))
        .route("/shops/{name}/{*path}", any(front))
        .with_state(Site { world, stand_in })
}

/// Where a visitor wants to go.
enum Destination {
    /// The home page.
    Home,
    /// The REST API; what stands behind `wp-json`.
    Api(String),
    /// Making keys for an application.
    Consent(String),
    /// Anything else.
    Nowhere,
}

async fn front(State(site): State<Site>, request: Request) -> Response {
    let Some(visit) = read(&site, request).await else {
        return page(404, "Not Found");
    };
    let destination = destination(&visit);
    let route = match &destination {
        Destination::Api(path) => Route::of(path, &visit),
        _ => None,
    };
    let operation = match &destination {
        Destination::Home => "home".to_owned(),
        Destination::Api(_) => api::operation(route, &visit.method),
        Destination::Consent(step) => format!("auth.{step}"),
        Destination::Nowhere => "unknown".to_owned(),
    };
    let call = Call {
        shop: visit.shop.clone(),
        operation,
        method: visit.method.to_string(),
        path: format!("/{}?{}", visit.path, visit.query_without_secrets()),
        error_in_200: json!({
            "code": "internal_server_error",
            "message": "<p>There has been a critical error on this website.</p>",
            "data": { "status": 500 },
        }),
    };
    let world = Arc::clone(&site.world);
    exchange::answer(&world, call, |twist| {
        respond(site, visit, destination, route, twist)
    })
    .await
}

async fn respond(
    site: Site,
    visit: Visit,
    destination: Destination,
    route: Option<Route>,
    twist: Twist,
) -> Response {
    if let Some(response) = trouble(&site, &visit) {
        return response;
    }
    match destination {
        Destination::Home => home(&visit),
        Destination::Nowhere => missing(),
        Destination::Consent(step) => consent::answer(&site.world, &site.stand_in, &visit, &step).await,
        Destination::Api(_) => {
            let context = Context {
                world: site.world,
                stand_in: site.stand_in,
                visit,
                twist,
            };
            let reply = api::answer(&context, route).await;
            reply.unwrap_or_else(Reply::from).respond(&context.visit)
        }
    }
}

/// Takes a request apart; `None` when there is no such shop.
async fn read(site: &Site, request: Request) -> Option<Visit> {
    let (parts, body) = request.into_parts();
    let below = parts.uri.path().strip_prefix("/shops/")?;
    let (name, path) = below.split_once('/').unwrap_or((below, ""));
    let key = ShopKey::new(Platform::WooCommerce, name);
    let home = site.stand_in.home(name);
    let mut visit = site
        .world
        .read(&key, |shop| Visit::of_the_shop_itself(shop, &home))?;
    path.trim_matches('/').clone_into(&mut visit.path);
    visit.query = decoded_pairs(parts.uri.query().unwrap_or(""));
    visit.headers = parts.headers;
    if visit.settings.strips_authorization {
        visit.headers.remove(header::AUTHORIZATION);
    }
    visit.body = to_bytes(body, MOST).await.unwrap_or_default();
    visit.method = overridden(&visit, parts.method);
    Some(visit)
}

/// A `POST` may say that it is something else.
fn overridden(visit: &Visit, method: Method) -> Method {
    let header = visit
        .headers
        .get("x-http-method-override")
        .and_then(|name| name.to_str().ok());
    let wanted = header.or(visit.parameter("_method"));
    match wanted.and_then(|name| name.parse().ok()) {
        Some(wanted) if method == Method::POST => wanted,
        _ => method,
    }
}

fn destination(visit: &Visit) -> Destination {
    if visit.path.is_empty() {
        return match visit.parameter("rest_route") {
            Some(route) => Destination::Api(route.trim_matches('/').to_owned()),
            None => Destination::Home,
        };
    }
    if visit.settings.permalinks == Permalinks::Plain {
        return Destination::Nowhere;
    }
    match visit.path.split_once('/') {
        None if visit.path == "wp-json" => Destination::Api(String::new()),
        Some(("wp-json", route)) => Destination::Api(route.to_owned()),
        Some(("wc-auth", step)) => match step.strip_prefix("v1/") {
            Some(step) => Destination::Consent(step.to_owned()),
            None => Destination::Nowhere,
        },
        _ => Destination::Nowhere,
    }
}

/// What comes before the site has a say.
fn trouble(site: &Site, visit: &Visit) -> Option<Response> {
    let Settings {
        moved_to,
        outage,
        no_shop,
        ..
    } = &visit.settings;
    if let Some(other) = moved_to {
        let query: Vec<String> = visit
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let question = if query.is_empty() { "" } else { "?" };
        let target = format!(
            "{}/{}{question}{}",
            site.stand_in.home(other),
            visit.path,
            query.join("&")
        );
        return Some(redirect(&target, StatusCode::MOVED_PERMANENTLY));
    }
    if *no_shop {
        return Some(
            if visit.path.is_empty() && visit.parameter("rest_route").is_none() {
                Html("<!DOCTYPE html><html><head><title>Our band</title></head><body><h1>Our band</h1></body></html>")
        .into_response()
            } else {
                page(404, "Not Found")
            },
        );
    }
    Some(match outage.as_ref()? {
        Outage::Firewall => firewall(),
        Outage::Maintenance => {
            let mut response = page(
                503,
                "Briefly unavailable for scheduled maintenance. Check back in a minute.",
            );
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("600"));
            response
        }
        Outage::PhpFatal => page(500, "There has been a critical error on this website."),
        Outage::Database => page(500, "Error establishing a database connection"),
        Outage::BadGateway => page(502, "502 Bad Gateway"),
    })
}

fn firewall() -> Response {
    let html = "<!DOCTYPE html><html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title></head><body>\
        <h1>Sorry, you have been blocked</h1><p>You are unable to access this site.</p>\
        <p>This website is using a security service to protect itself from online attacks.</p>\
        <p>Cloudflare Ray ID: <strong>8f1a2b3c4d5e6f70</strong></p></body></html>";
    let mut response = (StatusCode::FORBIDDEN, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::SERVER, HeaderValue::from_static("cloudflare"));
    headers.insert("cf-ray", HeaderValue::from_static("8f1a2b3c4d5e6f70-MAD"));
    response
}

fn home(visit: &Visit) -> Response {
    let title = "A print shop";
    let generator = format!(
        "<meta name=\"generator\" content=\"WooCommerce {}\">",
        visit.settings.version
    );
    let html = format!(
        "<!DOCTYPE html><html><head><title>{title}</title>{generator}</head><body class=\"woocommerce\"><h1>{title}</h1></body></html>"
    );
    let api = match visit.settings.permalinks {
        Permalinks::Pretty => format!("{}/wp-json/", visit.home),
        Permalinks::Plain => format!("{}/?rest_route=/", visit.home),
    };
    let mut response = Html(html).into_response();
    if let Ok(link) = HeaderValue::from_str(&format!("<{api}>; rel=\"https://api.w.org/\"")) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

fn missing() -> Response {
    page(404, "Page not found")
}

/// Sends the visitor elsewhere.
pub(super) fn redirect(target: &str, status: StatusCode) -> Response {
    let mut response = Response::new(Body::from(Bytes::new()));
    *response.status_mut() = status;
    match HeaderValue::from_str(target) {
        Ok(target) => {
            response.headers_mut().insert(header::LOCATION, target);
            response
        }
        Err(_) => page(400, "Bad Request"),
    }
}
