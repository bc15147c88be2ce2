//! The routes, under `/etsy`.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Multipart, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Refusal;
use super::listing_form::Form;
use super::listing_images::{self, Upload};
use super::service::{Caller, Done, Head, Operation, Service, check_key};
use super::{Etsy, inventory, listings, lock, oauth, profiles, receipts};
use crate::world::World;

/// The largest body taken, in bytes.
const MAX_BODY: usize = 12 * 1024 * 1024;

/// The routes. `origin` is where they are served, such as `http://127.0.0.1:4000`.
pub fn router(world: &Arc<World>, etsy: &Arc<Etsy>, origin: &str) -> Router {
    let service = Service {
        world: Arc::clone(world),
        etsy: Arc::clone(etsy),
        origin: Arc::from(origin),
    };
    let of_a_shop = Router::new()
        .route("/", get(shop))
        .route("/receipts", get(receipt_page))
        .route("/receipts/{receipt}", get(receipt).put(update_receipt))
        .route("/receipts/{receipt}/tracking", post(track))
        .route("/listings", get(listing_page).post(create_listing))
        .route("/listings/{listing}", axum::routing::patch(update_listing))
        .route("/listings/{listing}/images", post(upload_image))
        .route("/shipping-profiles", get(shipping_profiles))
        .route("/readiness-state-definitions", get(readiness_states))
        .route("/policies/return", get(return_policies))
        .route("/production-partners", get(production_partners));
    let application = Router::new()
        .route("/openapi-ping", get(ping))
        .route("/users/me", get(me))
        .route("/scopes", post(token_scopes))
        .route("/listings/batch", get(listing_batch))
        .route("/listings/batch/inventory", get(inventory_batch))
        .route("/listings/{listing}", get(listing).delete(delete_listing))
        .route("/listings/{listing}/images", get(listing_images))
        .route(
            "/listings/{listing}/inventory",
            get(listing_inventory).merge(put(replace_inventory)),
        )
        .route("/seller-taxonomy/nodes", get(taxonomy))
        .route("/shipping-carriers", get(carriers))
        .nest("/shops/{shop}", of_a_shop);
    let all = Router::new()
        .nest("/v3/application", application)
        .route("/v3/public/oauth/token", post(oauth::token))
        .route("/oauth/connect", get(oauth::page))
        .route("/oauth/connect/decision", get(oauth::decide))
        .route("/desk/{seller}/{action}", post(desk))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(service);
    Router::new().nest("/etsy", all)
}

impl<S: Sync> FromRequestParts<S> for Head {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
        })
    }
}

/// 200 with a body.
#[expect(clippy::unnecessary_wraps, reason = "most operations can fail")]
fn found(body: Value) -> Done {
    Ok((StatusCode::OK, body))
}

const fn open(name: &'static str) -> Operation {
    Operation { name, scope: None }
}

const fn scoped(name: &'static str, scope: &'static str) -> Operation {
    Operation {
        name,
        scope: Some(scope),
    }
}

#[derive(Clone, Copy, Deserialize)]
struct ShopPath {
    shop: u64,
}

#[derive(Clone, Copy, Deserialize)]
struct ReceiptPath {
    shop: u64,
    receipt: u64,
}

#[derive(Clone, Copy, Deserialize)]
struct ListingPath {
    #[serde(default)]
    shop: u64,
    listing: u64,
}

/// An operation on a shop that must be the caller's.
async fn of_shop(
    service: &Service,
    operation: Operation,
    head: Head,
    shop: u64,
    work: impl FnOnce(&Caller<'_>) -> Done,
) -> Response {
    let owned = |caller: &Caller<'_>| caller.owns(shop).and_then(|()| work(caller));
    service.serve(operation, head, owned).await
}

async fn ping(State(service): State<Service>, head: Head) -> Response {
    service
        .serve(open("ping"), head, |caller| found(profiles::ping(caller)))
        .await
}

async fn me(State(service): State<Service>, head: Head) -> Response {
    service
        .serve(scoped("getMe", "shops_r"), head, |caller| {
            found(profiles::me(caller))
        })
        .await
}

async fn shop(State(service): State<Service>, head: Head) -> Response {
    service.serve(open("getShop"), head, profiles::shop).await
}

async fn taxonomy(State(service): State<Service>, head: Head) -> Response {
    service
        .serve(open("getSellerTaxonomyNodes"), head, |caller| {
            found(profiles::taxonomy(caller))
        })
        .await
}

#[derive(Deserialize)]
struct Origin {
    origin_country_iso: Option<String>,
}

async fn carriers(State(service): State<Service>, Query(origin): Query<Origin>, head: Head) -> Response {
    let work = |_: &Caller<'_>| match origin.origin_country_iso.filter(|country| country.len() == 2) {
        Some(country) => found(profiles::carriers(&country)),
        None => Err(Refusal::invalid("origin_country_iso is required")),
    };
    service.serve(open("getShippingCarriers"), head, work).await
}

