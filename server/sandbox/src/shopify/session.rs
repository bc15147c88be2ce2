//! One request to the Admin API of one shop: where every field of a query or mutation comes from.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::access::Scopes;
use super::answer::{self, Root, World as Objects, gid, number_of, type_of};
use super::objects::{fulfillment, fulfillment_order, order, product, shop as shop_objects};
use super::paging::Rules;
use super::{PROTECTED_DATA, ShopState, mutations, queries, subscriptions};
use crate::shop::{Shop, ShopKey};
use crate::world::World;

/// What a request works with.
pub(super) struct Session<'a> {
    pub(super) world: &'a Arc<World>,
    pub(super) key: &'a ShopKey,
    pub(super) state: &'a Arc<ShopState>,
    pub(super) scopes: Scopes,
    /// Where the shop is reached, such as `http://127.0.0.1:4000/shopify/demo`.
    pub(super) base: String,
    /// What rules its pages follow.
    pub(super) rules: Rules,
    /// `extensions.search`: what was wrong with a `query:` argument.
    pub(super) warnings: Mutex<Vec<Value>>,
}

impl Session<'_> {
    /// Works on the shop.
    ///
    /// # Errors
    /// When it is not open any more.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Shop) -> T) -> Result<T, String> {
        self.world
            .change(self.key, work)
            .ok_or_else(|| "Shop not found".to_owned())
    }

    /// Tells of a field in a search that the list does not know.
    pub(super) fn warn(&self, path: &str, query: &str, unknown: &[String]) {
        if unknown.is_empty() {
            return;
        }
        let warnings: Vec<_> = unknown
            .iter()
            .map(|field| json!({ "field": field, "message": "Invalid search field for this query.", "code": "invalid_field" }))
            .collect();
        let warning = json!({ "path": [path], "query": query, "warnings": warnings });
        self.warnings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(warning);
    }
}

impl Objects for Session<'_> {
    fn object(&self, gid: &str) -> Option<Value> {
        let type_name = type_of(gid);
        let number = number_of(gid, type_name)?;
        match type_name {
            "BulkOperation" => return self.state.bulk_operation(number),
            "ProductSetOperation" => return self.state.product_operation(number),
            "AppInstallation" => return Some(shop_objects::installation(&self.scopes)),
            _ => {}
        }
        self.with(|shop| object(shop, type_name, number)).ok()?
    }

    fn rules(&self) -> Rules {
        self.rules
    }
}

impl Root for Session<'_> {
    fn field(&self, name: &str, arguments: &Map<String, Value>) -> Result<Value, String> {
        match queries::field(self, name, arguments).or_else(|| mutations::field(self, name, arguments)) {
            Some(answer) => answer,
            None => Err(format!("The stand-in for Shopify has no answer for {name}")),
        }
    }
}

/// An object of the shop by its type and number.
fn object(shop: &mut Shop, type_name: &str, number: u64) -> Option<Value> {
    let protected_data = shop.is_on(PROTECTED_DATA);
    match type_name {
        "Shop" => Some(shop_objects::shop(shop)),
        "Location" => shop_objects::location(shop, number),
        "Publication" => shop_objects::publication(number),
        "Product" => Some(product::product(shop, shop.product(number).ok()?)),
        "ProductVariant" | "InventoryItem" => {
            let (of, found) = shop.variant(number)?;
            let index = of.variants.iter().position(|variant| variant.id == number)?;
            let mut object = product::variant(shop, of, index, found);
            Some(if type_name == "InventoryItem" {
                object["inventoryItem"].take()
            } else {
                object
            })
        }
        "MediaImage" => shop
            .products
            .values()
            .find_map(|of| Some(product::media(of, of.image(number)?))),
        "Order" => order::order(shop, number, protected_data).ok(),
        "FulfillmentOrder" => {
            let (order_id, found) = fulfillment_order::find(shop, number)?;
            Some(found.object(shop, shop.order(order_id).ok()?))
        }
        "Fulfillment" => {
            let (order_id, index) = shipment(shop, number)?;
            let order = shop.order(order_id).ok()?;
            Some(fulfillment::fulfillment(
                shop,
                order,
                index,
                order.shipments.get(index)?,
            ))
        }
        "WebhookSubscription" => shop.subscriptions.get(&number).map(subscriptions::object),
        _ => None,
    }
}

/// The order and the place in it of a shipment.
pub(super) fn shipment(shop: &Shop, number: u64) -> Option<(u64, usize)> {
    shop.orders.values().find_map(|order| {
        let index = order
            .shipments
            .iter()
            .position(|shipment| shipment.id == number)?;
        Some((order.id, index))
    })
}

/// Text in an argument.
pub(super) fn text<'a>(arguments: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    arguments.get(name)?.as_str()
}

/// The number of the object an argument names.
pub(super) fn id(arguments: &Map<String, Value>, name: &str, type_name: &str) -> Option<u64> {
    answer::number_of(text(arguments, name)?, type_name)
}

/// A reference to an object that is answered when it is asked for.
pub(super) fn reference(type_name: &str, number: u64) -> Value {
    Value::from(gid(type_name, number))
}
