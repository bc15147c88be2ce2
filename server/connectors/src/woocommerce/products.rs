//! Products with their variations.

use std::collections::HashMap;

use domain::Currency;
use domain::source::{ExternalId, Listing, StoreProduct, StoreVariant, VariantOption};

use super::api::Ask;
use super::connection::{Connection, number};
use super::json::{Product, money};
use super::paging::{List, Mode, Position, ROWS, read};
use super::text::plain;
use crate::lenient::filled;
use crate::store::{Page, Result};

const FIELDS: &str = "id,parent_id,type,status,name,permalink,sku,price,regular_price,virtual,images,image,\
    attributes,variations,date_created,date_created_gmt,date_modified,date_modified_gmt";

const PRODUCTS: List = List {
    operation: "products.list",
    path: "/products",
    fields: FIELDS,
    old_versions: Mode::All,
};

impl Connection {
    pub(super) async fn list_products(&self, position: Position) -> Result<Page<StoreProduct>> {
        let rows = self.api.page(PRODUCTS, position).await?;
        let (products, unreadable) = read::<Product>(rows.found);
        let products: Vec<Product> = products.into_iter().filter(Product::can_be_bought).collect();
        let items = self.with_variations(products).await?;
        Ok(Page {
            items,
            next: rows.next.as_ref().map(Position::cursor),
            wait: None,
            total: rows.total,
            unreadable,
        })
    }

    pub(super) async fn find_product(&self, id: &ExternalId) -> Result<Option<StoreProduct>> {
        let Some(mut product) = self.raw_product(number(id)).await? else {
            return Ok(None);
        };
        // Webhooks name variations too.
        if product.kind == "variation" {
            match self.raw_product(product.parent_id).await? {
                Some(parent) => product = parent,
                None => return Ok(None),
            }
        }
        if !product.can_be_bought() {
            return Ok(None);
        }
        Ok(self.with_variations(vec![product]).await?.pop())
    }

    async fn raw_product(&self, id: Option<i64>) -> Result<Option<Product>> {
        let Some(id) = id else { return Ok(None) };
        let ask = Ask::get("products.get", format!("/products/{id}")).with("_fields", FIELDS);
        let found = self.api.look_up(&ask).await?;
        found.map(|answer| answer.json()).transpose()
    }

    async fn with_variations(&self, products: Vec<Product>) -> Result<Vec<StoreProduct>> {
        let currency = if products.is_empty() {
            None
        } else {
            self.currency().await?
        };
        let mut variations = self.variations(&products).await?;
        Ok(products
            .into_iter()
            .map(|product| {
                let variations = variations.remove(&product.id).unwrap_or_default();
                store_product(product, &variations, currency)
            })
            .collect())
    }

    /// The variations of all `products`, by product: of many at once where the shop's version can.
    async fn variations(&self, products: &[Product]) -> Result<HashMap<i64, Vec<Product>>> {
        let parents: Vec<i64> = products
            .iter()
            .filter(|product| !product.variations.is_empty())
            .map(|product| product.id)
            .collect();
        let mut found: HashMap<i64, Vec<Product>> = HashMap::new();
        let [_, _, ..] = parents.as_slice() else {
            for parent in parents {
                found.insert(parent, self.variations_of(parent).await?);
            }
            return Ok(found);
        };
        let ids: Vec<String> = parents.iter().map(ToString::to_string).collect();
        let ask = Ask::get("variations.list", "/variations")
            .with("parent", ids.join(","))
            .with("orderby", "id")
            .with("order", "asc")
            .with("_fields", FIELDS);
        if let Some(rows) = self.api.all(ask).await? {
            for variation in read::<Product>(rows).0 {
                if let Some(parent) = variation.parent_id {
                    found.entry(parent).or_default().push(variation);
                }
            }
        }
        // An older version, or a list that moved while it was read.
        for product in products.iter().filter(|product| parents.contains(&product.id)) {
            let known = found.get(&product.id).map_or(0, Vec::len);
            if known < product.variations.len() {
                found.insert(product.id, self.variations_of(product.id).await?);
            }
        }
        Ok(found)
    }

    /// The variations of one product.
    pub(super) async fn variations_of(&self, product: i64) -> Result<Vec<Product>> {
        let ask = Ask::get("variations.list", format!("/products/{product}/variations"))
            .with("orderby", "id")
            .with("order", "asc")
            .with("_fields", FIELDS);
        let rows = self.api.all(ask).await?.unwrap_or_default();
        Ok(read(rows).0)
    }
}

impl Product {
    /// Not a page that only lists others, nor one that sends buyers to another shop.
    fn can_be_bought(&self) -> bool {
        !matches!(self.kind.as_str(), "grouped" | "external")
    }
}

fn store_product(product: Product, variations: &[Product], currency: Option<Currency>) -> StoreProduct {
    let variants = if variations.is_empty() {
        vec![store_variant(&product, currency)]
    } else {
        variations
            .iter()
            .map(|variation| store_variant(variation, currency))
            .collect()
    };
    StoreProduct {
        external_id: product.id.into(),
        title: plain(product.name.as_deref().unwrap_or_default()),
        listing: match product.status.as_str() {
            "publish" => Listing::Published,
            "trash" => Listing::Archived,
            _ => Listing::Draft,
        },
        updated_at: product.dates.modified(),
        url: filled(product.permalink),
        image_url: product.images.into_iter().find_map(|image| filled(image.src)),
        variants,
    }
}

fn store_variant(product: &Product, currency: Option<Currency>) -> StoreVariant {
    let is_variation = product.kind == "variation" || product.parent_id.is_some();
    let options = product.attributes.iter().filter_map(|attribute| {
        Some(VariantOption {
            name: plain(attribute.name.as_deref()?),
            value: plain(attribute.option.as_deref()?),
        })
    });
    let price = filled(product.price.clone()).or_else(|| filled(product.regular_price.clone()));
    StoreVariant {
        external_id: product.id.into(),
        sku: filled(product.sku.clone()),
        options: if is_variation {
            options.collect()
        } else {
            Vec::new()
        },
        price: money(price.as_ref(), currency),
        image_url: product.image.as_ref().and_then(|image| filled(image.src.clone())),
        ships: !product.is_virtual,
    }
}

/// How many products one request can be asked for by id.
pub(super) const MOST_IDS: usize = ROWS as usize;

#[cfg(test)]
mod tests;