async fn shipping_profiles(
    State(service): State<Service>,
    Path(path): Path<ShopPath>,
    head: Head,
) -> Response {
    let operation = scoped("getShopShippingProfiles", "shops_r");
    of_shop(&service, operation, head, path.shop, profiles::shipping_profiles).await
}

async fn readiness_states(
    State(service): State<Service>,
    Path(path): Path<ShopPath>,
    head: Head,
) -> Response {
    let operation = scoped("getShopReadinessStateDefinitions", "shops_r");
    of_shop(&service, operation, head, path.shop, |caller| {
        found(profiles::readiness_states(caller))
    })
    .await
}

async fn return_policies(State(service): State<Service>, head: Head) -> Response {
    service
        .serve(open("getShopReturnPolicies"), head, |caller| {
            found(profiles::return_policies(caller))
        })
        .await
}

async fn production_partners(
    State(service): State<Service>,
    Path(path): Path<ShopPath>,
    head: Head,
) -> Response {
    let operation = scoped("getShopProductionPartners", "shops_r");
    of_shop(&service, operation, head, path.shop, |caller| {
        found(profiles::production_partners(caller))
    })
    .await
}

async fn receipt_page(
    State(service): State<Service>,
    Path(path): Path<ShopPath>,
    Query(filters): Query<receipts::Filters>,
    head: Head,
) -> Response {
    let operation = scoped("getShopReceipts", "transactions_r");
    of_shop(&service, operation, head, path.shop, |caller| {
        receipts::page(caller, &filters)
    })
    .await
}

async fn receipt(State(service): State<Service>, Path(path): Path<ReceiptPath>, head: Head) -> Response {
    let operation = scoped("getShopReceipt", "transactions_r");
    of_shop(&service, operation, head, path.shop, |caller| {
        receipts::get(caller, path.receipt)
    })
    .await
}

async fn update_receipt(
    State(service): State<Service>,
    Path(path): Path<ReceiptPath>,
    head: Head,
    body: Bytes,
) -> Response {
    let update = serde_urlencoded::from_bytes(&body);
    let work = |caller: &Caller<'_>| {
        let update = update.map_err(|error| Refusal::invalid(error.to_string()))?;
        receipts::update(caller, path.receipt, &update)
    };
    of_shop(
        &service,
        scoped("updateShopReceipt", "transactions_w"),
        head,
        path.shop,
        work,
    )
    .await
}

async fn track(
    State(service): State<Service>,
    Path(path): Path<ReceiptPath>,
    head: Head,
    body: Bytes,
) -> Response {
    let read = |body: &[u8]| {
        if body.is_empty() {
            Ok(receipts::Parcel::default())
        } else {
            serde_json::from_slice(body)
        }
    };
    let work = |caller: &Caller<'_>| {
        let parcel = read(&body).map_err(|_| Refusal::invalid("The body must be JSON"))?;
        receipts::track(caller, path.receipt, parcel)
    };
    of_shop(
        &service,
        scoped("createReceiptShipment", "transactions_w"),
        head,
        path.shop,
        work,
    )
    .await
}

async fn listing_page(
    State(service): State<Service>,
    Path(path): Path<ShopPath>,
    Query(filters): Query<listings::Filters>,
    head: Head,
) -> Response {
    let operation = scoped("getListingsByShop", "listings_r");
    of_shop(&service, operation, head, path.shop, |caller| {
        listings::page(caller, &filters)
    })
    .await
}

async fn create_listing(
    State(service): State<Service>,
    Path(path): Path<ShopPath>,
    head: Head,
    body: Bytes,
) -> Response {
    let form = Form::read(content_type(&head.headers), &body);
    let work = |caller: &Caller<'_>| listings::create(caller, &form?);
    of_shop(
        &service,
        scoped("createDraftListing", "listings_w"),
        head,
        path.shop,
        work,
    )
    .await
}

async fn update_listing(
    State(service): State<Service>,
    Path(path): Path<ListingPath>,
    head: Head,
    body: Bytes,
) -> Response {
    let form = Form::read(content_type(&head.headers), &body);
    let work = |caller: &Caller<'_>| listings::update(caller, path.listing, &form?);
    of_shop(
        &service,
        scoped("updateListing", "listings_w"),
        head,
        path.shop,
        work,
    )
    .await
}

