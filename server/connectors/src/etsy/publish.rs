//! Creating a product: a draft listing, its pictures, its variants, and only then for sale.

use bytes::BytesMut;
use domain::source::ExternalId;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde::Deserialize;
use serde_json::Value;

use super::ShopId;
use super::api::Api;
use super::inventory::{self, Inventory, OFFERED};
use super::listings::{self, Listing};
use super::shapes::{List, plain};
use crate::store::{Call, ConnectionError, NewStoreProduct, Result};

/// Pictures that Etsy takes of a listing.
const PICTURES: usize = 20;
/// The largest picture that is sent, in bytes.
const LARGEST_PICTURE: usize = 20 * 1024 * 1024;
/// The longest title, in characters.
const TITLE: usize = 140;
/// Separates the parts of a form with a file.
const BOUNDARY: &str = "portal-7MA4YWxkTrZu0gW";

/// What the shop has set up that a listing needs.
struct Setup {
    shipping_profile: u64,
    return_policy: Option<u64>,
    readiness: Option<u64>,
    partner: Option<u64>,
    taxonomy: u64,
}

/// Creates the product, or goes on with the draft that an earlier attempt left.
pub(super) async fn create(api: &Api, shop: ShopId, product: &NewStoreProduct) -> Result<ExternalId> {
    let setup = setup(api, shop).await?;
    let listing = match earlier(api, shop, product).await? {
        Some(listing) => listing,
        None => draft(api, shop, product, &setup).await?,
    };
    for (index, url) in product.images.iter().take(PICTURES).enumerate() {
        picture(api, shop, listing, index + 1, url, &product.title).await?;
    }
    variants(api, listing, product, setup.readiness).await?;
    if product.publish {
        let path = format!("/shops/{shop}/listings/{listing}");
        let mut call = api.form(Method::PATCH, "products.publish", &path, &[("state", "active")]);
        call.repeatable = true;
        api.send::<Value>(&call).await?;
    }
    Ok(ExternalId::new(listing.to_string()))
}

/// The draft of an earlier attempt: the same words, and no stock-keeping unit that is not ours.
async fn earlier(api: &Api, shop: ShopId, product: &NewStoreProduct) -> Result<Option<u64>> {
    let drafts = listings::read(api, shop, "draft", 0, 100).await?;
    let is_ours = |listing: &Listing| {
        let skus = listing
            .inventory
            .as_ref()
            .map(Inventory::skus)
            .unwrap_or_default();
        let ours = |sku: &&str| product.variants.iter().any(|variant| variant.sku == **sku);
        plain(listing.title.as_deref().unwrap_or_default()) == title(product)
            && plain(listing.description.as_deref().unwrap_or_default()) == product.description
            && skus.iter().all(ours)
    };
    let drafts = drafts
        .results
        .into_iter()
        .filter_map(|draft| serde_json::from_value(draft).ok());
    Ok(drafts
        .into_iter()
        .find(is_ours)
        .map(|listing: Listing| listing.id))
}

async fn draft(api: &Api, shop: ShopId, product: &NewStoreProduct, setup: &Setup) -> Result<u64> {
    let cheapest = product
        .variants
        .iter()
        .map(|variant| variant.price)
        .min_by_key(|price| price.minor);
    let price = cheapest
        .map(|price| price.decimal())
        .ok_or_else(|| unusable("the product has no variant"))?;
    let optional = [
        ("return_policy_id", setup.return_policy),
        ("readiness_state_id", setup.readiness),
        ("production_partner_ids", setup.partner),
    ];
    let mut form = vec![
        ("quantity", OFFERED.to_string()),
        ("title", title(product)),
        ("description", product.description.clone()),
        ("price", price),
        ("who_made", "i_did".to_owned()),
        ("when_made", "made_to_order".to_owned()),
        ("type", "physical".to_owned()),
        ("taxonomy_id", setup.taxonomy.to_string()),
        ("shipping_profile_id", setup.shipping_profile.to_string()),
    ];
    form.extend(
        optional
            .into_iter()
            .filter_map(|(name, id)| Some((name, id?.to_string()))),
    );
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = format!("/shops/{shop}/listings");
    let listing: Listing = api
        .send(&api.form(Method::POST, "products.create", &path, &form))
        .await?;
    Ok(listing.id)
}

/// The title as Etsy takes it: short enough.
fn title(product: &NewStoreProduct) -> String {
    product.title.chars().take(TITLE).collect()
}

fn unusable(message: &str) -> ConnectionError {
    ConnectionError::Refused {
        status: 0,
        message: message.to_owned(),
    }
}

