//! Batches: many creations, changes and deletions in one request, each with its own result.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::refusal::{Outcome, Refusal};
use super::reply::Reply;

/// The most a batch may hold.
const MOST: usize = 100;

/// What a batch is made of.
pub(super) trait Batched {
    fn create(&self, input: &Map<String, Value>) -> Outcome<Reply>;
    fn update(&self, id: u64, input: &Map<String, Value>) -> Outcome<Reply>;
    fn delete(&self, id: u64) -> Outcome<Reply>;
}

/// Runs a batch. It answers 200 whatever becomes of its entries.
pub(super) fn run(input: &Map<String, Value>, batched: &impl Batched) -> Outcome<Reply> {
    let entries = |name: &str| {
        input
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let (create, update, delete) = (entries("create"), entries("update"), entries("delete"));
    if create.len() + update.len() + delete.len() > MOST {
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "woocommerce_rest_request_entity_too_large",
            format!("Unable to accept more than {MOST} items for this request."),
        ));
    }
    let empty = Map::new();
    let object = |entry: &Value| entry.as_object().unwrap_or(&empty).clone();
    let created = create
        .iter()
        .map(|entry| result(0, batched.create(&object(entry))));
    let mut answer = Map::new();
    put(&mut answer, "create", created.collect());
    let updated = update.iter().map(|entry| {
        let id = number(entry.get("id"));
        result(id, batched.update(id, &object(entry)))
    });
    put(&mut answer, "update", updated.collect());
    let deleted = delete.iter().map(|entry| {
        let id = number(Some(entry));
        result(id, batched.delete(id))
    });
    put(&mut answer, "delete", deleted.collect());
    Ok(Reply::ok(Value::Object(answer)))
}

fn put(answer: &mut Map<String, Value>, name: &str, results: Vec<Value>) {
    if !results.is_empty() {
        answer.insert(name.to_owned(), Value::Array(results));
    }
}

fn result(id: u64, outcome: Outcome<Reply>) -> Value {
    match outcome {
        Ok(reply) => reply.body,
        Err(refusal) => json!({ "id": id, "error": refusal.body() }),
    }
}

/// A number, also one written as text; 0 when it is none.
pub(super) fn number(value: Option<&Value>) -> u64 {
    let value = value.unwrap_or(&Value::Null);
    let text = || value.as_str().and_then(|text| text.trim().parse().ok());
    value.as_u64().or_else(text).unwrap_or(0)
}