async fn upload_image(
    State(service): State<Service>,
    Path(path): Path<ListingPath>,
    head: Head,
    mut form: Multipart,
) -> Response {
    let mut upload = Upload::default();
    while let Ok(Some(field)) = form.next_field().await {
        match field.name() {
            Some("image") => upload.content = field.bytes().await.ok(),
            Some("rank") => upload.rank = field.text().await.ok().and_then(|rank| rank.parse().ok()),
            Some("overwrite") => upload.overwrite = field.text().await.is_ok_and(|text| text == "true"),
            Some("alt_text") => upload.alt_text = field.text().await.unwrap_or_default(),
            _ => {}
        }
    }
    let work = |caller: &Caller<'_>| listing_images::upload(caller, path.listing, upload);
    of_shop(
        &service,
        scoped("uploadListingImage", "listings_w"),
        head,
        path.shop,
        work,
    )
    .await
}

/// What a batch names, and what is wanted with it.
#[derive(Deserialize)]
struct Batch {
    #[serde(default)]
    listing_ids: String,
    includes: Option<String>,
}

impl Batch {
    fn ids(&self) -> Vec<u64> {
        self.listing_ids
            .split(',')
            .filter_map(|id| id.trim().parse().ok())
            .collect()
    }
}

async fn listing_batch(State(service): State<Service>, Query(batch): Query<Batch>, head: Head) -> Response {
    let work = |caller: &Caller<'_>| listings::batch(caller, &batch.ids(), batch.includes.as_deref());
    service.serve(open("getListingsByListingIds"), head, work).await
}

async fn inventory_batch(State(service): State<Service>, Query(batch): Query<Batch>, head: Head) -> Response {
    let operation = scoped("getListingsInventoryByListingIds", "listings_r");
    service
        .serve(operation, head, |caller| inventory::batch(caller, &batch.ids()))
        .await
}

#[derive(Deserialize)]
struct Includes {
    includes: Option<String>,
}

async fn listing(
    State(service): State<Service>,
    Path(path): Path<ListingPath>,
    Query(query): Query<Includes>,
    head: Head,
) -> Response {
    let work = |caller: &Caller<'_>| listings::get(caller, path.listing, query.includes.as_deref());
    service.serve(open("getListing"), head, work).await
}

async fn delete_listing(
    State(service): State<Service>,
    Path(path): Path<ListingPath>,
    head: Head,
) -> Response {
    let operation = scoped("deleteListing", "listings_d");
    service
        .serve(operation, head, |caller| listings::delete(caller, path.listing))
        .await
}

async fn listing_images(
    State(service): State<Service>,
    Path(path): Path<ListingPath>,
    head: Head,
) -> Response {
    service
        .serve(open("getListingImages"), head, |caller| {
            listing_images::images(caller, path.listing)
        })
        .await
}

async fn listing_inventory(
    State(service): State<Service>,
    Path(path): Path<ListingPath>,
    head: Head,
) -> Response {
    let operation = scoped("getListingInventory", "listings_r");
    service
        .serve(operation, head, |caller| inventory::get(caller, path.listing))
        .await
}

#[derive(Deserialize)]
struct Variations {
    max_variations_supported: Option<String>,
}

async fn replace_inventory(
    State(service): State<Service>,
    Path(path): Path<ListingPath>,
    Query(query): Query<Variations>,
    head: Head,
    body: Bytes,
) -> Response {
    let three = query.max_variations_supported.as_deref() == Some("3");
    let work = |caller: &Caller<'_>| {
        let body: Value =
            serde_json::from_slice(&body).map_err(|_| Refusal::invalid("The body must be JSON"))?;
        inventory::replace(caller, path.listing, three, &body)
    };
    service
        .serve(scoped("updateListingInventory", "listings_w"), head, work)
        .await
}

/// `tokenScopes`: the scopes of the token in the form.
async fn token_scopes(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> Response {
    #[derive(Deserialize)]
    struct Asked {
        token: String,
    }
    if let Err(refusal) = check_key(&headers) {
        return refusal.into_response();
    }
    let unknown = || {
        Refusal::oauth(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "access token is not valid",
        )
    };
    let scopes = || {
        let Asked { token } =
            serde_urlencoded::from_bytes(&body).map_err(|error| Refusal::invalid(error.to_string()))?;
        let seller = service.etsy.seller_of_token(&token).ok_or_else(unknown)?;
        let tokens = service.etsy.tokens(&seller).ok_or_else(unknown)?;
        let scopes = lock(&tokens).access(&token, service.world.clock.now());
        scopes.map_err(|_| unknown())
    };
    match scopes() {
        Ok(scopes) => axum::Json(json!({ "scopes": scopes })).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// What only the desk of Etsy can do to a seller's tokens: `revoke` and `expire-access`.
async fn desk(State(service): State<Service>, Path((seller, action)): Path<(String, String)>) -> StatusCode {
    let Some(tokens) = service.etsy.tokens(&seller) else {
        return StatusCode::NOT_FOUND;
    };
    let mut tokens = lock(&tokens);
    match action.as_str() {
        "revoke" => tokens.revoke(),
        "expire-access" => tokens.expire_access(service.world.clock.now()),
        _ => return StatusCode::NOT_FOUND,
    }
    StatusCode::NO_CONTENT
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}