/// Sends a picture to its place; whatever is there already is replaced.
async fn picture(api: &Api, shop: ShopId, listing: u64, rank: usize, url: &str, alt: &str) -> Result<()> {
    let mut call = Call::get("products.picture", url);
    call.cost = 0;
    let mut reading = api.wire().open(&call).await?;
    let mut bytes = BytesMut::new();
    while let Some(chunk) = reading.chunk().await.map_err(ConnectionError::Unreachable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LARGEST_PICTURE {
            return Err(unusable("a picture is too large"));
        }
    }
    let alt: String = alt.chars().take(500).collect();
    let mut body = BytesMut::new();
    for (name, value) in [
        ("rank", rank.to_string()),
        ("overwrite", "true".to_owned()),
        ("alt_text", alt),
    ] {
        let part =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "Content-Disposition: form-data; name=\"image\"; filename=\"picture\"\r\nContent-Type: application/octet-stream";
    body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").as_bytes());
    body.extend_from_slice(&bytes);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let kind = HeaderValue::from_str(&format!("multipart/form-data; boundary={BOUNDARY}"));
    let kind = kind.map_err(|error| ConnectionError::Unreadable(error.to_string()))?;
    let path = format!("/shops/{shop}/listings/{listing}/images");
    let mut call = api.body(
        Method::POST,
        "products.picture.create",
        &path,
        kind,
        body.freeze(),
    );
    // The same picture at the same place is one picture. Its bytes are of no use to whoever reads the record.
    call.repeatable = true;
    call.confidential = true;
    api.send::<Value>(&call).await?;
    Ok(())
}

/// Writes all variants, and believes it when Etsy gives them back.
async fn variants(api: &Api, listing: u64, product: &NewStoreProduct, readiness: Option<u64>) -> Result<()> {
    let document = inventory::document(&product.variants, readiness)?;
    let path = format!("/listings/{listing}/inventory");
    let mut call = api.json(Method::PUT, "products.inventory.write", &path, &document);
    call.repeatable = true;
    let kept: Inventory = api.send(&call).await?;
    let skus = kept.skus();
    let lost = product
        .variants
        .iter()
        .find(|variant| !variant.sku.is_empty() && !skus.contains(&variant.sku.as_str()));
    match lost {
        None => Ok(()),
        Some(variant) => Err(unusable(&format!(
            "the shop did not keep the variant {}",
            variant.sku
        ))),
    }
}

#[derive(Deserialize)]
struct Row {
    shipping_profile_id: Option<u64>,
    is_deleted: Option<bool>,
    return_policy_id: Option<u64>,
    readiness_state_id: Option<u64>,
    readiness_state: Option<String>,
    production_partner_id: Option<u64>,
}

async fn setup(api: &Api, shop: ShopId) -> Result<Setup> {
    let rows = async |operation: &'static str, what: &str| -> Result<Vec<Row>> {
        let list: Option<List<Row>> = api.find(operation, &format!("/shops/{shop}/{what}")).await?;
        Ok(list.map(|list| list.results).unwrap_or_default())
    };
    let profiles = rows("shipping_profiles.list", "shipping-profiles").await?;
    let usable = |row: Row| {
        row.shipping_profile_id
            .filter(|_| !row.is_deleted.unwrap_or_default())
    };
    let shipping_profile = profiles.into_iter().find_map(usable);
    let readiness = rows("readiness_states.list", "readiness-state-definitions").await?;
    let made_to_order = |row: &&Row| row.readiness_state.as_deref() == Some("made_to_order");
    let readiness = readiness.iter().find(made_to_order).or(readiness.first());
    Ok(Setup {
        shipping_profile: shipping_profile.ok_or_else(|| unusable("the shop has no shipping profile yet"))?,
        return_policy: rows("return_policies.list", "policies/return")
            .await?
            .iter()
            .find_map(|row| row.return_policy_id),
        readiness: readiness.and_then(|row| row.readiness_state_id),
        partner: rows("production_partners.list", "production-partners")
            .await?
            .iter()
            .find_map(|row| row.production_partner_id),
        taxonomy: taxonomy(api, shop).await?,
    })
}

/// Where the product belongs: where the shop's other listings are, else among prints.
async fn taxonomy(api: &Api, shop: ShopId) -> Result<u64> {
    let active = listings::read(api, shop, "active", 0, 1).await?;
    if let Some(known) = active
        .results
        .first()
        .and_then(|listing| listing["taxonomy_id"].as_u64())
    {
        return Ok(known);
    }
    let nodes: List = api.get("taxonomy.list", "/seller-taxonomy/nodes").await?;
    let prints = nodes.results.iter().find_map(|node| named(node, "Prints"));
    let first = nodes.results.first().and_then(|node| node["id"].as_u64());
    prints
        .or(first)
        .ok_or_else(|| ConnectionError::Unreadable("no taxonomy".to_owned()))
}

/// The node with this name, at any depth.
fn named(node: &Value, name: &str) -> Option<u64> {
    if node["name"] == name {
        return node["id"].as_u64();
    }
    node["children"]
        .as_array()?
        .iter()
        .find_map(|child| named(child, name))
}
