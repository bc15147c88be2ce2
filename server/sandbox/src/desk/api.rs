//! The desk as JSON.
//!
//! | | |
//! |---|---|
//! | `GET /desk/api/shops` | every shop with its address, credentials and switches |
//! | `POST /desk/api/shops` | `{"platform", "shop", "title"?, "currency"?, "settings"?, "products"?, "orders"?}` opens (or changes) one and stocks it silently |
//! | `GET /desk/api/shops/{platform}/{shop}` | one of them |
//! | `PATCH /desk/api/shops/{platform}/{shop}/settings` | sets switches; `null` removes one |
//! | `GET`, `POST …/products` | lists them; adds a [`NewProduct`] |
//! | `GET`, `POST …/products/{id}` | one of them; does a [`ProductAction`] |
//! | `GET`, `POST …/orders` | lists them; places a [`NewOrder`], or one made up: `{"shape": "personalised"}` |
//! | `GET`, `POST …/orders/{id}` | one of them; does an [`OrderAction`] |
//! | `GET …/subscriptions` | the webhook subscriptions |
//! | `GET`, `POST`, `DELETE /desk/api/faults` | the injected faults; injects a [`Fault`]; removes all |
//! | `DELETE /desk/api/faults/{id}` | removes one |
//! | `GET /desk/api/ledger` | the entries, by [`Filter`] |
//! | `GET /desk/api/ledger/requests` | how often each operation was asked for, by [`Filter`] |
//! | `GET`, `POST /desk/api/clock` | what time it is; `{"advance_seconds": 3600}` |
//! | `POST /desk/api/webhooks/run` | delivers now what is due; answers how many attempts were made |

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Desk;
use crate::faults::{Fault, Injected};
use crate::ledger::{Count, Entry, Filter};
use crate::outbox::Outbox;
use crate::shop::generate::{self, Shape};
use crate::shop::{NewOrder, NewProduct, OrderAction, Platform, ProductAction, Refused, Shop, ShopKey};

/// The routes, without `/desk/api`.
pub fn router() -> Router<Desk> {
    let of_a_shop = Router::new()
        .route("/", get(shop))
        .route("/settings", patch(set))
        .route("/products", get(products).post(add_product))
        .route("/products/{id}", get(product).post(act_on_product))
        .route("/orders", get(orders).post(place_order))
        .route("/orders/{id}", get(order).post(act_on_order))
        .route("/subscriptions", get(subscriptions));
    Router::new()
        .route("/shops", get(shops).post(open))
        .nest("/shops/{platform}/{shop}", of_a_shop)
        .route("/faults", get(faults).post(inject).delete(clear_faults))
        .route("/faults/{id}", delete(remove_fault))
        .route("/ledger", get(ledger))
        .route("/ledger/requests", get(requests))
        .route("/clock", get(clock).post(advance))
        .route("/webhooks/run", post(run_webhooks))
}

/// Why the desk refuses: 404 for what is not there, 422 for what cannot be done.
#[derive(Debug)]
pub enum DeskError {
    /// There is no such shop.
    NoShop,
    /// The shop refuses.
    Refused(Refused),
}

impl From<Refused> for DeskError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl std::fmt::Display for DeskError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoShop => formatter.write_str("there is no such shop"),
            Self::Refused(refused) => refused.fmt(formatter),
        }
    }
}

