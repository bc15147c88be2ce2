//! The kept messages over HTTP, for tests that run in another process.
//!
//! `GET /messages` (`?to=address`) lists them, oldest first; `GET /messages/7` is one of them;
//! `DELETE /messages` forgets them all.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::{Mailbox, Message};

/// The routes, on this mailbox.
pub fn router(mailbox: Mailbox) -> Router {
    Router::new()
        .route("/messages", get(list).delete(clear))
        .route("/messages/{id}", get(one))
        .with_state(mailbox)
}

#[derive(Deserialize)]
struct Filter {
    to: Option<String>,
}

async fn list(State(mailbox): State<Mailbox>, Query(filter): Query<Filter>) -> Json<Vec<Message>> {
    let messages = match filter.to {
        Some(address) => mailbox.messages_to(&address),
        None => mailbox.messages(),
    };
    Json(messages.into_iter().map(Arc::unwrap_or_clone).collect())
}

async fn one(State(mailbox): State<Mailbox>, Path(id): Path<u64>) -> Result<Json<Message>, StatusCode> {
    mailbox
        .message(id)
        .map(Arc::unwrap_or_clone)
        .map(Json)
        .ok_or(StatusCode::NOT_FOUND)
}

async fn clear(State(mailbox): State<Mailbox>) -> StatusCode {
    mailbox.clear();
    StatusCode::NO_CONTENT
}
