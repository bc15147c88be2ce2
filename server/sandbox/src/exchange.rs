//! Answering one request: the fault that was injected, the work, the line in the ledger.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use http_body_util::BodyExt as _;
use serde_json::Value;

use crate::faults::Effect;
use crate::ledger::Event;
use crate::shop::ShopKey;
use crate::world::World;

/// A request as the ledger knows it.
#[derive(Clone, Debug)]
pub struct Call {
    /// The shop that is asked; on a platform that does not say which, one of the empty name.
    pub shop: ShopKey,
    /// The platform's operation, such as `orders.list`.
    pub operation: String,
    /// The method.
    pub method: String,
    /// The path with its query, credentials removed.
    pub path: String,
    /// What the platform answers with 200 although nothing was done ([`Effect::ErrorIn200`]).
    pub error_in_200: Value,
}

/// A fault that only the platform itself can play.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Twist {
    /// All is well.
    #[default]
    None,
    /// Say that the credentials were revoked, and do nothing.
    TokenRevoked,
    /// Say that the credentials have expired, and do nothing.
    TokenExpired,
    /// Give the page before instead of any page after the first.
    RepeatPage,
    /// Leave out the first row of any page after the first.
    ShiftPage,
}

impl Twist {
    fn of(effect: Option<&Effect>) -> Self {
        match effect {
            Some(Effect::TokenRevoked) => Self::TokenRevoked,
            Some(Effect::TokenExpired) => Self::TokenExpired,
            Some(Effect::RepeatPage) => Self::RepeatPage,
            Some(Effect::ShiftPage) => Self::ShiftPage,
            _ => Self::None,
        }
    }
}

/// Answers a request. `work` does what was asked for, unless a fault comes before it.
pub async fn answer<Work>(world: &Arc<World>, call: Call, work: impl FnOnce(Twist) -> Work) -> Response
where
    Work: Future<Output = Response>,
{
    let effect = world.faults.draw(&call.shop, &call.operation);
    if let Some(response) = instead(world, &call, effect.as_ref()).await {
        return response;
    }
    let response = work(Twist::of(effect.as_ref())).await;
    let dropped = effect == Some(Effect::DropAnswer);
    let status = (!dropped).then(|| response.status().as_u16());
    let done = response.status().is_success() || response.status().is_redirection();
    record(world, &call, status, effect.as_ref(), done);
    match effect {
        Some(Effect::HangAfter { seconds }) => {
            tokio::time::sleep(pause(seconds)).await;
            response
        }
        Some(Effect::DropAnswer) => closed_connection(),
        Some(Effect::Malformed) => spoiled(response, |body| [b"<!-- cached -->", body].concat()).await,
        Some(Effect::Truncated) => spoiled(response, |body| body[..body.len() / 2].to_vec()).await,
        _ => response,
    }
}

/// The answer of a fault that keeps the work from being done.
async fn instead(world: &World, call: &Call, effect: Option<&Effect>) -> Option<Response> {
    let response = match effect? {
        Effect::ServerError { status } => page(*status, "Internal Server Error"),
        Effect::Html { status } => page(*status, "Just a moment..."),
        Effect::ErrorIn200 => axum::Json(call.error_in_200.clone()).into_response(),
        Effect::TooManyRequests { retry_after } => {
            let mut response = page(429, "Too Many Requests");
            if let Some(seconds) = retry_after {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            response
        }
        Effect::Hang { seconds } => {
            // Before the wait: whoever asked may have gone when it ends.
            record(world, call, None, effect, false);
            tokio::time::sleep(pause(*seconds)).await;
            return Some(page(504, "Gateway Time-out"));
        }
        _ => return None,
    };
    record(world, call, Some(response.status().as_u16()), effect, false);
    Some(response)
}

fn record(world: &World, call: &Call, status: Option<u16>, effect: Option<&Effect>, done: bool) {
    world.note(
        &call.shop,
        Event::Request {
            operation: call.operation.clone(),
            method: call.method.clone(),
            path: call.path.clone(),
            status,
            fault: effect.map(Effect::name),
            done,
        },
    );
}

fn pause(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

/// An HTML page that says nothing a machine could read.
pub fn page(status: u16, title: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let html = format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    );
    (status, Html(html)).into_response()
}

/// A body that fails before its first byte: the connection is closed before the head of the answer was sent.
fn closed_connection() -> Response {
    let failed: Result<Bytes, std::io::Error> = Err(std::io::ErrorKind::ConnectionAborted.into());
    Response::new(Body::from_stream(futures::stream::iter([failed])))
}

async fn spoiled(response: Response, spoil: impl FnOnce(&[u8]) -> Vec<u8>) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => Bytes::new(),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(spoil(&body)))
}
