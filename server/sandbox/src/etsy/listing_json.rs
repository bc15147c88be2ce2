//! Listings as Etsy writes them.

use serde_json::{Value, json};

use super::inventory::{QUANTITY, money};
use super::listings::{TAGS, TAXONOMY_ID, number_noted};
use super::profiles::{READINESS_STATE, RETURN_POLICY, SHIPPING_PROFILE};
use super::{shop_id, user_id};
use crate::shop::{Product, ProductStatus, Shop};

/// `ShopListing`.
pub(super) fn listing(shop: &Shop, product: &Product) -> Value {
    let (created, updated) = (
        product.created_at.unix_seconds(),
        product.updated_at.unix_seconds(),
    );
    let price = product
        .variants
        .iter()
        .map(|variant| variant.price)
        .min()
        .unwrap_or(0);
    let tags = product
        .meta
        .iter()
        .find(|meta| meta.key == TAGS)
        .map_or_else(|| json!([]), |meta| meta.value.clone());
    let mut object = json!({
        "listing_id": product.id,
        "user_id": user_id(&shop.key.name),
        "shop_id": shop_id(&shop.key.name),
        "title": product.title,
        "description": product.description,
        "state": state(product),
        "creation_timestamp": created,
        "created_timestamp": created,
        "original_creation_timestamp": created,
        "ending_timestamp": created + 120 * 24 * 3600,
        "last_modified_timestamp": updated,
        "updated_timestamp": updated,
        "state_timestamp": created,
        "quantity": number_noted(product, QUANTITY).unwrap_or(999),
        "featured_rank": -1,
        "url": format!("https://www.etsy.com/listing/{}", product.id),
        "num_favorers": 0,
        "non_taxable": false,
        "is_taxable": true,
        "is_customizable": false,
        "is_personalizable": false,
        "listing_type": if product.digital { "download" } else { "physical" },
        "tags": tags,
        "materials": [],
        "shipping_profile_id": (!product.digital).then_some(SHIPPING_PROFILE),
        "return_policy_id": RETURN_POLICY,
        "who_made": "i_did",
        "when_made": "made_to_order",
        "is_supply": false,
        "is_private": false,
        "style": [],
        "file_data": "",
        "has_variations": product.variants.len() > 1,
        "should_auto_renew": true,
        "language": "en-US",
        "price": money(price, &shop.currency),
        "taxonomy_id": number_noted(product, TAXONOMY_ID).unwrap_or(119),
        "readiness_state_id": (!product.digital).then_some(READINESS_STATE),
    });
    for unknown in [
        "rich_description",
        "shop_section_id",
        "processing_min",
        "processing_max",
        "item_weight",
        "item_weight_unit",
        "item_length",
        "item_width",
        "item_height",
        "item_dimensions_unit",
        "suggested_title",
    ] {
        object[unknown] = Value::Null;
    }
    object
}

pub(super) fn state(product: &Product) -> &'static str {
    match product.status {
        ProductStatus::Published => "active",
        ProductStatus::Draft => "draft",
        ProductStatus::Archived => "inactive",
    }
}
