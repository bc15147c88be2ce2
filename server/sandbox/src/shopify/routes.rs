//! The routes of one shop, under `/shopify/{shop}`.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::Scopes;
use super::cost::Plan;
use super::execute::{Checked, Request, respond};
use super::paging::{PageFault, Rules};
use super::session::Session;
use super::tokens::Access;
use super::{ANSWERS_WITH, PRIVACY_URL, ShopState, Shopify, UNLIMITED, lock, oauth, schema, webhooks};
use crate::exchange::{Call, Twist, answer};
use crate::ledger::Event;
use crate::shop::{Platform, ShopKey};
use crate::world::World;

/// The largest file that can be uploaded, in bytes.
const MAX_UPLOAD: usize = 25 * 1024 * 1024;
/// How long after an uninstall Shopify asks for the shop's data to be erased.
const REDACT_AFTER: Duration = Duration::from_hours(48);

/// What the handlers share.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) world: Arc<World>,
    pub(super) shopify: Arc<Shopify>,
    origin: Arc<str>,
}

/// The routes of every shop. `origin` is where they are served, such as `http://127.0.0.1:4000`.
pub fn router(world: &Arc<World>, shopify: &Arc<Shopify>, origin: &str) -> Router {
    let service = Service {
        world: Arc::clone(world),
        shopify: Arc::clone(shopify),
        origin: Arc::from(origin),
    };
    let upload = put(put_upload)
        .post(post_upload)
        .get(download)
        .layer(DefaultBodyLimit::max(MAX_UPLOAD));
    let shop = Router::new()
        .route("/admin/oauth/authorize", get(oauth::page))
        .route("/admin/oauth/authorize/decision", get(oauth::decide))
        .route("/admin/oauth/access_token", post(oauth::token))
        .route("/admin/api_permissions/current.json", delete(uninstall_by_app))
        .route("/admin/api/{version}/graphql.json", post(graphql))
        .route("/bulk/{file}", get(bulk_file))
        .route("/staged/{token}/{filename}", upload)
        .route("/desk/{action}", post(desk));
    Router::new().nest("/shopify/{shop}", shop).with_state(service)
}

impl Service {
    fn shop(&self, name: &str) -> Option<(ShopKey, Arc<ShopState>)> {
        Some((ShopKey::new(Platform::Shopify, name), self.shopify.state(name)?))
    }
}

#[derive(Deserialize)]
struct ShopPath {
    shop: String,
}

