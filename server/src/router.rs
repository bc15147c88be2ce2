//! The one router: pages, server functions, edges, built files, and what lies around them.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use app::action::PostedValues;
use app::fault;
use app::routes::App;
use app::shell::document;
use app::visitor::Visitor;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures::FutureExt as _;
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, generate_route_list_with_exclusions};
use portal::Portal;
use sandbox::mail::Mailbox;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::services::{ServeDir, ServeFile};
use tower_http::trace::TraceLayer;

use crate::uploads::{FORM_WITH_FILES_LIMIT, may_carry_files, without_files};
use crate::{development_mail, edges, health, security, sessions, visit};

/// Most bytes of a posted form without files.
const FORM_LIMIT: usize = 1024 * 1024;
/// The same of somebody who is not logged in: log-in, invitation and reset ask for little.
const SIGNED_OUT_FORM_LIMIT: usize = 16 * 1024;
/// The same of somebody who says that they were logged in here: what people type, and enough to tell them when it is
/// too long to be kept.
const SESSION_ENDED_FORM_LIMIT: usize = 64 * 1024;
/// Longest time an answer may take to begin.
const ANSWER_WITHIN: Duration = Duration::from_mins(1);
/// Seconds after which to try again what could not be answered.
const BUSY_FOR: HeaderValue = HeaderValue::from_static("10");
/// The same for a form with files, which must arrive before it can be answered: the largest at 6 Mbit/s.
const ANSWER_FILES_WITHIN: Duration = Duration::from_mins(30);

/// What handlers need.
#[derive(Clone)]
pub struct Web {
    /// The use cases' surroundings.
    pub portal: Portal,
    options: LeptosOptions,
}

impl axum::extract::FromRef<Web> for Portal {
    fn from_ref(web: &Web) -> Self {
        web.portal.clone()
    }
}

impl axum::extract::FromRef<Web> for LeptosOptions {
    fn from_ref(web: &Web) -> Self {
        web.options.clone()
    }
}

impl Web {
    /// The page that tells a visitor what went wrong; `extensions` are those of their request.
    pub(crate) async fn error_page(self, status: StatusCode, extensions: Extensions) -> Response {
        let mut page = Request::new(Body::empty());
        *page.uri_mut() = format!("/error/{}", status.as_u16()).parse().unwrap_or_default();
        *page.extensions_mut() = extensions;
        let context = move || provide_context(self.portal.clone());
        let options = self.options;
        leptos_axum::render_app_async_with_context(context, move || document(options.clone()))(page).await
    }
}

/// Everything the web role answers. `caught_mail` are the mails of a development portal without a mail server.
pub fn router(portal: &Portal, caught_mail: Option<Mailbox>) -> Router {
    let site = &portal.settings.site_dir;
    let options = LeptosOptions::builder()
        .output_name("portal")
        .site_root(site.display().to_string())
        .hash_files(has_hashed_files())
        .build();
    let web = Web {
        portal: portal.clone(),
        options: options.clone(),
    };
    let context = {
        let portal = portal.clone();
        move || provide_context(portal.clone())
    };
    let shell = {
        let options = options.clone();
        move || document(options.clone())
    };
    Router::new()
        .route(
            "/do/{*function}",
            post(server_function)
                .layer(DefaultBodyLimit::max(FORM_WITH_FILES_LIMIT))
                .fallback(no_function),
        )
        .merge(edges::router())
        .merge(caught_mail.map_or_else(Router::new, development_mail::router))
        .leptos_routes_with_context(&web, pages(), context.clone(), shell.clone())
        .fallback(leptos_axum::render_app_async_with_context(context, shell))
        .layer(middleware::from_fn_with_state(web.clone(), panics))
        .layer(middleware::from_fn_with_state(web.clone(), visit::resolve))
        .layer(sessions::layer(portal))
        .layer(middleware::from_fn_with_state(
            portal.clone(),
            sessions::without_known_cookie,
        ))
        .layer(middleware::from_fn_with_state(
            portal.clone(),
            security::same_site_only,
        ))
        .nest_service(
            "/pkg",
            ServeDir::new(site.join("pkg"))
                .precompressed_br()
                .precompressed_gzip(),
        )
        .nest_service("/fonts", ServeDir::new(site.join("fonts")))
        .nest_service(
            "/icons",
            ServeDir::new(site.join("icons"))
                .precompressed_br()
                .precompressed_gzip(),
        )
        .route_service("/favicon.svg", ServeFile::new(site.join("favicon.svg")))
        .route_service("/robots.txt", ServeFile::new(site.join("robots.txt")))
        .merge(edges::hooks::router())
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(middleware::from_fn(in_time))
        // For what lies around the pages, which have an error page of their own.
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(portal.clone(), security::headers))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_span)
                .on_failure(()),
        )
        .layer(SetRequestIdLayer::x_request_id(RequestIds(portal.clone())))
        .with_state(web)
}

/// The pages.
pub(crate) fn pages() -> Vec<AxumRouteListing> {
    // Leptos would route its functions itself, past `server_function`.
    let functions = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    generate_route_list_with_exclusions(App, Some(functions))
}

/// Whether the build put hashes into the names of script and style: it leaves a list beside the program.
fn has_hashed_files() -> bool {
    std::env::current_exe().is_ok_and(|program| program.with_file_name("hash.txt").is_file())
}

/// Numbers requests, so that a user's report finds its log lines.
#[derive(Clone)]
struct RequestIds(Portal);

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &http::Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&self.0.entropy.id().to_string())
            .ok()
            .map(RequestId::new)
    }
}

