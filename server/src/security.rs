//! Headers every answer carries, and the refusal of requests that other sites send.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use portal::Portal;

/// What a response without a page may do: nothing.
const BARE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Adds the security headers. Pages set their own content security policy with a nonce.
pub async fn headers(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let lasting = is_lasting(request.uri().path());
    let mut response = next.run(request).await;
    // What is missing today, as while a new version comes up, may be there tomorrow.
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, BARE_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=()",
    );
    set(
        header::CACHE_CONTROL,
        if lasting && found {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        },
    );
    if portal.settings.secure_cookies() {
        set(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=63072000; includeSubDomains",
        );
    }
    response
}

/// Built files whose names change with their content, and fonts and icons that never do.
fn is_lasting(path: &str) -> bool {
    ["/pkg/", "/fonts/", "/icons/"]
        .iter()
        .any(|folder| path.starts_with(folder))
}

/// Refuses requests that change something and were sent by another site. Server functions have no such
/// protection of their own.
pub async fn same_site_only(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_own(request.headers(), &portal) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This request came from another site.").into_response()
    }
}

/// Every browser since 2023 sends `Sec-Fetch-Site`; older ones send `Origin` with every POST.
fn is_own(headers: &HeaderMap, portal: &Portal) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => text("origin").is_some_and(|origin| {
            let own_host = text("host").unwrap_or_default();
            origin == portal.settings.base_url.origin().ascii_serialization()
                || origin.split_once("://").is_some_and(|(_, host)| host == own_host)
        }),
    }
}
