//! Products and variations as WooCommerce writes them.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::json::{links, put_dates, slug};
use super::visit::Visit;
use crate::shop::{Image, Meta, Product, ProductStatus, Shop, Variant, decimal};

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// What is missing for good: the fields a print shop never uses, with the values a new product has.
const UNUSED: &str = r#"{
  "featured": false, "catalog_visibility": "visible", "short_description": "", "sale_price": "",
  "date_on_sale_from": null, "date_on_sale_from_gmt": null, "date_on_sale_to": null, "date_on_sale_to_gmt": null,
  "on_sale": false, "purchasable": true, "total_sales": 0, "downloads": [], "download_limit": -1,
  "download_expiry": -1, "external_url": "", "button_text": "", "tax_status": "taxable", "tax_class": "",
  "manage_stock": false, "stock_quantity": null, "backorders": "no", "backorders_allowed": false,
  "backordered": false, "low_stock_amount": null, "sold_individually": false, "weight": "",
  "dimensions": { "length": "", "width": "", "height": "" }, "shipping_taxable": true, "shipping_class": "",
  "shipping_class_id": 0, "reviews_allowed": true, "average_rating": "0.00", "rating_count": 0, "upsell_ids": [],
  "cross_sell_ids": [], "purchase_note": "", "default_attributes": [], "grouped_products": [], "menu_order": 0,
  "related_ids": [], "stock_status": "instock", "post_password": "", "tags": []
}"#;

fn unused() -> Map<String, Value> {
    static READ: LazyLock<Map<String, Value>> =
        LazyLock::new(|| serde_json::from_str(UNUSED).unwrap_or_default());
    READ.clone()
}

fn put(object: &mut Map<String, Value>, fields: Value) {
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
}

/// WooCommerce's word for whether buyers see a product.
pub(super) fn status(product: &Product) -> &'static str {
    match product.status {
        _ if product.binned => "trash",
        ProductStatus::Published => "publish",
        ProductStatus::Draft => "draft",
        ProductStatus::Archived => "private",
    }
}

/// `simple` or `variable`.
pub(super) fn kind(product: &Product) -> &'static str {
    if product.options.is_empty() {
        "simple"
    } else {
        "variable"
    }
}

/// The SKU a product itself has. Variations have their own; a variable product's is the beginning of theirs.
pub(super) fn own_sku(product: &Product) -> String {
    if product.options.is_empty() {
        let only = product.variants.first().and_then(|variant| variant.sku.clone());
        return only.unwrap_or_default();
    }
    let written = product.meta.iter().find(|meta| meta.key == "_sku");
    let written = written.and_then(|meta| meta.value.as_str()).map(str::to_owned);
    written.unwrap_or_default()
}

/// The SKU a variation answers with: its own, else its product's.
pub(super) fn variation_sku(product: &Product, variant: &Variant) -> String {
    let own = variant.sku.clone().filter(|sku| !sku.is_empty());
    own.unwrap_or_else(|| own_sku(product))
}

/// A product.
pub(super) fn product(shop: &Shop, product: &Product, visit: &Visit) -> Value {
    let variable = !product.options.is_empty();
    let lowest = product.variants.iter().map(|variant| variant.price).min();
    let price = lowest.map_or_else(String::new, |price| decimal(price, &shop.currency));
    let self_url = visit.api(&format!("products/{}", product.id));
    let name_slug = slug(&product.title);
    let mut object = unused();
    put_dates(
        &mut object,
        "date_created",
        Some(product.created_at),
        shop.utc_offset_seconds,
    );
    put_dates(
        &mut object,
        "date_modified",
        Some(product.updated_at),
        shop.utc_offset_seconds,
    );
    put(
        &mut object,
        json!({
            "id": product.id,
            "name": product.title,
            "slug": name_slug,
            "permalink": format!("{}/product/{name_slug}/", visit.home),
            "type": kind(product),
            "status": status(product),
            "description": product.description,
            "sku": own_sku(product),
            "price": price,
            "regular_price": if variable { "" } else { &price },
            "virtual": product.digital,
            "downloadable": product.digital,
            "shipping_required": !product.digital,
            "parent_id": 0,
            "categories": [{ "id": 15, "name": "Uncategorized &amp; new", "slug": "uncategorized" }],
            "images": product.images.iter().map(|image| image_of(product, image, shop, true)).collect::<Vec<_>>(),
            "attributes": attributes(product),
            "variations": if variable { ids(product) } else { json!([]) },
            "price_html": format!("<span class=\"woocommerce-Price-amount amount\"><bdi>{price}</bdi></span>"),
            "has_options": variable,
            "meta_data": meta(&product.meta),
            "_links": links(&self_url, &visit.api("products"), METHODS),
        }),
    );
    if visit.settings.is_at_least(9, 2) {
        put(&mut object, json!({ "global_unique_id": "", "brands": [] }));
    }
    Value::Object(object)
}

