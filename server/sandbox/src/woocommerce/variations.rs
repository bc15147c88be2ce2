//! Variations of a product.

use serde_json::{Map, Value};

use super::api::Context;
use super::batch::Batched;
use super::product_json::variation;
use super::product_write::{check_sku, price, text, unexpected};
use super::products::{INVALID_ID, Ordering, Sorted, Span};
use super::refusal::{Outcome, Refusal};
use super::reply::{Page, Reply};
use super::{json::slug, meta};
use crate::shop::{NewVariant, Product, Shop, Variant};

const INVALID_VARIATION: &str = "woocommerce_rest_product_variation_invalid_id";

/// `GET /products/{id}/variations`.
pub(super) fn list(context: &Context, product_id: u64) -> Outcome<Reply> {
    context.read(|shop| {
        let product = shop
            .products
            .get(&product_id)
            .filter(|product| !product.options.is_empty());
        // WooCommerce gives an empty list for a simple product, and for one that is not there.
        let rows = product
            .into_iter()
            .flat_map(|product| product.variants.iter().map(move |variant| (product, variant)));
        page_of(context, shop, rows.collect())
    })
}

/// `GET /variations`: those of all products.
pub(super) fn all(context: &Context) -> Outcome<Reply> {
    let parents = context.visit.numbers("parent");
    context.read(|shop| {
        let variable = shop.products.values().filter(|product| {
            !product.options.is_empty()
                && !product.binned
                && (parents.is_empty() || parents.contains(&product.id))
        });
        let rows =
            variable.flat_map(|product| product.variants.iter().map(move |variant| (product, variant)));
        page_of(context, shop, rows.collect())
    })
}

fn page_of(context: &Context, shop: &Shop, mut rows: Vec<(&Product, &Variant)>) -> Outcome<Reply> {
    let visit = &context.visit;
    let (page, span, order) = (Page::of(visit)?, Span::of(visit)?, Ordering::of(visit)?);
    let skus = visit.list("sku");
    let include = visit.numbers("include");
    rows.retain(|(_, variant)| {
        span.holds(variant.created_at, variant.updated_at)
            && (include.is_empty() || include.contains(&variant.id))
            && (skus.is_empty() || variant.sku.as_ref().is_some_and(|sku| skus.contains(sku)))
    });
    order.sort(&mut rows, |(product, variant)| Sorted {
        id: variant.id,
        created_at: variant.created_at,
        updated_at: variant.updated_at,
        title: &product.title,
    });
    Ok(page.cut(rows, visit, context.twist, |(product, variant)| {
        variation(shop, product, variant, visit)
    }))
}

/// `GET /products/{id}/variations/{id}`. Before WooCommerce 9 the product's id is not looked at.
pub(super) fn one(context: &Context, product_id: u64, id: u64) -> Outcome<Reply> {
    context.read(|shop| body(context, shop, product_id, id).map(Reply::ok))
}

fn body(context: &Context, shop: &Shop, product_id: u64, id: u64) -> Outcome<Value> {
    let missing = || Refusal::invalid_id(INVALID_VARIATION);
    let (product, variant) = shop.variant(id).ok_or_else(missing)?;
    if product.id != product_id && context.visit.settings.is_at_least(9, 0) {
        return Err(missing());
    }
    Ok(variation(shop, product, variant, &context.visit))
}

/// `POST /products/{id}/variations`.
pub(super) fn create(context: &Context, product_id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
    let body = context.change(|shop| {
        let product = shop
            .products
            .get(&product_id)
            .ok_or_else(|| Refusal::invalid_id(INVALID_ID))?;
        let new = NewVariant {
            sku: text(input, "sku").map(str::to_owned),
            values: values(product, input, None),
            price: price(input, "regular_price", &shop.currency).unwrap_or(0),
            image: None,
        };
        check_sku(shop, input, 0)?;
        let entries = meta::read(shop, input);
        let id = shop.add_variant(product_id, new).map_err(unexpected)?;
        let variants = shop
            .products
            .get_mut(&product_id)
            .into_iter()
            .flat_map(|product| &mut product.variants);
        for variant in variants.filter(|variant| variant.id == id) {
            meta::apply(&mut variant.meta, entries.clone());
        }
        body(context, shop, product_id, id)
    })?;
    let location = context
        .visit
        .api(&format!("products/{product_id}/variations/{}", body["id"]));
    Ok(Reply::created(body, location))
}

/// `PUT /products/{id}/variations/{id}`.
pub(super) fn update(
    context: &Context,
    product_id: u64,
    id: u64,
    input: &Map<String, Value>,
) -> Outcome<Reply> {
    context.change(|shop| {
        body(context, shop, product_id, id)?;
        check_sku(shop, input, id)?;
        let (product, variant) = shop
            .variant(id)
            .ok_or_else(|| Refusal::invalid_id(INVALID_VARIATION))?;
        let values = values(product, input, Some(variant));
        let price = price(input, "regular_price", &shop.currency);
        let parent = product.id;
        let entries = meta::read(shop, input);
        shop.change_variant(parent, id, |variant| {
            variant.values = values;
            variant.price = price.unwrap_or(variant.price);
            variant.sku = text(input, "sku").map(str::to_owned).or(variant.sku.take());
            meta::apply(&mut variant.meta, entries);
        })
        .map_err(unexpected)?;
        body(context, shop, product_id, id).map(Reply::ok)
    })
}

/// `DELETE /products/{id}/variations/{id}`: a variation has no bin.
pub(super) fn delete(context: &Context, product_id: u64, id: u64) -> Outcome<Reply> {
    context.change(|shop| {
        let body = body(context, shop, product_id, id)?;
        shop.change_product(product_id, |product| {
            product.variants.retain(|variant| variant.id != id);
        })
        .map_err(unexpected)?;
        Ok(Reply::ok(body))
    })
}

/// A batch of variations of a product.
pub(super) struct Batch<'a>(pub(super) &'a Context, pub(super) u64);

impl Batched for Batch<'_> {
    fn create(&self, input: &Map<String, Value>) -> Outcome<Reply> {
        create(self.0, self.1, input)
    }

    fn update(&self, id: u64, input: &Map<String, Value>) -> Outcome<Reply> {
        update(self.0, self.1, id, input)
    }

    fn delete(&self, id: u64) -> Outcome<Reply> {
        delete(self.0, self.1, id)
    }
}

/// One value for each option: those of the request, else those the variation has, else any.
fn values(product: &Product, input: &Map<String, Value>, there: Option<&Variant>) -> Vec<Option<String>> {
    let chosen = input.get("attributes").and_then(Value::as_array);
    let value = |(position, option): (usize, &crate::shop::ProductOption)| {
        let Some(chosen) = chosen else {
            return there.and_then(|variant| variant.values.get(position).cloned().flatten());
        };
        let named = |attribute: &&Value| {
            let name = attribute.get("name").and_then(Value::as_str).unwrap_or("");
            slug(name) == slug(&option.name)
                || (position == 0 && super::batch::number(attribute.get("id")) == 1)
        };
        let written = chosen.iter().find(named)?.get("option")?.as_str()?;
        // A value may be named by its slug.
        let known = option
            .values
            .iter()
            .find(|value| *value == written || slug(value) == slug(written));
        Some(known.cloned().unwrap_or_else(|| written.to_owned()))
    };
    product.options.iter().enumerate().map(value).collect()
}
