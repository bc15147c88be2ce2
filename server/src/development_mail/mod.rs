//! The mails of a development portal, read in the browser: where no mail server is set up, a catcher takes
//! them, and these pages show what would have been sent. A portal with a mail server has none of them.

mod page;

use app::visitor::Visitor;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use http::{HeaderValue, StatusCode, header};
use sandbox::mail::Mailbox;

use crate::router::Web;

/// Where the list is.
pub const PATH: &str = "/dev/mail";

/// The pages around a mail: they have a style sheet, and a frame for the mail as its reader would see it.
const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The mail itself: somebody else's HTML, styled as mails are, that may do nothing but open links elsewhere.
const MAIL_POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
     sandbox allow-popups allow-popups-to-escape-sandbox; base-uri 'none'; frame-ancestors 'self'";

/// The pages, reading from `mailbox`.
pub(crate) fn router(mailbox: Mailbox) -> Router<Web> {
    Router::new()
        .route(PATH, get(list))
        .route("/dev/mail/style.css", get(style))
        .route("/dev/mail/{id}", get(message))
        .route("/dev/mail/{id}/html", get(html))
        .route("/dev/mail/{id}/source", get(source))
        .layer(Extension(mailbox))
}

async fn list(Extension(visitor): Extension<Visitor>, Extension(mailbox): Extension<Mailbox>) -> Response {
    page(page::list(visitor.text(), mailbox.messages()))
}

async fn message(
    Extension(visitor): Extension<Visitor>,
    Extension(mailbox): Extension<Mailbox>,
    Path(id): Path<u64>,
) -> Response {
    match mailbox.message(id) {
        Some(message) => page(page::message(visitor.text(), &message)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn html(Extension(mailbox): Extension<Mailbox>, Path(id): Path<u64>) -> Response {
    match mailbox.message(id).and_then(|message| message.html.clone()) {
        Some(html) => with_policy(Html(html).into_response(), MAIL_POLICY),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn source(Extension(mailbox): Extension<Mailbox>, Path(id): Path<u64>) -> Response {
    match mailbox.message(id) {
        Some(message) => message.source.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    )
}

fn page(html: String) -> Response {
    with_policy(Html(html).into_response(), PAGE_POLICY)
}

fn with_policy(mut response: Response, policy: &'static str) -> Response {
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}
