//! The variants of listings: Etsy's inventory.

use std::collections::BTreeMap;

use domain::source::{ExternalId, StoreVariant, VariantOption};
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::Api;
use super::listings::Listing;
use super::shapes::{List, Price, plain};
use crate::lenient;
use crate::store::{ConnectionError, NewStoreVariant, Result};

/// The most listings that Etsy gives the inventory of at once.
const BATCH: usize = 100;
/// How many of each variant are offered: what is made to order does not run out, and Etsy takes no more.
pub(super) const OFFERED: u32 = 999;
/// The properties that sellers name themselves; Etsy has two.
const CUSTOM_PROPERTIES: [u64; 2] = [513, 514];

/// What can be bought of a listing.
#[derive(Deserialize)]
pub(super) struct Inventory {
    #[serde(default, deserialize_with = "lenient::or_default")]
    products: Vec<Product>,
}

#[derive(Deserialize)]
struct Product {
    #[serde(rename = "product_id")]
    id: u64,
    #[serde(default, deserialize_with = "lenient::text")]
    sku: Option<String>,
    is_deleted: Option<bool>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    offerings: Vec<Offering>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    property_values: Vec<PropertyValue>,
}

#[derive(Deserialize)]
struct Offering {
    is_deleted: Option<bool>,
    price: Option<Price>,
}

#[derive(Deserialize)]
struct PropertyValue {
    property_name: Option<String>,
    scale_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    values: Vec<String>,
}

impl Inventory {
    fn products(&self) -> impl Iterator<Item = &Product> {
        self.products
            .iter()
            .filter(|product| !product.is_deleted.unwrap_or_default())
    }

    /// The stock-keeping units that are set.
    pub(super) fn skus(&self) -> Vec<&str> {
        let skus = self.products().filter_map(|product| product.sku.as_deref());
        skus.filter(|sku| !sku.is_empty()).collect()
    }

    /// The variants in the portal's form.
    pub(super) fn variants(&self, ships: bool) -> Vec<StoreVariant> {
        self.products().map(|product| product.variant(ships)).collect()
    }
}

impl Product {
    fn variant(&self, ships: bool) -> StoreVariant {
        let offered = self
            .offerings
            .iter()
            .find(|offering| !offering.is_deleted.unwrap_or_default());
        StoreVariant {
            external_id: ExternalId::new(self.id.to_string()),
            sku: lenient::filled(self.sku.clone()),
            options: self.property_values.iter().map(PropertyValue::option).collect(),
            price: offered.and_then(|offering| offering.price.as_ref()?.money()),
            image_url: None,
            ships,
        }
    }
}

impl PropertyValue {
    fn option(&self) -> VariantOption {
        let value = plain(&self.values.join(", "));
        VariantOption {
            name: plain(self.property_name.as_deref().unwrap_or_default()),
            value: match self.scale_name.as_deref().filter(|scale| !scale.is_empty()) {
                Some(scale) => format!("{value} {scale}"),
                None => value,
            },
        }
    }
}

/// Reads the inventory of those listings that came without.
pub(super) async fn complete(api: &Api, listings: &mut [Listing]) -> Result<()> {
    let missing: Vec<u64> = listings
        .iter()
        .filter(|listing| listing.inventory.is_none())
        .map(|listing| listing.id)
        .collect();
    let mut found = BTreeMap::new();
    for batch in missing.chunks(BATCH) {
        read(api, batch, &mut found).await?;
    }
    for listing in listings {
        if let Some(inventory) = found.remove(&listing.id) {
            listing.inventory = Some(inventory);
        }
    }
    Ok(())
}

/// Reads the inventory of a batch. One listing that is gone makes Etsy refuse all of them: then each half is asked for.
fn read<'a>(
    api: &'a Api,
    ids: &'a [u64],
    found: &'a mut BTreeMap<u64, Inventory>,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let path = format!("/listings/batch/inventory?listing_ids={}", list.join(","));
        let answer: Option<List<Listing>> = api.find("products.inventory", &path).await?;
        match answer {
            Some(answer) => {
                for listing in answer.results {
                    found.extend(listing.inventory.map(|inventory| (listing.id, inventory)));
                }
            }
            None if ids.len() > 1 => {
                let (left, right) = ids.split_at(ids.len() / 2);
                read(api, left, found).await?;
                read(api, right, found).await?;
            }
            None => {}
        }
        Ok(())
    })
}

/// The whole inventory of a new listing, as Etsy takes it: no ids, prices as numbers, and every property named that
/// makes a difference.
pub(super) fn document(variants: &[NewStoreVariant], readiness: Option<u64>) -> Result<Value> {
    let names = properties(variants);
    let mut products = Vec::new();
    for variant in variants {
        let price: f64 = variant
            .price
            .decimal()
            .parse()
            .map_err(|_| unusable("a price is no number"))?;
        let mut offering = json!({ "price": price, "quantity": OFFERED, "is_enabled": true });
        if let Some(readiness) = readiness {
            offering["readiness_state_id"] = json!(readiness);
        }
        products.push(json!({
            "sku": variant.sku,
            "property_values": values(variant, &names),
            "offerings": [offering],
        }));
    }
    let ids: Vec<u64> = CUSTOM_PROPERTIES.into_iter().take(names.len()).collect();
    let one_price = variants.windows(2).all(|pair| pair[0].price == pair[1].price);
    Ok(json!({
        "products": products,
        "price_on_property": if one_price { Vec::new() } else { ids.clone() },
        "quantity_on_property": [],
        "sku_on_property": ids,
        "readiness_state_on_property": [],
    }))
}

fn unusable(message: &str) -> ConnectionError {
    ConnectionError::Refused {
        status: 0,
        message: message.to_owned(),
    }
}

/// The names of the properties: Etsy has two, so what comes after the first is said together.
fn properties(variants: &[NewStoreVariant]) -> Vec<String> {
    let names = variants
        .first()
        .map(|variant| variant.options.as_slice())
        .unwrap_or_default();
    match names {
        [] => Vec::new(),
        [only] => vec![only.name.clone()],
        [first, rest @ ..] => {
            let rest: Vec<&str> = rest.iter().map(|option| option.name.as_str()).collect();
            vec![first.name.clone(), rest.join(" / ")]
        }
    }
}

fn values(variant: &NewStoreVariant, names: &[String]) -> Vec<Value> {
    let said = |options: &[VariantOption]| {
        let values: Vec<String> = options.iter().map(|option| allowed(&option.value)).collect();
        values.join(" / ")
    };
    let split = variant.options.len().min(1);
    let (first, rest) = variant.options.split_at(split);
    [first, rest]
        .into_iter()
        .zip(names.iter().zip(CUSTOM_PROPERTIES))
        .map(|(options, (name, id))| {
            json!({
                "property_id": id,
                "property_name": allowed(name),
                "scale_id": null,
                "value_ids": [],
                "values": [said(options)],
            })
        })
        .collect()
}

/// Etsy takes no parentheses here.
fn allowed(text: &str) -> String {
    text.replace('(', "[").replace(')', "]")
}
