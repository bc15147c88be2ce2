//! Listings: what a shop offers.

use axum::body::Bytes;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Refusal;
use super::inventory::{self, QUANTITY, minor, money};
use super::profiles::{READINESS_STATE, RETURN_POLICY, SHIPPING_PROFILE, TAXONOMY, list};
use super::receipts::{check_page, one_of, page_start};
use super::service::{Caller, Done};
use super::{shop_id, user_id};
use crate::ledger::Event;
use crate::shop::{Image, Meta, NewProduct, NewVariant, Product, ProductStatus, Shop};

/// Where the stand-in keeps what only Etsy knows of a listing.
const TAXONOMY_ID: &str = "etsy.taxonomy_id";
const SHIPPING: &str = "etsy.shipping_profile_id";
const TAGS: &str = "etsy.tags";

const WHO_MADE: [&str; 3] = ["i_did", "someone_else", "collective"];
const WHEN_MADE: [&str; 4] = ["made_to_order", "2020_2026", "2010_2019", "2007_2009"];
/// What `includes` may name in a list of a shop; single listings and batches know neither inventory nor shipping since
/// 2026-07-29.
const IN_LISTS: [&str; 9] = [
    "Shipping",
    "Images",
    "Shop",
    "User",
    "Translations",
    "Inventory",
    "Videos",
    "Personalization",
    "BuyerPrice",
];
const IN_SINGLE: [&str; 7] = [
    "Images",
    "Shop",
    "User",
    "Translations",
    "Videos",
    "Personalization",
    "BuyerPrice",
];

/// The largest picture taken, in bytes.
const MAX_IMAGE: usize = 10 * 1024 * 1024;

/// The filters of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    state: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
    sort_on: Option<String>,
    includes: Option<String>,
}

/// `getListingsByShop`: one state at a time, newest first; `sort_on` is taken but does nothing without a search.
pub(super) fn page(caller: &Caller<'_>, filters: &Filters) -> Done {
    check_page(filters.limit)?;
    let states = ["active", "inactive", "sold_out", "draft", "expired"];
    one_of("state", filters.state.as_deref(), &states)?;
    one_of(
        "sort_on",
        filters.sort_on.as_deref(),
        &["created", "price", "updated", "score"],
    )?;
    let includes = includes(filters.includes.as_deref(), &IN_LISTS)?;
    let wanted = filters.state.as_deref().unwrap_or("active");
    caller.with(|shop| {
        let shop = &*shop;
        let found: Vec<&Product> = shop
            .products
            .values()
            .rev()
            .filter(|product| state(product) == wanted)
            .collect();
        let limit = filters.limit.unwrap_or(25);
        let start = page_start(filters.offset, limit, caller.twist);
        let results = found
            .iter()
            .skip(start)
            .take(limit)
            .map(|product| with(shop, product, &includes));
        let mut page = list(results.collect());
        page["count"] = json!(found.len());
        Ok((StatusCode::OK, page))
    })
}

/// `getListing`.
pub(super) fn get(caller: &Caller<'_>, id: u64, asked: Option<&str>) -> Done {
    let includes = includes(asked, &IN_SINGLE)?;
    caller.with(|shop| Ok((StatusCode::OK, with(shop, existing(shop, id)?, &includes))))
}

/// `getListingsByListingIds`.
pub(super) fn batch(caller: &Caller<'_>, ids: &[u64], asked: Option<&str>) -> Done {
    let includes = includes(asked, &IN_SINGLE)?;
    if ids.is_empty() || ids.len() > 100 {
        return Err(Refusal::invalid("listing_ids must name 1 to 100 listings"));
    }
    caller.with(|shop| {
        let found = ids
            .iter()
            .map(|id| Ok(with(shop, existing(shop, *id)?, &includes)));
        Ok((StatusCode::OK, list(found.collect::<Result<_, Refusal>>()?)))
    })
}

