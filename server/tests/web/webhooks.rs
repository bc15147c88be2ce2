//! Webhooks through the real router, verified by the real connectors: published signature vectors, and what must not
//! pass.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use connectors::store::Secret;
use domain::id::{CustomerId, StoreId};
use domain::{Platform, Timestamp};
use http::{Request, StatusCode};
use portal::Portal;
use portal::secrets::Place;
use portal::settings::Settings;
use portal::storage::sql;
use portal::stores::{Connectors, EtsySettings, ShopifySettings};
use portal::testing::{TestPortal, connect_store, on_both};
use server::router::router;
use tower::ServiceExt as _;

use crate::people;

/// What a shop posts.
#[derive(Clone)]
pub(crate) struct Delivery {
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl Delivery {
    /// The same with another value of a header.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut delivery = self.clone();
        for (known, old) in &mut delivery.headers {
            if *known == name {
                value.clone_into(old);
            }
        }
        delivery
    }

    /// The same without a header.
    fn without(&self, name: &str) -> Self {
        let mut delivery = self.clone();
        delivery.headers.retain(|(known, _)| *known != name);
        delivery
    }

    /// The same with another body.
    fn saying(&self, body: &str) -> Self {
        Self {
            body: body.to_owned(),
            ..self.clone()
        }
    }

    async fn post(&self, router: &Router) -> StatusCode {
        let mut request = Request::post(&self.path).header("content-type", "application/json");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(self.body.clone())).unwrap();
        router.clone().oneshot(request).await.unwrap().status()
    }
}

/// The portal with the real connectors and these applications.
pub(crate) fn with(portal: &TestPortal, shopify: ShopifySettings, etsy: EtsySettings) -> Router {
    let settings = Settings {
        shopify,
        etsy,
        ..Settings::clone(&portal.settings)
    };
    let connectors = Connectors::new(&portal.outbound, &settings).unwrap();
    router(
        &Portal {
            platforms: Arc::new(connectors),
            settings: Arc::new(settings),
            ..Portal::clone(portal)
        },
        None,
    )
}

async fn messages(portal: &Portal) -> i64 {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM messages")
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    count
}

/// Asserts that nothing of `forged` is accepted or stored.
async fn refused(portal: &Portal, router: &Router, forged: &[(&str, Delivery, u16)]) {
    for (what, delivery, status) in forged {
        assert_eq!(delivery.post(router).await.as_u16(), *status, "{what}");
    }
    assert_eq!(messages(portal).await, 0);
}

/// Asserts that fifty of the same at once are acknowledged and are one message.
async fn fifty_are_one(portal: &Portal, router: &Router, delivery: &Delivery) {
    let answers = futures::future::join_all((0..50).map(|_| delivery.post(router))).await;
    assert!(
        answers.iter().all(|status| *status == StatusCode::OK),
        "{answers:?}"
    );
    assert_eq!(messages(portal).await, 1);
}

/// The vector of `signature-vectors.json`: computed as Shopify's own library does, with the secret `hush`.
pub(crate) fn shopify() -> Delivery {
    Delivery {
        path: "/hooks/shopify".to_owned(),
        headers: vec![
            ("x-shopify-topic", "orders/create".to_owned()),
            ("x-shopify-shop-domain", "print-test.myshopify.com".to_owned()),
            ("x-shopify-api-version", "2026-10".to_owned()),
            (
                "x-shopify-webhook-id",
                "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043".to_owned(),
            ),
            (
                "x-shopify-hmac-sha256",
                "DEfHnXBPdWfMeKHU1EFeqXlz6efsLX9cbYeGf9G5k8Q=".to_owned(),
            ),
        ],
        body: r#"{"id":820982911946154508,"email":"jon@example.com","total_price":"404.95"}"#.to_owned(),
    }
}

pub(crate) fn shopify_app(secret: &str, former: Option<&str>) -> ShopifySettings {
    ShopifySettings {
        client_id: Some("client".to_owned()),
        client_secret: Some(Secret::new(secret)),
        former_client_secret: former.map(Secret::new),
        ..ShopifySettings::default()
    }
}

