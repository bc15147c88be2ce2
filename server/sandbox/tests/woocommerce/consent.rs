//! Making keys for an application: log in, approve or deny, and the keys are handed over.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::bench::{Bench, basic};

/// An application that answers the keys with this status.
async fn application(status: u16) -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/callback", listener.local_addr().unwrap());
    let got: Arc<Mutex<Vec<Value>>> = Arc::default();
    let kept = Arc::clone(&got);
    let router = Router::new().fallback(move |body: String| {
        kept.lock().unwrap().push(serde_json::from_str(&body).unwrap());
        async move { StatusCode::from_u16(status).unwrap() }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, got)
}

fn parameters(callback: &str) -> String {
    format!(
        "app_name=Portal&scope=read_write&user_id=nonce-1&return_url=http%3A%2F%2Fportal.example%2Fback%3Fa%3D1&callback_url={}",
        callback.replace(':', "%3A").replace('/', "%2F")
    )
}

async fn post(bench: &Bench, step: &str, form: String) -> (StatusCode, String, String) {
    let request = Request::post(format!("/shops/demo/wc-auth/v1/{step}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let response = bench.stores.router.clone().oneshot(request).await.unwrap();
    let location = response
        .headers()
        .get("location")
        .map_or("", |value| value.to_str().unwrap())
        .to_owned();
    let status = response.status();
    let text = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    (status, location, text)
}

fn token(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"token\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn approved_keys_are_handed_over_and_work() {
    let bench = Bench::with(0, 0);
    let (callback, got) = application(200).await;
    let form = parameters(&callback);
    let first = bench
        .ask(
            "GET",
            &format!("/shops/demo/wc-auth/v1/authorize?{form}"),
            &[],
            None,
        )
        .await;
    assert!(first.status.is_success() && first.text.contains("Log in"));
    assert!(first.text.contains("success=0"), "cancelling is possible");
    let (_, _, page) = post(&bench, "login", format!("{form}&username=owner&password=owner")).await;
    let (status, location, _) = post(&bench, "access_granted", format!("token={}", token(&page))).await;
    assert_eq!(status, 302);
    assert_eq!(
        location,
        "http://portal.example/back?a=1&success=1&user_id=nonce%2D1"
    );
    let keys = got.lock().unwrap()[0].clone();
    assert_eq!(
        (&keys["user_id"], &keys["key_permissions"]),
        (&"nonce-1".into(), &"read_write".into())
    );
    let header = basic(
        keys["consumer_key"].as_str().unwrap(),
        keys["consumer_secret"].as_str().unwrap(),
    );
    let orders = bench
        .ask(
            "GET",
            "/shops/demo/wp-json/wc/v3/orders",
            &[("authorization", &header)],
            None,
        )
        .await;
    assert_eq!(orders.status, 200);
    let again = post(&bench, "access_granted", format!("token={}", token(&page))).await;
    assert_eq!(again.0, 403, "a form counts once");
}

#[tokio::test]
async fn keys_that_are_not_taken_with_200_are_gone() {
    let bench = Bench::with(0, 0);
    let (callback, got) = application(204).await;
    let form = parameters(&callback);
    let (_, _, page) = post(&bench, "login", format!("{form}&username=owner&password=owner")).await;
    let (status, _, text) = post(&bench, "access_granted", format!("token={}", token(&page))).await;
    assert_eq!(status, 401);
    assert!(text.contains("unable to send the consumer data"));
    let keys = got.lock().unwrap()[0].clone();
    let header = basic(
        keys["consumer_key"].as_str().unwrap(),
        keys["consumer_secret"].as_str().unwrap(),
    );
    let orders = bench
        .ask(
            "GET",
            "/shops/demo/wp-json/wc/v3/orders",
            &[("authorization", &header)],
            None,
        )
        .await;
    assert_eq!(orders.status, 401);
    assert_eq!(bench.ledger("other").await[0]["what"], "keys_not_taken");
}

#[tokio::test]
async fn wrong_wishes_and_strangers_are_refused() {
    let bench = Bench::with(0, 0);
    for (query, words) in [
        ("app_name=Portal", "Missing parameter user_id"),
        (&parameters("http://portal.example/cb"), "needs to be over SSL"),
        (
            &parameters("https://portal.example/cb").replace("read_write", "everything"),
            "Invalid scope everything",
        ),
    ] {
        let answer = bench
            .ask(
                "GET",
                &format!("/shops/demo/wc-auth/v1/authorize?{query}"),
                &[],
                None,
            )
            .await;
        assert_eq!(answer.status, 401);
        assert!(answer.text.contains(words), "{}", answer.text);
    }
    let form = parameters("https://portal.example/cb");
    let (status, _, text) = post(&bench, "login", format!("{form}&username=owner&password=wrong")).await;
    assert!(status.is_success() && text.contains("wrong password"));
    assert_eq!(
        post(&bench, "login", format!("{form}&username=buyer&password=buyer"))
            .await
            .0,
        403
    );
}