/// The Admin API. Versions other than the one served fall forward to it, as the header tells.
async fn graphql(
    State(service): State<Service>,
    Path(ShopPath { shop }): Path<ShopPath>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some((key, state)) = service.shop(&shop) else {
        return (StatusCode::NOT_FOUND, Json(json!({ "errors": "Not Found" }))).into_response();
    };
    let token = headers
        .get("x-shopify-access-token")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    // Reading the schema can take a second, and large answers some time.
    let parsed = tokio::task::spawn_blocking(move || Parsed::new(&body, is_json))
        .await
        .unwrap_or(Parsed::Unreadable);
    let call = Call {
        shop: key.clone(),
        operation: format!("graphql.{}", parsed.name()),
        method: "POST".to_owned(),
        path: format!("/shopify/{shop}/admin/api/{}/graphql.json", schema::API_VERSION),
        error_in_200: json!({
            "errors": [{
                "message": "Internal error. Looks like something went wrong on our end.",
                "extensions": { "code": "INTERNAL_SERVER_ERROR" },
            }],
        }),
    };
    let world = Arc::clone(&service.world);
    let mut response = answer(&world, call, |twist| async move {
        let work = move || service.answer(&key, &state, &token, parsed, twist);
        match tokio::task::spawn_blocking(work).await {
            Ok(response) => response,
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    })
    .await;
    if let Ok(version) = schema::API_VERSION.parse() {
        response.headers_mut().insert("x-shopify-api-version", version);
    }
    response
}

/// A request that was read as far as possible.
enum Parsed {
    Unreadable,
    Invalid(Vec<Value>),
    Valid(Box<Checked<'static>>, Request),
}

impl Parsed {
    fn new(body: &[u8], is_json: bool) -> Self {
        let request: Request = match serde_json::from_slice(body) {
            Ok(request) if is_json => request,
            _ => return Self::Unreadable,
        };
        let checked = match schema::admin() {
            Ok(admin) => Checked::new(admin, &request.query, request.operation_name.as_deref()),
            Err(problem) => Err(vec![json!({ "message": problem })]),
        };
        match checked {
            Ok(checked) => Self::Valid(Box::new(checked), request),
            Err(errors) => Self::Invalid(errors),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Unreadable => "unreadable".to_owned(),
            Self::Invalid(_) => "invalid".to_owned(),
            Self::Valid(checked, _) => checked.root_fields().join("+"),
        }
    }
}

impl Service {
    fn answer(
        &self,
        key: &ShopKey,
        state: &Arc<ShopState>,
        token: &str,
        parsed: Parsed,
        twist: Twist,
    ) -> Response {
        let now = self.world.clock.now();
        let (instead, unlimited) = self
            .world
            .read(key, |shop| {
                (
                    shop.settings
                        .get(ANSWERS_WITH)
                        .and_then(Value::as_u64)
                        .unwrap_or(0),
                    shop.is_on(UNLIMITED),
                )
            })
            .unwrap_or((404, false));
        if let Some(response) = unavailable(instead) {
            return response;
        }
        match twist {
            Twist::TokenRevoked => lock(&state.tokens).revoke(),
            Twist::TokenExpired => lock(&state.tokens).expire_access(now),
            _ => {}
        }
        let Access::Granted(scopes) = lock(&state.tokens).access(token, now) else {
            return unauthorized();
        };
        let (checked, request) = match parsed {
            Parsed::Valid(checked, request) => (checked, request),
            Parsed::Invalid(errors) => return Json(json!({ "errors": errors })).into_response(),
            Parsed::Unreadable => {
                let body = Json(json!({ "errors": { "query": "Required parameter missing or invalid" } }));
                return (StatusCode::BAD_REQUEST, body).into_response();
            }
        };
        let milliseconds = now.unix_milliseconds();
        lock(&state.bucket).adopt(
            if unlimited {
                Plan::UNLIMITED
            } else {
                Plan::STANDARD
            },
            milliseconds,
        );
        let session = self.session(key, state, scopes, twist);
        let variables = request.variables.unwrap_or_default();
        let mut body = respond(
            &checked,
            &variables,
            &session.scopes,
            &state.bucket,
            milliseconds,
            &session,
        );
        let warnings = std::mem::take(&mut *lock(&session.warnings));
        if !warnings.is_empty() {
            body["extensions"]["search"] = Value::Array(warnings);
        }
        Json(body).into_response()
    }

    fn session<'a>(
        &'a self,
        key: &'a ShopKey,
        state: &'a Arc<ShopState>,
        scopes: Scopes,
        twist: Twist,
    ) -> Session<'a> {
        Session {
            world: &self.world,
            key,
            state,
            scopes,
            base: format!("{}/shopify/{}", self.origin, key.name),
            rules: Rules {
                whole: false,
                fault: match twist {
                    Twist::RepeatPage => PageFault::Repeat,
                    Twist::ShiftPage => PageFault::Shift,
                    _ => PageFault::None,
                },
            },
            warnings: std::sync::Mutex::default(),
        }
    }
}

/// The answer of a shop that is frozen, gone or locked.
fn unavailable(status: u64) -> Option<Response> {
    let status = StatusCode::from_u16(u16::try_from(status).ok().filter(|status| *status >= 400)?).ok()?;
    let reason = match status {
        StatusCode::PAYMENT_REQUIRED => "Unavailable Shop",
        StatusCode::LOCKED => "Locked",
        _ => "Not Found",
    };
    Some((status, Json(json!({ "errors": reason }))).into_response())
}

fn unauthorized() -> Response {
    let problem = "[API] Invalid API key or access token (unrecognized login or wrong password)";
    (StatusCode::UNAUTHORIZED, Json(json!({ "errors": problem }))).into_response()
}

/// The app uninstalls itself.
async fn uninstall_by_app(
    State(service): State<Service>,
    Path(ShopPath { shop }): Path<ShopPath>,
    headers: HeaderMap,
) -> Response {
    let token = headers
        .get("x-shopify-access-token")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let Some((key, state)) = service.shop(&shop) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let access = lock(&state.tokens).access(token, service.world.clock.now());
    if matches!(access, Access::Refused) {
        return unauthorized();
    }
    uninstall(&service, &key, &state);
    Json(json!({})).into_response()
}

