//! What the tests stand on: the stores with a clock that stands still, asked without a network.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http_body_util::BodyExt as _;
use sandbox::clock::{Clock, Moment};
use sandbox::stores::{self, Options, Stores};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub(crate) const ORIGIN: &str = "http://127.0.0.1:4000";

pub(crate) struct Bench {
    pub(crate) stores: Stores,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status and the code of the error.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let code = self.json()["code"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), code)
    }
}

/// Which of the keys a shop opens with.
#[derive(Clone, Copy)]
pub(crate) enum Which {
    ReadWrite = 0,
    Read = 1,
    Write = 2,
    NoRights = 3,
}

impl Bench {
    /// Both shops of `sandbox stores`, with so many products and orders.
    pub(crate) fn with(products: usize, orders: usize) -> Self {
        let clock = Clock::standing_at(Moment::parse("2026-11-21T10:00:00Z").unwrap());
        let options = Options {
            seed: 7,
            products,
            orders,
            ..Options::default()
        };
        Self {
            stores: stores::open(&options, clock, ORIGIN).unwrap(),
        }
    }

    pub(crate) fn key(&self, shop: &str, which: Which) -> (String, String) {
        let shops = self.stores.announcement["woocommerce"]["shops"]
            .as_array()
            .unwrap();
        let shop = shops.iter().find(|announced| announced["shop"] == shop).unwrap();
        let key = &shop["keys"][which as usize];
        let text = |name: &str| key[name].as_str().unwrap().to_owned();
        (text("consumer_key"), text("consumer_secret"))
    }

    pub(crate) fn basic(&self, which: Which) -> String {
        let (key, secret) = self.key("demo", which);
        basic(&key, &secret)
    }

    /// Asks with these headers.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        ask(self.stores.router.clone(), method, path, headers, body).await
    }

    /// Asks the API of the shop `demo`, with the key that may do everything.
    pub(crate) async fn api(&self, method: &str, route: &str, body: Option<Value>) -> Answer {
        let authorization = self.basic(Which::ReadWrite);
        let path = format!("/shops/demo/wp-json/wc/v3/{route}");
        self.ask(method, &path, &[("authorization", &authorization)], body)
            .await
    }

    /// Asks the desk; panics when it refuses.
    pub(crate) async fn desk(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let answer = self.ask(method, &format!("/desk/api/{path}"), &[], body).await;
        assert!(
            answer.status.is_success(),
            "{path}: {} {}",
            answer.status,
            answer.text
        );
        if answer.text.is_empty() {
            Value::Null
        } else {
            answer.json()
        }
    }

    /// Sets switches of the shop `demo`.
    pub(crate) async fn set(&self, settings: Value) {
        self.desk("PATCH", "shops/woocommerce/demo/settings", Some(settings))
            .await;
    }

    /// The ledger's entries of this kind.
    pub(crate) async fn ledger(&self, kind: &str) -> Vec<Value> {
        let entries = self.desk("GET", &format!("ledger?kind={kind}"), None).await;
        entries.as_array().unwrap().clone()
    }

    /// Adds a product and places an order of it; gives the order's id.
    pub(crate) async fn place_order(&self) -> u64 {
        if self.desk("GET", "shops/woocommerce/demo/products", None).await == json!([]) {
            let new = json!({ "title": "Mug", "variants": [{ "sku": "MUG", "price": 900 }], "images": ["https://images.example/mug.png"] });
            self.desk("POST", "shops/woocommerce/demo/products", Some(new))
                .await;
        }
        let order = self
            .desk(
                "POST",
                "shops/woocommerce/demo/orders",
                Some(json!({ "shape": "simple" })),
            )
            .await;
        order["id"].as_u64().unwrap()
    }
}

pub(crate) fn basic(key: &str, secret: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{key}:{secret}")))
}

pub(crate) async fn ask(
    router: Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Value>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = match body {
        Some(body) => {
            request = request.header("content-type", "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text,
    }
}