fn ids(product: &Product) -> Value {
    product.variants.iter().map(|variant| json!(variant.id)).collect()
}

fn image_of(product: &Product, image: &Image, shop: &Shop, whole: bool) -> Value {
    let mut object = Map::new();
    put_dates(
        &mut object,
        "date_created",
        Some(product.created_at),
        shop.utc_offset_seconds,
    );
    put_dates(
        &mut object,
        "date_modified",
        Some(product.created_at),
        shop.utc_offset_seconds,
    );
    put(
        &mut object,
        json!({ "id": image.id, "src": image.url, "name": image.alt, "alt": image.alt }),
    );
    if whole {
        put(
            &mut object,
            json!({
                "srcset": format!("{} 600w", image.url),
                "sizes": "(max-width: 600px) 100vw, 600px",
                "thumbnail": image.url,
            }),
        );
    }
    Value::Object(object)
}

/// The number of the taxonomy of an option: the first option is one of the shop's attributes, the others are the
/// product's own.
fn attribute_id(position: usize) -> u64 {
    u64::from(position == 0)
}

/// The slug of an attribute as a product has it: `pa_size` for the shop's, the name itself for the product's own.
fn attribute_slug(name: &str, position: usize) -> String {
    match position {
        0 => attribute_key(name, position),
        _ => name.to_owned(),
    }
}

/// The slug of an attribute as variations and lines of orders have it: `pa_size`, `folding`.
pub(super) fn attribute_key(name: &str, position: usize) -> String {
    match position {
        0 => format!("pa_{}", slug(name)),
        _ => slug(name),
    }
}

/// The value of an attribute as lines of orders have it: a slug for the shop's, the label for the product's own.
pub(super) fn attribute_value(value: &str, position: usize) -> String {
    match position {
        0 => slug(value),
        _ => value.to_owned(),
    }
}

fn attributes(product: &Product) -> Vec<Value> {
    let attribute = |(position, option): (usize, &crate::shop::ProductOption)| {
        json!({
            "id": attribute_id(position),
            "name": option.name,
            "slug": attribute_slug(&option.name, position),
            "position": position,
            "visible": true,
            "variation": true,
            "options": option.values,
        })
    };
    product.options.iter().enumerate().map(attribute).collect()
}

fn meta(meta: &[Meta]) -> Vec<Value> {
    let shown = meta.iter().filter(|meta| meta.key != "_sku");
    shown
        .map(|meta| json!({ "id": meta.id, "key": meta.key, "value": meta.value }))
        .collect()
}

