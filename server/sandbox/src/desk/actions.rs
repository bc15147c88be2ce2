//! What the forms of the desk do. Each posts `action` and the fields of that action, and comes back to a page.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Desk;
use super::api::DeskError;
use super::html::problem;
use super::pages::{refused, shop_path};
use crate::outbox::Outbox;
use crate::shop::{
    NewProduct, NewVariant, OrderAction, Platform, ProductAction, ProductOption, ShopKey, generate,
    minor_units,
};

/// The fields of a form.
type Fields = Form<BTreeMap<String, String>>;

/// The id in a path below a shop.
#[derive(Deserialize)]
pub(super) struct Within {
    platform: Platform,
    shop: String,
    pub(super) id: u64,
}

impl Within {
    pub(super) fn key(&self) -> ShopKey {
        ShopKey::new(self.platform, &self.shop)
    }
}

fn text<'a>(fields: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    fields.get(name).map_or("", |value| value.trim())
}

fn number(fields: &BTreeMap<String, String>, name: &str) -> u64 {
    text(fields, name).parse().unwrap_or(0)
}

/// A form that does not say what the page offers.
fn unreadable(why: &str) -> Response {
    problem(StatusCode::BAD_REQUEST, why)
}

fn back<T>(to: &str, done: Result<T, DeskError>) -> Response {
    match done {
        Ok(_) => Redirect::to(to).into_response(),
        Err(error) => refused(&error),
    }
}

pub(super) async fn on_world(State(desk): State<Desk>, Form(fields): Fields) -> Response {
    match text(&fields, "action") {
        "open" => {
            let opening = json!({ "platform": text(&fields, "platform"), "shop": text(&fields, "shop") });
            match serde_json::from_value(opening) {
                Ok(opening) => back("/desk", desk.open(opening)),
                Err(error) => unreadable(&error.to_string()),
            }
        }
        "advance" => {
            desk.world
                .clock
                .advance(Duration::from_secs(number(&fields, "minutes") * 60));
            desk.world.outbox.wake();
            back("/desk", Ok(()))
        }
        "deliver" => {
            Outbox::run_due(&desk.world).await;
            back("/desk", Ok(()))
        }
        _ => unreadable("The desk does not know this action."),
    }
}

pub(super) async fn on_shop(
    State(desk): State<Desk>,
    Path(key): Path<ShopKey>,
    Form(fields): Fields,
) -> Response {
    let here = shop_path(&key);
    match text(&fields, "action") {
        "order" => match serde_json::from_value(json!(text(&fields, "shape"))) {
            Ok(shape) => match desk.place_made_up(&key, shape) {
                Ok(id) => back(&format!("{here}/orders/{id}"), Ok(())),
                Err(error) => refused(&error),
            },
            Err(error) => unreadable(&error.to_string()),
        },
        "product" => back(
            &here,
            desk.change(&key, |shop| {
                let new = new_product(&fields, &shop.currency);
                shop.add_product(new)
            }),
        ),
        "stock" => {
            let count = usize::try_from(number(&fields, "count")).unwrap_or(0);
            let mut chance = desk.world.fresh_chance();
            back(
                &here,
                desk.change(&key, |shop| {
                    generate::products(shop, count, &desk.origin, &mut chance)
                }),
            )
        }
        "settings" => match serde_json::from_str::<Map<String, Value>>(text(&fields, "settings")) {
            Ok(settings) => back(
                &here,
                desk.change(&key, |shop| {
                    shop.settings = settings;
                    Ok(())
                }),
            ),
            Err(error) => unreadable(&format!("The settings are no JSON object: {error}")),
        },
        _ => unreadable("The desk does not know this action."),
    }
}