fn includes<'a>(asked: Option<&'a str>, known: &[&str]) -> Result<Vec<&'a str>, Refusal> {
    let includes: Vec<&str> = asked
        .unwrap_or_default()
        .split(',')
        .filter(|name| !name.is_empty())
        .collect();
    for include in &includes {
        one_of("includes", Some(*include), known)?;
    }
    Ok(includes)
}

fn with(shop: &Shop, product: &Product, includes: &[&str]) -> Value {
    let mut object = listing(shop, product);
    if includes.contains(&"Images") {
        object["images"] = product
            .images
            .iter()
            .enumerate()
            .map(|(rank, image)| picture(product, rank, image))
            .collect();
    }
    if includes.contains(&"Inventory") {
        object["inventory"] = inventory::inventory(shop, product);
    }
    object
}

/// A form with fields as often as they come: arrays are `tags=a,b`, `tags[]=a` or `tags` repeated.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form; anything else is refused.
    ///
    /// # Errors
    /// 415 for another type of content, 400 when it cannot be read.
    pub(super) fn read(content_type: Option<&str>, body: &Bytes) -> Result<Self, Refusal> {
        if !content_type
            .is_some_and(|content_type| content_type.starts_with("application/x-www-form-urlencoded"))
        {
            let error = "Content-Type must be application/x-www-form-urlencoded";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, error));
        }
        serde_urlencoded::from_bytes(body)
            .map(Self)
            .map_err(|error| Refusal::invalid(error.to_string()))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn required(&self, name: &str) -> Result<&str, Refusal> {
        let missing = || Refusal::invalid(format!("Missing required parameter: {name}"));
        self.text(name)
            .filter(|text| !text.is_empty())
            .ok_or_else(missing)
    }

    fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let invalid = |_| Refusal::invalid(format!("{name} must be a whole number"));
        self.text(name).map(str::parse).transpose().map_err(invalid)
    }

    fn list(&self, name: &str) -> Vec<&str> {
        let named = self
            .0
            .iter()
            .filter(|(known, _)| known.split('[').next() == Some(name));
        named
            .flat_map(|(_, value)| value.split(','))
            .filter(|item| !item.is_empty())
            .collect()
    }
}

/// `createDraftListing`.
pub(super) fn create(caller: &Caller<'_>, form: &Form) -> Done {
    let title = form.required("title")?;
    let description = form.required("description")?;
    check_title(title)?;
    one_of("who_made", Some(form.required("who_made")?), &WHO_MADE)?;
    one_of("when_made", Some(form.required("when_made")?), &WHEN_MADE)?;
    form.required("quantity")?;
    form.required("taxonomy_id")?;
    let price: f64 = form
        .required("price")?
        .parse()
        .map_err(|_| Refusal::invalid("price must be a number"))?;
    let quantity = form
        .number("quantity")?
        .filter(|quantity| (1..=999).contains(quantity));
    let quantity = quantity.ok_or_else(|| Refusal::invalid("quantity must be between 1 and 999"))?;
    if price < 0.2 {
        return Err(Refusal::invalid("price must be at least 0.20"));
    }
    let taxonomy = form.number("taxonomy_id")?;
    if !TAXONOMY.iter().any(|(id, _, _)| Some(*id) == taxonomy) {
        return Err(Refusal::invalid("taxonomy_id is not a known category"));
    }
    let digital = form.text("type") == Some("download");
    let shipping = form.number("shipping_profile_id")?;
    if !digital {
        check_profile("shipping_profile_id", shipping, SHIPPING_PROFILE)?;
        check_profile(
            "readiness_state_id",
            form.number("readiness_state_id")?,
            READINESS_STATE,
        )?;
    }
    let tags = form.list("tags");
    if tags.len() > 13 {
        return Err(Refusal::invalid("A listing can have at most 13 tags"));
    }
    caller.with(|shop| {
        let variant = NewVariant {
            price: minor(price, &shop.currency),
            ..NewVariant::default()
        };
        let new = NewProduct {
            title: title.to_owned(),
            description: description.to_owned(),
            status: ProductStatus::Draft,
            digital,
            variants: vec![variant],
            ..NewProduct::default()
        };
        let id = shop
            .add_product(new)
            .map_err(|refused| Refusal::invalid(refused.to_string()))?;
        note(shop, id, QUANTITY, json!(quantity))?;
        note(shop, id, TAXONOMY_ID, json!(taxonomy))?;
        note(shop, id, SHIPPING, json!(shipping))?;
        note(shop, id, TAGS, json!(tags))?;
        Ok((StatusCode::CREATED, listing(shop, existing(shop, id)?)))
    })
}

