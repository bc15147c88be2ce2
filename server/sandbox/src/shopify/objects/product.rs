//! Products, variants and their pictures.

use serde_json::{Value, json};

use super::super::answer::gid;
use super::{instant, noted};
use crate::shop::{Image, Meta, Product, ProductOption, ProductStatus, Shop, Variant, decimal};

/// What Shopify calls the only option of a product without options.
pub(in super::super) const DEFAULT_OPTION: &str = "Title";
/// What Shopify calls its only value.
pub(in super::super) const DEFAULT_VALUE: &str = "Default Title";

/// Where the stand-in keeps what only Shopify knows of a product or variant.
pub(in super::super) const VENDOR: &str = "shopify.vendor";
pub(in super::super) const PRODUCT_TYPE: &str = "shopify.product_type";
pub(in super::super) const HANDLE: &str = "shopify.handle";
pub(in super::super) const TAGS: &str = "shopify.tags";
pub(in super::super) const PUBLICATIONS: &str = "shopify.publications";
pub(in super::super) const BARCODE: &str = "shopify.barcode";

/// The address of a picture whose file never came begins with this.
pub(in super::super) const FAILED: &str = "failed:";

/// `Product`.
pub(in super::super) fn product(shop: &Shop, product: &Product) -> Value {
    let published = is_published(product);
    let handle = handle(product);
    json!({
        "id": gid("Product", product.id),
        "legacyResourceId": product.id.to_string(),
        "title": product.title,
        "handle": handle,
        "status": status(product.status),
        "vendor": vendor(shop, product),
        "productType": noted(&product.meta, PRODUCT_TYPE).unwrap_or_default(),
        "tags": tags(product),
        "descriptionHtml": product.description,
        "description": product.description,
        "createdAt": instant(product.created_at),
        "updatedAt": instant(product.updated_at),
        "publishedAt": published.then(|| instant(product.created_at)),
        "onlineStoreUrl": published.then(|| format!("https://{}.myshopify.com/products/{handle}", shop.key.name)),
        "hasOnlyDefaultVariant": product.options.is_empty(),
        "isGiftCard": false,
        "tracksInventory": false,
        "totalInventory": 0,
        "options": options(product),
        "featuredMedia": product.images.first().map(|image| media(product, image)),
        "media": product.images.iter().map(|image| media(product, image)).collect::<Vec<_>>(),
        "mediaCount": count(product.images.len()),
        "variantsCount": count(product.variants.len()),
        "variants": product
            .variants
            .iter()
            .enumerate()
            .map(|(index, found)| variant(shop, product, index, found))
            .collect::<Vec<_>>(),
        "availablePublicationsCount": count(publications(product).len()),
        "metafields": metafields(&product.meta),
    })
}

/// `ProductVariant`; `index` is its place in the product, from 0.
pub(in super::super) fn variant(shop: &Shop, product: &Product, index: usize, variant: &Variant) -> Value {
    let title = variant_title(variant);
    json!({
        "id": gid("ProductVariant", variant.id),
        "legacyResourceId": variant.id.to_string(),
        "title": title,
        "displayName": format!("{} - {title}", product.title),
        "sku": variant.sku,
        "barcode": noted(&variant.meta, BARCODE),
        "price": decimal(variant.price, &shop.currency),
        "compareAtPrice": null,
        "position": index + 1,
        "createdAt": instant(variant.created_at),
        "updatedAt": instant(variant.updated_at),
        "availableForSale": product.status == ProductStatus::Published,
        "taxable": true,
        "inventoryPolicy": "DENY",
        "inventoryQuantity": 0,
        "selectedOptions": selected_options(product, variant),
        "image": product.image_of(variant).map(|image| json!({ "url": image.url, "altText": image.alt })),
        "inventoryItem": {
            "id": gid("InventoryItem", variant.id),
            "legacyResourceId": variant.id.to_string(),
            "sku": variant.sku,
            "tracked": false,
            "requiresShipping": !product.digital,
            "createdAt": instant(variant.created_at),
            "updatedAt": instant(variant.updated_at),
        },
        "product": gid("Product", product.id),
        "metafields": metafields(&variant.meta),
    })
}

/// The variant's values, or what Shopify shows when there are none.
pub(in super::super) fn variant_title(variant: &Variant) -> String {
    let title = variant.title();
    if title.is_empty() {
        DEFAULT_VALUE.to_owned()
    } else {
        title
    }
}

/// `SelectedOption`s: name and value.
pub(in super::super) fn selected_options(product: &Product, variant: &Variant) -> Vec<Value> {
    if product.options.is_empty() {
        return vec![json!({ "name": DEFAULT_OPTION, "value": DEFAULT_VALUE })];
    }
    let values = product.options.iter().zip(&variant.values);
    values
        .map(|(option, value)| json!({ "name": option.name, "value": value.as_deref().unwrap_or("Any") }))
        .collect()
}