/// A variation, from `/products/{id}/variations`.
pub(super) fn variation(shop: &Shop, product: &Product, variant: &Variant, visit: &Visit) -> Value {
    let parent_url = visit.api(&format!("products/{}", product.id));
    let collection = format!("{parent_url}/variations");
    let mut object = unused();
    for name in [
        "featured",
        "catalog_visibility",
        "short_description",
        "total_sales",
        "external_url",
        "button_text",
        "sold_individually",
        "shipping_taxable",
        "reviews_allowed",
        "average_rating",
        "rating_count",
        "upsell_ids",
        "cross_sell_ids",
        "purchase_note",
        "default_attributes",
        "grouped_products",
        "related_ids",
        "post_password",
        "tags",
    ] {
        object.remove(name);
    }
    put_dates(
        &mut object,
        "date_created",
        Some(variant.created_at),
        shop.utc_offset_seconds,
    );
    put_dates(
        &mut object,
        "date_modified",
        Some(variant.updated_at),
        shop.utc_offset_seconds,
    );
    let price = decimal(variant.price, &shop.currency);
    let image = variant.image_id.and_then(|id| product.image(id));
    let position = product.variants.iter().position(|other| other.id == variant.id);
    put(
        &mut object,
        json!({
            "id": variant.id,
            "description": "",
            "permalink": format!("{}/product/{}/?attribute={}", visit.home, slug(&product.title), variant.id),
            "sku": variation_sku(product, variant),
            "price": price,
            "regular_price": price,
            "status": if product.binned { "trash" } else { "publish" },
            "virtual": product.digital,
            "downloadable": product.digital,
            "image": image.map(|image| image_of(product, image, shop, false)),
            "attributes": chosen_attributes(product, variant, visit),
            "menu_order": position,
            "meta_data": meta(&variant.meta),
            "_links": links(&format!("{collection}/{}", variant.id), &collection, METHODS),
        }),
    );
    if let Some(links) = object.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("up".to_owned(), json!([{ "href": parent_url }]));
    }
    if visit.settings.is_at_least(9, 0) {
        put(
            &mut object,
            json!({ "type": "variation", "global_unique_id": "", "gallery_image_ids": [] }),
        );
    }
    if visit.settings.is_at_least(8, 3) {
        let values: Vec<&str> = variant.values.iter().flatten().map(String::as_str).collect();
        put(
            &mut object,
            json!({ "name": values.join(", "), "parent_id": product.id }),
        );
    }
    Value::Object(object)
}

/// A variation's values. What the buyer may choose freely is simply missing.
fn chosen_attributes(product: &Product, variant: &Variant, visit: &Visit) -> Vec<Value> {
    let options = product.options.iter().zip(&variant.values).enumerate();
    let attribute = |(position, (option, value)): (usize, (&crate::shop::ProductOption, &Option<String>))| {
        let value = value.as_ref()?;
        let mut attribute = json!({ "id": attribute_id(position), "name": option.name, "option": value });
        if visit.settings.is_at_least(8, 3) {
            attribute["slug"] = json!(attribute_key(&option.name, position));
        }
        Some(attribute)
    };
    options.filter_map(attribute).collect()
}

/// A variation, from `/products/{variation id}`, `/products?sku=` and webhooks: in the shape of a product.
pub(super) fn variation_as_product(shop: &Shop, parent: &Product, variant: &Variant, visit: &Visit) -> Value {
    let Value::Object(mut object) = product(shop, parent, visit) else {
        return Value::Null;
    };
    put_dates(
        &mut object,
        "date_created",
        Some(variant.created_at),
        shop.utc_offset_seconds,
    );
    put_dates(
        &mut object,
        "date_modified",
        Some(variant.updated_at),
        shop.utc_offset_seconds,
    );
    let price = decimal(variant.price, &shop.currency);
    let image = parent.image_of(variant);
    let self_url = visit.api(&format!("products/{}", variant.id));
    put(
        &mut object,
        json!({
            "id": variant.id,
            "slug": format!("{}-{}", slug(&parent.title), variant.id),
            "type": "variation",
            "status": if parent.binned { "trash" } else { "publish" },
            "description": "",
            "sku": variation_sku(parent, variant),
            "price": price,
            "regular_price": price,
            "total_sales": "0",
            "parent_id": parent.id,
            "categories": [],
            "images": image.map(|image| image_of(parent, image, shop, true)).into_iter().collect::<Vec<_>>(),
            "attributes": chosen_attributes(parent, variant, visit),
            "variations": [],
            "has_options": false,
            "meta_data": meta(&variant.meta),
            "_links": links(&self_url, &visit.api("products"), METHODS),
        }),
    );
    Value::Object(object)
}
