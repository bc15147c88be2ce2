//! Whole conversations with a shop that answers from a script.

mod authorisation;
mod listings;
mod publishing;
mod receipts;
mod shipments;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use serde_json::Value;

use super::*;
use crate::store::Secret;
use crate::testing::{Still, serve, wire};

/// 2026-11-21T00:00:00Z.
const NOW: Timestamp = Timestamp::from_seconds(1_795_219_200);
const SHOP: ShopId = ShopId(12_345_678);

/// A request: method, path with query, body.
type Heard = (String, String, String);

/// Answers: the beginning of `METHOD path`, and what each such request gets; the last one stays.
type Answers = Vec<(&'static str, Vec<(u16, String)>)>;

/// Etsy, answering from a script.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<Answers>>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Script {
    /// Answers requests that begin so.
    fn on(self, request: &'static str, status: u16, body: impl ToString) -> Self {
        let mut answers = self.answers.lock().unwrap();
        let answer = (status, body.to_string());
        match answers.iter_mut().find(|(known, _)| *known == request) {
            Some((_, list)) => list.push(answer),
            None => answers.push((request, vec![answer])),
        }
        drop(answers);
        self
    }

    /// The requests so far, as `METHOD path`.
    fn requests(&self) -> Vec<String> {
        self.heard
            .lock()
            .unwrap()
            .iter()
            .map(|(method, path, _)| format!("{method} {path}"))
            .collect()
    }

    /// The bodies of requests that begin so.
    fn bodies(&self, request: &str) -> Vec<String> {
        let heard = self.heard.lock().unwrap();
        let matching = heard
            .iter()
            .filter(|(method, path, _)| format!("{method} {path}").starts_with(request));
        matching.map(|(.., body)| body.clone()).collect()
    }
}

async fn answer(
    State(script): State<Script>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.to_string();
    if path.starts_with("/v3/application") {
        assert_eq!(headers["x-api-key"], "key:shh");
        assert_eq!(headers["authorization"], "Bearer 900100200.access");
    }
    let path = path.replace("/v3/application", "");
    let request = format!("{method} {path}");
    let body = String::from_utf8_lossy(&body).into_owned();
    script
        .heard
        .lock()
        .unwrap()
        .push((method.to_string(), path, body));
    let mut answers = script.answers.lock().unwrap();
    let longest = answers
        .iter_mut()
        .filter(|(known, _)| request.starts_with(known))
        .max_by_key(|(known, _)| known.len());
    let (_, list) = longest.unwrap_or_else(|| panic!("{request} was not expected"));
    let (status, body) = if list.len() > 1 {
        list.remove(0)
    } else {
        list[0].clone()
    };
    (StatusCode::from_u16(status).unwrap(), body).into_response()
}

fn credentials() -> Credentials {
    Credentials {
        shop: SHOP,
        access_token: Secret::new("900100200.access"),
        expires_at: NOW,
        refresh_token: Secret::new("900100200.refresh"),
        refresh_expires_at: NOW,
    }
}

/// The application at a stand-in that answers from the script.
async fn app(script: &Script) -> (App, Arc<Still>, crate::store::Wire) {
    let router = Router::new().fallback(answer).with_state(script.clone());
    let app = App {
        keystring: "key".into(),
        shared_secret: Secret::new("shh"),
        hosts: Hosts::parse(&serve(router).await).unwrap(),
    };
    let still = Still::at(NOW);
    let wire = wire(&still, Arc::new(Quota::default()));
    (app, still, wire)
}

async fn connected(script: &Script) -> Connection {
    let (app, _, wire) = app(script).await;
    Connection::new(wire, &app, &credentials()).unwrap()
}

/// A sample with some fields changed.
fn changed(sample: &str, changes: &Value) -> Value {
    let mut value: Value = serde_json::from_str(sample).unwrap();
    for (key, change) in changes.as_object().unwrap() {
        value[key] = change.clone();
    }
    value
}
