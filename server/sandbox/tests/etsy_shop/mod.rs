//! A shop of the stand-in with an app in it, for tests.

#![expect(clippy::unwrap_used, reason = "a shop that cannot be set up fails its test")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use http_body_util::BodyExt as _;
use sandbox::chance::Chance;
use sandbox::clock::{Clock, Moment};
use sandbox::etsy::{self, Etsy, KEYSTRING, SHARED_SECRET, challenge_of};
use sandbox::shop::generate::{self, Shape};
use sandbox::shop::{Platform, Shop, ShopKey};
use sandbox::world::{StandIn as _, World};
use serde_json::Value;
use tower::ServiceExt as _;

/// What a portal asks for.
pub(crate) const ALL_SCOPES: &str = "listings_r listings_w transactions_r transactions_w shops_r";

const ORIGIN: &str = "http://127.0.0.1:4000";
const CALLBACK: &str = "http://127.0.0.1:3000/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const FORM: &str = "application/x-www-form-urlencoded";

/// An answer of the stand-in.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: HeaderMap,
    pub(crate) location: String,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap().to_str().unwrap()
    }
}

pub(crate) struct TestShop {
    pub(crate) world: Arc<World>,
    pub(crate) etsy: Arc<Etsy>,
    pub(crate) shop_id: u64,
    pub(crate) user_id: u64,
    key: ShopKey,
    router: Router,
    tokens: Mutex<Value>,
}

impl TestShop {
    pub(crate) fn open() -> Self {
        let clock = Clock::standing_at(Moment::parse("2026-11-21T10:00:00Z").unwrap());
        let world = World::new(clock, 7, ORIGIN);
        let etsy = Etsy::new();
        etsy.limit(1_000, 1_000_000);
        world.add(etsy.clone());
        let key = ShopKey::new(Platform::Etsy, "demo");
        world.open(&key).unwrap();
        let told = etsy.announce(&world, &key, ORIGIN);
        Self {
            router: etsy::router(&world, &etsy, ORIGIN),
            shop_id: told["shop_id"].as_u64().unwrap(),
            user_id: told["user_id"].as_u64().unwrap(),
            world,
            etsy,
            key,
            tokens: Mutex::default(),
        }
    }

    /// A shop of twelve listings whose seller let the app in.
    pub(crate) async fn connected(scopes: &str) -> Self {
        let shop = Self::open();
        shop.world.stock(&shop.key, 12, 0).unwrap();
        let back = shop.decide(scopes, "demo").await;
        let code = back
            .location
            .split("code=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned();
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri={CALLBACK}&code_verifier={VERIFIER}"
        );
        let answer = shop.token(&form).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        shop
    }

    /// What a seller presses on the page; an empty name refuses.
    pub(crate) async fn decide(&self, scopes: &str, seller: &str) -> Answer {
        let scopes = scopes.replace(' ', "%20");
        let challenge = challenge_of(VERIFIER);
        let query = format!(
            "response_type=code&client_id={KEYSTRING}&redirect_uri={CALLBACK}&scope={scopes}&state=s1\
             &code_challenge={challenge}&code_challenge_method=S256"
        );
        let page = self.get(&format!("/oauth/connect?{query}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        self.get(&format!("/oauth/connect/decision?{query}&seller={seller}"))
            .await
    }

    pub(crate) async fn token(&self, form: &str) -> Answer {
        let body = format!("client_id={KEYSTRING}&{form}");
        let answer = self
            .send(Method::POST, "/v3/public/oauth/token", FORM, None, body.into())
            .await;
        if answer.status == 200 {
            *self.tokens.lock().unwrap() = answer.body.clone();
        }
        answer
    }

    pub(crate) async fn renew(&self) -> Answer {
        let refresh = self.text_of("refresh_token");
        self.token(&format!("grant_type=refresh_token&refresh_token={refresh}"))
            .await
    }

    pub(crate) async fn scopes(&self) -> Answer {
        let token = self.text_of("access_token");
        self.post_form("/v3/application/scopes", &format!("token={token}"))
            .await
    }

    /// A path below this shop.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v3/application/shops/{}{rest}", self.shop_id)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", None, Body::empty()).await
    }

    pub(crate) async fn get_with_key(&self, key: &str, path: &str) -> Answer {
        self.send(Method::GET, path, "", Some(key), Body::empty()).await
    }

    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.send(
            Method::POST,
            path,
            "application/json",
            None,
            body.to_string().into(),
        )
        .await
    }

    pub(crate) async fn put_json(&self, path: &str, body: &Value) -> Answer {
        self.send(
            Method::PUT,
            path,
            "application/json",
            None,
            body.to_string().into(),
        )
        .await
    }

    pub(crate) async fn post_form(&self, path: &str, form: &str) -> Answer {
        self.send(Method::POST, path, FORM, None, form.to_owned().into())
            .await
    }

    pub(crate) async fn patch_form(&self, path: &str, form: &str) -> Answer {
        self.send(Method::PATCH, path, FORM, None, form.to_owned().into())
            .await
    }

    pub(crate) async fn upload(&self, path: &str, picture: &[u8]) -> Answer {
        let head = "--b\r\ncontent-disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n";
        let body = [head.as_bytes(), picture, b"\r\n--b--\r\n"].concat();
        self.send(
            Method::POST,
            path,
            "multipart/form-data; boundary=b",
            None,
            body.into(),
        )
        .await
    }

    pub(crate) async fn desk(&self, action: &str) {
        let answer = self
            .send(
                Method::POST,
                &format!("/desk/demo/{action}"),
                "",
                None,
                Body::empty(),
            )
            .await;
        assert_eq!(answer.status, 204);
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        key: Option<&str>,
        body: Body,
    ) -> Answer {
        let token = self.text_of("access_token");
        let own = format!("{KEYSTRING}:{SHARED_SECRET}");
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/etsy{path}"))
            .header("x-api-key", key.unwrap_or(&own));
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let location = headers
            .get("location")
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let content = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&content).into_owned();
        let body = serde_json::from_str(&text).unwrap_or_default();
        Answer {
            status,
            headers,
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

    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Shop) -> T) -> T {
        self.world.change(&self.key, change).unwrap()
    }

    pub(crate) fn set(&self, setting: &str, value: Value) {
        self.change(|shop| shop.settings.insert(setting.to_owned(), value));
    }

    fn text_of(&self, token: &str) -> String {
        self.tokens.lock().unwrap()[token]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}
