//! Reading products: Etsy's listings, one list for each state.

use domain::Timestamp;
use domain::source::{ExternalId, Listing as Listed, StoreProduct, StoreVariant};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ShopId;
use super::api::Api;
use super::inventory::{self, Inventory};
use super::shapes::{List, Price, id_of, plain};
use crate::lenient;
use crate::store::{ConnectionError, Cursor, Page, Result};

/// The most that Etsy gives at once.
const LIMIT: usize = 100;
/// The states, each a list of its own; a listing that moves on while they are read is met again rather than missed.
const STATES: [&str; 5] = ["draft", "active", "inactive", "sold_out", "expired"];

/// Where the lists go on.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Place {
    /// Which of [`STATES`].
    state: usize,
    offset: usize,
}

/// A listing.
#[derive(Deserialize)]
pub(super) struct Listing {
    #[serde(rename = "listing_id")]
    pub(super) id: u64,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    state: Option<String>,
    url: Option<String>,
    updated_timestamp: Option<i64>,
    last_modified_timestamp: Option<i64>,
    #[serde(rename = "listing_type")]
    kind: Option<String>,
    price: Option<Price>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    images: Vec<Image>,
    pub(super) inventory: Option<Inventory>,
}

#[derive(Deserialize)]
struct Image {
    #[serde(rename = "url_570xN")]
    url: Option<String>,
}

impl Listing {
    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_timestamp
            .or(self.last_modified_timestamp)
            .map(Timestamp::from_seconds)
    }
}

/// A page of listings. Etsy cannot list what changed: all are read, and those older than `since` are passed over before
/// anything more is asked about them.
pub(super) async fn list(
    api: &Api,
    shop: ShopId,
    since: Option<Timestamp>,
    cursor: Option<&Cursor>,
) -> Result<Page<StoreProduct>> {
    let place: Place = match cursor {
        Some(Cursor(place)) => {
            serde_json::from_str(place).map_err(|error| ConnectionError::Unreadable(error.to_string()))?
        }
        None => Place::default(),
    };
    let Some(state) = STATES.get(place.state) else {
        return Ok(Page::last(Vec::new()));
    };
    let list = read(api, shop, state, place.offset, LIMIT).await?;
    let next = if list.results.len() < LIMIT {
        Place {
            state: place.state + 1,
            offset: 0,
        }
    } else {
        Place {
            state: place.state,
            offset: place.offset + LIMIT,
        }
    };
    let mut page = Page::last(Vec::new());
    page.next = (next.state < STATES.len()).then(|| Cursor(json!(next).to_string()));
    let mut listings = Vec::new();
    for value in list.results {
        let id = id_of(&value, "listing_id");
        match serde_json::from_value::<Listing>(value) {
            Ok(listing) if since.is_some_and(|since| listing.updated_at() < Some(since)) => {}
            Ok(listing) => listings.push(listing),
            Err(error) => page.unreadable.push((id, error.to_string())),
        }
    }
    inventory::complete(api, &mut listings).await?;
    page.items = listings.into_iter().map(product).collect();
    Ok(page)
}

/// A part of the listings in a state, with pictures and variants.
pub(super) async fn read(api: &Api, shop: ShopId, state: &str, offset: usize, limit: usize) -> Result<List> {
    let path = format!(
        "/shops/{shop}/listings?state={state}&limit={limit}&offset={offset}&includes=Images,Inventory"
    );
    api.get("products.list", &path).await
}

/// A listing as it is now; none of another shop.
pub(super) async fn one(api: &Api, shop: ShopId, id: &ExternalId) -> Result<Option<StoreProduct>> {
    let Ok(id) = id.as_str().parse::<u64>() else {
        return Ok(None);
    };
    let found: Option<Value> = api
        .find("products.get", &format!("/listings/{id}?includes=Images"))
        .await?;
    let Some(found) = found.filter(|found| found["shop_id"].as_u64().is_none_or(|owner| owner == shop.0))
    else {
        return Ok(None);
    };
    let listing = serde_json::from_value(found);
    let listing: Listing = listing.map_err(|error| ConnectionError::Unreadable(error.to_string()))?;
    let mut listings = vec![listing];
    inventory::complete(api, &mut listings).await?;
    Ok(listings.pop().map(product))
}

/// A listing in the portal's form.
fn product(listing: Listing) -> StoreProduct {
    let updated_at = listing.updated_at();
    let ships = listing.kind.as_deref() != Some("download");
    let id = ExternalId::new(listing.id.to_string());
    let mut variants = listing
        .inventory
        .map(|inventory| inventory.variants(ships))
        .unwrap_or_default();
    if variants.is_empty() {
        variants.push(StoreVariant {
            external_id: id.clone(),
            sku: None,
            options: Vec::new(),
            price: listing.price.and_then(|price| price.money()),
            image_url: None,
            ships,
        });
    }
    StoreProduct {
        external_id: id,
        title: plain(&listing.title.unwrap_or_default()),
        listing: match listing.state.as_deref() {
            Some("active") => Listed::Published,
            Some("expired" | "sold_out" | "removed") => Listed::Archived,
            _ => Listed::Draft,
        },
        url: listing.url,
        image_url: listing.images.into_iter().find_map(|image| image.url),
        updated_at,
        variants,
    }
}