impl DeskError {
    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoShop | Self::Refused(Refused::Missing { .. }) => StatusCode::NOT_FOUND,
            Self::Refused(Refused::Impossible(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl IntoResponse for DeskError {
    fn into_response(self) -> Response {
        (self.status(), Json(json!({ "error": self.to_string() }))).into_response()
    }
}

type Answer<T> = Result<T, DeskError>;

/// A shop to open, or to change when it is open.
#[derive(Debug, Deserialize)]
pub struct Opening {
    #[serde(flatten)]
    key: ShopKey,
    title: Option<String>,
    currency: Option<String>,
    #[serde(default)]
    settings: Map<String, Value>,
    #[serde(default)]
    products: usize,
    #[serde(default)]
    orders: usize,
}

impl Desk {
    /// What a tester needs to know about a shop.
    ///
    /// # Errors
    /// When there is no such shop, or it refuses.
    pub fn announcement(&self, key: &ShopKey) -> Answer<Value> {
        let stand_in = self.world.stand_in(key.platform).ok_or(DeskError::NoShop)?;
        self.world.read(key, |_| ()).ok_or(DeskError::NoShop)?;
        Ok(stand_in.announce(&self.world, key, &self.origin))
    }

    /// Opens a shop, or changes the one that is open, and stocks it.
    ///
    /// # Errors
    /// When there is no such shop, or it refuses.
    pub fn open(&self, opening: Opening) -> Answer<Value> {
        let key = opening.key;
        self.world.open(&key).ok_or(DeskError::NoShop)?;
        self.change(&key, |shop| {
            shop.title = opening.title.unwrap_or(std::mem::take(&mut shop.title));
            shop.currency = opening.currency.unwrap_or(std::mem::take(&mut shop.currency));
            merge(&mut shop.settings, opening.settings);
            Ok(())
        })?;
        if opening.products + opening.orders > 0 {
            self.world.stock(&key, opening.products, opening.orders)?;
        }
        self.announcement(&key)
    }

    /// Places an order that is made up.
    ///
    /// # Errors
    /// When there is no such shop, or it refuses.
    pub fn place_made_up(&self, key: &ShopKey, shape: Shape) -> Answer<u64> {
        let mut chance = self.world.fresh_chance();
        self.change(key, |shop| generate::order(shop, shape, &mut chance))
    }

    /// Changes a shop.
    ///
    /// # Errors
    /// When there is no such shop, or it refuses.
    pub fn change<T>(
        &self,
        key: &ShopKey,
        change: impl FnOnce(&mut Shop) -> Result<T, Refused>,
    ) -> Answer<T> {
        let changed = self.world.change(key, change);
        Ok(changed.ok_or(DeskError::NoShop)??)
    }

    /// Reads a shop.
    ///
    /// # Errors
    /// When there is no such shop, or it refuses.
    pub fn read<T>(&self, key: &ShopKey, look: impl FnOnce(&Shop) -> Result<T, Refused>) -> Answer<T> {
        Ok(self.world.read(key, look).ok_or(DeskError::NoShop)??)
    }
}

/// Sets each setting; `null` removes it.
fn merge(settings: &mut Map<String, Value>, new: Map<String, Value>) {
    for (name, value) in new {
        if value.is_null() {
            settings.remove(&name);
        } else {
            settings.insert(name, value);
        }
    }
}

async fn shops(State(desk): State<Desk>) -> Answer<Json<Vec<Value>>> {
    let keys = desk.world.shops();
    let all: Answer<Vec<Value>> = keys.iter().map(|key| desk.announcement(key)).collect();
    Ok(Json(all?))
}

async fn open(State(desk): State<Desk>, Json(opening): Json<Opening>) -> Answer<Json<Value>> {
    desk.open(opening).map(Json)
}

async fn shop(State(desk): State<Desk>, Path(key): Path<ShopKey>) -> Answer<Json<Value>> {
    desk.announcement(&key).map(Json)
}

async fn set(
    State(desk): State<Desk>,
    Path(key): Path<ShopKey>,
    Json(settings): Json<Map<String, Value>>,
) -> Answer<Json<Map<String, Value>>> {
    desk.change(&key, |shop| {
        merge(&mut shop.settings, settings);
        Ok(Json(shop.settings.clone()))
    })
}

async fn products(State(desk): State<Desk>, Path(key): Path<ShopKey>) -> Answer<Json<Value>> {
    desk.read(&key, |shop| {
        Ok(Json(json!(shop.products.values().collect::<Vec<_>>())))
    })
}

async fn add_product(
    State(desk): State<Desk>,
    Path(key): Path<ShopKey>,
    Json(new): Json<NewProduct>,
) -> Answer<Json<Value>> {
    desk.change(&key, |shop| {
        let id = shop.add_product(new)?;
        Ok(Json(json!(shop.product(id)?)))
    })
}

/// The id in a path below a shop.
#[derive(Deserialize)]
struct Within {
    platform: Platform,
    shop: String,
    id: u64,
}

impl Within {
    fn key(&self) -> ShopKey {
        ShopKey::new(self.platform, &self.shop)
    }
}

async fn product(State(desk): State<Desk>, Path(within): Path<Within>) -> Answer<Json<Value>> {
    desk.read(&within.key(), |shop| Ok(Json(json!(shop.product(within.id)?))))
}

async fn act_on_product(
    State(desk): State<Desk>,
    Path(within): Path<Within>,
    Json(action): Json<ProductAction>,
) -> Answer<Json<Value>> {
    desk.change(&within.key(), |shop| {
        shop.act_on_product(within.id, action)?;
        Ok(Json(json!(shop.products.get(&within.id))))
    })
}

async fn orders(State(desk): State<Desk>, Path(key): Path<ShopKey>) -> Answer<Json<Value>> {
    desk.read(&key, |shop| {
        Ok(Json(json!(shop.orders.values().collect::<Vec<_>>())))
    })
}

/// An order that is made up, or given in full.
#[derive(Deserialize)]
struct Placing {
    shape: Option<Shape>,
    #[serde(flatten)]
    order: NewOrder,
}

async fn place_order(
    State(desk): State<Desk>,
    Path(key): Path<ShopKey>,
    Json(placing): Json<Placing>,
) -> Answer<Json<Value>> {
    let id = match placing.shape {
        Some(shape) => desk.place_made_up(&key, shape)?,
        None if placing.order.lines.is_empty() => {
            return Err(Refused::Impossible("an order needs a line").into());
        }
        None => desk.change(&key, |shop| shop.place_order(placing.order))?,
    };
    desk.read(&key, |shop| Ok(Json(json!(shop.order(id)?))))
}

async fn order(State(desk): State<Desk>, Path(within): Path<Within>) -> Answer<Json<Value>> {
    desk.read(&within.key(), |shop| Ok(Json(json!(shop.order(within.id)?))))
}

async fn act_on_order(
    State(desk): State<Desk>,
    Path(within): Path<Within>,
    Json(action): Json<OrderAction>,
) -> Answer<Json<Value>> {
    desk.change(&within.key(), |shop| {
        shop.act_on_order(within.id, action)?;
        Ok(Json(json!(shop.orders.get(&within.id))))
    })
}

async fn subscriptions(State(desk): State<Desk>, Path(key): Path<ShopKey>) -> Answer<Json<Value>> {
    desk.read(&key, |shop| {
        Ok(Json(json!(shop.subscriptions.values().collect::<Vec<_>>())))
    })
}

async fn faults(State(desk): State<Desk>) -> Json<Vec<Injected>> {
    Json(desk.world.faults.injected())
}

async fn inject(State(desk): State<Desk>, Json(fault): Json<Fault>) -> Json<Value> {
    Json(json!({ "id": desk.world.faults.inject(fault) }))
}

async fn clear_faults(State(desk): State<Desk>) -> StatusCode {
    desk.world.faults.clear();
    StatusCode::NO_CONTENT
}

async fn remove_fault(State(desk): State<Desk>, Path(id): Path<u64>) -> StatusCode {
    if desk.world.faults.remove(id) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

async fn ledger(State(desk): State<Desk>, Query(filter): Query<Filter>) -> Json<Vec<Entry>> {
    Json(desk.world.ledger.entries(&filter))
}

async fn requests(State(desk): State<Desk>, Query(filter): Query<Filter>) -> Json<Vec<Count>> {
    Json(desk.world.ledger.requests(&filter))
}

async fn clock(State(desk): State<Desk>) -> Json<Value> {
    Json(json!({ "now": desk.world.clock.now() }))
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u64,
}

async fn advance(State(desk): State<Desk>, Json(by): Json<Advance>) -> Json<Value> {
    desk.world
        .clock
        .advance(std::time::Duration::from_secs(by.advance_seconds));
    desk.world.outbox.wake();
    Json(json!({ "now": desk.world.clock.now() }))
}

async fn run_webhooks(State(desk): State<Desk>) -> Json<Value> {
    Json(json!({ "attempts": Outbox::run_due(&desk.world).await }))
}