fn check_title(title: &str) -> Result<(), Refusal> {
    let is_plain = title
        .chars()
        .all(|character| !character.is_control() && !"$^`".contains(character));
    if is_plain && title.chars().count() <= 140 {
        return Ok(());
    }
    Err(Refusal::invalid(
        "The title is too long or holds characters that are not permitted",
    ))
}

fn check_profile(name: &str, given: Option<u64>, known: u64) -> Result<(), Refusal> {
    match given {
        Some(given) if given == known => Ok(()),
        Some(_) => Err(Refusal::invalid(format!("{name} is not one of this shop's"))),
        None => Err(Refusal::invalid(format!(
            "{name} is required for physical listings"
        ))),
    }
}

/// `updateListing`. To be active a listing needs a picture and a shipping profile, and the seller pays a fee.
pub(super) fn update(caller: &Caller<'_>, id: u64, form: &Form) -> Done {
    one_of("state", form.text("state"), &["active", "inactive"])?;
    if let Some(title) = form.text("title") {
        check_title(title)?;
    }
    let shipping = form.number("shipping_profile_id")?;
    caller.with(|shop| {
        let product = existing(shop, id)?;
        let becomes_active =
            form.text("state") == Some("active") && product.status != ProductStatus::Published;
        if becomes_active && product.images.is_empty() {
            return Err(Refusal::invalid(
                "A listing needs at least one image to be active",
            ));
        }
        if becomes_active
            && !product.digital
            && shipping.or(number_noted(product, SHIPPING)).is_none()
            && !product.meta.is_empty()
        {
            return Err(Refusal::invalid(
                "A listing needs a complete shipping profile to be active",
            ));
        }
        if becomes_active {
            shop.happened(Event::Other {
                what: "listing_fee",
                detail: json!({ "listing_id": id }),
            });
        }
        if shipping.is_some() {
            note(shop, id, SHIPPING, json!(shipping))?;
        }
        let changed = shop.change_product(id, |product| {
            if let Some(title) = form.text("title") {
                title.clone_into(&mut product.title);
            }
            if let Some(description) = form.text("description") {
                description.clone_into(&mut product.description);
            }
            product.status = match form.text("state") {
                Some("active") => ProductStatus::Published,
                Some("inactive") => ProductStatus::Archived,
                _ => product.status,
            };
        });
        changed.map_err(|_| Refusal::missing("Listing", id))?;
        Ok((StatusCode::OK, listing(shop, existing(shop, id)?)))
    })
}

/// `deleteListing`.
pub(super) fn delete(caller: &Caller<'_>, id: u64) -> Done {
    caller.with(|shop| {
        shop.delete_product(id)
            .map_err(|_| Refusal::missing("Listing", id))?;
        Ok((StatusCode::NO_CONTENT, Value::Null))
    })
}

/// `getListingImages`.
pub(super) fn images(caller: &Caller<'_>, id: u64) -> Done {
    caller.with(|shop| {
        let product = existing(shop, id)?;
        let images = product
            .images
            .iter()
            .enumerate()
            .map(|(rank, image)| picture(product, rank, image));
        Ok((StatusCode::OK, list(images.collect())))
    })
}

