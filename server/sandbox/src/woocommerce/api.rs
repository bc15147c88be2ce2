//! The REST API: from a path to the route that answers.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Map, Value};

use super::auth::{self, Access};
use super::refusal::{Outcome, Refusal};
use super::reply::Reply;
use super::visit::Visit;
use super::{
    WooCommerce, batch, fulfillments, notes, order_write, orders, product_write, products, refunds,
    site_json, variations, webhooks,
};
use crate::exchange::Twist;
use crate::shop::Shop;
use crate::world::World;

/// What every route is given.
pub(super) struct Context {
    pub(super) world: Arc<World>,
    pub(super) stand_in: Arc<WooCommerce>,
    pub(super) visit: Visit,
    pub(super) twist: Twist,
}

impl Context {
    /// Reads the shop.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Shop) -> Outcome<T>) -> Outcome<T> {
        let read = self.world.read(&self.visit.shop, look);
        read.unwrap_or_else(|| Err(Refusal::no_route()))
    }

    /// Changes the shop.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Shop) -> Outcome<T>) -> Outcome<T> {
        let changed = self.world.change(&self.visit.shop, change);
        changed.unwrap_or_else(|| Err(Refusal::no_route()))
    }
}

/// A route of the API, with the ids in its path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Route {
    Root,
    Index,
    SystemStatus,
    Currency,
    Statuses,
    Products,
    Product(u64),
    ProductBatch,
    AllVariations,
    Variations(u64),
    Variation(u64, u64),
    VariationBatch(u64),
    Orders,
    Order(u64),
    OrderBatch,
    Notes(u64),
    Note(u64, u64),
    Refunds(u64),
    Refund(u64, u64),
    Fulfillments(u64),
    Fulfillment(u64, u64),
    Webhooks,
    Webhook(u64),
}

impl Route {
    /// The route of a path below `wp-json`; `None` when this site has none such.
    pub(super) fn of(path: &str, visit: &Visit) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let id = |text: &str| text.parse::<u64>().ok();
        Some(match parts.strip_prefix(&["wc", "v3"]) {
            None if parts.is_empty() => Self::Root,
            Some([]) => Self::Index,
            Some(["system_status"]) => Self::SystemStatus,
            Some(["data", "currencies", "current"]) => Self::Currency,
            Some(["orders", "statuses"]) if visit.settings.is_at_least(10, 0) => Self::Statuses,
            Some(["variations"]) if visit.settings.is_at_least(10, 0) => Self::AllVariations,
            Some(["products"]) => Self::Products,
            Some(["products", "batch"]) => Self::ProductBatch,
            Some(["products", product]) => Self::Product(id(product)?),
            Some(["products", product, "variations"]) => Self::Variations(id(product)?),
            Some(["products", product, "variations", "batch"]) => Self::VariationBatch(id(product)?),
            Some(["products", product, "variations", variation]) => {
                Self::Variation(id(product)?, id(variation)?)
            }
            Some(["orders"]) => Self::Orders,
            Some(["orders", "batch"]) => Self::OrderBatch,
            Some(["orders", order]) => Self::Order(id(order)?),
            Some(["orders", order, "notes"]) => Self::Notes(id(order)?),
            Some(["orders", order, "notes", note]) => Self::Note(id(order)?, id(note)?),
            Some(["orders", order, "refunds"]) => Self::Refunds(id(order)?),
            Some(["orders", order, "refunds", refund]) => Self::Refund(id(order)?, id(refund)?),
            Some(["orders", order, "fulfillments"]) if visit.settings.fulfillments => {
                Self::Fulfillments(id(order)?)
            }
            Some(["orders", order, "fulfillments", fulfillment]) if visit.settings.fulfillments => {
                Self::Fulfillment(id(order)?, id(fulfillment)?)
            }
            Some(["webhooks"]) => Self::Webhooks,
            Some(["webhooks", webhook]) => Self::Webhook(id(webhook)?),
            _ => return None,
        })
    }

    /// What the ledger and the faults call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Root | Self::Index => "index",
            Self::SystemStatus => "system_status",
            Self::Currency => "currency",
            Self::Statuses => "statuses",
            Self::Products | Self::Product(_) | Self::ProductBatch => "products",
            Self::AllVariations | Self::Variations(_) | Self::Variation(..) | Self::VariationBatch(_) => {
                "variations"
            }
            Self::Orders | Self::Order(_) | Self::OrderBatch => "orders",
            Self::Notes(_) | Self::Note(..) => "notes",
            Self::Refunds(_) | Self::Refund(..) => "refunds",
            Self::Fulfillments(_) | Self::Fulfillment(..) => "fulfillments",
            Self::Webhooks | Self::Webhook(_) => "webhooks",
        }
    }

    /// What this method does to it; `None` when the route does not take the method.
    pub(super) fn access(self, method: &Method) -> Option<Access> {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        let edits = matches!(*method, Method::POST | Method::PUT | Method::PATCH);
        match self {
            Self::Root | Self::Index => reads.then_some(Access::Public),
            Self::SystemStatus | Self::Currency | Self::Statuses | Self::AllVariations => {
                reads.then_some(Access::List)
            }
            Self::ProductBatch | Self::VariationBatch(_) | Self::OrderBatch => edits.then_some(Access::Batch),
            Self::Products
            | Self::Variations(_)
            | Self::Orders
            | Self::Notes(_)
            | Self::Refunds(_)
            | Self::Fulfillments(_)
            | Self::Webhooks => match *method {
                Method::POST => Some(Access::Create),
                _ => reads.then_some(Access::List),
            },
            Self::Note(..) | Self::Refund(..) if edits => None,
            Self::Product(_)
            | Self::Variation(..)
            | Self::Order(_)
            | Self::Note(..)
            | Self::Refund(..)
            | Self::Fulfillment(..)
            | Self::Webhook(_) => match *method {
                Method::DELETE => Some(Access::Delete),
                _ if edits => Some(Access::Edit),
                _ => reads.then_some(Access::View),
            },
        }
    }
}

