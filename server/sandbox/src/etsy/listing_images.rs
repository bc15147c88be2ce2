//! The pictures of a listing.

use axum::body::Bytes;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::error::Refusal;
use super::listings::existing;
use super::profiles::list;
use super::service::{Caller, Done};
use crate::shop::{Image, Product};

/// The largest picture taken, in bytes.
const MAX_IMAGE: usize = 10 * 1024 * 1024;

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
pub(super) fn picture(product: &Product, rank: usize, image: &Image) -> Value {
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