/// A picture to upload.
#[derive(Default)]
pub(super) struct Upload {
    pub(super) content: Option<Bytes>,
    pub(super) rank: Option<usize>,
    pub(super) overwrite: bool,
    pub(super) alt_text: String,
}

/// `uploadListingImage`.
pub(super) fn upload(caller: &Caller<'_>, id: u64, upload: Upload) -> Done {
    let content = upload
        .content
        .ok_or_else(|| Refusal::invalid("Either image or listing_image_id is required"))?;
    let is_picture = content.starts_with(b"\x89PNG")
        || content.starts_with(b"\xff\xd8\xff")
        || content.starts_with(b"GIF8");
    if !is_picture || content.len() > MAX_IMAGE {
        return Err(Refusal::invalid(
            "The image is not a valid JPEG, PNG or GIF, or is too large",
        ));
    }
    if upload.alt_text.chars().count() > 500 {
        return Err(Refusal::invalid("alt_text can have at most 500 characters"));
    }
    let url = format!("{}/etsy/images", caller.service.origin);
    caller.with(|shop| {
        existing(shop, id)?;
        let image_id = shop.next_id();
        let rank = upload.rank.unwrap_or(1).max(1) - 1;
        let changed = shop.change_product(id, |product| {
            let image = Image {
                id: image_id,
                url: format!("{url}/{image_id}.jpg"),
                alt: upload.alt_text,
            };
            let place = rank.min(product.images.len());
            if upload.overwrite && place < product.images.len() {
                product.images.remove(place);
            }
            product.images.insert(place, image);
            product.images.truncate(20);
        });
        changed.map_err(|_| Refusal::missing("Listing", id))?;
        let product = existing(shop, id)?;
        let made = product
            .images
            .iter()
            .enumerate()
            .find(|(_, image)| image.id == image_id);
        let made = made
            .map(|(rank, image)| picture(product, rank, image))
            .unwrap_or_default();
        Ok((StatusCode::CREATED, made))
    })
}

/// `ListingImage`; `rank` counts from 0.
fn picture(product: &Product, rank: usize, image: &Image) -> Value {
    let created = product.created_at.unix_seconds();
    let mut object = json!({
        "listing_id": product.id,
        "listing_image_id": image.id,
        "creation_tsz": created,
        "created_timestamp": created,
        "rank": rank + 1,
        "url_75x75": image.url,
        "url_170x135": image.url,
        "url_570xN": image.url,
        "url_fullxfull": image.url,
        "full_height": 1200,
        "full_width": 1200,
        "alt_text": image.alt,
    });
    for unknown in [
        "hex_code",
        "red",
        "green",
        "blue",
        "hue",
        "saturation",
        "brightness",
        "is_black_and_white",
    ] {
        object[unknown] = Value::Null;
    }
    object
}

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

fn state(product: &Product) -> &'static str {
    match product.status {
        ProductStatus::Published => "active",
        ProductStatus::Draft => "draft",
        ProductStatus::Archived => "inactive",
    }
}

/// A listing that is not deleted.
pub(super) fn existing(shop: &Shop, id: u64) -> Result<&Product, Refusal> {
    shop.products
        .get(&id)
        .ok_or_else(|| Refusal::missing("Listing", id))
}

/// A number kept with a listing.
pub(super) fn number_noted(product: &Product, key: &str) -> Option<u64> {
    product.meta.iter().find(|meta| meta.key == key)?.value.as_u64()
}

/// Keeps something with a listing.
pub(super) fn note(shop: &mut Shop, id: u64, key: &str, value: Value) -> Result<(), Refusal> {
    let meta = Meta {
        id: shop.next_id(),
        key: key.to_owned(),
        value,
    };
    let product = shop
        .products
        .get_mut(&id)
        .ok_or_else(|| Refusal::missing("Listing", id))?;
    product.meta.retain(|known| known.key != meta.key);
    product.meta.push(meta);
    Ok(())
}