/// The span of a request. It names the route instead of the path: some paths hold a link's token.
fn request_span(request: &http::Request<Body>) -> tracing::Span {
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(none)", MatchedPath::as_str);
    tracing::info_span!("request", id, method = %request.method(), route)
}

/// Gives up on an answer that takes too long to begin, and says when to try again what there was no time for.
async fn in_time(request: Request, next: Next) -> Response {
    let limit = if may_carry_files(request.headers()) {
        ANSWER_FILES_WITHIN
    } else {
        ANSWER_WITHIN
    };
    let mut response = tokio::time::timeout(limit, next.run(request))
        .await
        .unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response());
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        let headers = response.headers_mut();
        headers.entry(header::RETRY_AFTER).or_insert(BUSY_FOR);
    }
    response
}

/// Runs a server function, and shows a page where a browser without script would see a bare answer.
async fn server_function(State(web): State<Web>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if !server_fn_paths().any(|(known, _)| known == path) {
        return no_function(State(web), request).await;
    }
    let extensions = request.extensions().clone();
    let wants_page = wants_page(request.headers());
    let response = run_function(&web, request).await;
    let status = response.status();
    if status.is_server_error() {
        tracing::error!(%status, path, "a form failed");
    }
    if wants_page && (status.is_client_error() || status.is_server_error()) {
        web.error_page(status, extensions).await
    } else {
        response
    }
}

/// There is no such function, or its address was opened like that of a page.
async fn no_function(State(web): State<Web>, request: Request) -> Response {
    if wants_page(request.headers()) {
        web.error_page(StatusCode::NOT_FOUND, request.extensions().clone())
            .await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

/// Runs a server function. Keeps what was typed, so that a refused form loses nothing.
async fn run_function(web: &Web, mut request: Request) -> Response {
    let limit = form_limit(request.extensions().get());
    if may_carry_files(request.headers()) {
        request = match without_files(&web.portal, request, limit).await {
            Ok(request) => request,
            Err(answer) => return answer,
        };
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, limit).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let typed = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&bytes).unwrap_or_default();
    parts.extensions.insert(PostedValues(typed));
    let request = Request::from_parts(parts, Body::from(bytes));
    let portal = web.portal.clone();
    let context = move || provide_context(portal.clone());
    let response = leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response();
    if response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        not_run(response).await
    } else {
        response
    }
}

/// The bare answer of a function that did not run to its end. Left alone it would repeat the words of libraries, in its
/// body and in the address that a plain form is sent back to; the log is told no more of them than their kind, for they
/// repeat what was sent.
async fn not_run(response: Response) -> Response {
    let said = axum::body::to_bytes(response.into_body(), FORM_LIMIT).await;
    let said = said.unwrap_or_default();
    if let Some(status) = fault::status_said(&said) {
        return status.into_response();
    }
    let kind = said.split(|byte| *byte == b'|').next().unwrap_or_default();
    if matches!(kind, b"Args" | b"MissingArg" | b"Deserialization") {
        StatusCode::BAD_REQUEST.into_response()
    } else {
        tracing::error!(kind = %String::from_utf8_lossy(kind), "a form could not be answered");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// Most bytes that a visitor's form may have. Whoever was logged in here a while ago may still send the form they were
/// filling in; that they were is only what their browser says.
fn form_limit(visitor: Option<&Visitor>) -> usize {
    match visitor {
        Some(visitor) if visitor.current.is_some() || visitor.undecided.is_some() => FORM_LIMIT,
        Some(visitor) if visitor.was.is_some() => SESSION_ENDED_FORM_LIMIT,
        _ => SIGNED_OUT_FORM_LIMIT,
    }
}

/// Answers with an error page where a handler panics: one request breaks, not the process.
async fn panics(State(web): State<Web>, request: Request, next: Next) -> Response {
    let extensions = request.extensions().clone();
    let wants_page = wants_page(request.headers());
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) if wants_page => {
            web.error_page(StatusCode::INTERNAL_SERVER_ERROR, extensions)
                .await
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use axum::Extension;
    use portal::testing::on_both;
    use tower::ServiceExt as _;

    use super::*;

    async fn breaks() -> StatusCode {
        panic!("broken on purpose")
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_panic_is_answered_with_a_page_and_the_next_request_is_fine() {
        on_both(async |portal| {
            // Sets up what rendering needs.
            let _ = router(&portal, None);
            let web = Web {
                portal: Portal::clone(&portal),
                options: LeptosOptions::builder().output_name("portal").build(),
            };
            let broken = Router::new()
                .route("/breaks", get(breaks))
                .route("/works", get(health::live))
                .layer(middleware::from_fn_with_state(web.clone(), panics))
                .layer(Extension(Visitor {
                    request_id: "018f-the-request".to_owned(),
                    ..Visitor::default()
                }))
                .with_state(web);
            let ask = async |path: &str, accept: &str| {
                let request = http::Request::get(path).header(header::ACCEPT, accept);
                let request = request.body(Body::empty()).unwrap();
                let response = broken.clone().oneshot(request).await.unwrap();
                let status = response.status();
                let body = axum::body::to_bytes(response.into_body(), usize::MAX)
                    .await
                    .unwrap();
                (status, String::from_utf8(body.to_vec()).unwrap())
            };
            let (status, page) = ask("/breaks", "text/html").await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(page.contains("Something broke on our side"), "{page}");
            assert!(!page.contains("on purpose"), "{page}");
            assert!(page.contains("018f-the-request"), "what to tell support: {page}");
            let (status, body) = ask("/breaks", "application/json").await;
            assert_eq!((status, body.as_str()), (StatusCode::INTERNAL_SERVER_ERROR, ""));
            assert_eq!(ask("/works", "text/html").await.0, StatusCode::OK);
        })
        .await;
    }
}
