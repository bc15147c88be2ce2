//! The fields of a query.

use serde_json::{Map, Value, json};

use super::answer::{World as _, gid};
use super::objects::{fulfillment_order, instant, order, product, shop as shop_objects};
use super::paging::placed;
use super::search::{Search, Searchable};
use super::session::{Session, id, reference, text};
use super::subscriptions;
use crate::shop::{Order, Product, Shop};

const PRODUCT_FIELDS: &[&str] = &[
    "id",
    "title",
    "handle",
    "status",
    "vendor",
    "product_type",
    "tag",
    "sku",
    "created_at",
    "updated_at",
    "published_status",
];
const VARIANT_FIELDS: &[&str] = &["id", "sku", "barcode", "title", "product_id", "updated_at"];
const ORDER_FIELDS: &[&str] = &[
    "id",
    "name",
    "status",
    "financial_status",
    "fulfillment_status",
    "created_at",
    "updated_at",
    "processed_at",
    "tag",
    "test",
    "sku",
    "email",
];
const FULFILLMENT_ORDER_FIELDS: &[&str] = &["id", "status", "updated_at"];

/// What a field of the query root answers; `None`: it is not known.
pub(super) fn field(
    session: &Session<'_>,
    name: &str,
    arguments: &Map<String, Value>,
) -> Option<Result<Value, String>> {
    let by_id =
        |type_name| Ok(id(arguments, "id", type_name).map_or(Value::Null, |id| reference(type_name, id)));
    Some(match name {
        "shop" => session.with(|shop| shop_objects::shop(shop)),
        "currentAppInstallation" => Ok(shop_objects::installation(&session.scopes)),
        "publicApiVersions" => Ok(json!([shop_objects::api_version()])),
        "node" => Ok(text(arguments, "id").map_or(Value::Null, Value::from)),
        "nodes" => Ok(arguments.get("ids").cloned().unwrap_or_default()),
        "product" => by_id("Product"),
        "productVariant" => by_id("ProductVariant"),
        "order" => by_id("Order"),
        "fulfillmentOrder" => by_id("FulfillmentOrder"),
        "fulfillment" => by_id("Fulfillment"),
        "webhookSubscription" => by_id("WebhookSubscription"),
        "bulkOperation" => by_id("BulkOperation"),
        "currentBulkOperation" => Ok(session.state.current_bulk_operation()),
        "productOperation" => Ok(operation(session, arguments)),
        "location" => by_id("Location"),
        "locations" => session.with(|shop| {
            let places = shop_objects::locations(shop);
            places
                .iter()
                .map(|place| reference("Location", place.number))
                .collect()
        }),
        "publications" => Ok(shop_objects::publications()
            .into_iter()
            .map(|number| reference("Publication", number))
            .collect()),
        "products" => products(session, arguments),
        "productsCount" => products(session, arguments).map(counted),
        "productVariants" => variants(session, arguments),
        "orders" => orders(session, arguments),
        "ordersCount" => orders(session, arguments).map(counted),
        "fulfillmentOrders" => fulfillment_orders(session, arguments),
        "webhookSubscriptions" => session.with(|shop| subscriptions::list(shop, arguments)),
        _ => return None,
    })
}

fn operation(session: &Session<'_>, arguments: &Map<String, Value>) -> Value {
    let Some(mut operation) = text(arguments, "id").and_then(|gid| session.object(gid)) else {
        return Value::Null;
    };
    operation["__typename"] = json!("ProductSetOperation");
    operation
}

fn counted(list: Value) -> Value {
    product::count(list.as_array().map_or(0, Vec::len))
}

/// Reads the search of a list and warns of what it does not know.
fn search(session: &Session<'_>, list: &str, arguments: &Map<String, Value>, known: &[&str]) -> Search {
    let query = text(arguments, "query").unwrap_or_default();
    let search = Search::parse(query);
    session.warn(list, query, &search.unknown_fields(known));
    search
}

fn products(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let search = search(session, "products", arguments, PRODUCT_FIELDS);
    session.with(|shop| {
        let found = shop.products.values();
        let found =
            found.filter(|found| search.matches(&found.title, |field| product_field(shop, found, field)));
        sorted(found.map(|found| {
            let place = match text(arguments, "sortKey") {
                Some("UPDATED_AT") => found.updated_at.unix_milliseconds(),
                Some("CREATED_AT") => found.created_at.unix_milliseconds(),
                _ => 0,
            };
            let title = if text(arguments, "sortKey") == Some("TITLE") {
                found.title.clone()
            } else {
                String::new()
            };
            (format!("{title}{place:015}"), found.id, "Product")
        }))
    })
}

fn product_field(shop: &Shop, found: &Product, field: &str) -> Option<Searchable> {
    Some(match field {
        "id" => number(found.id),
        "title" => Searchable::Text(found.title.clone()),
        "handle" => Searchable::Text(product::handle(found)),
        "status" => Searchable::Text(product::status(found.status).to_owned()),
        "vendor" => Searchable::Text(product::vendor(shop, found).to_owned()),
        "product_type" => Searchable::Text(String::new()),
        "published_status" => Searchable::Text(
            if product::is_published(found) {
                "published"
            } else {
                "unpublished"
            }
            .to_owned(),
        ),
        "tag" => Searchable::Texts(product::tags(found).into_iter().map(str::to_owned).collect()),
        "sku" => Searchable::Texts(
            found
                .variants
                .iter()
                .filter_map(|variant| variant.sku.clone())
                .collect(),
        ),
        "created_at" => Searchable::Instant(found.created_at),
        "updated_at" => Searchable::Instant(found.updated_at),
        _ => return None,
    })
}