/// Ends the installation: tokens die, `app/uninstalled` is told, subscriptions go, and two days later the shop is to be
/// forgotten.
fn uninstall(service: &Service, key: &ShopKey, state: &ShopState) {
    lock(&state.tokens).revoke();
    webhooks::uninstalled(&service.world, key);
    let url = service.world.change(key, |shop| {
        shop.subscriptions.clear();
        shop.happened(Event::Other {
            what: "app_uninstalled",
            detail: Value::Null,
        });
        shop.settings
            .get(PRIVACY_URL)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    });
    if let Some(url) = url.filter(|url| !url.is_empty()) {
        webhooks::privacy(&service.world, key, "shop/redact", &url, REDACT_AFTER);
    }
}

/// What only the desk of Shopify can do: `uninstall`, `revoke`, `expire-access`, and the privacy topics
/// `customers-data-request`, `customers-redact` and `shop-redact`.
async fn desk(State(service): State<Service>, Path((shop, action)): Path<(String, String)>) -> StatusCode {
    let Some((key, state)) = service.shop(&shop) else {
        return StatusCode::NOT_FOUND;
    };
    let privacy = match action.as_str() {
        "uninstall" => {
            uninstall(&service, &key, &state);
            return StatusCode::NO_CONTENT;
        }
        "revoke" => {
            lock(&state.tokens).revoke();
            return StatusCode::NO_CONTENT;
        }
        "expire-access" => {
            lock(&state.tokens).expire_access(service.world.clock.now());
            return StatusCode::NO_CONTENT;
        }
        "customers-data-request" => "customers/data_request",
        "customers-redact" => "customers/redact",
        "shop-redact" => "shop/redact",
        _ => return StatusCode::NOT_FOUND,
    };
    let url = service
        .world
        .read(&key, |shop| shop.settings.get(PRIVACY_URL).cloned())
        .flatten();
    match url.as_ref().and_then(Value::as_str).filter(|url| !url.is_empty()) {
        Some(url) => {
            webhooks::privacy(&service.world, &key, privacy, url, Duration::ZERO);
            StatusCode::NO_CONTENT
        }
        None => StatusCode::CONFLICT,
    }
}

/// The result of a bulk operation.
async fn bulk_file(State(service): State<Service>, Path((shop, file)): Path<(String, String)>) -> Response {
    let number = file.strip_suffix(".jsonl").and_then(|number| number.parse().ok());
    let lines = number.and_then(|number| service.shopify.state(&shop)?.bulk_lines(number));
    match lines {
        Some(lines) => ([(header::CONTENT_TYPE, "application/jsonl")], lines).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(Deserialize)]
struct UploadPath {
    shop: String,
    token: String,
}

async fn put_upload(
    State(service): State<Service>,
    Path(path): Path<UploadPath>,
    content: Bytes,
) -> StatusCode {
    let taken = service
        .shopify
        .state(&path.shop)
        .is_some_and(|state| state.take_upload(&path.token, content));
    if taken {
        StatusCode::OK
    } else {
        StatusCode::FORBIDDEN
    }
}

/// A form: the parameters that were given, then the file, which must come last.
async fn post_upload(
    State(service): State<Service>,
    Path(path): Path<UploadPath>,
    mut form: Multipart,
) -> StatusCode {
    let mut file = None;
    while let Ok(Some(field)) = form.next_field().await {
        if file.is_some() {
            return StatusCode::BAD_REQUEST;
        }
        if field.name() == Some("file") {
            file = field.bytes().await.ok();
        }
    }
    let state = service.shopify.state(&path.shop);
    let Some(content) = file else {
        return StatusCode::BAD_REQUEST;
    };
    let taken = state.is_some_and(|state| state.take_upload(&path.token, content));
    if taken {
        StatusCode::CREATED
    } else {
        StatusCode::FORBIDDEN
    }
}

async fn download(State(service): State<Service>, Path(path): Path<UploadPath>) -> Response {
    match service
        .shopify
        .state(&path.shop)
        .and_then(|state| state.upload(&path.token))
    {
        Some(content) => ([(header::CONTENT_TYPE, "image/png")], content).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
