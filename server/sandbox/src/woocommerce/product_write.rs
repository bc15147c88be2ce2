//! Making, changing and deleting products.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::api::Context;
use super::batch::Batched;
use super::product_json::own_sku;
use super::products::{INVALID_ID, body};
use super::refusal::{Outcome, Refusal};
use super::reply::Reply;
use super::{meta, product_json};
use crate::shop::{Image, Meta, NewProduct, NewVariant, ProductOption, ProductStatus, Shop, minor_units};

/// `POST /products`.
pub(super) fn create(context: &Context, input: &Map<String, Value>) -> Outcome<Reply> {
    let body = context.change(|shop| {
        check_sku(shop, input, 0)?;
        let options = options(input).unwrap_or_default();
        let variable = text(input, "type") == Some("variable");
        let new = NewProduct {
            options: if variable { options } else { Vec::new() },
            variants: vec![NewVariant::default()],
            ..NewProduct::default()
        };
        // A variable product begins without variations, which the shop has no name for: its only one is taken away.
        let values = new.options.iter().map(|option| option.values.first().cloned());
        let first = NewVariant {
            values: values.collect(),
            ..NewVariant::default()
        };
        let id = shop
            .add_product(NewProduct {
                variants: vec![first],
                ..new
            })
            .map_err(unexpected)?;
        if variable && let Some(product) = shop.products.get_mut(&id) {
            product.variants.clear();
        }
        write(shop, id, input)?;
        body(shop, id, &context.visit)
    })?;
    let location = context.visit.api(&format!("products/{}", body["id"]));
    Ok(Reply::created(body, location))
}

/// `PUT /products/{id}`.
pub(super) fn update(context: &Context, id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
    context.change(|shop| {
        if !shop.products.contains_key(&id) {
            return Err(Refusal::invalid_id(INVALID_ID));
        }
        check_sku(shop, input, id)?;
        write(shop, id, input)?;
        shop.change_product(id, |_| ()).map_err(unexpected)?;
        body(shop, id, &context.visit).map(Reply::ok)
    })
}

/// `DELETE /products/{id}`: into the bin; `force=true` for ever.
pub(super) fn delete(context: &Context, id: u64) -> Outcome<Reply> {
    let force = context.visit.says_yes("force");
    context.change(|shop| {
        let body = body(shop, id, &context.visit)?;
        let product = shop
            .products
            .get(&id)
            .ok_or_else(|| Refusal::invalid_id(INVALID_ID))?;
        if product.binned && !force {
            return Err(Refusal::new(
                StatusCode::GONE,
                "woocommerce_rest_already_trashed",
                "The product has already been deleted.",
            ));
        }
        let deleted = if force {
            shop.delete_product(id)
        } else {
            shop.bin_product(id)
        };
        deleted.map_err(unexpected)?;
        Ok(Reply::ok(body))
    })
}

/// A batch of products.
pub(super) struct Batch<'a>(pub(super) &'a Context);

impl Batched for Batch<'_> {
    fn create(&self, input: &Map<String, Value>) -> Outcome<Reply> {
        create(self.0, input)
    }

    fn update(&self, id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
        update(self.0, id, input)
    }

    fn delete(&self, id: u64) -> Outcome<Reply> {
        delete(self.0, id)
    }
}

/// What the shop refuses although the route has looked before: there is no such case.
pub(super) fn unexpected(refused: crate::shop::Refused) -> Refusal {
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal_server_error",
        refused.to_string(),
    )
}

/// A text in a request.
pub(super) fn text<'a>(input: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    input.get(name).and_then(Value::as_str)
}

/// A price in a request, as text or as a number; in minor units.
pub(super) fn price(input: &Map<String, Value>, name: &str, currency: &str) -> Option<i64> {
    match input.get(name)? {
        Value::String(text) => minor_units(text, currency),
        Value::Number(number) => minor_units(&number.to_string(), currency),
        _ => None,
    }
}