/// `ACTIVE`, `DRAFT` or `ARCHIVED`.
pub(in super::super) fn status(status: ProductStatus) -> &'static str {
    match status {
        ProductStatus::Published => "ACTIVE",
        ProductStatus::Draft => "DRAFT",
        ProductStatus::Archived => "ARCHIVED",
    }
}

/// The part of its address that names it.
pub(in super::super) fn handle(product: &Product) -> String {
    if let Some(handle) = noted(&product.meta, HANDLE) {
        return handle.to_owned();
    }
    let mut handle = String::new();
    for character in product.title.to_lowercase().chars() {
        if character.is_alphanumeric() {
            handle.push(character);
        } else if !handle.ends_with('-') && !handle.is_empty() {
            handle.push('-');
        }
    }
    // The number keeps two products of one title apart.
    format!("{}-{}", handle.trim_end_matches('-'), product.id % 100_000)
}

/// Who makes it: the shop itself unless told otherwise.
pub(in super::super) fn vendor<'p>(shop: &'p Shop, product: &'p Product) -> &'p str {
    noted(&product.meta, VENDOR).unwrap_or(&shop.title)
}

/// The shop owner's tags.
pub(in super::super) fn tags(product: &Product) -> Vec<&str> {
    let tags = noted(&product.meta, TAGS).unwrap_or_default();
    tags.split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .collect()
}

/// The publications it is on, by number.
pub(in super::super) fn publications(product: &Product) -> Vec<u64> {
    let told = product.meta.iter().find(|meta| meta.key == PUBLICATIONS);
    match told {
        Some(told) => told
            .value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_u64)
            .collect(),
        // What the owner puts on sale is in the online store; software must publish what it creates.
        None if product.status == ProductStatus::Published => vec![super::shop::ONLINE_STORE],
        None => Vec::new(),
    }
}

/// Whether buyers see it in the online store.
pub(in super::super) fn is_published(product: &Product) -> bool {
    product.status == ProductStatus::Published && publications(product).contains(&super::shop::ONLINE_STORE)
}

/// `MediaImage`.
pub(in super::super) fn media(product: &Product, image: &Image) -> Value {
    if image.url.starts_with(FAILED) {
        return failed_media(product, image);
    }
    let picture = json!({
        "id": gid("ImageSource", image.id),
        "url": image.url,
        "altText": image.alt,
        "width": 1200,
        "height": 1200,
    });
    json!({
        "__typename": "MediaImage",
        "id": gid("MediaImage", image.id),
        "alt": image.alt,
        "mediaContentType": "IMAGE",
        "status": "READY",
        "fileStatus": "READY",
        "mimeType": "image/png",
        "createdAt": instant(product.created_at),
        "updatedAt": instant(product.updated_at),
        "mediaErrors": [],
        "fileErrors": [],
        "image": picture,
        "preview": { "image": picture, "status": "READY" },
    })
}

/// `MediaImage` of a file that could not be fetched.
fn failed_media(product: &Product, image: &Image) -> Value {
    let error = json!({ "code": "INVALID_IMAGE_FILE_SIZE", "details": "Download failed", "message": "Download failed" });
    json!({
        "__typename": "MediaImage",
        "id": gid("MediaImage", image.id),
        "alt": image.alt,
        "mediaContentType": "IMAGE",
        "status": "FAILED",
        "fileStatus": "FAILED",
        "createdAt": instant(product.created_at),
        "updatedAt": instant(product.updated_at),
        "mediaErrors": [error],
        "fileErrors": [error],
        "image": null,
        "preview": { "image": null, "status": "FAILED" },
    })
}

/// `Count`; exact up to the limit of lists.
pub(in super::super) fn count(number: usize) -> Value {
    json!({ "count": number, "precision": "EXACT" })
}

fn options(product: &Product) -> Vec<Value> {
    let only = [ProductOption {
        name: DEFAULT_OPTION.to_owned(),
        values: vec![DEFAULT_VALUE.to_owned()],
    }];
    let options = if product.options.is_empty() {
        &only[..]
    } else {
        &product.options[..]
    };
    let numbered = options.iter().zip(1_u64..);
    numbered
        .map(|(option, position)| {
            let id = product.id * 10 + position;
            let values = option.values.iter().zip(1_u64..);
            json!({
                "id": gid("ProductOption", id),
                "name": option.name,
                "position": position,
                "values": option.values,
                "optionValues": values
                    .map(|(value, place)| json!({
                        "id": gid("ProductOptionValue", (product.id % 10_000_000_000_000) * 10_000 + position * 1_000 + place),
                        "name": value,
                        "hasVariants": true,
                    }))
                    .collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn metafields(meta: &[Meta]) -> Vec<Value> {
    let named = meta
        .iter()
        .filter_map(|meta| Some((meta, meta.key.strip_prefix("metafield:")?.split_once('.')?)));
    named
        .map(|(meta, (namespace, key))| {
            json!({
                "id": gid("Metafield", meta.id),
                "namespace": namespace,
                "key": key,
                "value": meta.value,
                "type": "single_line_text_field",
            })
        })
        .collect()
}
