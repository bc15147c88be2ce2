//! Whole conversations with a shop that answers from a script.

mod authorisation;
mod orders;
mod products;
mod progress;
mod publishing;
mod refusals;
mod shipments;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::Timestamp;
use domain::source::ExternalId;
use serde_json::{Value, json};

use super::*;
use crate::store::{Secret, Written};
use crate::testing::{Still, serve, wire};

/// 2026-11-21T00:00:00Z.
const NOW: Timestamp = Timestamp::from_seconds(1_795_219_200);

/// The answers to each operation, with their statuses.
type Answers = HashMap<&'static str, Vec<(u16, Value)>>;

/// A shop that answers each operation from its own list of answers; the last one stays.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<Answers>>,
    heard: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Script {
    /// Answers the operation named so in its document with `data`.
    fn data(self, operation: &'static str, data: Value) -> Self {
        self.answer(operation, 200, json!({ "data": data }))
    }

    fn answer(self, operation: &'static str, status: u16, body: Value) -> Self {
        self.answers
            .lock()
            .unwrap()
            .entry(operation)
            .or_default()
            .push((status, body));
        self
    }

    /// The variables of every request for an operation.
    fn heard(&self, operation: &str) -> Vec<Value> {
        let heard = self.heard.lock().unwrap();
        heard
            .iter()
            .filter(|(name, _)| name == operation)
            .map(|(_, variables)| variables.clone())
            .collect()
    }

    /// The names of all operations in their order.
    fn names(&self) -> Vec<String> {
        self.heard
            .lock()
            .unwrap()
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }
}

async fn admin(State(script): State<Script>, headers: HeaderMap, Json(request): Json<Value>) -> Response {
    assert_eq!(headers["x-shopify-access-token"], "shpat_1");
    let query = request["query"].as_str().unwrap();
    let name = query.split([' ', '(', '{']).nth(1).unwrap().to_owned();
    script
        .heard
        .lock()
        .unwrap()
        .push((name.clone(), request["variables"].clone()));
    let mut answers = script.answers.lock().unwrap();
    let list = answers
        .get_mut(name.as_str())
        .unwrap_or_else(|| panic!("{name} was not expected"));
    let (status, body) = if list.len() > 1 {
        list.remove(0)
    } else {
        list[0].clone()
    };
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

fn credentials() -> Credentials {
    Credentials {
        access_token: Secret::new("shpat_1"),
        expires_at: NOW,
        refresh_token: Some(Secret::new("shprt_1")),
        refresh_expires_at: None,
        scopes: SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
    }
}

/// A connection to the script, with the surroundings it lives in. All of the shop's locations are ours, or one.
async fn connect(script: &Script, more: Router, location: Option<&str>) -> (Connection, Arc<Still>) {
    let still = Still::at(NOW);
    let path = format!("/{{shop}}/admin/api/{API_VERSION}/graphql.json");
    let router = Router::new()
        .route(&path, post(admin))
        .with_state(script.clone())
        .merge(more);
    let hosts = Hosts::parse(&format!("{}/{{shop}}", serve(router).await)).unwrap();
    let wire = wire(&still, Arc::new(CostBucket::default()));
    let shop = ShopDomain::parse("print-test").unwrap();
    (
        Connection::new(wire, &hosts, &shop, &credentials(), location.map(ExternalId::new)).unwrap(),
        still,
    )
}

async fn connected(script: &Script) -> Connection {
    connected_at(script, None).await
}

async fn connected_at(script: &Script, location: Option<&str>) -> Connection {
    connect(script, Router::new(), location).await.0
}

fn gid(kind: &str, id: u64) -> String {
    format!("gid://shopify/{kind}/{id}")
}

/// A list with its own cursor for the next page.
fn page(nodes: &[Value], cursor: Option<&str>) -> Value {
    json!({ "nodes": nodes, "pageInfo": { "hasNextPage": cursor.is_some(), "endCursor": cursor } })
}

/// A part of an order with lines as (line of the order, pieces remaining).
fn part(id: &str, status: &str, location: &str, actions: &[&str], lines: &[(u64, u32)]) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|(line, remaining)| {
            json!({
                "id": format!("{id}-{line}"), "totalQuantity": 5, "remainingQuantity": remaining,
                "lineItem": { "id": format!("gid://shopify/LineItem/{line}") },
            })
        })
        .collect();
    let actions: Vec<Value> = actions.iter().map(|action| json!({ "action": action })).collect();
    json!({
        "id": id, "status": status, "assignedLocation": { "location": { "id": location } },
        "fulfillmentHolds": [], "supportedActions": actions, "lineItems": { "nodes": lines },
    })
}

fn plan(parts: &[Value]) -> Value {
    json!({ "order": { "cancelledAt": null, "fulfillmentOrders": { "nodes": parts } } })
}

fn sent(id: &str, number: &str) -> Value {
    json!({
        "id": id, "status": "SUCCESS", "displayStatus": "FULFILLED",
        "trackingInfo": [{ "company": "GLS", "number": number, "url": null }],
    })
}

/// A page of the lines of something that was sent.
fn sent_lines(lines: &[(u64, u32)], cursor: Option<&str>) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|(line, quantity)| json!({ "quantity": quantity, "lineItem": { "id": gid("LineItem", *line) } }))
        .collect();
    json!({ "fulfillment": { "fulfillmentLineItems": page(&lines, cursor) } })
}

fn all_sent(fulfillments: &[Value]) -> Value {
    json!({ "order": { "fulfillments": fulfillments } })
}

fn ok(mutation: &str) -> Value {
    json!({ mutation: { "userErrors": [] } })
}

const DONE: Written = Written::Done { external_id: None };
const THERE: Written = Written::AlreadyThere { external_id: None };