fn variants(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let search = search(session, "productVariants", arguments, VARIANT_FIELDS);
    session.with(|shop| {
        let all = shop
            .products
            .values()
            .flat_map(|of| of.variants.iter().map(move |variant| (of, variant)));
        let found = all.filter(|(of, variant)| {
            search.matches(&format!("{} {}", of.title, variant.title()), |field| {
                Some(match field {
                    "id" => number(variant.id),
                    "product_id" => number(of.id),
                    "sku" => Searchable::Text(variant.sku.clone().unwrap_or_default()),
                    "title" => Searchable::Text(product::variant_title(variant)),
                    "updated_at" => Searchable::Instant(variant.updated_at),
                    "barcode" => Searchable::Text(String::new()),
                    _ => return None,
                })
            })
        });
        sorted(found.map(|(_, variant)| (String::new(), variant.id, "ProductVariant")))
    })
}

fn orders(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let search = search(session, "orders", arguments, ORDER_FIELDS);
    // Without `read_all_orders` an app sees the orders of sixty days.
    let oldest = session
        .world
        .clock
        .now()
        .minus(std::time::Duration::from_hours(60 * 24));
    let all = session.scopes.allows("read_all_orders");
    session.with(|shop| {
        let found = shop.orders.values().filter(|found| found.binned.is_none());
        let found = found.filter(|found| all || found.created_at >= oldest);
        let found = found.filter(|found| search.matches(&found.number, |field| order_field(found, field)));
        sorted(found.map(|found| {
            let place = match text(arguments, "sortKey") {
                Some("UPDATED_AT") => found.updated_at.unix_milliseconds(),
                Some("CREATED_AT" | "PROCESSED_AT") | None => found.created_at.unix_milliseconds(),
                _ => 0,
            };
            (format!("{place:015}"), found.id, "Order")
        }))
    })
}

fn order_field(found: &Order, field: &str) -> Option<Searchable> {
    Some(match field {
        "id" => number(found.id),
        "name" => Searchable::Texts(vec![found.number.clone(), format!("#{}", found.number)]),
        "status" => {
            let status = if found.cancelled_at.is_some() {
                "cancelled"
            } else {
                "open"
            };
            Searchable::Texts(vec!["any".to_owned(), status.to_owned()])
        }
        "financial_status" => Searchable::Text(order::financial_status(found).to_owned()),
        "fulfillment_status" => {
            let unshipped = found.unshipped();
            let status = if unshipped.is_empty() {
                "fulfilled"
            } else {
                "unfulfilled"
            };
            let shipped = if found.shipments.is_empty() {
                "unshipped"
            } else {
                "partial"
            };
            Searchable::Texts(vec!["any".to_owned(), status.to_owned(), shipped.to_owned()])
        }
        "tag" => Searchable::Texts(found.tags.clone()),
        "test" => Searchable::Text(found.test.to_string()),
        "email" => Searchable::Text(found.email.clone()),
        "sku" => Searchable::Texts(found.lines.iter().filter_map(|line| line.sku.clone()).collect()),
        "created_at" | "processed_at" => Searchable::Instant(found.created_at),
        "updated_at" => Searchable::Instant(found.updated_at),
        _ => return None,
    })
}

fn fulfillment_orders(session: &Session<'_>, arguments: &Map<String, Value>) -> Result<Value, String> {
    let search = search(session, "fulfillmentOrders", arguments, FULFILLMENT_ORDER_FIELDS);
    let include_closed = arguments.get("includeClosed").and_then(Value::as_bool) == Some(true);
    session.with(|shop| {
        let orders: Vec<u64> = shop
            .orders
            .values()
            .filter(|found| found.binned.is_none())
            .map(|found| found.id)
            .collect();
        let mut found = Vec::new();
        for order_id in orders {
            let known = fulfillment_order::of_order(shop, order_id).unwrap_or_default();
            let Ok(order) = shop.order(order_id) else { continue };
            for one in known {
                let state = one.state(order);
                let closed = matches!(
                    state,
                    fulfillment_order::State::Closed | fulfillment_order::State::Cancelled
                );
                let updated_at = crate::clock::Moment::from_unix_seconds(one.updated_at);
                let matches = search.matches("", |field| {
                    Some(match field {
                        "id" => number(one.id),
                        "status" => Searchable::Text(state.name().to_owned()),
                        "updated_at" => Searchable::Instant(updated_at),
                        _ => return None,
                    })
                });
                if matches && (include_closed || !closed) {
                    let place = match text(arguments, "sortKey") {
                        Some("UPDATED_AT") => instant(updated_at).to_string(),
                        _ => String::new(),
                    };
                    found.push((place, one.id, "FulfillmentOrder"));
                }
            }
        }
        sorted(found.into_iter())
    })
}

fn number(id: u64) -> Searchable {
    Searchable::Number(i64::try_from(id).unwrap_or(i64::MAX))
}

/// A list in the order of place and id.
fn sorted(found: impl Iterator<Item = (String, u64, &'static str)>) -> Value {
    let mut found: Vec<_> = found.collect();
    found.sort();
    found
        .into_iter()
        .map(|(place, id, type_name)| placed(&place, gid(type_name, id)))
        .collect()
}
