//! The inventory of a listing: what can be bought, by property values.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::error::Refusal;
use super::listings::{existing, number_noted};
use super::profiles::{READINESS_STATE, list};
use super::service::{Caller, Done};
use crate::shop::{Product, ProductOption, Shop, Variant, minor_digits};

/// The ids of properties a seller names freely, in their order.
const CUSTOM_PROPERTIES: [u64; 3] = [513, 514, 516];
/// Where the stand-in keeps how many there are.
pub(super) const QUANTITY: &str = "etsy.quantity";
/// Fields of an answer that a request must not send back.
const ANSWER_ONLY: [&str; 4] = ["product_id", "offering_id", "scale_name", "is_deleted"];
/// How many listings one batch may name.
const MAX_BATCH: usize = 100;

/// `Money`.
pub(super) fn money(minor: i64, currency: &str) -> Value {
    json!({ "amount": minor, "divisor": 10_i64.pow(minor_digits(currency)), "currency_code": currency })
}

/// The id of the property in this place.
pub(super) fn property_id(place: usize) -> u64 {
    CUSTOM_PROPERTIES.get(place).copied().unwrap_or(599)
}

/// The id of a value; it follows from the text.
pub(super) fn value_id(value: &str) -> u64 {
    value
        .bytes()
        .fold(1_000, |id, byte| (id * 31 + u64::from(byte)) % 999_999_937)
}

/// `getListingInventory`.
pub(super) fn get(caller: &Caller<'_>, listing: u64) -> Done {
    caller.with(|shop| Ok((StatusCode::OK, inventory(shop, existing(shop, listing)?))))
}

/// `getListingsInventoryByListingIds`: one listing that is missing makes all of them missing.
pub(super) fn batch(caller: &Caller<'_>, listings: &[u64]) -> Done {
    if listings.is_empty() || listings.len() > MAX_BATCH {
        return Err(Refusal::invalid(format!(
            "listing_ids must name 1 to {MAX_BATCH} listings"
        )));
    }
    caller.with(|shop| {
        let found = listings.iter().map(|listing| {
            let product = existing(shop, *listing)?;
            let mut object = super::listing_json::listing(shop, product);
            object["inventory"] = inventory(shop, product);
            Ok(object)
        });
        Ok((StatusCode::OK, list(found.collect::<Result<_, Refusal>>()?)))
    })
}

/// `ListingInventory`.
pub(super) fn inventory(shop: &Shop, product: &Product) -> Value {
    let varying = |differs: fn(&Variant, &Variant) -> bool| {
        let differs = product
            .variants
            .iter()
            .any(|one| product.variants.iter().any(|other| differs(one, other)));
        let places = if differs { 0..product.options.len() } else { 0..0 };
        places.map(property_id).collect::<Vec<_>>()
    };
    json!({
        "products": product.variants.iter().map(|variant| offered(shop, product, variant)).collect::<Vec<_>>(),
        "price_on_property": varying(|one, other| one.price != other.price),
        "quantity_on_property": [],
        "sku_on_property": varying(|one, other| one.sku != other.sku),
        "readiness_state_on_property": [],
    })
}

fn offered(shop: &Shop, product: &Product, variant: &Variant) -> Value {
    let values = product.options.iter().zip(&variant.values).enumerate();
    json!({
        "product_id": variant.id,
        "sku": variant.sku.clone().unwrap_or_default(),
        "is_deleted": false,
        "offerings": [{
            "offering_id": variant.id + 7_000_000_000,
            "quantity": number_noted(product, QUANTITY).unwrap_or(999),
            "is_enabled": true,
            "is_deleted": false,
            "price": money(variant.price, &shop.currency),
            "readiness_state_id": (!product.digital).then_some(READINESS_STATE),
        }],
        "property_values": values
            .map(|(place, (option, value))| {
                let value = value.as_deref().unwrap_or("Any");
                json!({
                    "property_id": property_id(place),
                    "property_name": option.name,
                    "scale_id": null,
                    "scale_name": null,
                    "value_ids": [value_id(value)],
                    "values": [value],
                })
            })
            .collect::<Vec<_>>(),
    })
}

/// One product of a request.
struct Wanted {
    sku: Option<String>,
    /// Property ids, names and values.
    values: Vec<(u64, String, String)>,
    price: i64,
    quantity: u64,
}

/// `updateListingInventory`: replaces all of it. Every product gets a new id, and what is left out is gone.
pub(super) fn replace(caller: &Caller<'_>, listing: u64, three_properties: bool, body: &Value) -> Done {
    caller.with(|shop| {
        let product = existing(shop, listing)?;
        let most = if three_properties { 3 } else { 2 };
        let given = body["products"].as_array().filter(|given| !given.is_empty());
        let given = given.ok_or_else(|| Refusal::invalid("products must hold at least one product"))?;
        let wanted: Vec<Wanted> = given
            .iter()
            .map(|given| wanted(&shop.currency, product.digital, most, given))
            .collect::<Result<_, _>>()?;
        check_varying(body, &wanted)?;
        let options = options(&wanted)?;
        let now = shop.now;
        let quantity = wanted.iter().map(|wanted| wanted.quantity).max().unwrap_or(1);
        let variants: Vec<Variant> = wanted
            .into_iter()
            .map(|wanted| Variant {
                id: shop.next_id(),
                sku: wanted.sku,
                values: wanted
                    .values
                    .into_iter()
                    .map(|(_, _, value)| Some(value))
                    .collect(),
                price: wanted.price,
                image_id: None,
                created_at: now,
                updated_at: now,
                meta: Vec::new(),
            })
            .collect();
        super::listings::note(shop, listing, QUANTITY, json!(quantity))?;
        let changed = shop.change_product(listing, |product| {
            product.options = options;
            product.variants = variants;
        });
        changed.map_err(|_| Refusal::missing("Listing", listing))?;
        Ok((StatusCode::OK, inventory(shop, existing(shop, listing)?)))
    })
}

