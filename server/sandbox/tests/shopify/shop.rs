//! A shop of the stand-in with an app in it, for tests.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt as _;
use sandbox::chance::Chance;
use sandbox::clock::{Clock, Moment};
use sandbox::shop::generate::{self, Shape};
use sandbox::shop::{Platform, Shop, ShopKey};
use sandbox::shopify::{self, CLIENT_ID, CLIENT_SECRET, Shopify};
use sandbox::world::World;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// What a portal asks for.
pub(crate) const ALL_SCOPES: &str = "write_products,write_orders,write_merchant_managed_fulfillment_orders,\
    write_fulfillments,read_locations,write_publications,write_files";

const ORIGIN: &str = "http://127.0.0.1:4000";
const CALLBACK: &str = "http://127.0.0.1:3000/callback";

/// An answer of the stand-in.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) version: String,
    pub(crate) location: String,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Answer {
    /// The first error.
    pub(crate) fn message(&self) -> &str {
        self.body["errors"][0]["message"].as_str().unwrap_or_default()
    }

    /// `userErrors` of the first field.
    pub(crate) fn user_errors(&self) -> Vec<Value> {
        let field = self.body["data"]
            .as_object()
            .and_then(|data| data.values().next());
        field
            .and_then(|field| field["userErrors"].as_array())
            .cloned()
            .unwrap_or_default()
    }
}

/// An operation of `specs/shopify/operations`.
pub(crate) fn operation(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/shopify/operations");
    std::fs::read_to_string(format!("{folder}/{name}.graphql")).unwrap()
}

pub(crate) struct TestShop {
    pub(crate) world: Arc<World>,
    pub(crate) key: ShopKey,
    router: Router,
    tokens: Mutex<Value>,
}

impl TestShop {
    pub(crate) fn open() -> Self {
        let clock = Clock::standing_at(Moment::parse("2026-11-21T10:00:00Z").unwrap());
        let world = World::new(clock, 7, ORIGIN);
        let shopify = Shopify::new();
        world.add(shopify.clone());
        let key = ShopKey::new(Platform::Shopify, "demo");
        world.open(&key).unwrap();
        Self {
            router: shopify::router(&world, &shopify, ORIGIN),
            world,
            key,
            tokens: Mutex::default(),
        }
    }

    /// A shop of five products with the app installed.
    pub(crate) async fn installed(scopes: &str) -> Self {
        let shop = Self::open();
        shop.world.stock(&shop.key, 5, 0).unwrap();
        shop.install(scopes).await;
        shop
    }

    /// A shop of so many products with the app installed and no limit worth mentioning.
    pub(crate) async fn stocked(products: usize) -> Self {
        let shop = Self::open();
        shop.world.stock(&shop.key, products, 0).unwrap();
        shop.install(ALL_SCOPES).await;
        shop
    }

    /// The whole way a merchant takes; gives the answer with the tokens.
    pub(crate) async fn install(&self, scopes: &str) -> Value {
        let query = format!("client_id={CLIENT_ID}&scope={scopes}&redirect_uri={CALLBACK}&state=s1");
        let page = self
            .send(
                Method::GET,
                &format!("/admin/oauth/authorize?{query}"),
                &[],
                Body::empty(),
            )
            .await;
        assert_eq!(page.status, 200, "{}", page.text);
        let decision = format!("/admin/oauth/authorize/decision?{query}&decision=approve");
        let back = self.send(Method::GET, &decision, &[], Body::empty()).await;
        let code = back
            .location
            .split("code=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned();
        let tokens = self
            .token(json!({ "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "code": code, "expiring": "1" }))
            .await;
        tokens.body
    }

    pub(crate) async fn token(&self, request: Value) -> Answer {
        let headers = [(header::CONTENT_TYPE.as_str(), "application/json")];
        let answer = self
            .send(
                Method::POST,
                "/admin/oauth/access_token",
                &headers,
                request.to_string().into(),
            )
            .await;
        if answer.status == 200 {
            *self.tokens.lock().unwrap() = answer.body.clone();
        }
        answer
    }

    /// Replaces the refresh token.
    pub(crate) async fn renew(&self) -> Answer {
        let refresh_token = self.tokens.lock().unwrap()["refresh_token"].clone();
        self.token(json!({
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
        }))
        .await
    }

    /// Runs an operation of `specs/shopify/operations`.
    pub(crate) async fn run(&self, name: &str, variables: Value) -> Answer {
        self.ask(&operation(name), variables).await
    }

    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Answer {
        let token = self.tokens.lock().unwrap()["access_token"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let headers = [
            ("content-type", "application/json"),
            ("x-shopify-access-token", token.as_str()),
        ];
        let body = json!({ "query": query, "variables": variables }).to_string();
        self.send(
            Method::POST,
            "/admin/api/2026-10/graphql.json",
            &headers,
            body.into(),
        )
        .await
    }

    pub(crate) async fn fulfil(&self, parts: Value) -> Answer {
        let tracking = json!({ "company": "DHL Express", "numbers": ["JD0146"], "urls": ["https://example.com/JD0146"] });
        let input =
            json!({ "lineItemsByFulfillmentOrder": parts, "trackingInfo": tracking, "notifyCustomer": true });
        self.run("fulfillment_create", json!({ "fulfillment": input }))
            .await
    }

    pub(crate) async fn set_product(&self, identifier: Value, input: Value, synchronous: bool) -> Answer {
        let variables = json!({ "identifier": identifier, "input": input, "synchronous": synchronous });
        self.run("product_set", variables).await
    }

    /// The first fulfillment order of an order.
    pub(crate) async fn fulfillment_order(&self, order: u64) -> Value {
        let variables = json!({ "id": format!("gid://shopify/Order/{order}"), "linesFirst": 5 });
        let read = self.run("order_by_id", variables).await;
        read.body["data"]["order"]["fulfillmentOrders"]["nodes"][0]["id"].clone()
    }

    pub(crate) async fn desk(&self, action: &str) {
        let answer = self
            .send(Method::POST, &format!("/desk/{action}"), &[], Body::empty())
            .await;
        assert_eq!(answer.status, 204);
    }

    pub(crate) async fn get(&self, url: &str) -> String {
        let path = url.strip_prefix(&format!("{ORIGIN}/shopify/demo")).unwrap();
        self.send(Method::GET, path, &[], Body::empty()).await.text
    }

    pub(crate) async fn put(&self, url: &str, content: &'static [u8]) -> u16 {
        let path = url.strip_prefix(&format!("{ORIGIN}/shopify/demo")).unwrap();
        self.send(Method::PUT, path, &[], Body::from(content))
            .await
            .status
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/shopify/demo{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let read = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        let (status, version, location) = (
            response.status().as_u16(),
            read("x-shopify-api-version"),
            read("location"),
        );
        let content = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&content).into_owned();
        let body = serde_json::from_str(&text).unwrap_or_default();
        Answer {
            status,
            version,
            location,
            text,
            body,
        }
    }

    /// Places an order of this shape.
    pub(crate) fn order(&self, shape: Shape) -> u64 {
        let mut chance = Chance::new(3);
        self.change(|shop| generate::order(shop, shape, &mut chance).unwrap())
    }

    pub(crate) fn first_product(&self) -> u64 {
        self.world
            .read(&self.key, |shop| *shop.products.keys().next().unwrap())
            .unwrap()
    }

    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Shop) -> T) -> T {
        self.world.change(&self.key, change).unwrap()
    }

    pub(crate) fn set(&self, setting: &str, value: Value) {
        self.change(|shop| shop.settings.insert(setting.to_owned(), value));
    }
}
