//! Products created at a shop.

use std::collections::HashSet;

use domain::source::ExternalId;
use serde_json::{Value, json};

use super::api::Ask;
use super::connection::Connection;
use super::json::Product;
use super::orders::text;
use super::paging::{ROWS, read};
use super::text::paragraphs;
use crate::store::{ConnectionError, NewStoreProduct, NewStoreVariant, Result};

/// Our name of a product, kept with it.
const KEY: &str = "_portal_product";
/// The most variations that one request creates.
const BATCH: usize = 100;

impl Connection {
    /// Creates a product hidden, then its variations, then its pictures, which the shop fetches within the request, and
    /// shows it last: an attempt that broke off goes on where it was.
    pub(super) async fn publish(&self, product: &NewStoreProduct) -> Result<ExternalId> {
        self.check_currency(product).await?;
        let id = match self.created_before(product).await? {
            Some(id) => id,
            None => self.create(product).await?,
        };
        self.create_variations(id, product).await?;
        let mut rest = json!({ "status": if product.publish { "publish" } else { "draft" } });
        if !product.images.is_empty() {
            let images: Vec<Value> = product.images.iter().map(|src| json!({ "src": src })).collect();
            rest["images"] = images.into();
        }
        self.api
            .send(&Ask::put("products.finish", format!("/products/{id}"), rest))
            .await?;
        Ok(id.into())
    }

    /// A shop has one currency, and its prices come without.
    async fn check_currency(&self, product: &NewStoreProduct) -> Result<()> {
        let Some(currency) = self.currency().await? else {
            return Ok(());
        };
        match product
            .variants
            .iter()
            .find(|variant| variant.price.currency != currency)
        {
            Some(_) => Err(refused(format!("The shop sells in {currency}."))),
            None => Ok(()),
        }
    }

    /// The product of an earlier attempt whose answer was lost. An SKU that another product has is refused here: shops
    /// refuse it too, once part of the product is there.
    async fn created_before(&self, product: &NewStoreProduct) -> Result<Option<i64>> {
        let skus: Vec<&str> = product
            .variants
            .iter()
            .map(|variant| variant.sku.as_str())
            .filter(|sku| !sku.is_empty())
            .collect();
        for skus in skus.chunks(BATCH) {
            if let Some(found) = self.search("sku", &skus.join(",")).await?.into_iter().next() {
                let parent = found.parent_id.unwrap_or(found.id);
                let ours = found.is_called(&product.key) || self.is_called(parent, &product.key).await?;
                if ours {
                    return Ok(Some(parent));
                }
                let sku = found.sku.unwrap_or_default();
                return Err(refused(format!("SKU {sku}: product {parent}")));
            }
        }
        let found = self.search("search", &product.title).await?;
        Ok(found
            .into_iter()
            .find(|found| found.is_called(&product.key))
            .map(|found| found.id))
    }

    async fn search(&self, by: &str, what: &str) -> Result<Vec<Product>> {
        let ask = Ask::get("products.search", "/products")
            .with(by, what)
            .with("status", "any")
            .with("per_page", ROWS)
            .with("_fields", "id,parent_id,sku,meta_data");
        Ok(read(self.api.send(&ask).await?.json()?).0)
    }

    async fn is_called(&self, id: i64, key: &str) -> Result<bool> {
        let ask = Ask::get("products.get", format!("/products/{id}")).with("_fields", "id,meta_data");
        let Some(answer) = self.api.look_up(&ask).await? else {
            return Ok(false);
        };
        Ok(answer.json::<Product>()?.is_called(key))
    }

    async fn create(&self, product: &NewStoreProduct) -> Result<i64> {
        let mut body = json!({
            "name": product.title,
            "description": paragraphs(&product.description),
            "status": "draft",
            "meta_data": [{ "key": KEY, "value": product.key }],
        });
        if let Some(only) = product.only_variant() {
            body["type"] = "simple".into();
            body["sku"] = only.sku.as_str().into();
            body["regular_price"] = only.price.decimal().into();
        } else {
            body["type"] = "variable".into();
            body["attributes"] = attributes(&product.variants);
        }
        let created: Product = self
            .api
            .send(&Ask::post("products.create", "/products", body))
            .await?
            .json()?;
        Ok(created.id)
    }

    /// Creates those variations that are not there.
    async fn create_variations(&self, id: i64, product: &NewStoreProduct) -> Result<()> {
        if product.only_variant().is_some() {
            return Ok(());
        }
        let there: HashSet<String> = self
            .variations_of(id)
            .await?
            .into_iter()
            .filter_map(|variation| variation.sku)
            .collect();
        let missing: Vec<Value> = product
            .variants
            .iter()
            .filter(|variant| !there.contains(&variant.sku))
            .map(variation)
            .collect();
        for batch in missing.chunks(BATCH) {
            let path = format!("/products/{id}/variations/batch");
            let answer = self
                .api
                .send(&Ask::post("variations.create", path, json!({ "create": batch })))
                .await?;
            let answer: Value = answer.json()?;
            let failed = answer["create"]
                .as_array()
                .into_iter()
                .flatten()
                .find(|entry| entry["error"].is_object());
            if let Some(entry) = failed {
                return Err(refused(text(&entry["error"]["message"]).unwrap_or_default()));
            }
        }
        Ok(())
    }
}

impl NewStoreProduct {
    /// The only thing to buy of a product without options.
    fn only_variant(&self) -> Option<&NewStoreVariant> {
        match self.variants.as_slice() {
            [only] if only.options.is_empty() => Some(only),
            _ => None,
        }
    }
}

impl Product {
    fn is_called(&self, key: &str) -> bool {
        self.meta_data
            .iter()
            .any(|meta| meta.key == KEY && text(&meta.value).as_deref() == Some(key))
    }
}

/// What the variants differ in, with all values in their order.
fn attributes(variants: &[NewStoreVariant]) -> Value {
    let mut attributes: Vec<(&str, Vec<&str>)> = Vec::new();
    for option in variants.iter().flat_map(|variant| &variant.options) {
        match attributes.iter_mut().find(|(name, _)| *name == option.name) {
            Some((_, values)) if values.contains(&option.value.as_str()) => {}
            Some((_, values)) => values.push(&option.value),
            None => attributes.push((&option.name, vec![&option.value])),
        }
    }
    attributes
        .into_iter()
        .enumerate()
        .map(|(position, (name, options))| {
            json!({ "name": name, "position": position, "visible": true, "variation": true, "options": options })
        })
        .collect()
}

fn variation(variant: &NewStoreVariant) -> Value {
    let attributes: Vec<Value> = variant
        .options
        .iter()
        .map(|option| json!({ "name": option.name, "option": option.value }))
        .collect();
    json!({ "sku": variant.sku, "regular_price": variant.price.decimal(), "attributes": attributes })
}

fn refused(message: String) -> ConnectionError {
    ConnectionError::Refused { status: 400, message }
}

#[cfg(test)]
mod tests;