fn wanted(currency: &str, digital: bool, most: usize, given: &Value) -> Result<Wanted, Refusal> {
    refuse_answer_fields(given)?;
    let offerings = given["offerings"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let [offering] = offerings else {
        return Err(Refusal::invalid("Each product must have exactly one offering"));
    };
    refuse_answer_fields(offering)?;
    let price = offering["price"]
        .as_f64()
        .ok_or_else(|| Refusal::invalid("price must be a number"))?;
    if price < 0.2 {
        return Err(Refusal::invalid("The price must be at least 0.20"));
    }
    let quantity = offering["quantity"]
        .as_u64()
        .filter(|quantity| (1..=999).contains(quantity));
    let quantity = quantity.ok_or_else(|| Refusal::invalid("quantity must be between 1 and 999"))?;
    if !digital && offering["readiness_state_id"].as_u64() != Some(READINESS_STATE) {
        return Err(Refusal::invalid(
            "readiness_state_id is required for physical listings",
        ));
    }
    let properties = given["property_values"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if properties.len() > most {
        return Err(Refusal::invalid(format!(
            "A product can have at most {most} properties"
        )));
    }
    let values = properties.iter().map(|property| {
        refuse_answer_fields(property)?;
        let value = property["values"]
            .as_array()
            .and_then(|values| values.first())
            .and_then(Value::as_str);
        match (
            property["property_id"].as_u64(),
            property["property_name"].as_str(),
            value,
        ) {
            (Some(id), Some(name), Some(value)) => Ok((id, name.to_owned(), value.to_owned())),
            _ => Err(Refusal::invalid(
                "property_values need property_id, property_name and values",
            )),
        }
    });
    Ok(Wanted {
        sku: given["sku"]
            .as_str()
            .filter(|sku| !sku.is_empty())
            .map(str::to_owned),
        values: values.collect::<Result<_, _>>()?,
        price: minor(price, currency),
        quantity,
    })
}

/// A request that sends back what only answers hold is refused as a whole.
fn refuse_answer_fields(given: &Value) -> Result<(), Refusal> {
    match ANSWER_ONLY.into_iter().find(|field| given.get(field).is_some()) {
        Some(field) => Err(Refusal::invalid(format!("Invalid field: {field}"))),
        None => Ok(()),
    }
}

/// What varies must be listed with the properties it varies on.
fn check_varying(body: &Value, wanted: &[Wanted]) -> Result<(), Refusal> {
    let has_properties = wanted.iter().any(|wanted| !wanted.values.is_empty());
    let listed = |field: &str| body[field].as_array().is_some_and(|listed| !listed.is_empty());
    let prices: BTreeSet<_> = wanted.iter().map(|wanted| wanted.price).collect();
    let skus: BTreeSet<_> = wanted.iter().map(|wanted| &wanted.sku).collect();
    let quantities: BTreeSet<_> = wanted.iter().map(|wanted| wanted.quantity).collect();
    for (field, varies) in [
        ("price_on_property", prices.len() > 1),
        ("sku_on_property", skus.len() > 1),
        ("quantity_on_property", quantities.len() > 1),
    ] {
        if has_properties && varies && !listed(field) {
            return Err(Refusal::invalid(format!(
                "{field} must list every property it varies on"
            )));
        }
    }
    Ok(())
}

/// The options of the listing: the properties of its products, which must all have the same.
fn options(wanted: &[Wanted]) -> Result<Vec<ProductOption>, Refusal> {
    let mut options: Vec<ProductOption> = Vec::new();
    let properties = |wanted: &Wanted| wanted.values.iter().map(|(id, _, _)| *id).collect::<Vec<_>>();
    let first = wanted.first().map(properties).unwrap_or_default();
    for wanted in wanted {
        if properties(wanted) != first {
            return Err(Refusal::invalid("All products must have the same properties"));
        }
        for (place, (_, name, value)) in wanted.values.iter().enumerate() {
            if options.len() == place {
                let values = Vec::new();
                options.push(ProductOption {
                    name: name.clone(),
                    values,
                });
            }
            if let Some(option) = options
                .get_mut(place)
                .filter(|option| !option.values.contains(value))
            {
                option.values.push(value.clone());
            }
        }
    }
    Ok(options)
}

/// A price as minor units.
#[expect(
    clippy::cast_possible_truncation,
    reason = "prices are far below what an i64 holds"
)]
pub(super) fn minor(price: f64, currency: &str) -> i64 {
    let unit = 10_f64.powi(i32::try_from(minor_digits(currency)).unwrap_or(2));
    (price * unit).round() as i64
}
