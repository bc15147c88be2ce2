//! A shop on loopback that answers as a test says, and the same requests over the whole connector.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use domain::Timestamp;
use serde_json::Value;

use super::*;
use crate::store::{Exchange, Wire};
use crate::testing::{Still, serve, wire};

mod ways;

const API: &str = "/wp-json/wc/v3";

/// A request as it arrived: its path below the API, its parameters without those of signatures, its body.
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) query: HashMap<String, String>,
    pub(super) body: Value,
}

type Handler = Arc<dyn Fn(&Asked) -> Response + Send + Sync>;

/// A shop whose answers are set one by one; what is not set is not there.
#[derive(Clone, Default)]
pub(super) struct Fake {
    routes: HashMap<(&'static str, String), Handler>,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Fake {
    /// A shop without products or orders whose keys read and write.
    pub(super) fn shop() -> Self {
        Self::default()
            .at("GET", "/wp-json/", |_| answer(200, &sample("index_wp_json")))
            .on("GET", "/data/currencies/current", |_| {
                answer(200, &sample("data_currency_current"))
            })
            .on("GET", "/system_status", |_| {
                answer(200, r#"{"environment":{"version":"11.0.1"}}"#)
            })
            .on("GET", "/orders", |_| answer(200, "[]"))
            .on("GET", "/products", |_| answer(200, "[]"))
            .on("PUT", "/orders/0", |_| {
                answer(
                    404,
                    error("woocommerce_rest_shop_order_invalid_id", "Invalid ID."),
                )
            })
    }

    /// Sets the answer for a path of the API.
    pub(super) fn on(
        self,
        method: &'static str,
        path: &str,
        handler: impl Fn(&Asked) -> Response + Send + Sync + 'static,
    ) -> Self {
        self.at(method, &format!("{API}{path}"), handler)
    }

    /// Sets the answer for a path of the site.
    pub(super) fn at(
        mut self,
        method: &'static str,
        path: &str,
        handler: impl Fn(&Asked) -> Response + Send + Sync + 'static,
    ) -> Self {
        self.routes.insert((method, path.to_owned()), Arc::new(handler));
        self
    }

    pub(super) async fn serve(self) -> Shop {
        let asked = Arc::clone(&self.asked);
        let url = serve(Router::new().fallback(any(respond)).with_state(self)).await;
        let (wire, around) = line();
        Shop {
            url,
            asked,
            wire,
            around,
        }
    }
}

async fn respond(State(fake): State<Fake>, method: Method, uri: Uri, body: Bytes) -> Response {
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .filter(|(name, _)| !name.starts_with("oauth_"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let path = uri.path().strip_prefix(API).unwrap_or(uri.path()).to_owned();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    fake.asked
        .lock()
        .unwrap()
        .push((format!("{method} {path}"), body.clone()));
    let handler = fake
        .routes
        .iter()
        .find(|((known, at), _)| *known == method.as_str() && at == uri.path());
    match handler {
        Some((_, handler)) => handler(&Asked { path, query, body }),
        None if of_one(uri.path()) => answer(404, error("woocommerce_rest_invalid_id", "Invalid ID.")),
        None => answer(404, NO_ROUTE),
    }
}

/// What WordPress says where nobody serves an address.
pub(super) const NO_ROUTE: &str = r#"{"code":"rest_no_route","message":"No route was found matching the URL and request method.","data":{"status":404}}"#;

/// Whether a path of the API names one thing by its id.
fn of_one(path: &str) -> bool {
    let id = path.rsplit('/').next().unwrap_or_default();
    path.starts_with(API) && id.parse::<u64>().is_ok()
}

/// A shop that runs.
pub(super) struct Shop {
    pub(super) url: String,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
    wire: Wire,
    around: Arc<Still>,
}

impl Shop {
    /// The requests that arrived: `GET /orders`.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .map(|(asked, _)| asked.clone())
            .collect()
    }

    /// The bodies that arrived.
    pub(super) fn bodies(&self) -> Vec<Value> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .map(|(_, body)| body.clone())
            .filter(|body| !body.is_null())
            .collect()
    }

    /// What was recorded.
    pub(super) fn exchanges(&self) -> Vec<Exchange> {
        self.around.exchanges()
    }
}

/// A line to loopback, with its surroundings.
pub(super) fn line() -> (Wire, Arc<Still>) {
    let around = Still::at(Timestamp::from_seconds(1_795_300_000));
    (wire(&around, Arc::new(Pace::default())), around)
}

pub(super) fn credentials() -> Credentials {
    Credentials {
        plain_http: true,
        ..Credentials::new("ck_k3y", "cs_s3cret")
    }
}

/// A connection to the shop, over plain HTTP as it runs on loopback.
pub(super) fn connection(shop: &Shop) -> Connection {
    Connection::new(
        shop.wire.clone(),
        ShopUrl::parse(&shop.url).unwrap(),
        credentials(),
    )
}

/// A recorded answer.
pub(super) fn sample(name: &str) -> String {
    let path = format!(
        "{}/src/woocommerce/samples/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(path).unwrap()
}

/// An error as the API words it.
pub(super) fn error(code: &str, message: &str) -> &'static str {
    serde_json::json!({ "code": code, "message": message, "data": { "status": 0 } })
        .to_string()
        .leak()
}

pub(super) fn answer(status: u16, body: &str) -> Response {
    (StatusCode::from_u16(status).unwrap(), body.to_owned()).into_response()
}

/// The page of `all` that was asked for.
pub(super) fn rows(asked: &Asked, all: Vec<Value>) -> Response {
    let number = |name: &str, otherwise| {
        asked
            .query
            .get(name)
            .map_or(otherwise, |value| value.parse().unwrap())
    };
    let (size, page) = (number("per_page", 10), number("page", 1));
    let total = all.len();
    let sheet: Vec<Value> = all.into_iter().skip(size * (page - 1)).take(size).collect();
    let headers = [
        ("x-wp-total", total.to_string()),
        ("x-wp-totalpages", total.div_ceil(size).to_string()),
    ];
    (headers, Value::from(sheet).to_string()).into_response()
}