/// A SKU may be there only once in a shop; `own_id` is the product or variation that is written.
pub(super) fn check_sku(shop: &Shop, input: &Map<String, Value>, own_id: u64) -> Outcome<()> {
    let Some(sku) = text(input, "sku").filter(|sku| !sku.is_empty()) else {
        return Ok(());
    };
    let taken_by = shop.products.values().find_map(|product| {
        if product.id != own_id && own_sku(product) == sku {
            return Some(product.id);
        }
        let mut variants = product.variants.iter().filter(|_| !product.options.is_empty());
        let other = variants.find(|variant| variant.id != own_id && variant.sku.as_deref() == Some(sku));
        other.map(|variant| variant.id)
    });
    let Some(id) = taken_by else {
        return Ok(());
    };
    Err(Refusal {
        data: json!({ "status": 400, "resource_id": id, "unique_sku": format!("{sku}-1") }),
        ..Refusal::new(
            StatusCode::BAD_REQUEST,
            "product_invalid_sku",
            "Invalid or duplicated SKU.",
        )
    })
}

/// What a product can be chosen by: the attributes that variations use.
fn options(input: &Map<String, Value>) -> Option<Vec<ProductOption>> {
    let attributes = input.get("attributes")?.as_array()?;
    let option = |attribute: &Value| {
        let uses = attribute
            .get("variation")
            .and_then(Value::as_bool)
            .unwrap_or(false);
        let values = attribute.get("options").and_then(Value::as_array)?;
        let values = values.iter().filter_map(Value::as_str).map(str::to_owned);
        let name = attribute.get("name").and_then(Value::as_str)?;
        uses.then(|| ProductOption {
            name: name.to_owned(),
            values: values.collect(),
        })
    };
    Some(attributes.iter().filter_map(option).collect())
}

/// Writes what a request holds on a product.
fn write(shop: &mut Shop, id: u64, input: &Map<String, Value>) -> Outcome<()> {
    let currency = shop.currency.clone();
    let entries = meta::read(shop, input);
    let images = images(shop, input)?;
    let sku_meta_id = shop.next_id();
    let product = shop
        .products
        .get_mut(&id)
        .ok_or_else(|| Refusal::invalid_id(INVALID_ID))?;
    if let Some(name) = text(input, "name") {
        name.clone_into(&mut product.title);
    }
    if let Some(description) = text(input, "description") {
        description.clone_into(&mut product.description);
    }
    if let Some(word) = text(input, "status") {
        product.binned = word == "trash";
        product.status = match word {
            "draft" | "pending" => ProductStatus::Draft,
            "private" => ProductStatus::Archived,
            _ => ProductStatus::Published,
        };
    }
    if let Some(is_virtual) = input.get("virtual").and_then(Value::as_bool) {
        product.digital = is_virtual;
    }
    if let Some(images) = images {
        product.images = images;
    }
    if product_json::kind(product) == "simple" {
        for variant in &mut product.variants {
            variant.price = price(input, "regular_price", &currency).unwrap_or(variant.price);
            variant.sku = text(input, "sku").map(str::to_owned).or(variant.sku.take());
        }
    } else if let Some(sku) = text(input, "sku") {
        product.meta.retain(|meta| meta.key != "_sku");
        product.meta.push(Meta {
            id: sku_meta_id,
            key: "_sku".to_owned(),
            value: json!(sku),
        });
    }
    if let Some(options) = options(input).filter(|options| options.len() == product.options.len()) {
        product.options = options;
    }
    meta::apply(&mut product.meta, entries);
    Ok(())
}

/// The pictures of a request; they would be downloaded now, so their addresses have to be some.
fn images(shop: &mut Shop, input: &Map<String, Value>) -> Outcome<Option<Vec<Image>>> {
    let Some(entries) = input.get("images").and_then(Value::as_array) else {
        return Ok(None);
    };
    let mut images = Vec::new();
    for entry in entries {
        let src = entry.get("src").and_then(Value::as_str).unwrap_or("");
        if !src.starts_with("https://") && !src.starts_with("http://") {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "woocommerce_product_image_upload_error",
                format!("Error getting remote image {src}. Error: A valid URL was not provided."),
            ));
        }
        let alt = entry.get("alt").and_then(Value::as_str).unwrap_or("").to_owned();
        images.push(Image {
            id: shop.next_id(),
            url: src.to_owned(),
            alt,
        });
    }
    Ok(Some(images))
}