/// `Size: A3, A2; Paper: Matt, Gloss` are two options; each combination becomes a variant of the same price.
fn new_product(fields: &BTreeMap<String, String>, currency: &str) -> NewProduct {
    let option = |text: &str| {
        let (name, values) = text.split_once(':')?;
        let values = values.split(',').map(|value| value.trim().to_owned());
        Some(ProductOption {
            name: name.trim().to_owned(),
            values: values.collect(),
        })
    };
    let options: Vec<ProductOption> = text(fields, "options").split(';').filter_map(option).collect();
    let sku = text(fields, "sku");
    let only = NewVariant {
        sku: (!sku.is_empty()).then(|| sku.to_owned()),
        price: minor_units(text(fields, "price"), currency).unwrap_or(0),
        ..NewVariant::default()
    };
    NewProduct {
        title: text(fields, "title").to_owned(),
        variants: generate::combined(&options, only, 0),
        options,
        ..NewProduct::default()
    }
}

pub(super) async fn on_order(
    State(desk): State<Desk>,
    Path(within): Path<Within>,
    Form(fields): Fields,
) -> Response {
    let key = within.key();
    let here = format!("{}/orders/{}", shop_path(&key), within.id);
    let line = number(&fields, "line");
    let quantity = number(&fields, "quantity");
    let action = match text(&fields, "action") {
        "quantity" => json!({ "action": "edit", "edit": "quantity", "line": line, "quantity": quantity }),
        "refund" => {
            json!({ "action": "refund", "lines": [[line, quantity]], "reason": "Refunded at the desk" })
        }
        "ship" => json!({
            "action": "ship", "carrier": text(&fields, "carrier"),
            "tracking_number": text(&fields, "tracking_number"), "notify": true,
        }),
        "deliver" => json!({ "action": "deliver", "shipment": number(&fields, "shipment") }),
        "note" => json!({ "action": "note", "text": text(&fields, "text") }),
        "status" => json!({ "action": "status", "status": text(&fields, "status") }),
        "cancel" => json!({ "action": "cancel", "reason": text(&fields, "reason") }),
        verb => json!({ "action": verb }),
    };
    match serde_json::from_value::<OrderAction>(action) {
        Ok(action) => back(
            &here,
            desk.change(&key, |shop| shop.act_on_order(within.id, action)),
        ),
        Err(error) => unreadable(&error.to_string()),
    }
}

pub(super) async fn on_product(
    State(desk): State<Desk>,
    Path(within): Path<Within>,
    Form(fields): Fields,
) -> Response {
    let key = within.key();
    let shop = shop_path(&key);
    let here = format!("{shop}/products/{}", within.id);
    let change = |title: Option<&str>, price| ProductAction::Change {
        title: title.map(str::to_owned),
        price,
        status: None,
    };
    let currency = desk
        .world
        .read(&key, |shop| shop.currency.clone())
        .unwrap_or_default();
    let (action, next) = match text(&fields, "action") {
        "rename" => (change(Some(text(&fields, "title")), None), &here),
        "price" => match minor_units(text(&fields, "price"), &currency) {
            Some(price) => (change(None, Some(price)), &here),
            None => return unreadable("The price is no amount, such as 12.50."),
        },
        "delete" => (ProductAction::Delete, &shop),
        _ => return unreadable("The desk does not know this action."),
    };
    back(
        next,
        desk.change(&key, |shop| shop.act_on_product(within.id, action)),
    )
}

pub(super) async fn on_faults(State(desk): State<Desk>, Form(fields): Fields) -> Response {
    let faults = &Arc::clone(&desk.world).faults;
    match text(&fields, "action") {
        "remove" => {
            faults.remove(number(&fields, "id"));
        }
        "clear" => faults.clear(),
        "inject" => match serde_json::from_value(Value::Object(given(&fields))) {
            Ok(fault) => {
                faults.inject(fault);
            }
            Err(error) => return unreadable(&error.to_string()),
        },
        _ => return unreadable("The desk does not know this action."),
    }
    back("/desk/faults", Ok(()))
}

/// The fields that were filled in, numbers as numbers.
fn given(fields: &BTreeMap<String, String>) -> Map<String, Value> {
    let filled = fields
        .iter()
        .filter(|(name, value)| !value.is_empty() && *name != "action");
    let typed = |text: &str| {
        text.parse::<u64>()
            .map_or_else(|_| json!(text), |number| json!(number))
    };
    filled.map(|(name, value)| (name.clone(), typed(value))).collect()
}
