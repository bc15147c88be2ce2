//! Listings: what a shop offers.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Refusal;
use super::inventory::{self, QUANTITY, minor};
use super::listing_form::Form;
use super::listing_images::picture;
use super::listing_json::{listing, state};
use super::profiles::{READINESS_STATE, SHIPPING_PROFILE, TAXONOMY, list};
use super::receipts::{check_page, one_of, page_start};
use super::service::{Caller, Done};
use crate::ledger::Event;
use crate::shop::{Meta, NewProduct, NewVariant, Product, ProductStatus, Shop};

/// Where the stand-in keeps what only Etsy knows of a listing.
pub(super) const TAXONOMY_ID: &str = "etsy.taxonomy_id";
const SHIPPING: &str = "etsy.shipping_profile_id";
pub(super) const TAGS: &str = "etsy.tags";

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