/// The ledger's name of what is asked for, such as `orders.list`.
pub(super) fn operation(route: Option<Route>, method: &Method) -> String {
    let Some(route) = route else {
        return "unknown".to_owned();
    };
    let verb = match route.access(method) {
        None => "unknown",
        Some(Access::Public) => return route.name().to_owned(),
        Some(Access::List) => "list",
        Some(Access::View) => "get",
        Some(Access::Create) => "create",
        Some(Access::Edit) => "update",
        Some(Access::Delete) => "delete",
        Some(Access::Batch) => "batch",
    };
    format!("{}.{verb}", route.name())
}

/// Answers a request to the API.
pub(super) async fn answer(context: &Context, route: Option<Route>) -> Outcome<Reply> {
    let answered = answer_in_english(context, route).await;
    if context.visit.settings.spanish {
        answered.map_err(Refusal::in_spanish)
    } else {
        answered
    }
}

async fn answer_in_english(context: &Context, route: Option<Route>) -> Outcome<Reply> {
    let visit = &context.visit;
    let revoked = matches!(context.twist, Twist::TokenRevoked | Twist::TokenExpired);
    let anonymous = revoked || visit.settings.keys_revoked || !visit.is_authenticated_address();
    let key = if anonymous {
        None
    } else {
        auth::authenticate(visit, &context.stand_in.keys, context.world.clock.now())?
    };
    if let Some(key) = &key {
        auth::check_permissions(key, &visit.method)?;
    }
    if visit.settings.security_plugin {
        return Err(Refusal::new(
            axum::http::StatusCode::UNAUTHORIZED,
            "rest_login_required",
            "DRA: Only authenticated users can access the REST API.",
        ));
    }
    let route = route.ok_or_else(Refusal::no_route)?;
    let access = route.access(&visit.method).ok_or_else(Refusal::no_route)?;
    let input = visit.object()?;
    auth::check_access(key.as_ref(), access)?;
    dispatch(context, route, access, &input).await
}

async fn dispatch(
    context: &Context,
    route: Route,
    access: Access,
    input: &Map<String, Value>,
) -> Outcome<Reply> {
    let reads = matches!(access, Access::List | Access::View | Access::Public);
    match (route, access) {
        (Route::Root, _) => site_json::root(context),
        (Route::Index, _) => Ok(site_json::index(context)),
        (Route::SystemStatus, _) => site_json::system_status(context),
        (Route::Currency, _) => site_json::currency(context),
        (Route::Statuses, _) => Ok(site_json::statuses(context)),
        (Route::Products, _) if reads => products::list(context),
        (Route::Products, _) => product_write::create(context, input),
        (Route::Product(id), _) if reads => products::one(context, id),
        (Route::Product(id), Access::Delete) => product_write::delete(context, id),
        (Route::Product(id), _) => product_write::update(context, id, input),
        (Route::ProductBatch, _) => batch::run(input, &product_write::Batch(context)),
        (Route::AllVariations, _) => variations::all(context),
        (Route::Variations(product), _) if reads => variations::list(context, product),
        (Route::Variations(product), _) => variations::create(context, product, input),
        (Route::Variation(product, id), _) if reads => variations::one(context, product, id),
        (Route::Variation(product, id), Access::Delete) => variations::delete(context, product, id),
        (Route::Variation(product, id), _) => variations::update(context, product, id, input),
        (Route::VariationBatch(product), _) => batch::run(input, &variations::Batch(context, product)),
        (Route::Orders, _) if reads => orders::list(context),
        (Route::Orders, _) => order_write::create(context, input),
        (Route::Order(id), _) if reads => orders::one(context, id),
        (Route::Order(id), Access::Delete) => order_write::delete(context, id),
        (Route::Order(id), _) => order_write::update(context, id, input),
        (Route::OrderBatch, _) => batch::run(input, &order_write::Batch(context)),
        (Route::Notes(order), _) if reads => notes::list(context, order),
        (Route::Notes(order), _) => notes::create(context, order, input),
        (Route::Note(order, id), Access::Delete) => notes::delete(context, order, id),
        (Route::Note(order, id), _) => notes::one(context, order, id),
        (Route::Refunds(order), _) if reads => refunds::list(context, order),
        (Route::Refunds(order), _) => refunds::create(context, order, input),
        (Route::Refund(order, id), _) => refunds::one(context, order, id),
        (Route::Fulfillments(order), _) if reads => fulfillments::list(context, order),
        (Route::Fulfillments(order), _) => fulfillments::create(context, order, input),
        (Route::Fulfillment(order, id), _) if reads => fulfillments::one(context, order, id),
        (Route::Fulfillment(order, id), Access::Delete) => fulfillments::delete(context, order, id),
        (Route::Fulfillment(order, id), _) => fulfillments::update(context, order, id, input),
        (Route::Webhooks, _) if reads => webhooks::list(context),
        (Route::Webhooks, _) => webhooks::create(context, input).await,
        (Route::Webhook(id), _) if reads => webhooks::one(context, id),
        (Route::Webhook(id), Access::Delete) => webhooks::delete(context, id),
        (Route::Webhook(id), _) => webhooks::update(context, id, input).await,
    }
}
