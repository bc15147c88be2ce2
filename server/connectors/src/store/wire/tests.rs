//! Requests on their way to stores that answer in every bad way.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::testing::{Still, serve, wire};

struct Unlimited;

impl Limits for Unlimited {
    fn wait(&self, _cost: u32, _now: Timestamp) -> Option<Duration> {
        None
    }

    fn learn(&self, _answer: &Answer, _now: Timestamp) {}
}

/// Status, headers and body of an answer.
type Scripted = (u16, &'static [(&'static str, &'static str)], &'static str);
type Script = Arc<Mutex<VecDeque<Scripted>>>;

/// A store that gives these answers one after the other, then `200 {}`.
async fn store(answers: &[Scripted]) -> String {
    async fn next(State(script): State<Script>) -> Response {
        let (status, headers, body) = script.lock().unwrap().pop_front().unwrap_or((200, &[], "{}"));
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        (StatusCode::from_u16(status).unwrap(), headers, body).into_response()
    }
    let script: Script = Arc::new(Mutex::new(answers.iter().copied().collect()));
    serve(Router::new().route("/", any(next)).with_state(script)).await
}

/// A server that reads a request and hangs up.
async fn hangs_up() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let arrived = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&arrived);
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let _ = connection.read(&mut [0; 4096]).await;
            count.fetch_add(1, Ordering::SeqCst);
            let _ = connection.shutdown().await;
        }
    });
    (url, arrived)
}

fn surroundings() -> Arc<Still> {
    Still::at(Timestamp::from_seconds(1_795_000_000))
}

fn write(url: &str) -> Call {
    Call::json(
        "orders.write",
        Method::POST,
        url,
        &json!({ "status": "completed" }),
    )
}

#[tokio::test]
async fn reading_is_repeated_until_it_works() {
    let url = store(&[(502, &[], ""), (500, &[], "")]).await;
    let around = surroundings();
    let answer = wire(&around, Arc::new(Unlimited))
        .send(&Call::get("orders.list", url))
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
    let waits = around.waits();
    assert_eq!(waits.len(), 2);
    // The randomness of the test is one half: half of 500 ms, then half of 1 s.
    assert!(
        waits[0] < FIRST_WAIT && waits[0] < waits[1] && waits[1] < FIRST_WAIT * 2,
        "{waits:?}"
    );
    let attempts: Vec<u32> = around
        .exchanges()
        .iter()
        .map(|exchange| exchange.attempt)
        .collect();
    assert_eq!(attempts, [1, 2, 3]);
}

#[tokio::test]
async fn reading_gives_up_after_three_attempts() {
    let url = store(&[(500, &[], ""), (500, &[], ""), (503, &[], "x")]).await;
    let around = surroundings();
    let error = wire(&around, Arc::new(Unlimited))
        .send(&Call::get("orders.list", url))
        .await
        .unwrap_err();
    assert!(
        matches!(error, ConnectionError::Failing { status: 503, .. }),
        "{error:?}"
    );
    assert_eq!(around.exchanges().len(), 3);
}