pub(crate) async fn connected(
    portal: &TestPortal,
    platform: Platform,
    address: &str,
) -> (CustomerId, StoreId) {
    let customer = people::customer(portal, "Estudio Garabato").await;
    let (store, _) = connect_store(portal, customer, platform, address).await;
    (customer, store)
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_of_shopify() {
    on_both(async |portal| {
        connected(&portal, Platform::Shopify, "print-test.myshopify.com").await;
        let app = with(&portal, shopify_app("hush", None), EtsySettings::default());
        let genuine = shopify();
        let pretty = genuine.body.replace(':', ": ");
        let forged = [
            (
                "one bit changed",
                genuine.saying(&genuine.body.replace("404.95", "404.94")),
                401,
            ),
            ("encoded anew", genuine.saying(&pretty), 401),
            (
                "an empty signature",
                genuine.with("x-shopify-hmac-sha256", ""),
                400,
            ),
            ("no signature", genuine.without("x-shopify-hmac-sha256"), 400),
            ("no id", genuine.without("x-shopify-webhook-id"), 400),
            ("no base64", genuine.with("x-shopify-hmac-sha256", "%%%"), 401),
        ];
        refused(&portal, &app, &forged).await;
        let other = with(&portal, shopify_app("another", None), EtsySettings::default());
        let none = with(&portal, ShopifySettings::default(), EtsySettings::default());
        refused(
            &portal,
            &other,
            &[("another application's secret", genuine.clone(), 401)],
        )
        .await;
        refused(&portal, &none, &[("no secret configured", genuine.clone(), 401)]).await;

        fifty_are_one(&portal, &app, &genuine).await;
        let rotated = with(&portal, shopify_app("new", Some("hush")), EtsySettings::default());
        let next = genuine.with("x-shopify-webhook-id", "another");
        assert_eq!(next.post(&rotated).await, StatusCode::OK);
        assert_eq!(messages(&portal).await, 2);
        let unknown = next.with("x-shopify-shop-domain", "elsewhere.myshopify.com");
        assert_eq!(unknown.post(&rotated).await, StatusCode::OK);
        assert_eq!(messages(&portal).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn callbacks_need_somebody_who_is_logged_in() {
    on_both(async |portal| {
        let app = with(&portal, shopify_app("hush", None), EtsySettings::default());
        for path in ["shopify/callback?state=x", "etsy/callback", "woocommerce/return"] {
            let request = Request::get(format!("/connect/{path}"))
                .body(Body::empty())
                .unwrap();
            let answer = app.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.headers()["location"], "/login", "{path}");
        }
        let keys = Delivery {
            path: "/connect/woocommerce/callback".to_owned(),
            headers: Vec::new(),
            body: "{}".to_owned(),
        };
        assert_eq!(keys.post(&app).await, StatusCode::BAD_REQUEST);
        // A database without time says when to come back, and nobody is woken for it.
        let posted = keys.saying(concat!(
            r#"{"key_id":1,"user_id":"made-up","consumer_key":"ck_1","consumer_secret":"cs_1","#,
            r#""key_permissions":"read_write"}"#
        ));
        let busy = portal.db.failpoint();
        busy.be_busy(false, true);
        assert_eq!(posted.post(&app).await, StatusCode::SERVICE_UNAVAILABLE);
        busy.be_busy(false, false);
        assert_eq!(posted.post(&app).await, StatusCode::BAD_REQUEST);
        let nowhere = Delivery {
            path: "/hooks/woocommerce/guess".to_owned(),
            ..keys
        };
        assert_eq!(nowhere.post(&app).await, StatusCode::NOT_FOUND);
        // Known before anything of the body was read: this one never comes.
        let never = Body::from_stream(futures::stream::pending::<std::io::Result<Vec<u8>>>());
        let request = Request::post(nowhere.path).body(never).unwrap();
        let answer = app.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    })
    .await;
}

/// The vector of `signature-vectors.json`, signed the Standard Webhooks way.
fn etsy() -> Delivery {
    Delivery {
        path: "/hooks/etsy".to_owned(),
        headers: vec![
            ("webhook-id", "msg_etsy_0001".to_owned()),
            ("webhook-timestamp", "1790000000".to_owned()),
            (
                "webhook-signature",
                "v1,8rvDYabsei5UltlcUIVj9R3f9THkW2pTNYYMpVJXSkA=".to_owned(),
            ),
        ],
        body: concat!(
            r#"{"event_type":"order.paid","resource_url":"https://openapi.etsy.com/v3/application/"#,
            r#"shops/12345/receipts/54321","shop_id":12345}"#
        )
        .to_owned(),
    }
}

fn etsy_app(webhook_secret: Option<&str>, former: Option<&str>) -> EtsySettings {
    EtsySettings {
        keystring: Some("key".to_owned()),
        shared_secret: Some(Secret::new("shared")),
        webhook_secret: webhook_secret.map(Secret::new),
        former_webhook_secret: former.map(Secret::new),
        ..EtsySettings::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_of_etsy() {
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const OTHER: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    on_both(async |portal| {
        connected(&portal, Platform::Etsy, "12345").await;
        portal.clock.set(Timestamp::from_seconds(1_790_000_010));
        let with_secrets =
            |secret, former| with(&portal, ShopifySettings::default(), etsy_app(secret, former));
        let app = with_secrets(Some(SECRET), None);
        let genuine = etsy();
        let forged = [
            (
                "one bit changed",
                genuine.saying(&genuine.body.replace("54321", "54320")),
                401,
            ),
            (
                "encoded anew",
                genuine.saying(&genuine.body.replace(':', ": ")),
                401,
            ),
            ("an empty signature", genuine.with("webhook-signature", ""), 400),
            ("no signature", genuine.without("webhook-signature"), 400),
            ("another id", genuine.with("webhook-id", "msg_etsy_0002"), 401),
            (
                "another time",
                genuine.with("webhook-timestamp", "1790000001"),
                401,
            ),
        ];
        refused(&portal, &app, &forged).await;
        let one = |what, status| [(what, genuine.clone(), status)];
        refused(
            &portal,
            &with_secrets(Some(OTHER), None),
            &one("another secret", 401),
        )
        .await;
        refused(
            &portal,
            &with_secrets(None, None),
            &one("no secret configured", 401),
        )
        .await;
        portal.clock.set(Timestamp::from_seconds(1_790_000_301));
        refused(&portal, &app, &one("older than five minutes", 401)).await;
        portal.clock.set(Timestamp::from_seconds(1_790_000_010));

        let rotated = with_secrets(Some(OTHER), Some(SECRET));
        fifty_are_one(&portal, &rotated, &genuine).await;
        assert_eq!(genuine.post(&app).await, StatusCode::OK);
        assert_eq!(messages(&portal).await, 1);
    })
    .await;
}

/// The vector of `signature-vectors.json`, signed with the secret `woo-secret`.
fn woocommerce(token: &str) -> Delivery {
    Delivery {
        path: format!("/hooks/woocommerce/{token}"),
        headers: vec![
            ("x-wc-webhook-source", "https://shop.example/".to_owned()),
            ("x-wc-webhook-topic", "order.updated".to_owned()),
            ("x-wc-webhook-resource", "order".to_owned()),
            ("x-wc-webhook-event", "updated".to_owned()),
            ("x-wc-webhook-id", "5".to_owned()),
            (
                "x-wc-webhook-delivery-id",
                "0e8b58bcd1b5a7cbb3ef6b0d6a4e0e1f".to_owned(),
            ),
            (
                "x-wc-webhook-signature",
                "sCkIGy/Y2M2C7PgRIDcv6GXtk/aCB1IsPlES3LM6+eU=".to_owned(),
            ),
        ],
        body: r#"{"id":727,"status":"processing","total":"29.35"}"#.to_owned(),
    }
}

/// Gives a store the address and secret of the vector.
async fn hook(portal: &Portal, customer: CustomerId, store: StoreId, token: &str, secret: &str) {
    let place = Place::Store {
        customer,
        store,
        field: "hook_secret",
    };
    let sealed = portal
        .secrets
        .seal(portal.entropy.as_ref(), &place, secret.as_bytes());
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE store_connections SET hook_token = $2, hook_secret = $3 WHERE store_id = $1")
        .bind(store)
        .bind(token)
        .bind(sealed.unwrap().0)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_of_woocommerce() {
    on_both(async |portal| {
        let (customer, store) = connected(&portal, Platform::WooCommerce, "https://shop.example").await;
        hook(&portal, customer, store, "mine", "woo-secret").await;
        let (other, _) = connect_store(&portal, customer, Platform::WooCommerce, "https://b.example").await;
        hook(&portal, customer, other, "other", "another-secret").await;
        let app = with(&portal, ShopifySettings::default(), EtsySettings::default());
        let genuine = woocommerce("mine");
        let forged = [
            (
                "one bit changed",
                genuine.saying(&genuine.body.replace("727", "726")),
                401,
            ),
            (
                "encoded anew",
                genuine.saying(&genuine.body.replace(':', ": ")),
                401,
            ),
            (
                "an empty signature",
                genuine.with("x-wc-webhook-signature", ""),
                400,
            ),
            ("no signature", genuine.without("x-wc-webhook-signature"), 400),
            ("another store's secret", woocommerce("other"), 401),
            ("nobody's address", woocommerce("guess"), 404),
        ];
        refused(&portal, &app, &forged).await;
        let ping = Delivery {
            headers: Vec::new(),
            body: "webhook_id=5".to_owned(),
            ..genuine.clone()
        };
        assert_eq!(ping.post(&app).await, StatusCode::OK);
        assert_eq!(messages(&portal).await, 0);

        fifty_are_one(&portal, &app, &genuine).await;
        // The secret of a store that was connected anew is another one.
        hook(&portal, customer, store, "mine", "rotated").await;
        assert_eq!(genuine.post(&app).await, StatusCode::UNAUTHORIZED);
        // Nothing verifies with an erased secret.
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE store_connections SET disconnected_at = $1")
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(genuine.post(&app).await, StatusCode::NOT_FOUND);
    })
    .await;
}
