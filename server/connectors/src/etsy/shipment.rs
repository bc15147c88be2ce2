//! Saying that something was sent. Every request that succeeds mails the buyer, so nothing is sent without looking
//! first, and nothing is sent twice.

use domain::source::ExternalId;
use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::ShopId;
use super::api::Api;
use super::receipt::{Receipt, Shipment};
use super::receipts;
use super::shapes::List;
use crate::store::{ConnectionError, OutgoingShipment, Result, Written};

/// What carriers are called that Etsy does not know.
const OTHER: &str = "other";

#[derive(Deserialize)]
struct Shop {
    shipping_from_country_iso: Option<String>,
    shop_location_country_iso: Option<String>,
}

#[derive(Deserialize)]
struct Carrier {
    name: String,
}

pub(super) async fn write(api: &Api, shop: ShopId, shipment: &OutgoingShipment) -> Result<Written> {
    let Some(receipt) = receipts::read(api, shop, &shipment.order).await? else {
        return Err(ConnectionError::Refused {
            status: 404,
            message: "the receipt does not exist".to_owned(),
        });
    };
    let code = shipment
        .tracking_number
        .as_deref()
        .map(str::trim)
        .filter(|code| !code.is_empty());
    let earlier = || earlier_attempt(&receipt, shipment).map(Some);
    if let Some(external_id) = written(&receipt, code).or_else(earlier) {
        return Ok(Written::AlreadyThere { external_id });
    }
    if code.is_none() && needs_number(&receipt) {
        return Err(ConnectionError::Refused {
            status: 400,
            message: "A tracking number is required".to_owned(),
        });
    }
    let body = match code {
        Some(code) => json!({
            "tracking_code": code,
            "carrier_name": carrier(api, shop, &shipment.carrier).await?,
            "send_bcc": false,
        }),
        None => json!({}),
    };
    let path = format!("/shops/{shop}/receipts/{}/tracking", shipment.order);
    let call = api.json(Method::POST, "shipments.create", &path, &body);
    let told = match api.send::<Receipt>(&call).await {
        Ok(receipt) => written(&receipt, code),
        Err(ConnectionError::PermissionMissing { message }) => return Err(withheld(message)),
        Err(error) if error.passes() => {
            // It may have been done: look once, and leave the rest to a later attempt, which looks first as well.
            let there = receipts::read(api, shop, &shipment.order).await;
            let done = there.ok().flatten().and_then(|receipt| written(&receipt, code));
            return done.map_or(Err(error), |external_id| Ok(Written::Done { external_id }));
        }
        Err(error) => return Err(error),
    };
    match told {
        Some(external_id) => Ok(Written::Done { external_id }),
        None => verify(api, shop, shipment, code).await,
    }
}

/// Answers of success without effect have been seen: only what the receipt says then counts.
async fn verify(api: &Api, shop: ShopId, shipment: &OutgoingShipment, code: Option<&str>) -> Result<Written> {
    let receipt = receipts::read(api, shop, &shipment.order).await?;
    match receipt.and_then(|receipt| written(&receipt, code)) {
        Some(external_id) => Ok(Written::Done { external_id }),
        None => Err(ConnectionError::Failing {
            status: 200,
            retry_after: None,
        }),
    }
}

/// Whether the buyer was told: of this number, or without one that it was sent at all. The inner id is the parcel's.
#[expect(
    clippy::option_option,
    reason = "told or not, and then with an id or without one"
)]
fn written(receipt: &Receipt, code: Option<&str>) -> Option<Option<ExternalId>> {
    match code {
        Some(code) => receipt.shipment(code).map(Shipment::external_id),
        None => receipt
            .is_shipped
            .unwrap_or_default()
            .then(|| receipt.shipments.first().and_then(Shipment::external_id)),
    }
}

/// What an earlier attempt told, with a number that was corrected since: its answer got lost. It was not there before the
/// first attempt, and is no other parcel of ours.
fn earlier_attempt(receipt: &Receipt, shipment: &OutgoingShipment) -> Option<ExternalId> {
    let is_known = |id: &ExternalId| shipment.others.contains(id) || shipment.sent_before.contains(id);
    let mut told = receipt.shipments.iter().filter_map(Shipment::external_id);
    told.find(|id| !is_known(id))
}

/// Etsy wants a number for orders to India, and for orders of more than 10 dollars in the United States.
fn needs_number(receipt: &Receipt) -> bool {
    let total = receipt.grandtotal.as_ref().and_then(super::shapes::Price::money);
    match receipt.country_iso.as_deref() {
        Some("IN") => true,
        Some("US") => total.is_some_and(|total| total.currency.as_str() == "USD" && total.minor > 1000),
        _ => false,
    }
}

/// A 403 although the permission was granted: Etsy keeps tracking of this seller from the application.
fn withheld(message: String) -> ConnectionError {
    if message.to_ascii_lowercase().contains("scope") {
        ConnectionError::PermissionMissing { message }
    } else {
        ConnectionError::Withheld
    }
}

/// The carrier as Etsy lists it for the country the shop sends from.
async fn carrier(api: &Api, shop: ShopId, name: &str) -> Result<String> {
    let from: Shop = api.get("shops.get", &format!("/shops/{shop}")).await?;
    let Some(country) = from.shipping_from_country_iso.or(from.shop_location_country_iso) else {
        return Ok(OTHER.to_owned());
    };
    let path = format!("/shipping-carriers?origin_country_iso={country}");
    let known: List<Carrier> = api.get("carriers.list", &path).await?;
    let same = |carrier: &Carrier| letters(&carrier.name) == letters(name);
    let found = known.results.into_iter().find(same).map(|carrier| carrier.name);
    Ok(found.unwrap_or_else(|| OTHER.to_owned()))
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