#[tokio::test]
async fn the_wait_the_store_asks_for_is_kept() {
    let url = store(&[(429, &[("retry-after", "7")], "")]).await;
    let around = surroundings();
    wire(&around, Arc::new(Unlimited))
        .send(&Call::get("orders.list", url))
        .await
        .unwrap();
    assert_eq!(around.waits(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn a_long_wait_is_left_to_the_caller() {
    let page = "<!DOCTYPE html><p>Briefly unavailable for scheduled maintenance.</p>";
    let url = store(&[(503, &[("retry-after", "600")], page)]).await;
    let around = surroundings();
    let error = wire(&around, Arc::new(Unlimited))
        .send(&Call::get("orders.list", url))
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.retry_after()),
        ("store-maintenance", Some(Duration::from_mins(10)))
    );
    assert_eq!((around.waits().len(), around.exchanges().len()), (0, 1));
}

#[tokio::test]
async fn writing_is_never_repeated() {
    for status in [429, 500, 503] {
        let url = store(&[(status, &[], "")]).await;
        let around = surroundings();
        let error = wire(&around, Arc::new(Unlimited))
            .send(&write(&url))
            .await
            .unwrap_err();
        assert!(error.passes(), "{error:?}");
        assert_eq!(around.exchanges().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_write_without_an_answer_is_uncertain_and_a_read_is_repeated() {
    let (url, arrived) = hangs_up().await;
    let around = surroundings();
    let error = wire(&around, Arc::new(Unlimited))
        .send(&write(&url))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectionError::Uncertain(_)), "{error:?}");
    assert!(matches!(
        around.exchanges()[0].outcome,
        Outcome::Failed("store-uncertain")
    ));
    assert_eq!(arrived.swap(0, Ordering::SeqCst), 1);
    let error = wire(&around, Arc::new(Unlimited))
        .send(&Call::get("orders.list", url))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectionError::Unreachable(_)), "{error:?}");
    assert_eq!(arrived.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn addresses_inside_are_refused_before_anything_is_sent() {
    let around = surroundings();
    let call = Call::get("orders.list", "http://169.254.169.254/latest/meta-data/");
    let error = wire(&around, Arc::new(Unlimited)).send(&call).await.unwrap_err();
    assert_eq!(error.code(), "store-address-refused");
    assert_eq!(
        around.exchanges().len(),
        1,
        "refusals are shown, and nothing is tried again"
    );
}

#[tokio::test]
async fn nothing_secret_is_recorded() {
    let url = store(&[(200, &[], r#"{"access_token":"t0p"}"#)]).await;
    let around = surroundings();
    let line = wire(&around, Arc::new(Unlimited));
    let body = json!({ "client_secret": "t0p" });
    let token = Call {
        confidential: true,
        ..Call::json("token.get", Method::POST, format!("{url}/?secret=t0p"), &body)
    };
    let token = Call {
        shown_url: Some(url.clone()),
        ..token
    };
    line.send(&token.header(AUTHORIZATION, HeaderValue::from_static("Bearer t0p")))
        .await
        .unwrap();
    line.send(&write(&url)).await.unwrap();
    let exchanges = around.exchanges();
    assert!(!format!("{exchanges:?}").contains("t0p"), "{exchanges:?}");
    assert_eq!(around.operations(), ["token.get", "orders.write"]);
    assert_eq!(exchanges[0].url, url);
    assert_eq!(exchanges[1].request, r#"{"status":"completed"}"#);
    assert!(matches!(&exchanges[1].outcome, Outcome::Answered { status: 200, body } if body == "{}"));
}

#[tokio::test]
async fn a_signed_call_is_made_anew_for_each_attempt() {
    let url = store(&[(500, &[], "")]).await;
    let around = surroundings();
    let made = AtomicUsize::new(0);
    let sign = || {
        let nonce = made.fetch_add(1, Ordering::SeqCst);
        Call::get("orders.list", format!("{url}/?nonce={nonce}"))
    };
    wire(&around, Arc::new(Unlimited))
        .send_fresh(&sign)
        .await
        .unwrap();
    let urls: Vec<String> = around
        .exchanges()
        .into_iter()
        .map(|exchange| exchange.url)
        .collect();
    assert_eq!(urls, [format!("{url}/?nonce=0"), format!("{url}/?nonce=1")]);
}

#[tokio::test]
async fn limits_hold_requests_back_or_send_them_away() {
    struct Wait(Duration, Arc<AtomicUsize>);
    impl Limits for Wait {
        fn wait(&self, cost: u32, _now: Timestamp) -> Option<Duration> {
            Some(self.0 * cost)
        }
        fn learn(&self, _answer: &Answer, _now: Timestamp) {
            self.1.fetch_add(1, Ordering::SeqCst);
        }
    }
    let url = store(&[]).await;
    let learned = Arc::new(AtomicUsize::new(0));
    let around = surroundings();
    let line = wire(
        &around,
        Arc::new(Wait(Duration::from_secs(3), Arc::clone(&learned))),
    );
    let dear = Call {
        cost: 5,
        ..Call::get("orders.list", &url)
    };
    line.send(&dear).await.unwrap();
    assert_eq!(around.waits(), [Duration::from_secs(15)]);
    let error = line.send(&Call { cost: 7, ..dear }).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(21)));
    assert_eq!((learned.load(Ordering::SeqCst), around.exchanges().len()), (1, 1));
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_there_are_lanes() {
    struct Two(Arc<Semaphore>);
    impl Limits for Two {
        fn wait(&self, _cost: u32, _now: Timestamp) -> Option<Duration> {
            None
        }
        fn learn(&self, _answer: &Answer, _now: Timestamp) {}
        fn lanes(&self) -> Option<Arc<Semaphore>> {
            Some(Arc::clone(&self.0))
        }
    }
    #[derive(Clone, Default)]
    struct Crowd(Arc<AtomicUsize>, Arc<AtomicUsize>);
    async fn count(State(Crowd(inside, most)): State<Crowd>) {
        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        inside.fetch_sub(1, Ordering::SeqCst);
    }
    let crowd = Crowd::default();
    let url = serve(Router::new().route("/", any(count)).with_state(crowd.clone())).await;
    let line = wire(&surroundings(), Arc::new(Two(Arc::new(Semaphore::new(2)))));
    let call = Call::get("orders.list", url);
    let all = futures::future::join_all((0..12).map(|_| line.send(&call))).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(crowd.1.load(Ordering::SeqCst), 2);
}
